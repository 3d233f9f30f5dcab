"""Reads the labelled sets, cleans, removes duplicates and makes train and dev.

Usage: python prepare.py DATA_DIR WORK_DIR

Writes WORK_DIR/rows.jsonl (texts: stays out of the repository) and
WORK_DIR/data.json (counts and input checksums only: safe to publish).

Dev membership comes from a hash of the text's letters, not from a random
generator: the same post always lands on the same side, whichever set it came
from and however often it is repeated.
"""

import gzip
import hashlib
import json
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from normalize import normalize

NEGATIVE, NEUTRAL, POSITIVE = 0, 1, 2
SENTIMENT = {"negative": NEGATIVE, "neutral": NEUTRAL, "positive": POSITIVE,
             "NEG": NEGATIVE, "NEUT": NEUTRAL, "POS": POSITIVE,
             "neg": NEGATIVE, "pos": POSITIVE}
UMSAB_LANGUAGES = ("it", "en", "fr", "de", "es", "pt")
BRIGHT, DARK = {"joy", "trust", "anticipation"}, {"anger", "fear", "sadness", "disgust"}

# name shown on the model card, licence as the source states it, input files
SETS = {
    "sentipolc": ("SENTIPOLC 2016 (train)", "EVALITA task data, terms not restated; research use",
                  ["sentipolc2016/train.jsonl.gz"]),
    "multiemotions": ("MultiEmotions-It", "CC BY-NC-SA 4.0", ["multiemotions_it/all.jsonl.gz"]),
    "umsab": ("UMSAB / XLM-T (train; it en fr de es pt)", "Apache-2.0; per-source restrictions",
              ["umsab_xlmt/train.jsonl.gz", "umsab_xlmt/dev.jsonl.gz"]),
    "semeval": ("SemEval-2017 task 4A (train, subsample)", "SemEval terms not restated; research use",
                ["semeval2017_task4a/train.jsonl.gz"]),
    "subtitles_fi": ("OpenSubtitles sentiment, Finnish (train)", "Apache-2.0",
                     ["subtitle_sentiment_cynarr/train.jsonl.gz"]),
    "subtitles_it": ("OpenSubtitles sentiment, Italian (train)", "Apache-2.0",
                     ["subtitle_sentiment_cynarr/train.jsonl.gz"]),
    "xed_fi": ("XED annotated, Finnish (subsample)", "CC BY 4.0", ["xed_annotated/all.jsonl.gz"]),
    "acti": ("ACTI 2023 subtask A (train)", "none stated; research use",
             ["acti2023_subtaskA/train.jsonl.gz"]),
    "ct22": ("CheckThat! 2022 1C harmful, English (train, subsample)",
             "none stated; released to the research community",
             ["ct22_1c_harmful/train.jsonl.gz", "ct22_1c_harmful/dev.jsonl.gz"]),
    "rumour": ("COVID-19 rumour data, Twitter part", "MIT", ["covid19_rumor_twitter/all.jsonl.gz"]),
    "constraint": ("Constraint 2021 COVID fake news (train, subsample)",
                   "data terms not restated; research use",
                   ["constraint2021_covid_fake_news/train.jsonl.gz",
                    "constraint2021_covid_fake_news/dev.jsonl.gz"]),
}


def read(path):
    """Yields the rows of one gzip JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)


def letters(text):
    """Letters-only, casefolded form: two posts that share it count as one."""
    key = re.sub(r"[\W\d_]+", "", re.sub(r"@user|http", " ", text.casefold()))
    return key or text


def bucket(key, of):
    """Stable pseudo-random bucket of a text."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % of


def xed_label(label):
    """One polarity for a multi-label emotion row, or None when it is mixed."""
    if label == "neutral":
        return NEUTRAL
    parts = set(label.split("+"))
    if parts <= BRIGHT:
        return POSITIVE
    return NEGATIVE if parts <= DARK else None


def collect(data):
    """Yields (set, text, language, head, label, part) with every source's own rule."""
    for row in read(data / "sentipolc2016/train.jsonl.gz"):
        if row["label"] in SENTIMENT:
            yield "sentipolc", row["text"], "it", "s", SENTIMENT[row["label"]], 10
    for row in read(data / "multiemotions_it/all.jsonl.gz"):
        if row["label"] in SENTIMENT:
            yield "multiemotions", row["text"], "it", "s", SENTIMENT[row["label"]], 10
    for part in ("train", "dev"):
        for row in read(data / f"umsab_xlmt/{part}.jsonl.gz"):
            if row["lang"] in UMSAB_LANGUAGES:
                yield "umsab", row["text"], row["lang"], "s", SENTIMENT[row["label"]], part
    for row in read(data / "semeval2017_task4a/train.jsonl.gz"):
        yield "semeval", row["text"], "en", "s", SENTIMENT[row["label"]], "train"
    for row in read(data / "subtitle_sentiment_cynarr/train.jsonl.gz"):
        if row["lang"] == "fi":
            yield "subtitles_fi", row["text"], "fi", "s", SENTIMENT[row["label"]], 10
        elif row["lang"] == "it":
            yield "subtitles_it", row["text"], "it", "s", SENTIMENT[row["label"]], "train"
    for row in read(data / "xed_annotated/all.jsonl.gz"):
        label = xed_label(row["label"]) if row["lang"] == "fi" else None
        if label is not None:
            yield "xed_fi", row["text"], "fi", "s", label, 10
    for row in read(data / "acti2023_subtaskA/train.jsonl.gz"):
        yield "acti", row["text"], "it", "c", int(row["label"] == "conspiratorial"), 15
    for part in ("train", "dev"):
        for row in read(data / f"ct22_1c_harmful/{part}.jsonl.gz"):
            if row["lang"] == "en":
                yield "ct22", row["text"], "en", "c", int(row["label"]), part
    for row in read(data / "covid19_rumor_twitter/all.jsonl.gz"):
        yield "rumour", row["text"], "en", "c", int(row["label"] != "T"), 10
    for part in ("train", "dev"):
        for row in read(data / f"constraint2021_covid_fake_news/{part}.jsonl.gz"):
            yield "constraint", row["text"], "en", "c", int(row["label"] == "fake"), part


# rows kept per (set, label) in train; sets not listed are kept whole
CAPS = {("semeval", 0): 4500, ("semeval", 1): 4500, ("semeval", 2): 4500,
        ("xed_fi", 0): 1500, ("xed_fi", 1): 2500, ("xed_fi", 2): 1500,
        ("ct22", 0): 1500, ("constraint", 0): 1500, ("constraint", 1): 1500}
DEV_CAPS = {("xed_fi", 0): 150, ("xed_fi", 1): 250, ("xed_fi", 2): 150}
# ordinary posts that teach the checking head what not to flag
ORDINARY = {"sentipolc": 1600, "umsab": 1800, "xed_fi": 400}


def shingles(text, size=4):
    """Word shingles, the unit of the near-duplicate test."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i:i + size]) for i in range(len(words) - size + 1)}


def build(data):
    """Returns the final rows and the counts of what was dropped."""
    dropped, sides = Counter(), {"train": [], "dev": []}
    dev_keys, seen = {"s": set(), "c": set()}, set()
    rows = []
    for name, text, lang, head, label, part in collect(data):
        text = normalize(text)
        key = letters(text)
        if len(text) < 2:
            dropped["empty"] += 1
            continue
        if isinstance(part, int):
            part = "dev" if bucket(key, 100) < part else "train"
        if part == "dev":
            dev_keys[head].add(key)
        rows.append((name, text, lang, head, label, part, key))
    index = defaultdict(set)
    for number, row in enumerate(rows):
        if row[5] == "dev":
            for shingle in shingles(row[1]):
                index[shingle].add(number)
    order = list(range(len(rows)))
    random.Random(7).shuffle(order)
    kept = Counter()
    for number in order:
        name, text, lang, head, label, part, key = rows[number]
        if (part, name if part == "dev" else "", head, key) in seen:
            dropped["duplicate"] += 1
            continue
        if part == "train":
            if key in dev_keys["s"] or key in dev_keys["c"]:
                dropped["train row equal to a dev row"] += 1
                continue
            mine = shingles(text)
            hits = Counter(n for shingle in mine for n in index.get(shingle, ()))
            if mine and hits and max(hits.values()) >= 0.6 * len(mine):
                dropped["train row close to a dev row"] += 1
                continue
        cap = (CAPS if part == "train" else DEV_CAPS).get((name, label))
        if cap is not None and kept[part, name, label] >= cap:
            continue
        kept[part, name, label] += 1
        seen.add((part, name if part == "dev" else "", head, key))
        sides[part].append({"set": name, "text": text, "lang": lang,
                            "sentiment": label if head == "s" else None,
                            "check": label if head == "c" else None})
    left = Counter(ORDINARY)
    for row in sides["train"]:
        if row["sentiment"] == NEUTRAL and left[row["set"]] > 0:
            row["check"], row["ordinary"] = 0, True
            left[row["set"]] -= 1
    for row in sides["dev"]:
        if row["sentiment"] == NEUTRAL and row["set"] in ("sentipolc", "umsab"):
            row["check"], row["ordinary"] = 0, True
    # the two halves of dev: one to calibrate on, one to report on
    for row in sides["dev"]:
        row["half"] = "calibrate" if bucket("half" + letters(row["text"]), 2) else "report"
    return sides, dropped


def main():
    data, work = Path(sys.argv[1]), Path(sys.argv[2])
    work.mkdir(parents=True, exist_ok=True)
    sides, dropped = build(data)
    counts = {side: Counter(row["set"] for row in rows) for side, rows in sides.items()}
    with open(work / "rows.jsonl", "w", encoding="utf-8") as out:
        for side, rows in sides.items():
            for row in rows:
                out.write(json.dumps({"part": side, **row}, ensure_ascii=False) + "\n")
    summary = {
        "dropped": dropped,
        "sets": [{"key": key, "name": name, "licence": licence, "rows": counts["train"][key],
                  "dev_rows": counts["dev"][key],
                  "inputs": {f: hashlib.sha256((data / f).read_bytes()).hexdigest() for f in files}}
                 for key, (name, licence, files) in SETS.items()],
    }
    (work / "data.json").write_text(json.dumps(summary, indent=1) + "\n")
    print(dict(dropped), {side: dict(count) for side, count in counts.items()})


if __name__ == "__main__":
    main()
