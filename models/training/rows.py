"""Rows as tensors: tokens, targets and weights of every task, and batches of similar length.

A row that has no label for a task adds nothing to that task's loss.
"""

import json
import random

import numpy as np
import torch

from model import DEVICE, MAX_TOKENS, OUTPUTS
from sets import EMOTIONS

# how much one row of a set counts in each loss
SENTIMENT_WEIGHT = {"sentipolc": 1.5, "umsab": 1.6, "multiemotions": 1.2, "semeval": 0.8, "subtitles": 0.5, "xed": 0.3,
                    "projected": 0.2, ("subtitles", "fi"): 1.2, ("xed", "fi"): 0.8}
CHECK_WEIGHT = {"acti": 2.0, "ct22": 1.2, "rumour": 0.7, "constraint": 0.5}
EMOTION_WEIGHT = {"multiemotions": 1.5, "tweet_emotion": 0.7, "xed": 0.5, "subtitles": 0.4, "projected": 0.3}
ORDINARY_WEIGHT, QUESTION_WEIGHT = 0.6, 0.2
# sets of the checking task whose share of positives is their makers' choice: each learns an offset that is thrown away
OFFSETS = ("ct22", "rumour", "constraint")
# Sets that what follows training (the linear part's share, the threshold) is chosen on, Italian first. Constraint 2021 is
# left out, because its true posts come from official accounts, and the rumour tweets, because nobody can tell from a
# tweet alone whether a rumour turned out false.
JUDGED = {"acti": 2, "ct22": 1}
CLOSE = 2  # id of `</s>`


def load_rows(work):
    """Labelled train and dev rows."""
    rows = [json.loads(line) for line in open(work / "rows.jsonl", encoding="utf-8")]
    return [r for r in rows if r["part"] == "train"], [r for r in rows if r["part"] == "dev"]


def load_raw(work, name="raw.jsonl"):
    """Unlabelled rows, in the shape of labelled ones."""
    empty = {"sentiment": None, "check": None, "emotions": None, "part": "train", "ordinary": False}
    return [{**empty, **json.loads(line)} for line in open(work / name, encoding="utf-8")]


def encode(texts, tokenizer, longest=MAX_TOKENS):
    """Token ids, cut to the model's length with the closing token kept."""
    ids = [e.ids for e in tokenizer.encode_batch_fast(texts)]
    return [i if len(i) <= longest else [*i[: longest - 1], CLOSE] for i in ids]


def pad(ids):
    """Rectangular ids and mask."""
    length = max(map(len, ids))
    table = np.ones((len(ids), length), np.int64)
    mask = np.zeros((len(ids), length), np.int64)
    for n, row in enumerate(ids):
        table[n, : len(row)] = row
        mask[n, : len(row)] = 1
    return torch.from_numpy(table), torch.from_numpy(mask)


def by_length(ids, at_once):
    """Places of the texts in groups of similar length, shortest first: little padding."""
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    return [order[start:start + at_once] for start in range(0, len(order), at_once)]


def asks(text):
    """Whether a text asks something, as far as its own punctuation says."""
    return "?" in text


def balanced(rows, field, weights):
    """Row weights that even out the classes inside each set, softly."""
    counts = {}
    for row in rows:
        if row[field] is not None and not (field == "check" and row["ordinary"]):
            counts.setdefault(row["set"], {}).setdefault(row[field], 0)
            counts[row["set"]][row[field]] += 1
    result = []
    for row in rows:
        if row[field] is None:
            result.append(0.0)
        elif field == "check" and row["ordinary"]:
            result.append(ORDINARY_WEIGHT)
        else:
            labels = counts[row["set"]]
            even = sum(labels.values()) / len(labels)
            weight = weights.get((row["set"], row["lang"]), weights[row["set"]])
            result.append(weight * (even / labels[row[field]]) ** 0.5)
    return torch.tensor(result)


class Targets:
    """Targets and weights of all rows, one tensor a task, on the training device."""

    def __init__(self, rows):
        self.sentiment = torch.tensor([-1 if r["sentiment"] is None else r["sentiment"] for r in rows])
        self.check = torch.tensor([float(r["check"] or 0) for r in rows])
        self.emotions = torch.tensor([r["emotions"] or [-1] * len(EMOTIONS) for r in rows], dtype=torch.float)
        self.question = torch.tensor([float(asks(r["text"])) for r in rows])
        self.sentiment_weight = balanced(rows, "sentiment", SENTIMENT_WEIGHT)
        self.check_weight = balanced(rows, "check", CHECK_WEIGHT)
        self.emotion_weight = torch.tensor([EMOTION_WEIGHT.get(r["set"], 0.0) for r in rows])
        self.offset = torch.tensor([OFFSETS.index(r["set"]) if r["set"] in OFFSETS and r["check"] is not None else -1
                                    for r in rows])
        for name, value in vars(self).items():
            setattr(self, name, value.to(DEVICE))


def batches(order, lengths, tokens, rng):
    """Batches of about `tokens` tokens out of rows of similar length, in random order."""
    rng.shuffle(order)
    result = []
    for start in range(0, len(order), 4096):
        pool = sorted(order[start:start + 4096], key=lambda i: lengths[i])
        batch = []
        for i in pool:
            if batch and (len(batch) + 1) * lengths[i] > tokens:
                result.append(batch)
                batch = []
            batch.append(i)
        result.append(batch)
    rng.shuffle(result)
    return result


def parts(logits):
    """The columns of each task, by name."""
    at, result = 0, {}
    for name, width in OUTPUTS.items():
        result[name] = logits[:, at:at + width]
        at += width
    return result


def drawn(rows, shares, rng):
    """Row numbers of one epoch: each set as often as its share says."""
    order = []
    for i, row in enumerate(rows):
        share = shares.get((row["set"], row["lang"]), shares.get(row["set"], 1.0))
        order += [i] * (int(share) + (rng.random() < share % 1))
    return order


def seeded(seed):
    """One generator a run, so that a run can be repeated."""
    torch.manual_seed(seed)
    return random.Random(seed)
