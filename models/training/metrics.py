"""The few measures used, written out so that nobody has to guess their variant."""

import numpy as np


def macro_f1(truth, guess):
    """Mean F1 over the classes that occur in the truth."""
    truth, guess = np.asarray(truth).astype(int), np.asarray(guess).astype(int)
    scores = []
    for label in np.unique(truth):
        hit = np.sum((truth == label) & (guess == label))
        scores.append(2 * hit / (np.sum(truth == label) + np.sum(guess == label)))
    return float(np.mean(scores))


def ece(confidence, correct, bins=10):
    """Expected calibration error over equally wide bins of confidence."""
    confidence, correct = np.asarray(confidence), np.asarray(correct).astype(float)
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [np.sum(place == b) * abs(confidence[place == b].mean() - correct[place == b].mean())
            for b in range(bins) if np.any(place == b)]
    return float(np.sum(gaps) / len(confidence))


def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x, dtype=float)))


def softmax(x):
    x = np.asarray(x, dtype=float)
    x = np.exp(x - x.max(-1, keepdims=True))
    return x / x.sum(-1, keepdims=True)


def average_precision(truth, scores):
    """Mean precision at the places of the positives, best score first."""
    truth = np.asarray(truth)[np.argsort(-np.asarray(scores), kind="stable")]
    hits = np.cumsum(truth)
    return float((hits / (np.arange(len(truth)) + 1) * truth).sum() / max(truth.sum(), 1))
