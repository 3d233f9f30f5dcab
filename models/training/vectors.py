"""Sharpens the vector head for finding claims; the encoder and all other heads stay as they are.

Usage: python vectors.py DATA_DIR WORK_DIR NAME

The mean states of all claims and posts are read once, then only the linear head is trained: each
train post of CLEF 2020 task 2 must be nearer to its claim than to the ten thousand others, and
posts of every language must stay near the base encoder's vectors (what they learned from it).
Reads and writes WORK_DIR/NAME.pt, and WORK_DIR/NAME.sharpened with the number of posts; a head
that was sharpened once is not sharpened again.
"""

import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from losses import close
from model import HIDDEN, LOGITS, Model, mean_pool
from retrieval import load_claims, load_queries, map_at_5
from rows import by_length, encode, load_raw, load_rows, pad, seeded

STEPS, BATCH, RATE, TEMPERATURE, KEEP, ROWS = 400, 100, 5e-4, 0.05, 4.0, 8000


def states(model, ids):
    """Mean states of texts."""
    result = torch.zeros(len(ids), HIDDEN)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for part in by_length(ids, 64):
            table, mask = pad([ids[i] for i in part])
            result[part] = mean_pool(model.encoder(table, mask).float(), mask)
    return result.clone()


def sharpen(head, queries, claims, relevant, kept, wanted):
    """Trains the head: contrast over all claims, and closeness to the base's vectors."""
    rng, optimizer = seeded(9), torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.01)
    for step in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - step / STEPS)
        at = rng.sample(range(len(queries)), min(BATCH, len(queries)))
        near = rng.sample(range(len(kept)), min(256, len(kept)))
        library = F.normalize(head(claims), dim=1)
        scores = F.normalize(head(queries[at]), dim=1) @ library.T / TEMPERATURE
        loss = F.cross_entropy(scores, relevant[at]) + KEEP * close(head(kept[near]), wanted[near]).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def main():
    data, work, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    done = work / f"{name}.sharpened"
    if done.exists():
        return
    state = torch.load(work / f"{name}.pt", weights_only=True)
    model, tokenizer = Model.holding(state).eval(), Tokenizer.from_file(str(work / "tokenizer.json"))
    library = load_claims(data)
    place = {key: i for i, key in enumerate(library)}
    claims = states(model, encode(list(library.values()), tokenizer))
    asked, relevant = {}, {}
    for part in ("train", "dev"):
        rows = [(text, [place[i] for i in ids if i in place]) for text, ids in load_queries(data, part)]
        rows = [(text, ids) for text, ids in rows if ids]
        asked[part], relevant[part] = states(model, encode([t for t, _ in rows], tokenizer)), [ids for _, ids in rows]
    answers = np.load(work / "answers.npy", mmap_mode="r")
    at = np.flatnonzero(np.abs(answers[:, LOGITS + HIDDEN]) > 0)[:: max(1, len(answers) // (5 * ROWS))]
    texts = [r["text"] for r in load_rows(work)[0] + load_raw(work, "asked.jsonl")]
    kept = states(model, encode([texts[i] for i in at], tokenizer))
    wanted = torch.from_numpy(answers[at, LOGITS + HIDDEN:].astype(np.float32))

    def found():
        with torch.inference_mode():
            return map_at_5(F.normalize(model.vector(asked["dev"]), dim=1).numpy(),
                            F.normalize(model.vector(claims), dim=1).numpy(), [set(p) for p in relevant["dev"]])

    before = found()
    sharpen(model.vector, asked["train"], claims, torch.tensor([p[0] for p in relevant["train"]]), kept, wanted)
    torch.save(model.state_dict(), work / f"{name}.pt")
    done.write_text(f"{len(asked['train'])}\n")
    print(f"vectors: read {len(claims)} claims, {len(asked['train'])} posts and {len(kept)} texts to stay near; "
          f"MAP@5 on dev {before:.3f} before, {found():.3f} after; wrote {work / name}.pt")


if __name__ == "__main__":
    main()
