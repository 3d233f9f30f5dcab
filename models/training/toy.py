"""A toy world for the tests: a tiny base encoder and tiny sets in the shapes of the real ones.

Texts are made of invented words; nothing here is data anybody wrote.
"""

import gzip
import json
import lzma
import random
import struct
from pathlib import Path

import numpy as np

from model import HIDDEN, INNER
from raw import CORPORA, SETS
from sets import EMOTIONS, ITALIAN, LANGUAGES

LAYERS, POSITIONS = 2, 512
GOOD, BAD, PLAIN = ("bravo", "gentile", "ottimo"), ("pessimo", "orribile", "brutto"), ("oggi", "tavolo", "martedì")
WORDS = ("casa", "medico", "scuola", "strada", "vaccino", "gente", "giorno", "città", "acqua", "libro")


def blocks(array):
    """An array as four-bit blocks, the layout that base.py reads."""
    groups = array.reshape(-1, 32)
    scale = np.maximum(np.abs(groups).max(1) / 7, 1e-6).astype(np.float16)
    halves = np.clip(np.rint(groups / scale[:, None].astype(np.float32)) + 8, 0, 15).astype(np.uint8)
    packed = halves[:, :16] | halves[:, 16:] << 4
    return np.concatenate([scale[:, None].view(np.uint8), packed], 1).tobytes()


def write_base(path, seed=0):
    """A base encoder of two layers with random weights and pieces of one to four letters."""
    rng = np.random.default_rng(seed)
    letters = [c for c in map(chr, range(33, 383)) if c.isprintable() and c != " "]
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", *letters, *("▁" + w for w in WORDS + GOOD + BAD + PLAIN), "😀"]
    scores = np.array([0.0] * 4 + [-4.0] + [-9.0] * len(letters) + [-6.0] * (len(pieces) - 5 - len(letters)), np.float32)
    blob = b"".join(p.encode() for p in pieces)
    ends = np.cumsum([0, *(len(p.encode()) for p in pieces)]).astype(np.uint32)
    tensors = {"emb.word": rng.normal(0, 0.1, (len(pieces), HIDDEN)), "emb.pos": rng.normal(0, 0.02, (POSITIONS, HIDDEN)),
               "emb.type": rng.normal(0, 0.02, (2, HIDDEN)), "emb.ln.w": np.ones(HIDDEN), "emb.ln.b": np.zeros(HIDDEN)}
    for n in range(LAYERS):
        for name, shape in (("q", (HIDDEN, HIDDEN)), ("k", (HIDDEN, HIDDEN)), ("v", (HIDDEN, HIDDEN)),
                            ("ao", (HIDDEN, HIDDEN)), ("fi", (INNER, HIDDEN)), ("fo", (HIDDEN, INNER))):
            tensors[f"l{n}.{name}.w"], tensors[f"l{n}.{name}.b"] = rng.normal(0, 0.05, shape), np.zeros(shape[0])
        for name in ("aln", "oln"):
            tensors[f"l{n}.{name}.w"], tensors[f"l{n}.{name}.b"] = np.ones(HIDDEN), np.zeros(HIDDEN)
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, LAYERS, 12, INNER, len(pieces), POSITIONS, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, len(blob)) + ends.tobytes() + scores.tobytes() + blob
    head += struct.pack("<iIi", 0, 0, len(tensors))
    packed = {n: blocks(v.astype(np.float32)) if n.endswith((".w", "emb.word")) and v.ndim == 2 else
              v.astype(np.float32).tobytes() for n, v in tensors.items()}
    at = len(head) + sum(2 + len(n) + 21 for n in tensors)
    directory = b""
    for name, raw in packed.items():
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, tensors[name].size, at, len(raw))
        at += len(raw)
    Path(path).write_bytes(head + directory + b"".join(packed.values()))
    return tensors


def sentence(rng, mood):
    """A few invented words with one of the mood."""
    words = [rng.choice(WORDS) for _ in range(rng.randint(4, 9))] + [rng.choice((BAD, PLAIN, GOOD)[mood])]
    rng.shuffle(words)
    return " ".join(words) + rng.choice((".", "!", "?", " 😀"))


def write_rows(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_sets(data, size=60, seed=1):
    """Every labelled set that `sets.py` reads, with `size` rows a language and part."""
    rng = random.Random(seed)
    moods, italian = ("negative", "neutral", "positive"), {v: k for k, v in ITALIAN.items()}

    def rows(langs, label, **more):
        for lang in langs:
            for n in range(size):
                mood = n % 3
                yield {"text": sentence(rng, mood), "lang": lang, "label": label(mood, n),
                       **{k: v(mood, n) for k, v in more.items()}}

    emotion = lambda mood, n: ("anger", "neutral", "joy")[mood] if n % 5 else EMOTIONS[n % 8]
    mood_of = lambda mood, n: moods[mood]
    write_rows(data / "sentipolc2016/train.jsonl.gz", rows(("it",), mood_of))
    for part in ("train", "dev"):
        write_rows(data / f"umsab_xlmt/{part}.jsonl.gz", rows(LANGUAGES, mood_of))
        write_rows(data / f"ct22_1c_harmful/{part}.jsonl.gz", rows(("en",), lambda mood, n: str(int(mood == 0))))
        write_rows(data / f"constraint2021_covid_fake_news/{part}.jsonl.gz",
                   rows(("en",), lambda mood, n: "fake" if mood == 0 else "real"))
    write_rows(data / "semeval2017_task4a/train.jsonl.gz", rows(("en",), mood_of))
    write_rows(data / "multiemotions_it/all.jsonl.gz", (
        {**r, "emotions": [italian[r["emotions"]]] if r["emotions"] in EMOTIONS else []}
        for _ in range(4) for r in rows(("it",), lambda mood, n: ("NEG", "NEUT", "POS")[mood], emotions=emotion)))
    subtitles = list(rows(("en", "fi", "it", "fr"), lambda mood, n: "neg" if mood == 0 else "pos"))
    write_rows(data / "subtitle_sentiment_cynarr/train.jsonl.gz", subtitles)
    write_rows(data / "subtitle_emotion_cynarr/train.jsonl.gz",
               ({**r, "label": "anger" if r["label"] == "neg" else "joy"} for r in subtitles))
    write_rows(data / "xed_annotated/all.jsonl.gz", (r for _ in range(6) for r in rows(("en", "fi"), emotion)))
    write_rows(data / "xed_projections/all.jsonl.gz", rows(LANGUAGES, emotion))
    write_rows(data / "tweeteval_emotion/train.jsonl.gz", rows(("en",), emotion))
    write_rows(data / "acti2023_subtaskA/train.jsonl.gz",
               rows(("it",), lambda mood, n: "conspiratorial" if mood == 0 else "not_conspiratorial"))
    write_rows(data / "covid19_rumor_twitter/all.jsonl.gz", (
        r for _ in range(4) for r in rows(("en",), lambda mood, n: "F" if mood == 0 else "T")))
    claims = [{"id": str(n), "text": sentence(rng, 0), "lang": "en"} for n in range(40)]
    write_rows(data / "clef2020_t2_verified_claims/all.jsonl.gz", claims)
    for part in ("train", "dev"):
        write_rows(data / f"clef2020_t2_queries/{part}.jsonl.gz",
                   ({"text": "dice che " + c["text"], "relevant_claim_ids": [c["id"]]} for c in claims[:20]))
    write_raw(data, rng)


def write_raw(data, rng):
    """Every raw set that `raw.py` reads and the labelled sets do not cover."""
    for name, langs, _ in SETS:
        path = data / f"{name}.jsonl.gz"
        if not path.exists():
            write_rows(path, ({"text": sentence(rng, n % 3), "lang": lang} for lang in langs for n in range(12)))


def write_corpora(folder, seed=2):
    """Every raw corpus that `raw.py` reads."""
    rng = random.Random(seed)
    for name, _, _ in CORPORA:
        path = folder / f"{name}.txt.xz"
        path.parent.mkdir(parents=True, exist_ok=True)
        with lzma.open(path, "wt", encoding="utf-8") as out:
            out.writelines(sentence(rng, n % 3) + "\n" for n in range(12))
