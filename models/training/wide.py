"""Adds a linear bag-of-tokens part beside the encoder.

Usage: python wide.py WORK_DIR

The base encoder is English; on the small Italian sets a plain linear model over
the tokens knows things that a short fine-tuning does not reach, and the two
make different mistakes. The linear part is fitted alone on the train rows, then
its share in the logits is chosen on the half of dev meant for calibration. It
is four numbers a token, so it costs nothing at run time.

Reads WORK_DIR/model.pt, writes WORK_DIR/model_wide.pt.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from finetune import CHECK_WEIGHT, SENTIMENT_WEIGHT, class_weights, encode, load_rows, predict
from metrics import sigmoid, softmax
from model import Model

STRENGTH = 1e-5  # of the L2 penalty, per unit of row weight
SHARES = np.arange(0, 1.55, 0.1)


def bag(table, ids):
    """Sum of the token rows over the square root of the length, as in the model."""
    flat = torch.tensor([t for row in ids for t in row])
    lengths = torch.tensor([len(row) for row in ids])
    starts = torch.cumsum(lengths, 0) - lengths
    return F.embedding_bag(flat, table, starts, mode="sum") / lengths.sqrt().unsqueeze(1)


def fit(ids, rows, size):
    """Fits both heads' columns at once; they share nothing but the optimiser."""
    table = torch.zeros(size, 4, requires_grad=True)
    offset = torch.zeros(4, requires_grad=True)
    sentiment = torch.tensor([r["sentiment"] or 0 for r in rows])
    check = torch.tensor([float(r["check"] or 0) for r in rows])
    weight_s = torch.tensor(class_weights(rows, "sentiment", SENTIMENT_WEIGHT))
    weight_c = torch.tensor(class_weights(rows, "check", CHECK_WEIGHT))
    optimizer = torch.optim.LBFGS([table, offset], max_iter=60, history_size=8, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        out = bag(table, ids) + offset
        value = (F.cross_entropy(out[:, :3], sentiment, reduction="none") * weight_s).sum() / weight_s.sum()
        value = value + (F.binary_cross_entropy_with_logits(out[:, 3], check, reduction="none")
                         * weight_c).sum() / weight_c.sum()
        value = value + STRENGTH * table.square().sum()
        value.backward()
        return value

    optimizer.step(loss)
    return table.detach(), offset.detach()


def mean_loss(rows, field, probability, fit_half):
    """Log loss on the calibration half, each set weighing the same."""
    losses = {}
    for i in fit_half:
        if rows[i][field] is not None:
            losses.setdefault((rows[i]["set"], bool(rows[i].get("ordinary"))), []).append(
                -np.log(probability(i, rows[i][field]) + 1e-9))
    return float(np.mean([np.mean(v) for v in losses.values()]))


def best_share(rows, field, deep, wide, fit_half):
    """Share of the linear part with the least log loss, temperature free."""
    best = None
    for share in SHARES:
        for temperature in (0.6, 0.8, 1.0, 1.2, 1.5, 1.9):
            if field == "sentiment":
                p = softmax((deep + share * wide) / temperature)
                loss = mean_loss(rows, field, lambda i, y: p[i, y], fit_half)
            else:
                p = sigmoid((deep + share * wide) / temperature)
                loss = mean_loss(rows, field, lambda i, y: p[i] if y else 1 - p[i], fit_half)
            if best is None or loss < best[0]:
                best = (loss, float(share))
    return best[1]


def main():
    work = Path(sys.argv[1])
    torch.set_num_threads(1)
    train, dev = load_rows(work)
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    ids, dev_ids = encode(train, tokenizer), encode(dev, tokenizer)
    state = torch.load(work / "model.pt", weights_only=True)
    size = len(state["words.weight"])
    state["wide.weight"] = torch.zeros(size, 4)
    model = Model(size)
    model.load_state_dict(state)
    deep_s, deep_c = predict(model, dev_ids)
    table, offset = fit(ids, train, size)
    wide = (bag(table, dev_ids) + offset).numpy()
    half = [i for i, r in enumerate(dev) if r["half"] == "calibrate"]
    share_s = best_share(dev, "sentiment", deep_s, wide[:, :3], half)
    share_c = best_share(dev, "check", deep_c, wide[:, 3], half)
    shares = torch.tensor([share_s] * 3 + [share_c])
    state["wide.weight"] = table * shares
    state["sentiment.bias"] += share_s * offset[:3]
    state["check.bias"] += share_c * offset[3:]
    torch.save(state, work / "model_wide.pt")
    (work / "wide.json").write_text(json.dumps({"sentiment": share_s, "check": share_c}) + "\n")
    print(f"share of the linear part: sentiment {share_s:.1f}, needs_checking {share_c:.1f}")


if __name__ == "__main__":
    main()
