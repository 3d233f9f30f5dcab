"""Cuts the base vocabulary of 250,002 pieces down to the ones our languages use.

Usage: python tokenizer.py WORK_DIR [--size N]

Three quarters of a multilingual encoder are rows of its word table, most of them for
scripts this model never reads. Pieces are kept by how often they occur in the labelled and
raw rows; every letter, digit and sign of the seven languages stays, and so do all emoji,
so that nothing common becomes unknown. A kept piece keeps its log probability and its row.
Emoji that the base vocabulary lacks start from the words of their Unicode names ("face with
tears of joy"), so that even one never seen in training has a meaning.

Writes WORK_DIR/tokenizer.json and WORK_DIR/words.npy.
"""

import argparse
import json
import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

import base

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
EMOJI_RANGES = ((0x2600, 0x27BF), (0x2B05, 0x2B55), (0x1F1E6, 0x1F1FF), (0x1F300, 0x1F64F),
                (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x1FA70, 0x1FAFF))
TONES = range(0x1F3FB, 0x1F400)
ALPHABET = "".join(chr(c) for c in [*range(0x21, 0x7F), *range(0xA1, 0x180), *range(0x2010, 0x2028)]) + "€…№™′″"
# how much a line of a language counts; the page is written for Italy and Finland first
WEIGHT = {"it": 2.0, "fi": 1.6, "en": 1.0, "de": 1.0, "fr": 1.0, "es": 0.8, "pt": 1.0}
EMOJI_SCORE = -9.0  # as the commoner emoji of the base vocabulary


def emoji():
    """All assigned pictographs of the emoji blocks; normalisation takes the skin tones off."""
    return [chr(p) for low, high in EMOJI_RANGES for p in range(low, high + 1)
            if unicodedata.name(chr(p), "") and p not in TONES]


def spec(pieces, scores):
    """A tokenizer file: NFKC, words by white space, unigram pieces, `<s> … </s>`."""
    ids = {piece: i for i, piece in enumerate(pieces)}
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    mark = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": ids[t], "content": t, **flags} for t in SPECIAL],
        "normalizer": {"type": "NFKC"},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, mark]},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                       {"SpecialToken": {"id": "</s>", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
            "special_tokens": {t: {"id": t, "ids": [ids[t]], "tokens": [t]} for t in ("<s>", "</s>")}},
        "decoder": mark,
        "model": {"type": "Unigram", "unk_id": ids["<unk>"], "byte_fallback": False,
                  "vocab": [[p, float(s)] for p, s in zip(pieces, scores)]},
    }


def whole(source):
    """The tokenizer with the base's whole vocabulary."""
    return Tokenizer.from_str(json.dumps(spec(source.pieces, source.scores), ensure_ascii=False))


def usage(tokenizer, rows):
    """How often each piece occurs, by the weight of the language."""
    counts = Counter()
    for start in range(0, len(rows), 5000):
        part = rows[start:start + 5000]
        for row, encoding in zip(part, tokenizer.encode_batch_fast([r["text"] for r in part])):
            for i in encoding.ids:
                counts[i] += WEIGHT.get(row["lang"], 0.5)
    return counts


def build(source, rows, size):
    """Pieces, scores and word table of the cut vocabulary."""
    known = {piece: i for i, piece in enumerate(source.pieces)}
    table = source.tensors["emb.word"]
    must = [known[t] for t in SPECIAL]
    must += [known[c] for c in [*ALPHABET, *("▁" + c for c in ALPHABET), "▁", *emoji()] if c in known]
    must = list(dict.fromkeys(must))
    lacking = [c for c in emoji() if c not in known]
    counts = usage(whole(source), rows)
    room = size - len(must) - len(lacking)
    taken, chosen = set(must), []
    for i, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if i not in taken and len(chosen) < room:
            chosen.append(i)
    kept = must + sorted(chosen)
    reader = whole(source)
    names = [reader.encode(unicodedata.name(c).lower(), add_special_tokens=False).ids for c in lacking]
    words = np.concatenate([table[kept], np.stack([table[ids].mean(0) for ids in names])])
    pieces = [source.pieces[i] for i in kept] + lacking
    scores = [float(source.scores[i]) for i in kept] + [EMOJI_SCORE] * len(lacking)
    share = sum(counts[i] for i in kept) / sum(counts.values())
    return pieces, scores, words.astype(np.float32), share


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("--size", type=int, default=30_000)
    args = parser.parse_args()
    rows = [json.loads(line) for name in ("rows.jsonl", "raw.jsonl")
            for line in open(args.work / name, encoding="utf-8")]
    source = base.load()
    pieces, scores, words, share = build(source, rows, args.size)
    text = json.dumps(spec(pieces, scores), ensure_ascii=False)
    made = Tokenizer.from_str(text)
    assert all(made.token_to_id(piece) == i for i, piece in enumerate(pieces))
    (args.work / "tokenizer.json").write_text(text, encoding="utf-8")
    np.save(args.work / "words.npy", words)
    before = sum(len(e.ids) for e in whole(source).encode_batch_fast([r["text"] for r in rows[::20]]))
    after = sum(len(e.ids) for e in made.encode_batch_fast([r["text"] for r in rows[::20]]))
    print(f"tokenizer: read {len(rows)} rows; kept {len(pieces)} of {len(source.pieces)} pieces, {share:.2%} of the "
          f"running pieces; a row has {after / before:.3f} times the pieces it had")


if __name__ == "__main__":
    main()
