"""Refits the English WordPiece vocabulary to the seven languages and to emoji.

The base tokenizer knows English words only: it cuts Italian or Finnish into
letter groups and turns any word that touches an emoji into [UNK]. Both cost
accuracy and time. Pieces that never occur in our text make room for frequent
whole words of the other languages and for the emoji. Each new token starts
from what the base model already knows: a word from the mean of its old pieces,
an emoji from the mean of the words of its Unicode name ("face with tears of
joy"), so that even an emoji never seen in training has a meaning.

Emoji are *added tokens*, which the tokenizers library splits off before
anything else, so no special pre-tokenizer is needed on the Rust side.
"""

import gzip
import json
import unicodedata
from collections import Counter

import numpy as np
from tokenizers import Tokenizer

SIZE = 34_500
GENERAL_LINES = 40_000
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
EMOJI_RANGES = [(0x2600, 0x27BF), (0x2B05, 0x2B55), (0x1F1E6, 0x1F1FF), (0x1F300, 0x1F64F),
                (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x1FA70, 0x1FAFF)]


def emoji():
    """All assigned pictographs of the emoji blocks."""
    return [chr(point) for low, high in EMOJI_RANGES for point in range(low, high + 1)
            if unicodedata.name(chr(point), "")]


def general_text(data, lang):
    """Lines of general text, used for word counts only."""
    with gzip.open(data / f"general_text_mt_testsets/{lang}.jsonl.gz", "rt", encoding="utf-8") as f:
        for number, line in enumerate(f):
            if number >= GENERAL_LINES:
                return
            yield json.loads(line)["text"]


def refit(base_json, embedding, rows, data):
    """Returns the new tokenizer as a JSON string and its embedding table."""
    spec = json.loads(base_json)
    spec["truncation"] = spec["padding"] = None
    base = Tokenizer.from_str(json.dumps(spec))
    vocab = spec["model"]["vocab"]

    def words(text):
        text = base.normalizer.normalize_str(text)
        return [word for word, _ in base.pre_tokenizer.pre_tokenize_str(text)]

    own, general = Counter(), Counter()
    for row in rows:
        weight = {"it": 3, "en": 0}.get(row["lang"], 1)
        for word in words(row["text"]):
            own[word] += weight
    for lang, weight in (("it", 0.3), ("fi", 0.1), ("de", 0.1), ("fr", 0.1), ("es", 0.1), ("pt", 0.1)):
        for text in general_text(data, lang):
            for word in words(text):
                general[word] += weight

    used = set(SPECIAL)
    for word in own.keys() | general.keys():
        used.update(base.encode(word, add_special_tokens=False).tokens)
    for text in general_text(data, "en"):
        used.update(base.encode(text, add_special_tokens=False).tokens)
    symbols = emoji()
    # a symbol the base vocabulary already has would keep its old id as an added token
    # and shift the ids of all symbols after it
    known = set(symbols)
    keep = [t for t in vocab if t not in known
            and (t in used or (len(t.removeprefix("##")) == 1 and t.isascii()))]

    room = SIZE - len(keep) - len(symbols)
    score = {}
    for word in own.keys() | general.keys():
        pieces = base.encode(word, add_special_tokens=False).tokens
        if len(pieces) > 1 and word.isalpha() and (own[word] >= 3 or general[word] >= 1):
            score[word] = (own[word] + general[word]) * (len(pieces) - 1) ** 0.5
    new = sorted(score, key=lambda w: (-score[w], w))[:max(room, 0)]

    # fixed places for the special tokens, then everything that was kept
    tokens = SPECIAL + [t for t in keep if t not in SPECIAL] + new
    ids = {t: i for i, t in enumerate(tokens)}
    table = np.empty((len(tokens) + len(symbols), embedding.shape[1]), np.float32)
    centre = embedding[[vocab[t] for t in keep if t not in SPECIAL]].mean(0)

    def mean_of(text):
        pieces = [i for i in base.encode(text, add_special_tokens=False).ids if i != vocab["[UNK]"]]
        return embedding[pieces].mean(0) if pieces else centre

    for token, i in ids.items():
        table[i] = embedding[vocab[token]] if token in vocab else mean_of(token)
    for i, symbol in enumerate(symbols, start=len(tokens)):
        table[i] = mean_of(unicodedata.name(symbol).lower())

    spec["model"]["vocab"] = ids
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    spec["added_tokens"] = [
        {"id": ids[t], "content": t, "special": True, **flags} for t in SPECIAL
    ] + [
        {"id": i, "content": s, "special": False, **flags}
        for i, s in enumerate(symbols, start=len(tokens))
    ]
    made = Tokenizer.from_str(json.dumps(spec))
    assert all(made.token_to_id(t["content"]) == t["id"] for t in spec["added_tokens"])
    for name in ("[CLS]", "[SEP]"):
        spec["post_processor"]["special_tokens"][name]["ids"] = [ids[name]]
    print(f"vocabulary: {len(keep)} kept, {len(new)} words and {len(symbols)} emoji added")
    return json.dumps(spec, ensure_ascii=False), table
