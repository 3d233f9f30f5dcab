"""The labelled sets: where they lie, what their licences say, and how their labels become ours.

Every reader yields `Row`s with the labels it knows and None for the rest; `prepare.py`
cleans, splits and mixes them. Only the words of a source decide a label here, never a
guess of ours, with one exception that says so (`question`).
"""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

EMOTIONS = ("anger", "fear", "joy", "sadness", "disgust", "surprise", "trust", "anticipation")
MOODS = {"negative": 0, "neutral": 1, "positive": 2, "NEG": 0, "NEUT": 1, "POS": 2, "neg": 0, "pos": 2}
BRIGHT, DARK = {"joy", "trust", "anticipation"}, {"anger", "fear", "sadness", "disgust"}
ITALIAN = {"RABBIA": "anger", "PAURA": "fear", "GIOIA": "joy", "TRISTEZZA": "sadness", "DISGUSTO": "disgust",
           "SORPRESA": "surprise", "FIDUCIA": "trust", "TREPIDAZIONE": "anticipation"}
LANGUAGES = ("it", "en", "fi", "de", "fr", "es", "pt")
PROJECTED = {"it": "it", "fi": "fi", "de": "de", "fr": "fr", "es": "es", "pt": "pt", "pt-BR": "pt"}


@dataclass
class Row:
    """One labelled text. `part` is `train`, `dev` or the per cent that go to dev by hash."""
    set: str
    lang: str
    text: str
    part: object
    sentiment: int | None = None
    check: int | None = None
    emotions: list | None = None


@dataclass(frozen=True)
class Source:
    """A set as the model card names it."""
    key: str
    name: str
    licence: str
    files: tuple


SOURCES = (
    Source("sentipolc", "SENTIPOLC 2016 (train)", "EVALITA task data, terms not restated; research use",
           ("sentipolc2016/train.jsonl.gz",)),
    Source("multiemotions", "MultiEmotions-It", "CC BY-NC-SA 4.0", ("multiemotions_it/all.jsonl.gz",)),
    Source("umsab", "UMSAB / XLM-T (train; it en fr de es pt)", "Apache-2.0; per-source restrictions",
           ("umsab_xlmt/train.jsonl.gz", "umsab_xlmt/dev.jsonl.gz")),
    Source("semeval", "SemEval-2017 task 4A (train)", "SemEval terms not restated; research use",
           ("semeval2017_task4a/train.jsonl.gz",)),
    Source("subtitles", "OpenSubtitles sentiment and emotion (train; en fi fr it)", "Apache-2.0",
           ("subtitle_sentiment_cynarr/train.jsonl.gz", "subtitle_emotion_cynarr/train.jsonl.gz")),
    Source("xed", "XED annotated (en fi)", "CC BY 4.0", ("xed_annotated/all.jsonl.gz",)),
    Source("projected", "XED projections (it fi de fr es pt)", "CC BY 4.0", ("xed_projections/all.jsonl.gz",)),
    Source("tweet_emotion", "TweetEval emotion (train)", "per-task terms; research use",
           ("tweeteval_emotion/train.jsonl.gz",)),
    Source("acti", "ACTI 2023 subtask A (train)", "none stated; research use",
           ("acti2023_subtaskA/train.jsonl.gz",)),
    Source("ct22", "CheckThat! 2022 1C harmful, English", "none stated; released to the research community",
           ("ct22_1c_harmful/train.jsonl.gz", "ct22_1c_harmful/dev.jsonl.gz")),
    Source("rumour", "COVID-19 rumour data, Twitter part", "MIT", ("covid19_rumor_twitter/all.jsonl.gz",)),
    Source("constraint", "Constraint 2021 COVID fake news", "data terms not restated; research use",
           ("constraint2021_covid_fake_news/train.jsonl.gz", "constraint2021_covid_fake_news/dev.jsonl.gz")),
)


def lines(path):
    """The rows of one gzip JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)


def names(label):
    """Emotion names in a label such as `anger+trust`; an empty set for `neutral`."""
    return set() if label == "neutral" else {part for part in label.split("+") if part in EMOTIONS}


def flags(present, known=EMOTIONS):
    """One flag an emotion: 1 holds, 0 does not, -1 was not asked."""
    return [int(name in present) if name in known else -1 for name in EMOTIONS]


def polarity(present):
    """One mood for a set of emotions, or None when they pull both ways."""
    if not present:
        return 1
    if present <= BRIGHT:
        return 2
    return 0 if present <= DARK else None


def sentiment_rows(data):
    """Sets that were labelled with a mood."""
    for r in lines(data / "sentipolc2016/train.jsonl.gz"):
        if r["label"] in MOODS:
            yield Row("sentipolc", "it", r["text"], 10, sentiment=MOODS[r["label"]])
    for part in ("train", "dev"):
        for r in lines(data / f"umsab_xlmt/{part}.jsonl.gz"):
            if r["lang"] in LANGUAGES:
                yield Row("umsab", r["lang"], r["text"], part, sentiment=MOODS[r["label"]])
    for r in lines(data / "semeval2017_task4a/train.jsonl.gz"):
        yield Row("semeval", "en", r["text"], "train", sentiment=MOODS[r["label"]])


def emotion_rows(data):
    """Sets that were labelled with emotions, some of them with a mood as well."""
    for r in lines(data / "multiemotions_it/all.jsonl.gz"):
        if r["label"] != "UNRELATED":
            present = {ITALIAN[name] for name in r["emotions"] or []}
            yield Row("multiemotions", "it", r["text"], 10, sentiment=MOODS.get(r["label"]), emotions=flags(present))
    moods = {(r["lang"], r["text"]): MOODS[r["label"]]
             for r in lines(data / "subtitle_sentiment_cynarr/train.jsonl.gz")}
    for r in lines(data / "subtitle_emotion_cynarr/train.jsonl.gz"):
        # one emotion a line: the others were not asked for, but taken together they rarely hold
        yield Row("subtitles", r["lang"], r["text"], 10 if r["lang"] == "fi" else "train",
                  sentiment=moods.get((r["lang"], r["text"])), emotions=flags({r["label"]}))
    for r in lines(data / "xed_annotated/all.jsonl.gz"):
        present = names(r["label"])
        yield Row("xed", r["lang"], r["text"], 5 if r["lang"] == "fi" else "train",
                  sentiment=polarity(present), emotions=flags(present))
    for r in lines(data / "xed_projections/all.jsonl.gz"):
        if r["lang"] in PROJECTED:
            present = names(r["label"])
            yield Row("projected", PROJECTED[r["lang"]], r["text"], "train",
                      sentiment=polarity(present), emotions=flags(present))
    for r in lines(data / "tweeteval_emotion/train.jsonl.gz"):
        known = ("anger", "joy", "sadness")
        present = {r["label"]} & set(known)
        yield Row("tweet_emotion", "en", r["text"], "train", emotions=flags(present, known))


def check_rows(data):
    """Sets whose posts were judged by fact-checkers or annotators."""
    for r in lines(data / "acti2023_subtaskA/train.jsonl.gz"):
        yield Row("acti", "it", r["text"], 15, check=int(r["label"] == "conspiratorial"))
    for part in ("train", "dev"):
        for r in lines(data / f"ct22_1c_harmful/{part}.jsonl.gz"):
            if r["lang"] == "en":
                yield Row("ct22", "en", r["text"], part, check=int(r["label"]))
    for r in lines(data / "covid19_rumor_twitter/all.jsonl.gz"):
        yield Row("rumour", "en", r["text"], 10, check=int(r["label"] != "T"))
    for part in ("train", "dev"):
        for r in lines(data / f"constraint2021_covid_fake_news/{part}.jsonl.gz"):
            yield Row("constraint", "en", r["text"], part, check=int(r["label"] == "fake"))


def all_rows(data):
    """Every labelled row, in a fixed order."""
    data = Path(data)
    yield from sentiment_rows(data)
    yield from emotion_rows(data)
    yield from check_rows(data)
