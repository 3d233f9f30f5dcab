"""Fits the calibration of both heads on one half of dev.

Usage: python calibrate.py WORK_DIR

Works on the answers of the exported int8 model, since that is the one in use.
Writes WORK_DIR/calibration.json:

* sentiment: one temperature for all languages;
* needs_checking: probability = sigmoid(logit / temperature + bias), each set
  carrying the same weight so that the largest does not decide alone;
* threshold: the lowest one from 0.5 up that can be trusted to flag at most 2 % of
  ordinary neutral posts: the upper 95 % bound of the rate is held, not the rate
  seen, because the rate seen on a few hundred posts is too easily a lucky one.
"""

import json
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from export import run, session
from finetune import encode, load_rows
from metrics import sigmoid, softmax

FALSE_ALARMS = 0.02


def logits(model_path, ids):
    """Answers of the exported model, one text at a time as in `polso`."""
    sess = session(str(model_path))
    out = [run(sess, [row]) for row in ids]
    return np.concatenate([o[0] for o in out]), np.concatenate([o[1] for o in out])


def check_group(row):
    """The set a row of the checking task is reported under."""
    return "ordinary" if row.get("ordinary") else row["set"]


def fit_temperature(scores, truth):
    """Temperature of least log loss, by a fine scan."""
    grid = np.exp(np.linspace(np.log(0.3), np.log(5), 400))
    losses = [-np.log(softmax(scores / t)[np.arange(len(truth)), truth] + 1e-12).mean() for t in grid]
    return float(grid[int(np.argmin(losses))])


def fit_platt(scores, truth, weight):
    """Weighted logistic regression on one number, by Newton's method."""
    slope, bias = 1.0, 0.0
    inputs = np.stack([scores, np.ones_like(scores)], 1)
    for _ in range(50):
        p = sigmoid(slope * scores + bias)
        gradient = inputs.T @ (weight * (p - truth))
        hessian = (inputs * (weight * p * (1 - p))[:, None]).T @ inputs + 1e-9 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        slope, bias = slope - step[0], bias - step[1]
        if np.abs(step).max() < 1e-8:
            break
    return 1 / float(slope), float(bias)


def upper_bound(hits, n, z=1.645):
    """One-sided 95 % Wilson bound of a rate."""
    p = hits / n
    return (p + z * z / (2 * n) + z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)


def threshold_for(probabilities):
    """Lowest threshold whose false-alarm rate is held with confidence."""
    for value in np.arange(0.5, 1.0, 0.005):
        if upper_bound(np.sum(probabilities >= value), len(probabilities)) <= FALSE_ALARMS:
            return round(float(value), 3)
    return 0.995


def main():
    work = Path(sys.argv[1])
    _, dev = load_rows(work)
    ids = encode(dev, Tokenizer.from_file(str(work / "tokenizer.json")))
    sentiment, check = logits(work / "model.onnx", ids)
    np.savez(work / "logits_int8.npz", sentiment=sentiment, check=check)
    fit = np.array([r["half"] == "calibrate" for r in dev])

    has = fit & np.array([r["sentiment"] is not None and r["lang"] != "fi" for r in dev])
    truth = np.array([r["sentiment"] if r["sentiment"] is not None else 0 for r in dev])
    temperature = fit_temperature(sentiment[has], truth[has])

    has = fit & np.array([r["check"] is not None for r in dev])
    truth = np.array([r["check"] or 0 for r in dev])
    groups = np.array([check_group(r) for r in dev])
    weight = np.zeros(len(dev))
    for group in np.unique(groups[has]):
        at = has & (groups == group)
        weight[at] = 1 / at.sum()
    platt_temperature, bias = fit_platt(check[has], truth[has], weight[has])
    probability = sigmoid(check / platt_temperature + bias)
    threshold = threshold_for(probability[has & (groups == "ordinary")])
    result = {"sentiment_temperature": round(temperature, 4),
              "check_temperature": round(platt_temperature, 4), "check_bias": round(bias, 4),
              "threshold": threshold}
    (work / "calibration.json").write_text(json.dumps(result, indent=1) + "\n")
    print(result)


if __name__ == "__main__":
    main()
