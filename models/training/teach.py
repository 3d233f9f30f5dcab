"""Asks the teacher, so that the student can learn from answers instead of from labels alone.

Usage: python teach.py WORK_DIR TEACHER.pt [--raw N] [--vectors N]

For every labelled train row and a sample of the unlabelled rows: the teacher's logits and the
mean state it read them from. For a sample of those: the base encoder's sentence vector (as its
makers ask for it, with `query: ` before the text), moved to the mean of all vectors, because
the base's vectors all lie in one narrow cone and eight-bit cosines need the room.

Writes WORK_DIR/asked.jsonl (the sample of the unlabelled rows) and WORK_DIR/answers.npy (rows x
logits, state, vector; a vector of zeros where none was asked for).
"""

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

import base
from model import DEVICE, HIDDEN, LOGITS, Model, encoder_from, mean_pool
from rows import encode, load_raw, load_rows, pad

# unlabelled rows taken of each language, of a hundred
SHARES = {"it": 38, "fi": 18, "en": 20, "es": 6, "de": 6, "fr": 6, "pt": 6}
# sets that look like posts and claims, where retrieval vectors are wanted first
CLAIMLIKE = ("clef2020_t2_verified_claims/all", "poynter_covid_claims/all", "facta_news_it_metadata/all")


def sample_raw(rows, size, rng):
    """Unlabelled rows by language; claims are always taken."""
    chosen = [r for r in rows if r["set"] in CLAIMLIKE]
    for lang, share in SHARES.items():
        pool = [r for r in rows if r["lang"] == lang and r["set"] not in CLAIMLIKE]
        chosen += rng.sample(pool, min(len(pool), size * share // 100))
    return chosen


def forward(read, ids, tokens=6000):
    """Applies `read` to batches of similar length; answers in the order of `ids`."""
    order = sorted(range(len(ids)), key=lambda i: -len(ids[i]))
    result, start, begun, done = [None] * len(ids), 0, time.time(), 0
    with torch.inference_mode(), torch.autocast(DEVICE, torch.bfloat16):
        while start < len(order):
            part = order[start:start + max(1, tokens // len(ids[order[start]]))]
            for i, answer in zip(part, read(*(x.to(DEVICE) for x in pad([ids[i] for i in part])))):
                result[i] = answer
            start += len(part)
            done += sum(len(ids[i]) for i in part)
            if start % 20 == 0:
                print(f"teach: {start} of {len(order)} rows, {done / (time.time() - begun):.0f} tokens/s", flush=True)
    return np.stack(result)


def teacher_reader(state):
    """Logits and mean state of the teacher."""
    model = Model.holding(state).eval().to(DEVICE)

    def read(table, mask):
        logits, _, pooled = model.heads(table, mask)
        return torch.cat([logits.float(), pooled.float()], 1).cpu().numpy().astype(np.float16)

    return read


def vector_reader(words):
    """Sentence vectors of the base encoder."""
    source = base.load()
    encoder = encoder_from(source, words, range(source.layers)).eval().to(DEVICE)

    def read(table, mask):
        return torch.nn.functional.normalize(mean_pool(encoder(table, mask).float(), mask), dim=1).cpu().numpy()

    return read


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("--raw", type=int, default=24_000)
    parser.add_argument("--vectors", type=int, default=26_000)
    args = parser.parse_args()
    rng = random.Random(5)
    train, _ = load_rows(args.work)
    raw = sample_raw(load_raw(args.work), args.raw, rng)
    rows = train + raw
    tokenizer = Tokenizer.from_file(str(args.work / "tokenizer.json"))
    state = torch.load(args.teacher, map_location="cpu", weights_only=True)
    told = forward(teacher_reader(state), encode([r["text"] for r in rows], tokenizer))

    chosen = [i for i, r in enumerate(rows) if r["set"] in CLAIMLIKE]
    posts = [i for i, r in enumerate(rows) if r["set"] not in CLAIMLIKE and r["set"] not in ("projected", "xed", "subtitles")]
    chosen += rng.sample(posts, max(0, min(len(posts), args.vectors - len(chosen))))
    vectors = forward(vector_reader(np.load(args.work / "words.npy")),
                      encode(["query: " + rows[i]["text"] for i in chosen], tokenizer))
    centre = vectors.mean(0)
    answers = np.zeros((len(rows), LOGITS + 2 * HIDDEN), np.float16)
    answers[:, :LOGITS + HIDDEN] = told
    moved = vectors - centre
    answers[chosen, LOGITS + HIDDEN:] = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    np.save(args.work / "answers.npy", answers)
    np.save(args.work / "centre.npy", centre)
    with open(args.work / "asked.jsonl", "w", encoding="utf-8") as out:
        for row in raw:
            out.write(json.dumps({k: row[k] for k in ("set", "lang", "text")}, ensure_ascii=False) + "\n")
    print(f"teach: asked about {len(train)} labelled and {len(raw)} raw rows, {len(chosen)} vectors; "
          f"wrote {args.work / 'answers.npy'}")


if __name__ == "__main__":
    main()
