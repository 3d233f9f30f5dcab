"""Trains an encoder on all tasks at once: first the teacher, then the student it teaches.

Usage: python finetune.py WORK_DIR NAME [--start base|scratch|CHECKPOINT] [--layers 0,2,…] [--answers FILE] …

One encoder pass serves every task. The teacher starts from all twelve layers of the base
encoder with the lowest ones frozen; the student starts from some of the teacher's layers and
heads, and learns from labels, from the teacher's answers to labelled and unlabelled posts,
and from the base encoder's sentence vectors. The run stops after --epochs or --minutes,
whichever comes first (the learning rate follows the same fraction), writes
WORK_DIR/NAME.pt and goes on from WORK_DIR/NAME.checkpoint.pt when there is one.
"""

import argparse
import re
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

import base
from losses import Supervised, close, contrast, taught
from model import DEVICE, MAX_TOKENS, Model, encoder_from
from retrieval import load_pairs
from rows import Targets, asks, batches, drawn, encode, load_raw, load_rows, pad, seeded
from score import quick_scores
from tokenizer import emoji

SEED, WARMUP, SAVE_SECONDS = 7, 0.06, 500
HIDDEN_TOKENS, FIRST_WORD, UNKNOWN = 0.06, 4, 3  # share of tokens shown as unknown; ids below are special
AVERAGE_FROM, AVERAGE_EVERY = 0.75, 20
HARD, NEAR, VECTOR, CONTRAST = 1.0, 2.0, 2.0, 0.5
SOFT = (1.0, 0.5)  # weight of the teacher's answers on unlabelled and on labelled rows
# how often a row is drawn an epoch; the large English and subtitle sets would otherwise take most of the time
SHARES = {
    "teacher": {"semeval": 0.6, "constraint": 0.5, "xed": 0.35, "projected": 0.15, "subtitles": 0.35, "acti": 1.5},
    "student": {"semeval": 0.7, "constraint": 0.5, "projected": 0.5, ("xed", "en"): 0.5, "acti": 2.0, "umsab": 1.5,
                "multiemotions": 1.5, "sentipolc": 1.5, "ct22": 1.3, "raw": 0.7},
}


def without(texts, args):
    """Texts without emoji or without hashtags, to see what these are worth."""
    if args.no_emoji:
        texts = [t.translate(dict.fromkeys(map(ord, emoji()))) for t in texts]
    return [re.sub(r"#\w+", "", t) for t in texts] if args.no_hashtags else texts


class Run:
    """Everything one training run needs; `step` is one update."""

    def __init__(self, args):
        self.args, self.rng = args, seeded(args.seed)
        train, self.dev = load_rows(args.work)
        self.labelled = len(train)
        self.rows = train + (load_raw(args.work, "asked.jsonl") if args.answers else [])
        self.answers = np.load(args.answers, mmap_mode="r") if args.answers else None
        if args.rows:  # a control: that many labelled rows and nothing else
            kept = self.rng.sample(range(self.labelled), args.rows)
            self.labelled, self.rows = args.rows, [self.rows[i] for i in kept]
            self.answers = self.answers[kept] if args.answers else None
        self.tokenizer = Tokenizer.from_file(str(args.work / "tokenizer.json"))
        texts = [r["text"] for r in self.rows]
        if args.no_emoji or args.no_hashtags:
            texts, self.dev = without(texts, args), [{**r, "text": t} for r, t in zip(
                self.dev, without([r["text"] for r in self.dev], args))]
        self.ids = encode(texts, self.tokenizer)
        self.bare = dict(zip(
            (i for i, t in enumerate(texts) if asks(t)),
            encode([t.replace("?", " ").replace("¿", "") for t in texts if asks(t)], self.tokenizer)))
        self.dev_ids = encode([r["text"] for r in self.dev], self.tokenizer)
        self.model = self.start().to(DEVICE)
        self.supervised = Supervised(Targets(self.rows)).to(DEVICE)
        self.pairs = load_pairs(args.data, self.tokenizer) if args.answers and args.data else None
        self.optimizer = self.groups()
        self.average, self.averaged = None, 0

    def start(self):
        args = self.args
        chosen = [int(n) for n in args.layers.split(",")]
        if args.start in ("base", "scratch"):
            words = np.load(args.work / "words.npy")
            model = Model(len(words), len(chosen))
            if args.start == "scratch":
                torch.nn.init.normal_(model.encoder.words.weight, 0, 0.02)
                return model
            model.encoder = encoder_from(base.load(), words, chosen)
            torch.nn.init.eye_(model.vector.weight)
            torch.nn.init.zeros_(model.vector.bias)
            return model
        state = torch.load(args.start, map_location="cpu", weights_only=True)
        moved = {}
        for name, value in state.items():
            if name.startswith("encoder.layers."):
                _, _, layer, rest = name.split(".", 3)
                if int(layer) in chosen:
                    moved[f"encoder.layers.{chosen.index(int(layer))}.{rest}"] = value
            else:
                moved[name] = value
        model = Model(len(state["encoder.words.weight"]), len(chosen))
        model.load_state_dict(moved)
        return model

    def groups(self):
        """Rates by part; frozen parts are left out."""
        rate, groups = self.args.rate, {"words": [], "heads": [], "decay": [], "rest": []}
        for name, weight in [*self.model.named_parameters(), *self.supervised.named_parameters()]:
            layer = int(name.split(".")[2]) if name.startswith("encoder.layers.") else -1
            if name.startswith("encoder.") and layer < self.args.frozen:
                weight.requires_grad_(False)
                continue
            if name.startswith("vector.") and not self.args.answers:
                continue
            kind = "words" if "words" in name else "heads" if not name.startswith("encoder.") else \
                "decay" if weight.ndim > 1 else "rest"
            groups[kind].append(weight)
        rates = {"words": 2 * rate, "heads": self.args.head_rate}
        return torch.optim.AdamW(
            [{"params": p, "rate": rates.get(k, rate), "lr": 0.0, "weight_decay": 0.01 if k == "decay" else 0.0}
             for k, p in groups.items() if p], betas=(0.9, 0.98), eps=1e-6, fused=True)

    def shown(self, batch):
        """Tokens as the model sees them, and whether a question mark was or is there."""
        ids, question = [], []
        for i in batch:
            bare = i in self.bare and self.rng.random() < 0.5
            ids.append(self.bare[i] if bare else self.ids[i])
            question.append(float(i in self.bare))
        table, mask = pad(ids)
        hide = (torch.rand(table.shape) < HIDDEN_TOKENS) & (table >= FIRST_WORD)
        table[hide] = UNKNOWN
        return table.to(DEVICE), mask.to(DEVICE), torch.tensor(question, device=DEVICE)

    def loss(self, batch):
        table, mask, question = self.shown(batch)
        with torch.autocast(DEVICE, torch.bfloat16):
            logits, vectors, pooled = self.model.heads(table, mask)
        logits, vectors, pooled = logits.float(), vectors.float(), pooled.float()
        if self.answers is None:
            return self.supervised(logits, batch, question).sum() / len(batch)
        answers = torch.from_numpy(self.answers[batch].astype(np.float32)).to(DEVICE)
        split = logits.shape[1]
        hard = torch.tensor([float(i < self.labelled) for i in batch], device=DEVICE)
        per_row = HARD * hard * self.supervised(logits, batch, question)
        per_row = per_row + (SOFT[0] + (SOFT[1] - SOFT[0]) * hard) * taught(logits, answers[:, :split])
        per_row = per_row + NEAR * close(pooled, answers[:, split:split + pooled.shape[1]])
        wanted = answers[:, split + pooled.shape[1]:]
        per_row = per_row + VECTOR * wanted.square().sum(1).round() * close(vectors, wanted)
        loss = per_row.sum() / len(batch)
        if self.pairs and self.rng.random() < 0.08:
            loss = loss + CONTRAST * self.pair_loss()
        return loss

    def pair_loss(self):
        pairs = self.rng.sample(self.pairs, 12)
        table, mask = (x.to(DEVICE) for x in pad([ids for pair in pairs for ids in pair]))
        with torch.autocast(DEVICE, torch.bfloat16):
            vectors = self.model(table, mask)[1].float()
        return contrast(vectors[0::2], vectors[1::2])

    def keep_average(self):
        """Running mean of the weights towards the end of the run."""
        state = self.model.state_dict()
        if self.average is None:
            self.average = {k: v.clone() for k, v in state.items()}
        self.averaged += 1
        for name, value in state.items():
            self.average[name].lerp_(value, 1 / self.averaged)


def train(run):
    """The loop: batches until the epochs or the minutes are over."""
    args, path = run.args, run.args.work / f"{run.args.name}.checkpoint.pt"
    lengths, shares = [len(i) for i in run.ids], SHARES["student" if args.answers else "teacher"]
    for row in run.rows[run.labelled:]:
        row["set"] = "raw"
    seen, spent, queue = 0, 0.0, []
    if path.exists():
        saved = torch.load(path, map_location=DEVICE, weights_only=True)
        run.model.load_state_dict(saved["model"])
        run.optimizer.load_state_dict(saved["optimizer"])
        seen, spent = saved["seen"], saved["spent"]
        run.rng = seeded(args.seed + seen)
        print(f"{args.name} goes on after {seen} rows and {spent / 60:.1f} min", flush=True)
    total = args.epochs * len(drawn(run.rows, shares, seeded(args.seed)))
    begun, tokens, step, mean, last_save = time.time(), 0, 0, 0.0, time.time()
    run.model.train()
    while True:
        if not queue:
            queue = batches(drawn(run.rows, shares, run.rng), lengths, args.batch_tokens, run.rng)
        batch = queue.pop()
        took = spent + time.time() - begun
        fraction = max(seen / total, took / (60 * args.minutes))
        if fraction >= 1:
            break
        scale = max(min(fraction / WARMUP, (1 - fraction) / (1 - WARMUP)), 0.01)
        for group in run.optimizer.param_groups:
            group["lr"] = group["rate"] * scale
        loss = run.loss(batch)
        run.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for g in run.optimizer.param_groups for p in g["params"]], 1.0)
        run.optimizer.step()
        seen, step = seen + len(batch), step + 1
        tokens += sum(min(lengths[i], MAX_TOKENS) for i in batch)
        mean = loss.item() if step == 1 else 0.98 * mean + 0.02 * loss.item()
        if fraction > AVERAGE_FROM and step % AVERAGE_EVERY == 0:
            run.keep_average()
        if step % 50 == 0:
            rate = tokens / (time.time() - begun)
            print(f"{args.name} {fraction:.3f} step {step} epoch {seen * args.epochs / total:.2f} loss {mean:.4f} {rate:.0f} tokens/s", flush=True)
        stopped = step == args.stop_after
        if stopped or time.time() - last_save > SAVE_SECONDS:
            last_save = time.time()
            torch.save({"model": run.model.state_dict(), "optimizer": run.optimizer.state_dict(), "seen": seen,
                        "spent": spent + time.time() - begun}, path)
            if stopped:
                print(f"{args.name} stopped after {step} updates; call again to go on")
                raise SystemExit(0)
            print(quick_scores(run.model, run.dev, run.dev_ids), flush=True)
    path.unlink(missing_ok=True)
    return seen * args.epochs / total, (spent + time.time() - begun) / 60


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("name")
    parser.add_argument("--data", type=Path, help="the labelled sets, for the claim pairs")
    parser.add_argument("--start", default="base", help="base, scratch (a control) or a checkpoint")
    parser.add_argument("--layers", default="0,1,2,3,4,5,6,7,8,9,10,11")
    parser.add_argument("--frozen", type=int, default=-1, help="layers below this one and the word table stay as they are")
    parser.add_argument("--answers", type=Path, help="the teacher's answers: makes this run a student's")
    parser.add_argument("--no-emoji", action="store_true", help="a control")
    parser.add_argument("--no-hashtags", action="store_true", help="a control")
    parser.add_argument("--rows", type=int, help="a control: train on that many labelled rows only")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--head-rate", type=float, default=5e-4)
    parser.add_argument("--batch-tokens", type=int, default=1536)
    parser.add_argument("--stop-after", type=int, help="save and stop after that many updates (tests)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=SEED)
    return parser.parse_args()


def main():
    args = arguments()
    torch.set_num_threads(args.threads)
    run = Run(args)
    epochs, minutes = train(run)
    last = quick_scores(run.model, run.dev, run.dev_ids)
    print(f"{args.name}: {epochs:.2f} epochs in {minutes:.1f} min; last weights {last}", flush=True)
    if run.average is not None:
        run.model.load_state_dict(run.average)
        print(f"{args.name}: mean of the last weights {quick_scores(run.model, run.dev, run.dev_ids)}", flush=True)
    torch.save({k: v.cpu() for k, v in run.model.state_dict().items()}, args.work / f"{args.name}.pt")
    print(f"finetune: read {len(run.rows)} rows, trained on {DEVICE}, wrote {args.work / args.name}.pt")


if __name__ == "__main__":
    main()
