"""The same model file on the same texts in ONNX Runtime and in polso, one thread each, in one run.

Usage: python benches/onnxruntime_compare.py POLSO_BINARY LABELLED.jsonl.gz [RUNS]

Both normalise, tokenise, sort by length and cut batches of 512 tokens. The Python side has the
advantage of telling no languages. Needs models/training/requirements.txt.
"""

import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "models/training"))

from tokenizers import Tokenizer  # noqa: E402

from export import run, session  # noqa: E402
from normalize import normalize  # noqa: E402
from rows import encode  # noqa: E402

BUNDLE, BUDGET = ROOT / "models/polso-mini-2", 512


def batches(ids):
    """Sorted by length, cut by tokens with padding counted."""
    order, batch = sorted(range(len(ids)), key=lambda i: len(ids[i])), []
    for i in order:
        if batch and (len(batch) + 1) * len(ids[i]) > BUDGET:
            yield batch
            batch = []
        batch.append(i)
    yield batch


def python_side(texts):
    """Texts a second with ONNX Runtime."""
    sess, tokenizer = session(str(BUNDLE / "model.onnx")), Tokenizer.from_file(str(BUNDLE / "tokenizer.json"))
    begun = time.perf_counter()
    ids = encode([normalize(t) for t in texts], tokenizer)
    for batch in batches(ids):
        run(sess, [ids[i] for i in batch])
    return len(texts) / (time.perf_counter() - begun)


def polso_side(binary, data):
    """Texts a second with polso, as `eval` reports them."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([binary, "init", folder], check=True, capture_output=True)
        config = Path(folder) / "polso.toml"
        config.write_text(config.read_text().replace("threads = 0", "threads = 1"))
        answer = subprocess.run([binary, "--config", str(config), "eval", "--task", "sentiment", "--json", "--data", data],
                                check=True, capture_output=True, text=True, cwd=folder)
    return json.loads(answer.stdout)["posts_per_second"]


def main():
    binary, data = str(Path(sys.argv[1]).resolve()), str(Path(sys.argv[2]).resolve())
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        texts = list(dict.fromkeys(json.loads(line)["text"] for line in lines))
    for _ in range(int(sys.argv[3]) if len(sys.argv) > 3 else 3):
        theirs, ours = python_side(texts), polso_side(binary, data)
        print(f"{len(texts)} texts: ONNX Runtime {theirs:.0f}/s, polso {ours:.0f}/s, ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
