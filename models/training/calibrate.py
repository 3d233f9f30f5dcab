"""Fits the calibration of every head on dev, on the answers of the exported int8 model.

Usage: python calibrate.py WORK_DIR

* sentiment: a temperature and a bias a mood for each language (bias-corrected temperature scaling,
  Alexandari, Kundaje & Shrikumar 2020), leaning on the ones for all. Italian is calibrated on
  microblog posts, not on comments under videos, which are another mix of another kind; every row
  weighs the same, so that the prior of the probabilities is the mix of moods in validation.csv;
* yes-or-no heads: probability = sigmoid(logit / temperature + bias) (Platt 1999, with his
  smoothed targets); in the checking task every set carries the same weight;
* threshold of the checking head: of those that can be trusted to flag at most 2 % of ordinary
  neutral posts, the one with the best macro-F1 over the sets of the task. Trusted means that the
  upper 95 % bound of the rate is held, because the rate seen on a few hundred posts is too easily
  a lucky one;
* thresholds of the emotions: the best expected F1 under the calibrated probabilities, which
  wavers less on few rows than the best F1 seen;
* threshold of the question head: even odds.

What is shipped is fitted on all of dev. What is reported is cross-fitted: each half of dev is
judged by constants from the other half. Writes WORK_DIR/answers_int8.npz and
WORK_DIR/calibration.json.
"""

import json
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from tokenizers import Tokenizer

from export import run, session
from metrics import macro_f1, sigmoid, softmax
from model import CHECK, FEELINGS, HIDDEN, LOGITS, MOOD, QUESTION
from rows import JUDGED, asks, by_length, encode, load_rows
from sets import EMOTIONS

FALSE_ALARMS = 0.02
LEAN = 8  # how strongly a language leans on all languages
SLOPE_LEAN, BIAS_LEAN = 3, 0.01  # how strongly a slope leans on one, and a bias on zero
SOCIAL = "multiemotions"  # emotions are calibrated on comments, not on subtitles


def answers(path, ids):
    """Logits of every head and vectors of the exported model; neighbours in a batch change nothing."""
    sess = session(str(path))
    logits, vectors = np.zeros((len(ids), LOGITS)), np.zeros((len(ids), HIDDEN), np.float32)
    for part in by_length(ids, 32):
        *out, vectors[part] = run(sess, [ids[i] for i in part])
        logits[part] = np.concatenate([o.reshape(len(part), -1) for o in out], 1)
    return logits, vectors


def even_weights(groups):
    """One weight a row, so that every group weighs the same."""
    groups = np.asarray(groups)
    weight = np.zeros(len(groups))
    for group in np.unique(groups):
        weight[groups == group] = 1 / np.sum(groups == group)
    return weight * len(groups) / len(np.unique(groups))


def fit_scaling(scores, truth, start, lean):
    """Temperature and biases of least log loss plus `lean` times the squared distance from `start`."""

    def loss(x):
        scaled = scores * np.exp(-x[0]) + x[1:]
        top = scaled.max(1, keepdims=True)
        log_p = scaled - top - np.log(np.exp(scaled - top).sum(1, keepdims=True))
        return -log_p[np.arange(len(truth)), truth].sum() + lean * np.square(x - start).sum()

    return minimize(loss, start, method="BFGS").x


def scaling(x):
    """As the card holds it."""
    return {"temperature": round(float(np.exp(x[0])), 4), "bias": [round(float(b), 4) for b in x[1:] - x[1:].mean()]}


def fit_platt(scores, truth, weight):
    """Weighted logistic regression on one number, with Platt's smoothed targets.

    The slope leans on one, and the bias a very little on zero: of the rare emotions a handful of rows, or
    none, would make them anything.
    """
    yes, no = (weight * truth).sum(), (weight * (1 - truth)).sum()
    target = np.where(truth == 1, (yes + 1) / (yes + 2), 1 / (no + 2))

    def loss(x):
        logit = x[0] * scores + x[1]
        each = np.logaddexp(0, logit) - target * logit
        return (weight * each).sum() + SLOPE_LEAN / 2 * (x[0] - 1) ** 2 + BIAS_LEAN / 2 * x[1] ** 2

    slope, bias = minimize(loss, (1.0, 0.0), method="BFGS").x
    return 1 / max(float(slope), 0.05), float(bias)


def upper_bound(hits, n, z=1.645):
    """One-sided 95 % Wilson bound of a rate."""
    p = hits / n
    return (p + z * z / (2 * n) + z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)


def is_quiet(value, ordinary):
    """Whether a threshold can be trusted with ordinary posts."""
    return upper_bound(np.sum(ordinary >= value), len(ordinary)) <= FALSE_ALARMS


def checking_threshold(p, truth, groups):
    """The quiet threshold of the best weighted macro-F1 over the judged sets, smoothed over its neighbours."""
    grid = np.round(np.arange(0.1, 0.96, 0.01), 2)
    ordinary = p[groups == "ordinary"]
    f1 = np.array([sum(w * macro_f1(truth[groups == g], p[groups == g] >= t) for g, w in JUDGED.items()) for t in grid])
    smooth = np.convolve(np.pad(f1, 3, mode="edge"), np.ones(7) / 7, "valid")
    quiet = np.array([is_quiet(t, ordinary) for t in grid])
    return float(grid[np.argmax(np.where(quiet, smooth, -1))]) if quiet.any() else 0.96


def expected_f1_threshold(probabilities):
    """Threshold of the best expected F1 when the probabilities are right."""
    ranked = np.sort(probabilities)[::-1]
    hits = np.cumsum(ranked)
    f1 = 2 * hits / (np.arange(len(ranked)) + 1 + ranked.sum())
    best = int(np.argmax(f1))
    below = ranked[best + 1] if best + 1 < len(ranked) else 0.0
    return round(float((ranked[best] + below) / 2), 4)


def check_group(row):
    """The set a row of the checking task is reported under."""
    return "ordinary" if row["ordinary"] else row["set"]


def calibrates_mood(row):
    """Whether a held-out row is one that moods are calibrated on."""
    return row["sentiment"] is not None and row["set"] != SOCIAL


def fit_sentiment(rows, logits):
    """The common scaling and one a language."""
    at = [i for i, r in enumerate(rows) if calibrates_mood(r)]
    truth = np.array([rows[i]["sentiment"] for i in at])
    langs = np.array([rows[i]["lang"] for i in at])
    common = fit_scaling(logits[at, MOOD], truth, np.zeros(4), 1.0)
    own = {str(lang): scaling(fit_scaling(logits[at, MOOD][langs == lang], truth[langs == lang], common, LEAN))
           for lang in np.unique(langs)}
    return {**scaling(common), "by_lang": own}


def fit(rows, logits):
    """All constants from these rows."""
    result = {"sentiment": fit_sentiment(rows, logits)}
    at = [i for i, r in enumerate(rows) if r["check"] is not None]
    truth = np.array([rows[i]["check"] for i in at])
    groups = np.array([check_group(rows[i]) for i in at])
    temperature, bias = fit_platt(logits[at, CHECK], truth, even_weights(groups))
    threshold = checking_threshold(sigmoid(logits[at, CHECK] / temperature + bias), truth, groups)
    result["needs_checking"] = {"temperature": temperature, "bias": bias, "threshold": threshold}
    truth = np.array([asks(r["text"]) for r in rows]).astype(int)
    temperature, bias = fit_platt(logits[:, QUESTION], truth, np.ones(len(rows)))
    result["question"] = {"temperature": temperature, "bias": bias, "threshold": 0.5}
    at = [i for i, r in enumerate(rows) if r["emotions"] and r["set"] == SOCIAL]
    columns = []
    for n in range(len(EMOTIONS)):
        truth, column = np.array([rows[i]["emotions"][n] for i in at]), logits[at, FEELINGS][:, n]
        temperature, bias = fit_platt(column, truth, np.ones(len(at)))
        columns.append((temperature, bias, expected_f1_threshold(sigmoid(column / temperature + bias))))
    result["emotions"] = {k: [round(c[j], 4) for c in columns] for j, k in enumerate(("temperature", "bias", "threshold"))}
    for head in ("needs_checking", "question"):
        result[head] = {k: round(v, 4) for k, v in result[head].items()}
    return result


def mood_probabilities(rows, logits, constants):
    """Calibrated moods, rows x 3."""
    own = [constants["sentiment"]["by_lang"].get(r["lang"], constants["sentiment"]) for r in rows]
    return softmax(logits[:, MOOD] / np.array([[s["temperature"]] for s in own]) + np.array([s["bias"] for s in own]))


def yes_probabilities(column, head):
    """Calibrated probabilities of one yes-or-no head."""
    return sigmoid(column / head["temperature"] + head["bias"])


def halves(rows):
    """The two halves of dev: places of each."""
    first = np.array([r["half"] == "calibrate" for r in rows])
    return np.flatnonzero(first), np.flatnonzero(~first)


def crossfit(rows, logits):
    """Constants for each row, from the half of dev that the row is not in."""
    one, two = halves(rows)
    result = [None] * len(rows)
    for at, other in ((one, two), (two, one)):
        constants = fit([rows[i] for i in other], logits[other])
        for i in at:
            result[i] = constants
    return result


def main():
    work = Path(sys.argv[1])
    _, dev = load_rows(work)
    ids = encode([r["text"] for r in dev], Tokenizer.from_file(str(work / "tokenizer.json")))
    logits, vectors = answers(work / "model.onnx", ids)
    np.savez(work / "answers_int8.npz", logits=logits, vectors=vectors)
    constants = fit(dev, logits)
    (work / "calibration.json").write_text(json.dumps(constants, indent=1) + "\n")
    print(f"calibrate: read {len(dev)} dev rows; wrote {constants}")


if __name__ == "__main__":
    main()
