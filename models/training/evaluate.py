"""Measures the exported model on dev and writes the bundle.

Usage: python evaluate.py WORK_DIR BUNDLE_DIR

Sentiment figures and the macro-F1 of needs_checking (cut at logit 0) depend on
nothing fitted on dev, so they use all of dev. Everything that depends on the
calibration (ECE, false alarms, recall at the threshold) uses only the half that
the calibration has not seen. The bundle's files are moved into place last.
"""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from calibrate import check_group, logits
from export import run, session
from finetune import encode, load_rows
from metrics import ece, macro_f1, sigmoid, softmax
from normalize import normalize

IDENTITY = "polso-mini-1"
LANGUAGES = ["it", "en", "fi", "de", "fr", "es", "pt"]
LICENCE = ("research use only: trained on sets with research-only, non-commercial or unstated terms "
           "(see training_set); base encoder all-MiniLM-L6-v2, Apache-2.0")
# macro-F1 of a word-count classifier; for ACTI not on this dev part, see the card's README
BASELINE = {"UMSAB it (dev)": 0.568, "SENTIPOLC 2016 (10 % of train)": 0.53,
            "ACTI 2023 A (15 % of train)": 0.77}
PROBES = ["Che bella giornata, il nuovo ambulatorio funziona benissimo e sono tutti gentili!",
          "They are hiding the truth: the vaccine contains microchips to control us all, share before they delete it!",
          "Tämä oli kamala päivä, olen todella vihainen ja surullinen."]


def sentiment_sets():
    """Card name of each sentiment dev part and its rows."""
    for lang in ("it", "en", "fr", "de", "es", "pt"):
        yield f"UMSAB {lang} (dev)", lambda r, lang=lang: r["set"] == "umsab" and r["lang"] == lang
    yield "SENTIPOLC 2016 (10 % of train)", lambda r: r["set"] == "sentipolc"
    yield "MultiEmotions-It (10 %)", lambda r: r["set"] == "multiemotions"
    yield "Finnish film subtitles (10 %)", lambda r: r["lang"] == "fi"


CHECK_SETS = {"acti": "ACTI 2023 A (15 % of train)", "ct22": "CheckThat! 2022 1C en (dev)",
              "rumour": "COVID-19 rumour tweets (10 %)", "constraint": "Constraint 2021 (dev)"}


def measure(dev, sentiment, check, calibration):
    """All figures for one set of logits, as card entries."""
    figures = []
    report = np.array([r["half"] == "report" for r in dev])
    truth = np.array([-1 if r["sentiment"] is None else r["sentiment"] for r in dev])
    probability = softmax(sentiment / calibration["sentiment_temperature"])

    def add(task, name, metric, at, value):
        figures.append({"task": task, "set": name, "metric": metric, "n": int(np.sum(at)),
                        "value": round(float(value), 4)})

    for name, pick in sentiment_sets():
        at = np.array([pick(r) for r in dev]) & (truth >= 0)
        add("sentiment", name, "macro_f1", at, macro_f1(truth[at], sentiment[at].argmax(1)))
        half = at & report
        add("sentiment", name, "ece", half,
            ece(probability[half].max(1), probability[half].argmax(1) == truth[half]))
    truth = np.array([-1 if r["check"] is None else r["check"] for r in dev])
    groups = np.array([check_group(r) for r in dev])
    probability = sigmoid(check / calibration["check_temperature"] + calibration["check_bias"])
    flagged = probability >= calibration["threshold"]
    for key, name in CHECK_SETS.items():
        at = (groups == key) & (truth >= 0)
        add("needs_checking", name, "macro_f1", at, macro_f1(truth[at], check[at] > 0))
        half = at & report
        add("needs_checking", name, "ece", half,
            ece(np.maximum(probability, 1 - probability)[half], (probability > 0.5)[half] == truth[half]))
        positive = half & (truth == 1)
        add("needs_checking", name, "recall_at_threshold", positive, flagged[positive].mean())
        if np.any(half & flagged):
            add("needs_checking", name, "precision_at_threshold", half & flagged,
                truth[half & flagged].mean())
    at = report & (groups == "ordinary")
    add("needs_checking", "ordinary neutral posts (SENTIPOLC, UMSAB)", "false_alarm_rate", at, flagged[at].mean())
    italian = at & np.array([r["lang"] == "it" for r in dev])
    add("needs_checking", "ordinary neutral posts, Italian", "false_alarm_rate", italian, flagged[italian].mean())
    return figures


def padding_gap(path, ids):
    """Largest difference between a text alone and in a padded, mixed batch."""
    sess = session(str(path))
    mixed = run(sess, ids)
    gap = 0.0
    for n, row in enumerate(ids):
        alone = run(sess, [row])
        gap = max(gap, float(np.abs(alone[0][0] - mixed[0][n]).max()), abs(float(alone[1][0] - mixed[1][n])))
    return gap


def quoted(value):
    return json.dumps(value, ensure_ascii=False)


def card(work, calibration, figures, probes, sets):
    """The card as TOML."""
    sha = lambda name: hashlib.sha256((work / name).read_bytes()).hexdigest()
    lines = [f'id = "{IDENTITY}"', f"licence = {quoted(LICENCE)}", f"languages = {quoted(LANGUAGES)}",
             "max_tokens = 128", f'model_sha256 = "{sha("model.onnx")}"',
             f'tokenizer_sha256 = "{sha("tokenizer.json")}"', "",
             "[sentiment]", 'labels = ["negative", "neutral", "positive"]',
             f"temperature = {calibration['sentiment_temperature']}", "",
             "[needs_checking]", "# probability = sigmoid(logit / temperature + bias)",
             f"temperature = {calibration['check_temperature']}", f"bias = {calibration['check_bias']}",
             f"threshold = {calibration['threshold']}"]
    for probe in probes:
        lines += ["", "[[probe]]"] + [f"{k} = {quoted(v)}" for k, v in probe.items()]
    for item in sets:
        lines += ["", "[[training_set]]"] + [f"{k} = {quoted(item[k])}" for k in ("name", "licence", "rows")]
    for figure in figures:
        lines += ["", "[[dev_figure]]"] + [f"{k} = {quoted(v)}" for k, v in figure.items()]
    return "\n".join(lines) + "\n"


def main():
    work, bundle = Path(sys.argv[1]), Path(sys.argv[2])
    _, dev = load_rows(work)
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    ids = encode(dev, tokenizer)
    calibration = json.loads((work / "calibration.json").read_text())
    saved = np.load(work / "logits_int8.npz")
    figures = measure(dev, saved["sentiment"], saved["check"], calibration)
    float_figures = measure(dev, *logits(work / "fp32.onnx", ids), calibration)
    for figure, other in zip(figures, float_figures):
        note = f"(fp32 {other['value']:.4f})" if figure["metric"] == "macro_f1" else ""
        print(f"{figure['task']:15s} {figure['set']:45s} {figure['metric']:22s} n={figure['n']:<5d} "
              f"{figure['value']:.4f} {note}")
    for metric_task in ("sentiment", "needs_checking"):
        pairs = [(a["value"], b["value"]) for a, b in zip(figures, float_figures)
                 if a["metric"] == "macro_f1" and a["task"] == metric_task]
        print(f"{metric_task}: mean macro-F1 int8 {np.mean([p[0] for p in pairs]):.4f}, "
              f"fp32 {np.mean([p[1] for p in pairs]):.4f}")
    gap = padding_gap(work / "model.onnx", ids[:64])
    print(f"alone against padded batch: largest logit difference {gap:.2e}")
    assert gap < 1e-4

    sess, probes = session(str(work / "model.onnx")), []
    for text in PROBES:
        s, c = run(sess, encode([{"text": normalize(text)}], tokenizer))
        values = softmax(s[0] / calibration["sentiment_temperature"])
        checking = sigmoid(c[0] / calibration["check_temperature"] + calibration["check_bias"])
        probes.append({"text": text, **{k: round(float(v), 4) for k, v in
                                        zip(("negative", "neutral", "positive"), values)},
                       "needs_checking": round(float(checking), 4)})
        print(probes[-1])
    for figure in figures:
        if figure["metric"] == "macro_f1" and figure["set"] in BASELINE:
            figure["baseline"] = BASELINE[figure["set"]]
    sets = json.loads((work / "data.json").read_text())["sets"]
    (work / "figures.json").write_text(json.dumps(
        {"int8": figures, "fp32": float_figures, "padding_gap": gap}, indent=1) + "\n")
    (work / "card.toml").write_text(card(work, calibration, figures, probes, sets), encoding="utf-8")
    bundle.mkdir(parents=True, exist_ok=True)
    for name in ("model.onnx", "tokenizer.json", "card.toml"):
        part = bundle / f".{name}.part"
        shutil.copyfile(work / name, part)
        os.replace(part, bundle / name)


if __name__ == "__main__":
    main()
