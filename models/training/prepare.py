"""Reads the sets, cleans, removes duplicates and makes train and dev.

Usage: python prepare.py DATA_DIR CORPORA_DIR WORK_DIR

Writes WORK_DIR/rows.jsonl (labelled texts), WORK_DIR/raw.jsonl (unlabelled texts) and
WORK_DIR/data.json (counts and checksums of the inputs only: safe to publish). The texts
stay out of the repository.

Dev membership comes from a hash of the text's letters, not from a random generator: the
same post always lands on the same side, whichever set it came from and however often it
is repeated. A train row, labelled or raw, that equals a dev row letter for letter or
shares 60 % of its four-word runs with one is dropped.
"""

import hashlib
import json
import random
import re
import sys
from collections import Counter, defaultdict
from dataclasses import asdict
from pathlib import Path

from normalize import normalize
from raw import SHORTEST, raw_rows
from sets import SOURCES, all_rows

# rows kept in train per set and language; sets that are not listed are kept whole
CAPS = {("semeval", "en"): 14000, ("xed", "en"): 4000, ("xed", "fi"): 14000, ("subtitles", "en"): 1500,
        ("subtitles", "fr"): 2500, ("projected", "it"): 5000, ("projected", "fi"): 3000, ("projected", "de"): 3500,
        ("projected", "fr"): 2500, ("projected", "es"): 4000, ("projected", "pt"): 4500, ("constraint", "en"): 2500}
# a tiny example set (tests) has fewer rows than these caps, so nothing is lost there
CHECK_CAPS = {("ct22", 0): 2200}
DEV_CAPS = {("xed", "fi"): 600, ("constraint", "en"): 600}
# ordinary posts that teach the checking head what not to flag
ORDINARY = {"sentipolc": 1600, "umsab": 1800, "semeval": 1200, "xed": 500}
NEUTRAL = 1


def letters(text):
    """Letters-only, casefolded form: two posts that share it count as one."""
    key = re.sub(r"[\W\d_]+", "", re.sub(r"@user|http", " ", text.casefold()))
    return key or text


def bucket(key, of):
    """Stable pseudo-random bucket of a text."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % of


def shingles(text, size=4):
    """Word shingles, the unit of the near-duplicate test."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i:i + size]) for i in range(len(words) - size + 1)}


class DevGuard:
    """Knows the dev texts, so that no train text is one of them or close to one."""

    def __init__(self, texts):
        self.keys, self.index = {letters(t) for t in texts}, defaultdict(set)
        for number, text in enumerate(texts):
            for shingle in shingles(text):
                self.index[shingle].add(number)

    def verdict(self, text):
        """None when the text may be trained on, else why not."""
        if letters(text) in self.keys:
            return "train row equal to a dev row"
        mine = shingles(text)
        hits = Counter(n for shingle in mine for n in self.index.get(shingle, ()))
        if mine and hits and max(hits.values()) >= 0.6 * len(mine):
            return "train row close to a dev row"
        return None


def split(data, dropped):
    """Labelled rows on their side, normalised, without empties."""
    sides = {"train": [], "dev": []}
    for row in all_rows(data):
        row.text = normalize(row.text)
        if len(row.text) < 2:
            dropped["empty"] += 1
            continue
        if isinstance(row.part, int):
            row.part = "dev" if bucket(letters(row.text), 100) < row.part else "train"
        sides[row.part].append(row)
    return sides


def keep_train(rows, guard, dropped):
    """Train rows, each text once a task, capped by set and language."""
    random.Random(7).shuffle(rows)
    seen, kept, result = set(), Counter(), []
    for row in rows:
        task = "check" if row.check is not None else "mood"
        key = (task, row.emotions is None, letters(row.text))
        why = "duplicate" if key in seen else guard.verdict(row.text)
        if why:
            dropped[why] += 1
            continue
        for place, caps in (((row.set, row.lang), CAPS), ((row.set, row.check), CHECK_CAPS)):
            kept[place] += 1
            if kept[place] > caps.get(place, kept[place]):
                break
        else:
            seen.add(key)
            result.append(row)
    return result


def keep_dev(rows, dropped):
    """Dev rows, each text once a set."""
    random.Random(8).shuffle(rows)
    seen, kept, result = set(), Counter(), []
    for row in rows:
        key = (row.set, row.check is None, letters(row.text))
        kept[row.set, row.lang] += key not in seen
        if key in seen:
            dropped["duplicate"] += 1
        elif kept[row.set, row.lang] <= DEV_CAPS.get((row.set, row.lang), kept[row.set, row.lang]):
            seen.add(key)
            result.append(row)
    return result


def written(row, left):
    """The row as stored; ordinary neutral posts also become negatives of the checking task."""
    stored = asdict(row)
    stored["ordinary"] = row.sentiment == NEUTRAL and row.check is None and left[row.set] > 0
    if stored["ordinary"]:
        stored["check"] = 0
        left[row.set] -= 1
    if row.part == "dev":  # the two halves of dev: one to calibrate on, one to report on
        stored["half"] = "calibrate" if bucket("half" + letters(row.text), 2) else "report"
    return stored


def main():
    data, corpora, work = map(Path, sys.argv[1:4])
    work.mkdir(parents=True, exist_ok=True)
    dropped = Counter()
    sides = split(data, dropped)
    dev = keep_dev(sides["dev"], dropped)
    guard = DevGuard([row.text for row in dev])
    train = keep_train(sides["train"], guard, dropped)
    with open(work / "rows.jsonl", "w", encoding="utf-8") as out:
        for rows, left in ((train, Counter(ORDINARY)), (dev, Counter({"sentipolc": 10**6, "umsab": 10**6}))):
            for row in rows:
                out.write(json.dumps(written(row, left), ensure_ascii=False) + "\n")
    seen, raw = set(), Counter()
    with open(work / "raw.jsonl", "w", encoding="utf-8") as out:
        for origin, lang, text in raw_rows(data, corpora):
            key = letters(text)
            if len(text) >= SHORTEST and key not in seen and guard.verdict(text) is None:
                seen.add(key)
                raw[origin, lang] += 1
                out.write(json.dumps({"set": origin, "lang": lang, "text": text}, ensure_ascii=False) + "\n")
    summary = {"dropped": dropped, "raw": {f"{o} ({lang})": n for (o, lang), n in sorted(raw.items())},
               "sets": [{"key": s.key, "name": s.name, "licence": s.licence,
                         "rows": sum(r.set == s.key for r in train), "dev_rows": sum(r.set == s.key for r in dev),
                         "inputs": {f: hashlib.sha256((data / f).read_bytes()).hexdigest() for f in s.files}}
                        for s in SOURCES]}
    (work / "data.json").write_text(json.dumps(summary, indent=1) + "\n")
    print(f"prepare: read {data} and {corpora}; wrote {len(train)} train, {len(dev)} dev and {sum(raw.values())} raw rows "
          f"to {work}; dropped {dict(dropped)}")


if __name__ == "__main__":
    main()
