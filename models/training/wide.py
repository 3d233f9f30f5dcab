"""A linear part beside the encoder: weights of pieces and of neighbouring pairs of pieces.

Usage: python wide.py WORK_DIR NAME

On small sets a plain linear model over words knows things that a short fine-tuning does not
reach, and the two make different mistakes. It is fitted alone on the train rows (logistic
regression over tf-idf), then its share in each task's logits is chosen on the half of dev
meant for calibration. Pairs are hashed, so the tables stay small, and inside the graph the
part is two look-ups and a sum.

Reads WORK_DIR/NAME.pt, writes WORK_DIR/wide.npz and WORK_DIR/wide.json.
"""

import json
import sys
from pathlib import Path

import numpy as np
import scipy.sparse as sp
import torch
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer
from torch import nn

from metrics import sigmoid, softmax
from model import CHECK, FEELINGS, LOGITS, MOOD, OUTPUTS, Model
from rows import CHECK_WEIGHT, EMOTION_WEIGHT, JUDGED, SENTIMENT_WEIGHT, balanced, encode, load_rows
from score import predict

PAIRS = 100_003  # prime: places of the hashed pairs
LEFT, RIGHT = 31_337, 17  # a pair's place is (LEFT * id + RIGHT * next id) mod PAIRS; it must fit in 31 bits
STRENGTH = {"sentiment": 3.0, "needs_checking": 6.0, "emotions": 2.0}  # inverse of the L2 penalty
SHARES = np.arange(0, 1.05, 0.1)


class Wide(nn.Module):
    """Logits from pieces and pairs; the bag's length is the root of the sum of squared idf."""

    def __init__(self, vocabulary):
        super().__init__()
        self.pieces, self.piece_length = nn.Embedding(vocabulary, LOGITS), nn.Embedding(vocabulary, 1)
        self.pairs, self.pair_length = nn.Embedding(PAIRS, LOGITS), nn.Embedding(PAIRS, 1)
        nn.init.ones_(self.piece_length.weight)
        nn.init.ones_(self.pair_length.weight)
        self.offset = nn.Parameter(torch.zeros(LOGITS))

    def forward(self, input_ids, attention_mask):
        mask = attention_mask.to(torch.float32).unsqueeze(-1)
        place = (input_ids[:, :-1] * LEFT + input_ids[:, 1:] * RIGHT) % PAIRS
        total = (self.pieces(input_ids) * mask).sum(1) + (self.pairs(place) * mask[:, 1:]).sum(1)
        length = (self.piece_length(input_ids) * mask).sum(1) + (self.pair_length(place) * mask[:, 1:]).sum(1)
        return total / length.sqrt() + self.offset


def places(ids, vocabulary):
    """Column numbers of one text: its pieces, then its pairs."""
    row = np.asarray(ids)
    return np.concatenate([row, vocabulary + (row[:-1] * LEFT + row[1:] * RIGHT) % PAIRS])


def counts(ids, vocabulary):
    """Texts by columns, how often each occurs."""
    columns = [places(i, vocabulary) for i in ids]
    starts = np.concatenate([[0], np.cumsum([len(c) for c in columns])])
    matrix = sp.csr_matrix((np.ones(starts[-1], np.float32), np.concatenate(columns), starts),
                           (len(ids), vocabulary + PAIRS))
    matrix.sum_duplicates()
    return matrix


def weighted(matrix, idf):
    """Counts times idf over the square root of the sum of squared idf of all occurrences."""
    length = np.sqrt(matrix @ (idf ** 2))
    return sp.diags(1 / length) @ matrix @ sp.diags(idf)


def fit_one(features, labels, weight, strength):
    """One logistic regression; returns columns by classes and offsets (a single class for yes-or-no)."""
    model = LogisticRegression(C=strength, max_iter=60, tol=1e-3)
    model.fit(features, labels, sample_weight=weight)
    return model.coef_.T, model.intercept_


def fit(features, rows, columns):
    """All tasks' weights (columns x LOGITS) and offsets; columns of tasks that were not fitted stay zero."""
    table, offset = np.zeros((columns, LOGITS), np.float32), np.zeros(LOGITS, np.float32)
    at = np.array([i for i, r in enumerate(rows) if r["sentiment"] is not None])
    weight = balanced(rows, "sentiment", SENTIMENT_WEIGHT).numpy()
    truth = np.array([r["sentiment"] or 0 for r in rows])
    table[:, MOOD], offset[MOOD] = fit_one(features[at], truth[at], weight[at], STRENGTH["sentiment"])
    at = np.array([i for i, r in enumerate(rows) if r["check"] is not None])
    weight = balanced(rows, "check", CHECK_WEIGHT).numpy()
    truth = np.array([r["check"] or 0 for r in rows])
    table[:, [CHECK]], offset[[CHECK]] = fit_one(features[at], truth[at], weight[at], STRENGTH["needs_checking"])
    for n in range(OUTPUTS["emotions"]):
        at = np.array([i for i, r in enumerate(rows) if r["emotions"] and r["emotions"][n] >= 0])
        weight = np.array([EMOTION_WEIGHT[rows[i]["set"]] for i in at])
        truth = np.array([rows[i]["emotions"][n] for i in at])
        column = [FEELINGS.start + n]
        table[:, column], offset[column] = fit_one(features[at], truth, weight, STRENGTH["emotions"])
    return table, offset


def by_set(rows, losses):
    """Mean over sets of the mean loss, so that the largest set does not decide alone."""
    groups = {}
    for row, loss in zip(rows, losses):
        groups.setdefault((row["set"], row["lang"], row["ordinary"]), []).append(loss)
    return float(np.mean([np.mean(v) for v in groups.values()]))


def best_share(rows, deep, wide, loss_of):
    """Share of the linear part with the least log loss, temperature free."""
    options = [(by_set(rows, loss_of((deep + share * wide) / temperature)), float(share))
               for share in SHARES for temperature in (0.5, 0.7, 1.0, 1.3, 1.7, 2.2)]
    return min(options)[1]


def choose_shares(dev, deep, wide):
    """One share a task, from the half of dev that is meant for fitting."""
    half = [i for i, r in enumerate(dev) if r["half"] == "calibrate"]
    shares = {}
    at = [i for i in half if dev[i]["sentiment"] is not None]
    truth = np.array([dev[i]["sentiment"] for i in at])
    shares["sentiment"] = best_share([dev[i] for i in at], deep[at, MOOD], wide[at, MOOD], lambda x: -np.log(
        softmax(x)[np.arange(len(truth)), truth] + 1e-9))
    at = [i for i in half if dev[i]["check"] is not None and (dev[i]["ordinary"] or dev[i]["set"] in JUDGED)]
    yes = np.array([dev[i]["check"] for i in at])
    shares["needs_checking"] = best_share([dev[i] for i in at], deep[at, CHECK], wide[at, CHECK], lambda x: -np.log(
        np.where(yes == 1, sigmoid(x), 1 - sigmoid(x)) + 1e-9))
    at = [i for i in half if dev[i]["emotions"]]
    flags = np.array([dev[i]["emotions"] for i in at])
    shares["emotions"] = best_share([dev[i] for i in at], deep[at, FEELINGS], wide[at, FEELINGS], lambda x: -np.log(
        np.where(flags == 1, sigmoid(x), 1 - sigmoid(x)) + 1e-9).mean(1))
    return {**shares, "question": 0.0}


def load_wide(work, vocabulary):
    """The fitted part as a module, shares applied."""
    saved, wide = np.load(work / "wide.npz"), Wide(vocabulary)
    for name, part in (("", saved["table"]), ("_length", saved["idf"][:, None] ** 2)):
        part = torch.from_numpy(part)
        getattr(wide, f"piece{name or 's'}").weight.data = part[:vocabulary].clone()
        getattr(wide, f"pair{name or 's'}").weight.data = part[vocabulary:].clone()
    wide.offset.data = torch.from_numpy(saved["offset"])
    return wide


def main():
    work, name = Path(sys.argv[1]), sys.argv[2]
    train, dev = load_rows(work)
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    size = tokenizer.get_vocab_size()
    ids, dev_ids = (encode([r["text"] for r in rows], tokenizer) for rows in (train, dev))
    matrix = counts(ids, size)
    idf = (np.log((1 + len(train)) / (1 + np.asarray((matrix > 0).sum(0)).ravel())) + 1).astype(np.float32)
    table, offset = fit(weighted(matrix, idf), train, size + PAIRS)
    scores = weighted(counts(dev_ids, size), idf) @ table + offset
    state = torch.load(work / f"{name}.pt", weights_only=True)
    shares = choose_shares(dev, predict(Model.holding(state), dev_ids)[0], scores)
    scale = np.repeat([shares[task] for task in OUTPUTS], list(OUTPUTS.values())).astype(np.float32)
    np.savez(work / "wide.npz", table=(table * idf[:, None] * scale).astype(np.float32), idf=idf,
             offset=(offset * scale).astype(np.float32), scores=scores.astype(np.float32))
    (work / "wide.json").write_text(json.dumps(shares) + "\n")
    print(f"wide: read {len(train)} rows and {name}.pt; shares of the linear part {shares}")


if __name__ == "__main__":
    main()
