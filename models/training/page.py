"""The page people read about a bundle: what it is for, what not, how well, on which data.

Written by evaluate.py beside the card, from the same figures, so that the two cannot differ.
"""

from card import IDENTITY, WEAKNESSES

# what a reader may compare with: word counts with logistic regression on the same dev part (`wide.py`)
HEAD = """# {identity}

A small reader of short public posts. One pass of an eight-layer, 384-wide encoder (distilled from multilingual-e5-small)
answers what polso asks of a text: its mood (negative, neutral, positive), emotions (several may hold), whether it reads like
the posts that fact-checkers and annotators marked (`needs_checking`), whether it asks something, and a vector that finds
the known claim it repeats. A linear part over word pieces stands beside the encoder and adds to the same answers.

| | |
|---|---|
| Languages | Italian, English, German, French, Spanish, Portuguese; Finnish with the reserve below |
| Input | normalised text, at most 128 tokens; the rest of a longer post is not read, and the reading says so |
| Files | `model.onnx` ({megabytes:.1f} MB, int8 weights and arithmetic), `tokenizer.json`, `card.toml` (constants, probes, figures), `validation.csv` (calibrated answers on held-out posts, without their texts, for estimating shares), `tokens.sha256` |
| Licence of the weights | research use: some training sets are research-only, non-commercial (CC BY-NC-SA) or state no terms; `card.toml` lists every set. The base encoder is MIT. |

## For

* The mood of many posts over time, by topic or place, as shares with intervals.
* Putting posts in order for a person who checks them, and finding the claim a post repeats.

## Not for

* Saying that a claim is false. `needs_checking` has seen how such posts are written; it knows nothing about the world.
* Decisions about one person or one account; hiding or removing posts.
* Clinical or crisis use.

## Weaknesses

{weaknesses}

## Figures

On held-out parts of the public training data, near-duplicates of training rows removed; the official test sets were not
looked at. Figures are of the files of this bundle; the column *fp32* is the same network with float arithmetic.
Calibration errors (ECE, ten bins), flags and emotions are cross-fitted: each half of dev is judged by constants from
the other half. A score on 240 to 660 rows has a standard error of two to three points. One thing a task (the share of
the linear part) was chosen on half of dev, and the weights of the sets by looking at it: expect a little less on new posts.
"""


def figure(figures, **wanted):
    """The one figure with these properties, or None."""
    return next((f for f in figures if all(f[k] == v for k, v in wanted.items())), None)


def cell(entry, key="value"):
    return "–" if entry is None else f"{entry[key]:.3f}"


def mood_table(figures):
    lines = ["| Sentiment, dev part | | n | macro-F1 | fp32 | words only | ECE |", "|---|---|---|---|---|---|---|"]
    for f in figures:
        if f["task"] == "sentiment" and f["metric"] == "macro_f1":
            calibration = figure(figures, task="sentiment", set=f["set"], lang=f["lang"], metric="ece")
            lines.append(f"| {f['set']} | {f['lang']} | {f['n']} | {f['value']:.3f} | {f['fp32']:.3f} | {cell(f, 'words')} | {cell(calibration)} |")
    return lines


def check_table(figures):
    lines = ["| Needs checking, dev part | | n | macro-F1 at the threshold | fp32 | words only | average precision | recall at the threshold | ECE |",
             "|---|---|---|---|---|---|---|---|---|"]
    for f in figures:
        if f["task"] == "needs_checking" and f["metric"] == "macro_f1":
            other = {m: figure(figures, task="needs_checking", set=f["set"], metric=m)
                     for m in ("average_precision", "recall_at_threshold", "ece")}
            lines.append(f"| {f['set']} | {f['lang']} | {f['n']} | {f['value']:.3f} | {f['fp32']:.3f} | {cell(f, 'words')} | "
                         + " | ".join(cell(v) for v in other.values()) + " |")
    return lines


def share_table(figures):
    lines = ["| Error of a day's shares, 1,000 posts after an eight-point shift (simulated), in points | | n | counting labels | estimated |", "|---|---|---|---|---|"]
    for f in figures:
        if f["metric"] == "share_error_counted":
            other = figure(figures, task="shares", set=f["set"], lang=f["lang"], metric="share_error_estimated")
            lines.append(f"| {f['set']} | {f['lang']} | {f['n']} | {100 * f['value']:.1f} | {100 * other['value']:.1f} |")
    return lines


def rest_table(figures):
    lines = ["| Other | | n | measure | value | fp32 |", "|---|---|---|---|---|---|"]
    for f in figures:
        if f["metric"] in ("polar_accuracy", "macro_f1_main", "map_at_5", "false_alarm_rate") or f["task"] == "question":
            lines.append(f"| {f['set']} | {f['lang']} | {f['n']} | {f['metric']} | {f['value']:.3f} | {f['fp32']:.3f} |")
    return lines


def page(figures, size):
    """README.md of the bundle."""
    emotions = [f"{f['metric'][3:]} {f['value']:.2f} (n = {f['n']})" for f in figures
                if f["metric"].startswith("f1_") and f["set"].startswith("MultiEmotions")]
    return "\n".join([
        HEAD.format(identity=IDENTITY, megabytes=size / 1e6, weaknesses="\n".join(f"* {w}" for w in WEAKNESSES)),
        *mood_table(figures), "", *check_table(figures), "", *share_table(figures), "", *rest_table(figures), "",
        f"F1 of each emotion on the Italian comments: {', '.join(emotions)}.", "",
        "Shares are estimated for sets, not for their mix: where a set is small or of another kind than what was calibrated on,",
        "the estimate can be further off than a count, and only labelled posts of one's own can tell.", "",
        "`macro_f1_main` is the mean over anger, fear, joy and sadness. *Words only* is logistic regression over tf-idf of word",
        "pieces and pairs, fitted on the same rows. How it was made, and how to make it again: `../training`.", ""])
