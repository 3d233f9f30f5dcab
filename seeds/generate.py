#!/usr/bin/env python3
"""Writes `seeds/posts.jsonl`, the synthetic posts of the demo, from `story.toml` and `templates/`.

    python3 seeds/generate.py            writes the file
    python3 seeds/generate.py --check    ends with 1 when the file is not what the templates give
    python3 seeds/generate.py --counts   prints what the posts hold

The standard library of Python 3.11 is all it needs; the same input gives the same bytes.
"""

import argparse
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from generator.counts import tables
from generator.post import dump
from generator.timeline import play

SEEDS = Path(__file__).resolve().parent
POSTS = SEEDS / "posts.jsonl"


def main():
    """Does what the command line asks and returns the exit code."""
    parser = argparse.ArgumentParser(description="Writes the synthetic posts of the demo.")
    task = parser.add_mutually_exclusive_group()
    task.add_argument("--check", action="store_true", help="exit 1 when posts.jsonl is stale")
    task.add_argument("--counts", action="store_true", help="print counts, write nothing")
    arguments = parser.parse_args()
    posts, rows = play(SEEDS)
    content = "".join(dump(row) for row in rows).encode()
    if arguments.counts:
        print(tables(posts, rows))
    elif not arguments.check:
        POSTS.write_bytes(content)
    elif not POSTS.is_file() or POSTS.read_bytes() != content:
        print(f"{POSTS.name} is stale\nhint: run `python3 seeds/generate.py`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
