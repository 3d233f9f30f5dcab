"""Quick figures on dev while training: macro-F1 of every set that decides, and retrieval."""

import numpy as np
import torch

from metrics import average_precision, macro_f1
from model import CHECK, FEELINGS, HIDDEN, LOGITS, MOOD
from rows import by_length, pad
from sets import EMOTIONS

MAIN = [EMOTIONS.index(name) for name in ("anger", "fear", "joy", "sadness")]


def predict(model, ids, rows_at_once=64):
    """Logits and vectors of all texts, in the order given."""
    training, device = model.training, model.mix.weight.device
    logits, vectors = np.zeros((len(ids), LOGITS), np.float32), np.zeros((len(ids), HIDDEN), np.float32)
    model.eval()
    with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16):
        for part in by_length(ids, rows_at_once):
            out, vector = model(*(x.to(device) for x in pad([ids[i] for i in part])))
            logits[part], vectors[part] = out.float().cpu().numpy(), vector.float().cpu().numpy()
    model.train(training)
    return logits, vectors


def groups():
    """What is reported: name, field, which rows."""
    yield "sentipolc", "sentiment", lambda r: r["set"] == "sentipolc"
    yield "multiemotions", "sentiment", lambda r: r["set"] == "multiemotions"
    for lang in ("it", "en", "de", "fr", "es", "pt"):
        yield f"umsab-{lang}", "sentiment", lambda r, lang=lang: r["set"] == "umsab" and r["lang"] == lang
    yield "finnish", "polar", lambda r: r["set"] == "subtitles" and r["lang"] == "fi"
    for name in ("acti", "ct22", "rumour", "constraint"):
        yield name, "check", lambda r, name=name: r["set"] == name
    yield "emotions-it", "emotions", lambda r: r["set"] == "multiemotions"


def score(field, rows, logits):
    """The figure of one group."""
    if field == "sentiment":
        return macro_f1([r["sentiment"] for r in rows], logits[:, MOOD].argmax(1))
    if field == "polar":
        return float(np.mean([(r["sentiment"] == 2) == (x[2] > x[0]) for r, x in zip(rows, logits)]))
    if field == "check":
        return macro_f1([r["check"] for r in rows], logits[:, CHECK] > 0)
    truth = np.array([r["emotions"] for r in rows])[:, MAIN]
    return best_emotion_f1(truth, logits[:, FEELINGS][:, MAIN])


def best_emotion_f1(truth, scores):
    """Mean over emotions of the best F1 any threshold gives: what calibration can reach at most."""
    best = []
    for column in range(truth.shape[1]):
        order = np.argsort(-scores[:, column])
        hits = np.cumsum(truth[order, column])
        best.append((2 * hits / (np.arange(len(hits)) + 1 + truth[:, column].sum())).max())
    return float(np.mean(best))


def quick_scores(model, rows, ids):
    """One figure a group; average precision as well for the harmful posts of CheckThat! 2022."""
    logits, _ = predict(model, ids)
    result = {}
    for name, field, belongs in groups():
        kind = "sentiment" if field == "polar" else field
        at = [i for i, r in enumerate(rows) if belongs(r) and r[kind] is not None]
        if at:
            result[name] = round(score(field, [rows[i] for i in at], logits[at]), 3)
    at = [i for i, r in enumerate(rows) if r["set"] == "ct22" and r["check"] is not None]
    if at:
        result["ct22-ap"] = round(average_precision([rows[i]["check"] for i in at], logits[at, CHECK]), 3)
    return result
