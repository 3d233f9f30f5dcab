"""What training makes of the golden lines, for the test that reading makes the same.

Usage: python golden_tokens.py BUNDLE_DIR [--check]

Writes BUNDLE_DIR/tokens.sha256, one line a hundred golden lines: the sha256 of
their token ids in decimal, a space between two ids and a line feed between two
lines. Texts are normalised, and cut to the `max_tokens` of the card as the Rust
crate cuts them: the last token, which closes a text, is kept.
"""

import gzip
import hashlib
import json
import sys
import tomllib
from pathlib import Path

from tokenizers import Tokenizer

from golden_lines import PATH
from normalize import normalize

BLOCK = 100


def cut(ids, limit):
    """At most `limit` tokens, the last one kept."""
    return ids if len(ids) <= limit else ids[:limit - 1] + ids[-1:]


def hashes(bundle):
    """One hash a block of golden lines."""
    limit = tomllib.loads((bundle / "card.toml").read_text(encoding="utf-8"))["max_tokens"]
    tokenizer = Tokenizer.from_file(str(bundle / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    lines = [json.loads(line) for line in gzip.decompress(PATH.read_bytes()).splitlines()]
    for start in range(0, len(lines), BLOCK):
        ids = [cut(tokenizer.encode(normalize(line)).ids, limit) for line in lines[start:start + BLOCK]]
        text = "\n".join(" ".join(map(str, row)) for row in ids)
        yield hashlib.sha256(text.encode()).hexdigest()


def main():
    bundle = Path(sys.argv[1])
    text = "".join(line + "\n" for line in hashes(bundle))
    path = bundle / "tokens.sha256"
    if sys.argv[2:] == ["--check"]:
        sys.exit(0 if path.read_text() == text else f"{path} is not what this tokenizer makes")
    path.write_text(text)


if __name__ == "__main__":
    main()
