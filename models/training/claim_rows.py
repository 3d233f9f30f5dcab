"""Writes the rows that `polso eval --features` is asked about, for `claims.py` to weigh.

What is measured on is parted from what is fitted on here, in files of their own, because a feature file holds no threads
and no claims. Texts of the sets go to the folder named, which must not be in the repository; rows that cannot serve are counted.
"""

import argparse
import json
import random
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from frames import kept_out
from sets import LANGUAGES, lines

HERE = Path(__file__).parent
ATTITUDES = ("support", "deny", "query", "comment")

# What posts have in common is learned from these: folder of the set, languages (none: all), rows.
POSTS = (
    ("sentipolc2016/train", (), 7410), ("haspeede2018_it/train", (), 2000), ("haspeede3_it/train", (), 2000),
    ("umsab_xlmt/train", ("it", "en"), 3700), ("coronavirus_fakenews_tweets_it2020/all", (), 1526),
    ("ct22_1a_checkworthy/train", ("en", "es"), 4000), ("corona_nlp_tweets/train", (), 5000),
)

# Posts that speak of no claim as far as anybody knows; Finnish has a forum, the others posts labelled for their mood.
ORDINARY = (
    *(("umsab_xlmt/train", (lang,), 500) for lang in ("it", "en", "de", "fr", "es", "pt")),
    ("sentipolc2016/train", (), 1000), ("ylilauta_fi_raw/all", (), 1000),
)


def write(path: Path, rows: Iterable[dict]) -> None:
    """One JSON object a line; says how many."""
    text = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("".join(line + "\n" for line in text), encoding="utf-8")
    print(f"claim_rows: wrote {len(text)} rows to {path.name}")


def sampled(data: Path, sources: Iterable[tuple], chance: random.Random) -> Iterator[dict]:
    """So many different texts of each source, with the languages their sets name; sets that are not there are named."""
    seen = set()
    for name, langs, most in sources:
        path = data / f"{name}.jsonl.gz"
        if not path.exists():
            print(f"claim_rows: {name} is not there, goes without")
            continue
        rows = [row for row in lines(path) if (row.get("text") or "").strip() and row.get("lang") in (langs or LANGUAGES)]
        chance.shuffle(rows)
        fresh = [row for row in {row["text"]: row for row in rows}.values() if row["text"] not in seen][:most]
        seen.update(row["text"] for row in fresh)
        yield from ({"text": row["text"], "lang": row["lang"]} for row in fresh)


def replies(data: Path, out: Path) -> None:
    """Replies to rumours, by whether their thread is kept out. Their language is left to be told, as that of any post is:
    the set calls all of them English, and some are not."""
    parts: dict[bool, list[dict]] = {False: [], True: []}
    unknown = 0
    for row in lines(data / "covid19_rumor_twitter_replies/all.jsonl.gz"):
        if row["label"] not in ATTITUDES:
            unknown += 1
            continue
        parts[kept_out(str(row["reply_to_id"]))].append({"text": row["text"], "label": row["label"]})
    print(f"claim_rows: left out {unknown} replies with another label than the four")
    write(out / "replies.fit.jsonl", parts[False])
    write(out / "replies.kept.jsonl", parts[True])


def seeds(library: list[dict], out: Path) -> None:
    """The claims of the seed library, a library a language, and how people put them in any of the three: `polso eval` reads
    one language of a claim, so each library has one wording of each."""
    langs = ("it", "en", "fi")
    texts = [{"id": claim["id"], "text": claim[lang]["text"], "lang": lang, "label": "comment"} for claim in library for lang in langs]
    write(out / "texts.jsonl", texts)
    for lang in langs:
        write(out / f"seeds.{lang}.jsonl", [text for text in texts if text["lang"] == lang])
    put = [(claim["id"], lang, text) for claim in library for lang in langs for text in claim[lang]["phrasings"]]
    write(out / "phrasings.jsonl", [{"text": text, "lang": lang, "relevant_claim_ids": [claim]} for claim, lang, text in put])


def halves(rows: list[dict], out: Path, name: str) -> None:
    """Every second row to fit on, the others to measure on."""
    write(out / f"{name}.fit.jsonl", rows[::2])
    write(out / f"{name}.kept.jsonl", rows[1::2])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", type=Path, help="the labelled sets")
    arguments.add_argument("library", type=Path, help="the seed library (seeds/claims.toml)")
    arguments.add_argument("out", type=Path, help="a folder outside the repository")
    arguments = arguments.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    chance = random.Random(7)
    write(arguments.out / "posts.jsonl", (row | {"label": "comment"} for row in sampled(arguments.data, POSTS, chance)))
    # A label beside the claims that it lacks: these posts serve both tasks.
    plain = {"label": "comment", "relevant_claim_ids": []}
    halves([row | plain for row in sampled(arguments.data, ORDINARY, chance)], arguments.out, "ordinary")
    replies(arguments.data, arguments.out)
    seeds(tomllib.loads(arguments.library.read_text(encoding="utf-8"))["claim"], arguments.out)
    italian = (HERE / "claims_it/posts.jsonl").read_text(encoding="utf-8").splitlines()
    halves([json.loads(line) for line in italian], arguments.out, "italian")


if __name__ == "__main__":
    main()
