"""Unlabelled text: what the student reads beside its teacher, and what fills the vocabulary.

Shares are by register, not by size: parliaments, laws, leaflets and manuals would drown
everything and sound like nobody who posts. Lines of the labelled sets count as raw text too.
"""

import gzip
import json
import lzma
import random

from normalize import normalize

# (folder or set, language, lines taken); None takes what is there
CORPORA = (
    ("it/news_in_brief_headlines", "it", 6000), ("it/kiparla_spoken", "it", 6000), ("it/blog_andreacorinti", "it", 2500),
    ("it/blog_yuridiprodo", "it", 2500), ("it/blog_missotter", "it", 1500), ("it/covid19_alessandria", "it", 1100),
    ("it/newsapi_headlines_2021", "it", 1200), ("it/e3c_clinical_health", "it", 1500),
    ("fi/fi_news_headlines", "fi", 16000), ("fi/selkouutiset", "fi", 4000),
    ("fi/turku_paraphrase_opus_parsebank", "fi", 10000), ("fi/tatoeba_anki_fin", "fi", 8000),
    ("de/newsapi_headlines_2021", "de", 100), ("fr/newsapi_headlines_2021", "fr", 100),
)
SETS = (
    ("tagit_forum_it_raw/all", ("it",), 16000), ("haspeede2018_it/train", ("it",), None),
    ("haspeede3_it/train", ("it",), None), ("italian_politicians_style2018/all", ("it",), None),
    ("coronavirus_fakenews_tweets_it2020/all", ("it", "en"), None), ("vaxit_tweets_example/all", ("it",), None),
    ("ylilauta_fi_raw/all", ("fi",), None), ("opensubtitles_xed_raw/all", ("it", "fi", "de", "fr", "es", "pt"), 18000),
    ("ct22_tweet_objects/all", ("es", "en"), 9000), ("tweeteval_emoji/train", ("en",), 6000),
    ("corona_nlp_tweets/train", ("en",), 6000), ("covid19_rumor_twitter_replies/all", ("en",), 4000),
    ("general_text_mt_testsets/de", ("de",), 6000), ("general_text_mt_testsets/fr", ("fr",), 6000),
    ("general_text_mt_testsets/es", ("es",), 4000), ("general_text_mt_testsets/pt", ("pt",), 7000),
    ("general_text_mt_testsets/it", ("it",), 5000), ("poynter_covid_claims/all", ("en",), None),
    ("clef2020_t2_verified_claims/all", ("en",), None), ("facta_news_it_metadata/all", ("it",), None),
)
SHORTEST, LONGEST = 12, 600
# name on the model card and licence as the source states it; texts only, their labels were not used
LICENCES = {
    "it/news_in_brief_headlines": ("Italian news headlines 2026", "none stated; newspapers' RSS"),
    "it/kiparla_spoken": ("KIParla, spoken Italian", "CC BY-NC-SA 4.0"),
    "it/blog_andreacorinti": ("Italian personal blog (1)", "ISC"),
    "it/blog_yuridiprodo": ("Italian personal blog (2)", "none stated"),
    "it/blog_missotter": ("Italian personal blog (3)", "Apache-2.0"),
    "it/covid19_alessandria": ("COVID-19 notices of a local authority", "none stated"),
    "it/newsapi_headlines_2021": ("NewsAPI headlines 2021, Italian", "none stated"),
    "de/newsapi_headlines_2021": ("NewsAPI headlines 2021, German", "none stated"),
    "fr/newsapi_headlines_2021": ("NewsAPI headlines 2021, French", "none stated"),
    "it/e3c_clinical_health": ("E3C, Italian health texts", "CC BY-NC"),
    "fi/fi_news_headlines": ("Finnish news headlines 2018-2026", "repository MIT; rights of the paper not restated"),
    "fi/selkouutiset": ("Selkouutiset, plain Finnish news", "none stated; text is Yle's"),
    "fi/turku_paraphrase_opus_parsebank": ("Turku paraphrase corpus (OPUS, Parsebank)", "CC BY-SA 4.0"),
    "fi/tatoeba_anki_fin": ("Tatoeba, Finnish sentences", "CC BY 2.0 FR"),
    "tagit_forum_it_raw/all": ("TAG-it 2020, forum posts", "repository GPL-3.0; task licence not restated"),
    "haspeede2018_it/train": ("HaSpeeDe 2018 (train)", "CC BY-NC-SA 4.0"),
    "haspeede3_it/train": ("HaSpeeDe 3 (train)", "repository GPL-3.0; task licence not restated"),
    "italian_politicians_style2018/all": ("Italian politicians' posts 2018", "none stated"),
    "coronavirus_fakenews_tweets_it2020/all": ("Coronavirus tweets, February 2020", "none stated"),
    "vaxit_tweets_example/all": ("Vax-IT example tweets", "none stated"),
    "ylilauta_fi_raw/all": ("Ylilauta, Finnish forum posts", "MIT"),
    "opensubtitles_xed_raw/all": ("OpenSubtitles lines of XED", "CC BY 4.0; OPUS terms"),
    "ct22_tweet_objects/all": ("CheckThat! 2022 tweets (en es)", "none stated"),
    "tweeteval_emoji/train": ("TweetEval emoji (train)", "per-task terms; research use"),
    "corona_nlp_tweets/train": ("Coronavirus tweets NLP (train)", "none stated"),
    "covid19_rumor_twitter_replies/all": ("COVID-19 rumour data, replies", "MIT"),
    **{f"general_text_mt_testsets/{lang}": (f"OPUS-MT test sets, {lang}", "mixed: CC0, CC BY, CC BY-SA")
       for lang in ("de", "fr", "es", "pt", "it")},
    "poynter_covid_claims/all": ("Poynter COVID claims", "none stated"),
    "clef2020_t2_verified_claims/all": ("CLEF 2020 task 2, verified claims", "none stated"),
    "facta_news_it_metadata/all": ("Facta.news titles", "none stated"),
}


def corpus_lines(path):
    """Lines of one compressed text file."""
    with lzma.open(path, "rt", encoding="utf-8") as handle:
        yield from (line.rstrip("\n") for line in handle)


def set_lines(path, languages):
    """Texts of one labelled or raw set in the given languages."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for row in map(json.loads, handle):
            if row.get("lang") in languages and row.get("text"):
                yield row["lang"], row["text"]


def sample(items, size, rng):
    """A uniform sample (reservoir), everything when `size` is None."""
    if size is None:
        return list(items)
    taken = []
    for number, item in enumerate(items):
        if number < size:
            taken.append(item)
        elif (place := rng.randrange(number + 1)) < size:
            taken[place] = item
    return taken


def raw_rows(data, corpora, seed=11):
    """(origin, language, normalised text) of all raw sources, cut to posts' lengths."""
    rng = random.Random(seed)
    for name, lang, size in CORPORA:
        for text in sample(corpus_lines(corpora / f"{name}.txt.xz"), size, rng):
            yield name, lang, clean(text)
    for name, languages, size in SETS:
        for lang, text in sample(set_lines(data / f"{name}.jsonl.gz", languages), size, rng):
            yield name, lang, clean(text)


def clean(text):
    """Normalised, and no longer than a long post."""
    return normalize(text)[:LONGEST]
