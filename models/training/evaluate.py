"""Measures the exported model on dev and writes the bundle.

Usage: python evaluate.py DATA_DIR WORK_DIR BUNDLE_DIR

Macro-F1 of sentiment depends on nothing fitted on dev. Everything that depends on calibration
(calibration errors, flags at a threshold) is cross-fitted, see calibrate.py. Figures of the
float model stand beside those of the int8 model. The bundle's files are moved into place last.
"""

import json
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from calibrate import answers, calibrates_mood, check_group, crossfit, mood_probabilities, yes_probabilities
from card import card_files, write_bundle
from export import run, session
from metrics import average_precision, ece, macro_f1
from model import CHECK, FEELINGS, QUESTION
from page import page
from retrieval import load_claims, load_queries, map_at_5
from rows import asks, encode, load_rows
from sets import EMOTIONS
from shares import share_errors

UMSAB = ("it", "en", "de", "fr", "es", "pt")
MAIN = ("anger", "fear", "joy", "sadness")
CHECK_SETS = {"acti": ("ACTI 2023 A (15 % of train)", "it"), "ct22": ("CheckThat! 2022 1C (dev)", "en"),
              "rumour": ("COVID-19 rumour tweets (10 %)", "en"), "constraint": ("Constraint 2021 (dev; smoke test)", "en")}


def sentiment_sets():
    """Card name, language and rows of each sentiment dev part."""
    for lang in UMSAB:
        yield "UMSAB (dev)", lang, lambda r, lang=lang: r["set"] == "umsab" and r["lang"] == lang
    yield "SENTIPOLC 2016 (10 % of train)", "it", lambda r: r["set"] == "sentipolc"
    yield "MultiEmotions-It (10 %)", "it", lambda r: r["set"] == "multiemotions"
    yield "Finnish film subtitles, three moods (XED)", "fi", lambda r: r["set"] == "xed"


class Figures:
    """Figures of one model, as card entries."""

    def __init__(self, dev, logits):
        self.dev, self.logits, self.entries = dev, logits, []
        self.constants = crossfit(dev, logits)

    def add(self, task, name, lang, metric, n, value):
        self.entries.append({"task": task, "set": name, "lang": lang, "metric": metric, "n": int(n),
                             "value": round(float(value), 4)})

    def moods(self):
        """Calibrated moods, each row by the other half's constants."""
        return np.stack([mood_probabilities([r], x[None], c)[0]
                         for r, x, c in zip(self.dev, self.logits, self.constants)])

    def sentiment(self):
        moods = self.moods()
        for name, lang, belongs in sentiment_sets():
            at = np.array([i for i, r in enumerate(self.dev) if belongs(r) and r["sentiment"] is not None])
            truth = np.array([self.dev[i]["sentiment"] for i in at])
            self.add("sentiment", name, lang, "macro_f1", len(at), macro_f1(truth, moods[at].argmax(1)))
            self.add("sentiment", name, lang, "ece", len(at), ece(moods[at].max(1), moods[at].argmax(1) == truth))
        at = np.array([i for i, r in enumerate(self.dev) if r["lang"] == "fi" and r["sentiment"] in (0, 2)
                       and r["set"] == "subtitles"])
        right = [(self.dev[i]["sentiment"] == 2) == (moods[i, 2] > moods[i, 0]) for i in at]
        self.add("sentiment", "Finnish film subtitles, positive against negative", "fi", "polar_accuracy", len(at),
                 np.mean(right))

    def shares(self):
        """Errors of daily shares after an eight-point shift, set by set: a day is not drawn from what the calibration saw."""
        moods = self.moods()
        for name, lang, belongs in sentiment_sets():
            known = [r["sentiment"] for r in self.dev if calibrates_mood(r) and r["lang"] == lang]
            prior = np.bincount(known, minlength=3) / len(known)
            at = np.array([i for i, r in enumerate(self.dev) if belongs(r) and r["sentiment"] is not None])
            errors = share_errors(moods[at], np.array([self.dev[i]["sentiment"] for i in at]), prior, len(known) / 2)
            for how, value in zip(("counted", "estimated"), errors):
                self.add("shares", name, lang, f"share_error_{how}", len(at), value)

    def checking(self):
        p = np.array([yes_probabilities(x[CHECK], c["needs_checking"]) for x, c in zip(self.logits, self.constants)])
        flagged = p >= np.array([c["needs_checking"]["threshold"] for c in self.constants])
        groups = np.array([check_group(r) if r["check"] is not None else "" for r in self.dev])
        truth = np.array([r["check"] or 0 for r in self.dev])
        for key, (name, lang) in CHECK_SETS.items():
            at = groups == key
            self.add("needs_checking", name, lang, "macro_f1", at.sum(), macro_f1(truth[at], flagged[at]))
            self.add("needs_checking", name, lang, "average_precision", at.sum(), average_precision(truth[at], self.logits[at, CHECK]))
            self.add("needs_checking", name, lang, "ece", at.sum(),
                     ece(np.maximum(p, 1 - p)[at], (p > 0.5)[at] == truth[at]))
            self.add("needs_checking", name, lang, "recall_at_threshold", (at & (truth == 1)).sum(),
                     flagged[at & (truth == 1)].mean())
        for lang in ("it", "all"):
            at = (groups == "ordinary") & np.array([lang in ("all", r["lang"]) for r in self.dev])
            self.add("needs_checking", "ordinary neutral posts (SENTIPOLC, UMSAB)", lang, "false_alarm_rate", at.sum(),
                     flagged[at].mean())

    def emotions(self):
        for name, key, lang in (("MultiEmotions-It (10 %)", "multiemotions", "it"), ("XED (5 %, subtitles)", "xed", "fi")):
            at = [i for i, r in enumerate(self.dev) if r["set"] == key and r["emotions"]]
            scores = {}
            for n, emotion in enumerate(EMOTIONS):
                truth = np.array([self.dev[i]["emotions"][n] for i in at])
                heads = [{k: v[n] for k, v in self.constants[i]["emotions"].items()} for i in at]
                said = np.array([yes_probabilities(self.logits[i, FEELINGS][n], h) >= h["threshold"] for i, h in zip(at, heads)])
                hit = (truth * said).sum()
                scores[emotion] = 2 * hit / max(truth.sum() + said.sum(), 1)
                self.add("emotion", name, lang, f"f1_{emotion}", truth.sum(), scores[emotion])
            self.add("emotion", name, lang, "macro_f1_main", len(at), np.mean([scores[e] for e in MAIN]))
            self.add("emotion", name, lang, "macro_f1", len(at), np.mean(list(scores.values())))

    def all(self):
        self.sentiment()
        self.shares()
        self.checking()
        self.emotions()
        return self.entries


def question_figures(path, dev, tokenizer, head):
    """How well questions are told with the question mark taken away: the mark alone would be no ability."""
    rows = [r for r in dev if asks(r["text"])] + [r for r in dev if not asks(r["text"])][:600]
    texts = [r["text"].replace("?", " ").replace("¿", "") for r in rows]
    logits, _ = answers(path, encode(texts, tokenizer))
    said, truth = yes_probabilities(logits[:, QUESTION], head) >= head["threshold"], [asks(r["text"]) for r in rows]
    return {"task": "question", "set": "dev posts without their question marks", "lang": "all", "metric": "macro_f1",
            "n": len(rows), "value": round(macro_f1(truth, said), 4)}


def retrieval_figure(path, data, tokenizer):
    """MAP@5 of the vectors alone on the dev posts of CLEF 2020 task 2, among all its claims."""
    claims, queries = load_claims(data), load_queries(data, "dev")
    place = {name: i for i, name in enumerate(claims)}
    vectors = answers(path, encode(list(claims.values()), tokenizer))[1]
    asked = answers(path, encode([text for text, _ in queries], tokenizer))[1]
    value = map_at_5(asked, vectors, [{place[i] for i in ids if i in place} for _, ids in queries])
    return {"task": "claims", "set": "CLEF 2020 task 2 (dev), vectors alone", "lang": "en", "metric": "map_at_5",
            "n": len(queries), "value": round(value, 4)}


def padding_gap(path, ids):
    """Largest difference between a text alone and in a padded, mixed batch."""
    sess = session(str(path))
    mixed = run(sess, ids)
    alone = [run(sess, [row]) for row in ids]
    return max(float(np.abs(np.asarray(a[k][0]) - mixed[k][n]).max()) for n, a in enumerate(alone) for k in range(len(mixed)))


def main():
    data, work, bundle = map(Path, sys.argv[1:4])
    _, dev = load_rows(work)
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    ids = encode([r["text"] for r in dev], tokenizer)
    constants = json.loads((work / "calibration.json").read_text())
    logits = np.load(work / "answers_int8.npz")["logits"]
    figures = Figures(dev, logits).all()
    floats = Figures(dev, answers(work / "fp32.onnx", ids)[0]).all()
    figures.append(question_figures(work / "model.onnx", dev, tokenizer, constants["question"]))
    floats.append(question_figures(work / "fp32.onnx", dev, tokenizer, constants["question"]))
    figures.append(retrieval_figure(work / "model.onnx", data, tokenizer))
    floats.append(retrieval_figure(work / "fp32.onnx", data, tokenizer))
    words = Figures(dev, np.load(work / "wide.npz")["scores"]).all()
    for figure, other, plain in zip(figures, floats, [*words, {}, {}]):
        figure["fp32"] = other["value"]
        if figure["metric"] == "macro_f1" and plain:
            figure["words"] = plain["value"]
        print(f"{figure['task']:14s} {figure['set'][:48]:48s} {figure['lang']:3s} {figure['metric']:20s} "
              f"n={figure['n']:<5d} {figure['value']:.4f} (fp32 {other['value']:.4f})")
    gap = padding_gap(work / "model.onnx", ids[:64])
    print(f"alone against padded batch: largest difference {gap:.2e}")
    assert gap < 1e-4
    (work / "figures.json").write_text(json.dumps({"figures": figures, "padding_gap": gap}, indent=1) + "\n")
    text = page(figures, (work / "model.onnx").stat().st_size)
    write_bundle(work, bundle, card_files(work, dev, logits, constants, figures), text)


if __name__ == "__main__":
    main()
