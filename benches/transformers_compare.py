"""The same published model on the same texts in the pipeline of transformers and in polso, in one run.

Usage: python benches/transformers_compare.py POLSO_BINARY DATA_DIR MODEL LABELLED.jsonl(.gz)
           [--device cpu|cuda:0] [--dtype float32|bfloat16] [--runs 3]

MODEL is a folder in DATA_DIR/models that `polso model add` made; transformers reads the same folder. Asked are the
texts of the file that have a mood for a label and a language of the model's card, each once. The Python side has them
normalised beforehand and has read a few of them before its time begins. It is asked as the library's defaults are, a
text at a time, and with 32 at a time sorted by length; both give all labels, and cut texts where polso cuts them.
Neither side tells languages, since the rows name theirs. On the CPU both have one thread. Needs
models/training/requirements-published.txt.
"""

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

os.environ["TOKENIZERS_PARALLELISM"] = "false"
ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "models/training"))

import torch  # noqa: E402
from transformers import pipeline  # noqa: E402

from normalize import normalize  # noqa: E402

MOODS = ("negative", "neutral", "positive")
PRECISION = {"float32": "f32", "bfloat16": "bf16"}
BATCH, WARM_UP = 32, 64


def labelled(path, card):
    """The rows to ask, by their normalised text."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    wanted = [row for row in rows if row.get("lang") in card["languages"] and row.get("label") in MOODS]
    unique = {normalize(row["text"]): row for row in wanted}
    unique.pop("", None)
    return unique


def loaded(folder, args):
    """The pipeline; the first texts that a device reads take longer than others."""
    if args.device == "cpu":
        torch.set_num_threads(1)
    return pipeline("text-classification", model=str(folder), tokenizer=str(folder), device=args.device,
                    dtype=getattr(torch, args.dtype), top_k=None)


def python_side(asked, texts, longest, **how):
    """Texts a second with transformers."""
    cut = {"truncation": True, "max_length": longest}
    asked(texts[:WARM_UP], **cut, **how)
    begun = time.perf_counter()
    answers = asked(sorted(texts, key=len) if how else texts, **cut, **how)
    seconds = time.perf_counter() - begun
    assert len(answers) == len(texts)
    return len(texts) / seconds


def settings(text, values):
    """The settings with other values; a key that is not there once is an error."""
    for key, value in values.items():
        text, times = re.subn(rf"(?m)^{key} = .*$", f"{key} = {json.dumps(value)}", text)
        assert times == 1, key
    return text


def polso_side(binary, folder, rows, args):
    """Texts a second with polso, as `eval` reports them."""
    values = {"device": args.device, "precision": PRECISION[args.dtype]}
    if args.device == "cpu":
        values["threads"] = 1
    with tempfile.TemporaryDirectory() as place:
        subprocess.run([binary, "init", place], check=True, capture_output=True)
        config, data = Path(place) / "polso.toml", Path(place) / "asked.jsonl"
        config.write_text(settings(config.read_text(encoding="utf-8"), values), encoding="utf-8")
        data.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        command = [binary, "--config", str(config), "eval", "--task", "sentiment", "--model", str(folder), "--json",
                   "--data", str(data)]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=place)
    told = json.loads(answer.stdout)
    unread = told["left_out"] + sum(told["unscored"].values())
    if unread:
        raise SystemExit(f"polso left {unread} of {len(rows)} texts unread, so the two sides cannot be compared")
    return told["posts_per_second"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("polso", type=lambda name: str(Path(name).resolve()))
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("model")
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--dtype", choices=PRECISION, default="float32")
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    folder = (args.data_dir / "models" / args.model).resolve()
    card = tomllib.loads((folder / "card.toml").read_text(encoding="utf-8"))
    rows = labelled(args.labelled, card)
    texts, longest, asked = list(rows), card["max_tokens"], loaded(folder, args)
    for _ in range(args.runs):
        plain = python_side(asked, texts, longest)
        batched = python_side(asked, texts, longest, batch_size=BATCH)
        ours = polso_side(args.polso, folder, rows.values(), args)
        print(f"{len(texts)} texts on {args.device} in {args.dtype}: pipeline {plain:.1f}/s, in batches of {BATCH} "
              f"{batched:.1f}/s, polso {ours:.1f}/s, ratios {ours / plain:.2f} and {ours / batched:.2f}", flush=True)


if __name__ == "__main__":
    main()
