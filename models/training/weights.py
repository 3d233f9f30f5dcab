"""Keeps the trained weights in the repository, in half precision, so that nobody has to train again to go on.

Usage: python weights.py pack|unpack WORK_DIR

`pack` writes WORK_DIR/student.pt to polso-mini-2.safetensors beside this file; `unpack` writes it back,
together with the tokenizer they belong to, so that the later steps can be run from there.
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

FILE = Path(__file__).with_name("polso-mini-2.safetensors")


def main():
    command, work = sys.argv[1], Path(sys.argv[2])
    if command == "pack":
        state = torch.load(work / "student.pt", weights_only=True)
        save_file({name: value.half().contiguous() for name, value in state.items()}, FILE)
        print(f"weights: read {work / 'student.pt'}, wrote {FILE}, {FILE.stat().st_size} bytes")
    elif command == "unpack":
        work.mkdir(parents=True, exist_ok=True)
        torch.save({name: value.float() for name, value in load_file(FILE).items()}, work / "student.pt")
        tokenizer = FILE.parent.parent / "polso-mini-2" / "tokenizer.json"
        (work / "tokenizer.json").write_bytes(tokenizer.read_bytes())
        print(f"weights: read {FILE} and {tokenizer}, wrote student.pt and tokenizer.json to {work}")
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
