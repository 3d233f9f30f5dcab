"""Fits `claims.toml`, the parameters with which claims are matched, from feature files that `polso eval … --features` wrote.

Each command replaces its own tables of the file and leaves the others. The features have one implementation, in
`crates/claims`; what depends on fitted numbers comes later: `contrast` before the files for `match` are written, `attitude`
before those for `pair`. Groups (threads, claims) that `frames.kept_out` names are measured on and never fitted on.
"""

import argparse
import csv
import tomllib
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix, f1_score

from frames import kept_out

SCORED = ["cosine", "contrast", "row_covered", "post_covered", "shared_mass"]
ODDS = ["score", "stands_out", "post_terms", "row_terms", "same_lang"]
ATTITUDES = ["support", "deny", "query", "comment"]
STANCES = ["repeats", "rebuts", "mentions"]

# as in crates/claims/src/decision.rs
OTHERS = 8

# claims that must have been told for their precision to count
TOLD = 20

# hard negatives of a post in the fit of the score
HARD = 20


def read(path, keys):
    """Columns of a feature file: those of `keys` as text, the others as numbers, with their names."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        header = next(rows)
        places = [header.index(key) for key in keys]
        others = [place for place in range(len(header)) if place not in places]
        texts, numbers = [], []
        for row in rows:
            texts.append([row[place] for place in places])
            numbers.append(np.array([row[place] for place in others], dtype=np.float32))
    return [np.array(column) for column in zip(*texts)], np.array(numbers), [header[place] for place in others]


def number(value):
    return repr(float(f"{value:.5g}"))


def table(name, values):
    return [f"[{name}]", *(f"{key} = {value}" for key, value in values.items()), ""]


def linear(name, names, intercept, weights):
    weights = {key: number(weight) for key, weight in zip(names, weights)}
    return table(name, {"intercept": number(intercept)}) + table(f"{name}.weights", weights)


def listed(values):
    return "[" + ", ".join(f"{value:.4f}".rstrip("0").rstrip(".") if value else "0" for value in values) + "]"


def write(path, part, lines):
    """Replaces the tables whose names begin with `part`."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    kept, skip = [], False
    for line in text.splitlines():
        if line.startswith("["):
            skip = line.strip("[]").split(".")[0] == part
        if not skip:
            kept.append(line)
    text = "\n".join(kept).rstrip() + "\n\n" + "\n".join(lines).rstrip() + "\n"
    tomllib.loads(text)
    path.write_text(text, encoding="utf-8")


def contrast(arguments):
    """Mean and most common directions of the vectors of ordinary posts."""
    _, values, names = read(arguments.posts, ["lang", "label", "group"])
    vectors = values[:, [name.startswith("v") and name[1:].isdigit() for name in names]]
    mean = vectors.mean(0)
    spread, directions = np.linalg.eigh(np.cov((vectors - mean).T))
    spread, directions = spread[::-1], directions[:, ::-1]
    kept = (spread[: arguments.directions] / spread[arguments.directions]) ** -0.75
    print(f"{len(vectors)} vectors, mean of length {np.linalg.norm(mean):.3f}")
    rows = ["directions = ["] + ["  " + listed(row) + "," for row in directions[:, : arguments.directions].T] + ["]"]
    return ["[contrast]", "mean = " + listed(mean), *rows, "kept = " + listed(kept)]


class Matches:
    """A feature file of candidates."""

    def __init__(self, path):
        (self.post, self.lang, self.claim, match), self.values, self.names = read(path, ["post", "lang", "claim", "match"])
        self.match = match == "1"
        starts = np.flatnonzero(np.r_[True, self.post[1:] != self.post[:-1]])
        self.posts = np.split(np.arange(len(self.post)), starts[1:])

    def columns(self, names):
        return self.values[:, [self.names.index(name) for name in names]]

    def best(self, score):
        """By post: the best row of each claim, best first, with how much its score stands out given a background."""
        for rows in self.posts:
            ranked = rows[np.argsort(-score[rows], kind="stable")]
            _, first = np.unique(self.claim[ranked], return_index=True)
            yield ranked[np.sort(first)]

    def odds(self, score, background, most=10):
        """Rows and features of the log-odds, for the first claims of each post."""
        rest = self.columns(ODDS[2:])
        rows, features = [], []
        for ranked in self.best(score):
            missing = max(0, OTHERS - (len(ranked) - 1))
            total = score[ranked].sum() + missing * background
            outstanding = score[ranked] - (total - score[ranked]) / (len(ranked) - 1 + missing)
            rows.append(ranked[:most])
            features.append(np.c_[score[ranked], outstanding, rest[ranked]][:most])
        return np.concatenate(rows), np.vstack(features)


def weighted(text):
    path, _, weight = text.partition(":")
    return Matches(path), float(weight or 1)


def score_weights(files):
    """Weights by which the claims of a post stand before those that came nearest to them."""
    differences, weights = [], []
    for file, weight in files:
        values = file.columns(SCORED)
        rough = values[:, 0] + 0.3 * values[:, 2]
        for rows in file.posts:
            right, wrong = rows[file.match[rows]], rows[~file.match[rows]]
            if len(right) and len(wrong):
                hard = wrong[np.argsort(-rough[wrong], kind="stable")[:HARD]]
                differences.append(values[right[np.argmax(rough[right])]] - values[hard])
                weights += [weight / len(hard)] * len(hard)
    differences, weights = np.vstack(differences), np.array(weights)
    size = differences.std(0) + 1e-9
    both, labels = np.vstack([differences, -differences]) / size, np.repeat([1, 0], len(differences))
    fitted = LogisticRegression(fit_intercept=False, max_iter=3000).fit(both, labels, sample_weight=np.r_[weights, weights])
    return fitted.coef_[0] / size


def judge(file, score, background, odds):
    """Language, probability and rightness of the first claims of each post."""
    at, features = file.odds(score, background)
    slopes, intercept = odds
    return file.lang[at], 1 / (1 + np.exp(-(features @ slopes + intercept))), file.match[at], file.post[at]


def thresholds(fit, ordinary, arguments):
    """By language: the least probability at which so few ordinary posts get a claim and so many claims told are right.

    A language has a threshold of its own where both could be measured; the others have the highest of these.
    """
    own = {}
    for name in sorted({one for lang, *_ in ordinary for one in lang}):
        least = arguments.least
        for lang, probability, _, post in ordinary:
            best = [probability[(lang == name) & (post == one)].max() for one in np.unique(post[lang == name])]
            if len(best) < arguments.enough:
                break
            least = max(least, np.quantile(best, 1 - arguments.ordinary_share))
        else:
            told = [np.c_[probability[lang == name], match[lang == name]] for lang, probability, match, _ in fit]
            told = np.vstack(told)
            told = told[np.argsort(-told[:, 0], kind="stable")]
            precise = np.flatnonzero(np.cumsum(told[:, 1]) >= arguments.precision * np.arange(1, len(told) + 1))
            if len(precise) and precise[-1] >= TOLD:
                own[name] = min(max(least, told[precise[-1], 0]), 0.99)
    return own


def match(arguments):
    """Score, odds and thresholds."""
    files = [weighted(text) for text in arguments.fit]
    ordinary = [Matches(path) for path in arguments.ordinary]
    weights = score_weights(files)
    scored = lambda file: file.columns(SCORED) @ weights
    background = float(np.mean([scored(file)[ranked[1:]].mean() for file in ordinary for ranked in file.best(scored(file)) if len(ranked) > 1]))
    rows, labels, importance = [], [], []
    for file, weight in files + [(file, 0.5) for file in ordinary]:
        at, features = file.odds(scored(file), background)
        rows.append(features)
        labels.append(file.match[at])
        importance.append(np.full(len(at), weight))
    rows, labels, importance = np.vstack(rows), np.concatenate(labels), np.concatenate(importance)
    middle, size = rows.mean(0), rows.std(0)
    fitted = LogisticRegression(C=1, max_iter=3000).fit((rows - middle) / size, labels, sample_weight=importance)
    slopes = fitted.coef_[0] / size
    intercept = fitted.intercept_[0] - middle @ slopes
    judged = lambda file: judge(file, scored(file), background, (slopes, intercept))
    own = thresholds([judged(file) for file, _ in files], [judged(file) for file in ordinary], arguments)
    default = max(own.values())
    print("weights", dict(zip(SCORED, weights.round(3))), "odds", dict(zip(ODDS, slopes.round(3))), "thresholds", own)
    return (
        table("decision", {"threshold": number(default), "background": number(background)})
        + table("decision.thresholds", {lang: number(own[lang]) for lang in sorted(own)})
        + linear("decision.score", SCORED, 0.0, weights)
        + linear("decision.odds", ODDS, intercept, slopes)
    )


def labelled(paths, labels):
    """Rows of feature files with one of these labels; weights; whether they are kept out."""
    parts = []
    for text in paths:
        path, _, weight = text.partition(":")
        (lang, label, group), values, names = read(path, ["lang", "label", "group"])
        known = np.isin(label, labels)
        out = np.array([kept_out(one) for one in group])
        parts.append((label[known], values[known], np.full(known.sum(), float(weight or 1)), out[known], lang[known]))
    return [np.concatenate(column) for column in zip(*parts)], names


def raises(probabilities, labels):
    """What log-probabilities are raised by so that the mean F1 of the four is largest; `comment` stays."""
    logs, best = np.log(probabilities + 1e-9), (0, None)
    for support in np.arange(0, 2.1, 0.2):
        for deny in np.arange(0, 3.1, 0.25):
            for query in np.arange(-0.4, 1.7, 0.2):
                raised = np.array([support, deny, query, 0])
                figure = f1_score(labels, (logs + raised).argmax(1), average="macro")
                best = max(best, (figure, tuple(raised)))
    return best[1]


def attitude(arguments):
    """What a text does, seen by itself."""
    (label, values, weight, out, lang), names = labelled(arguments.fit, ATTITUDES)
    # The vector's components are small beside cues of 0 and 1, and there are many of them: scaled for one penalty.
    vector = np.array([name[0] == "v" and name[1:].isdigit() for name in names])
    scale = np.where(vector, 10.0, 3.0)
    fit = ~out
    model = LogisticRegression(C=arguments.penalty, max_iter=500).fit(values[fit] * scale, label[fit], sample_weight=weight[fit])
    order = [list(model.classes_).index(name) for name in ATTITUDES]
    weights, intercepts = model.coef_[order] * scale, model.intercept_[order]
    probabilities = model.predict_proba(values * scale)[:, order]
    codes = np.array([ATTITUDES.index(name) for name in label])
    # The first file is the one with the labels that people gave.
    first = np.arange(len(label)) < len(labelled(arguments.fit[:1], ATTITUDES)[0][0])
    raised = raises(probabilities[fit & first][::3], codes[fit & first][::3])
    named = (np.log(probabilities + 1e-9) + raised).argmax(1)
    for part, rows in (("fitted", fit & first), ("kept out", out & first)):
        three = lambda values: np.where(values == 3, 2, values)
        print(f"{part}: n {rows.sum()}, macro-F1 of four {f1_score(codes[rows], named[rows], average='macro'):.4f}, "
              f"of three {f1_score(three(codes[rows]), three(named[rows]), average='macro'):.4f}")
    lines = []
    cues = [name for name, of in zip(names, vector) if not of]
    for place, name in enumerate(ATTITUDES):
        lines += linear(f"attitude.cues.{name}", cues, intercepts[place], weights[place][~vector])
    lines += ["[attitude.vector]"] + [f"{name} = {listed(weights[place][vector])}" for place, name in enumerate(ATTITUDES)] + [""]
    return lines + table("attitude.four", {name: number(value) for name, value in zip(ATTITUDES, raised)})


def told_of(part, model, rows):
    """Prints how well stances are told, a language a line."""
    label, values, lang = rows
    named = model.predict(values)
    for of in sorted(set(lang)):
        rows = lang == of
        counts = confusion_matrix(label[rows], named[rows], labels=STANCES)
        print(f"{part} {of}: n {rows.sum()}, macro-F1 {f1_score(label[rows], named[rows], average='macro'):.4f}, "
              f"{', '.join(STANCES)} as such: {counts.tolist()}")


def pair(arguments):
    """What a post does with a claim."""
    (label, values, weight, _, lang), names = labelled(arguments.fit, STANCES)
    model = LogisticRegression(C=1, max_iter=3000, class_weight="balanced").fit(values, label, sample_weight=weight)
    told_of("fitted", model, (label, values, lang))
    (label, values, _, _, lang), _ = labelled(arguments.kept, STANCES)
    told_of("kept out", model, (label, values, lang))
    lines = []
    for name in STANCES:
        place = list(model.classes_).index(name)
        lines += linear(f"pair.{name}", names, model.intercept_[place], model.coef_[place])
    return lines


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "polso-mini-2/claims.toml")
    commands = arguments.add_subparsers(dest="command", required=True)
    of = commands.add_parser("contrast", help=contrast.__doc__)
    of.add_argument("posts", help="features of attitude of ordinary posts")
    of.add_argument("--directions", type=int, default=24)
    of = commands.add_parser("match", help=match.__doc__)
    of.add_argument("--fit", nargs="+", required=True, help="features of candidates, FILE:WEIGHT")
    of.add_argument("--ordinary", nargs="+", required=True, help="the same of ordinary posts")
    of.add_argument("--ordinary-share", type=float, default=0.006, help="share of ordinary posts that may get a claim")
    of.add_argument("--enough", type=int, default=150, help="ordinary posts that a language needs for its own threshold")
    of.add_argument("--precision", type=float, default=0.8, help="share of the claims told that must be right")
    of.add_argument("--least", type=float, default=0.3, help="the lowest threshold")
    of = commands.add_parser("attitude", help=attitude.__doc__)
    of.add_argument("--fit", nargs="+", required=True, help="features of attitude, FILE:WEIGHT, the labelled set first")
    of.add_argument("--penalty", type=float, default=0.01)
    of = commands.add_parser("pair", help=pair.__doc__)
    of.add_argument("--fit", nargs="+", required=True, help="features of pairs, FILE:WEIGHT")
    of.add_argument("--kept", nargs="+", required=True, help="the same, to measure on")
    arguments = arguments.parse_args()
    fitting = {"contrast": contrast, "match": match, "attitude": attitude, "pair": pair}[arguments.command]
    part = {"match": "decision"}.get(arguments.command, arguments.command)
    write(arguments.out, part, fitting(arguments))


if __name__ == "__main__":
    main()
