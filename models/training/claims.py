"""Fits `claims.toml`, the parameters with which claims are matched, from feature files that `polso eval … --features` wrote.

Each command replaces its own tables of the file, leaves the others, and tells the card beside it the file's new sha256, so
that polso goes on reading the folder. The features come from `crates/claims`, but for those of pairs, which follow from the
features of their two texts (`stands` and `between` are the twins of `crates/claims/src/stance.rs`). What depends on fitted
numbers comes later: `contrast` before the files for `match` are written, `attitude` before `pair`; `claims.sh` has the order.
"""

import argparse
import csv
import hashlib
import json
import re
import tomllib
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix, f1_score

SCORED = ["cosine", "contrast", "row_covered", "post_covered", "shared_mass"]
ODDS = ["score", "stands_out", "post_terms", "row_terms", "same_lang"]
ATTITUDES = ["support", "deny", "query", "comment"]
STANCES = ["repeats", "rebuts", "mentions"]
CUES = [
    "negation", "debunks", "denial_first", "agrees", "agrees_first", "question_mark", "question_first", "asks_whether",
    "exclamation", "link", "length",
]
PAIR = ["denies_more", "denies", "asks", "asks_more", "negation_differs", "debunks_more", "debunks_less", "parity_differs"]

# as in crates/claims/src/stance.rs
ASKS_MORE = 0.1

# as in crates/claims/src/decision.rs
OTHERS = 8

# claims that must have been told for their precision to count
TOLD = 20

# hard negatives of a post in the fit of the score
HARD = 20


def read(path: str, keys: list[str]) -> tuple[list[np.ndarray], np.ndarray, list[str]]:
    """Columns of a feature file: those of `keys` as text, the others as numbers, with their names."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        header = next(rows, [])
        if missing := [key for key in keys if key not in header]:
            raise SystemExit(f"{path} is no such feature file: it has no column {', '.join(missing)}")
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
    seal(path)


def seal(path: Path) -> None:
    """Tells the card beside the file what the file's sha256 is: polso reads no file that differs from its card."""
    card = path.with_name("card.toml")
    line = f'claims_sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"\n'
    kept = re.sub(r"^claims_sha256 = .*\n", "", card.read_text(encoding="utf-8"), flags=re.M)
    sealed, places = re.subn(r"^validation_sha256 = .*\n", lambda found: found[0] + line, kept, flags=re.M)
    if places != 1:
        raise SystemExit(f"{card} has no line `validation_sha256`, so it is no card of a bundle")
    card.write_text(sealed, encoding="utf-8")


def start(path: Path) -> None:
    """A file that decides nothing yet, with which polso writes the first features."""
    card = tomllib.loads(path.with_name("card.toml").read_text(encoding="utf-8"))
    none = listed(np.zeros(card["vector"]["size"]))
    lines = [
        "# How claims are found by the vectors of polso-mini-2, and what a text does with them. Made by models/training/claims.py.",
        f'model = "{card["id"]}"', "", "[contrast]", f"mean = {none}", "directions = []", "kept = []", "",
        *table("decision", {"threshold": 0.5, "background": 0.0}), *table("decision.thresholds", {}),
        *linear("decision.score", SCORED, 0.0, [0.0] * len(SCORED)), *linear("decision.odds", ODDS, 0.0, [0.0] * len(ODDS)),
    ]
    for name in ATTITUDES:
        lines += linear(f"attitude.cues.{name}", CUES, 0.0, [0.0] * len(CUES))
    lines += table("attitude.vector", {name: none for name in ATTITUDES})
    lines += table("attitude.four", {name: 0.0 for name in ATTITUDES})
    for name in STANCES:
        lines += linear(f"pair.{name}", PAIR, 0.0, [0.0] * len(PAIR))
    path.write_text("\n".join(lines), encoding="utf-8")
    seal(path)


def contrast(arguments):
    """Mean and most common directions of the vectors of ordinary posts."""
    _, values, names = read(arguments.posts, ["label"])
    vectors = values[:, [name.startswith("v") and name[1:].isdigit() for name in names]]
    mean = vectors.mean(0)
    spread, directions = np.linalg.eigh(np.cov((vectors - mean).T))
    spread, directions = spread[::-1], directions[:, ::-1]
    kept = (spread[: arguments.directions] / spread[arguments.directions]) ** -0.75
    print(f"{len(vectors)} vectors, mean of length {np.linalg.norm(mean):.3f}")
    rows = ["directions = ["] + ["  " + listed(row) + "," for row in directions[:, : arguments.directions].T] + ["]"]
    return ["[contrast]", "mean = " + listed(mean), *rows, "kept = " + listed(kept)]


class Matches:
    """A feature file of candidates: a row for each wording of a claim that came into question."""

    def __init__(self, path):
        keys = ["post", "lang", "claim", "relevant"]
        (self.post, self.lang, self.claim, relevant), self.values, self.names = read(path, keys)
        self.match = relevant == "1"
        starts = np.flatnonzero(np.r_[True, self.post[1:] != self.post[:-1]])
        self.posts = np.split(np.arange(len(self.post)), starts[1:])

    def columns(self, names):
        return self.values[:, [self.names.index(name) for name in names]]

    def best(self, score):
        """By post: the best row of each claim, best first."""
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
    size[size == 0] = 1
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


def labelled(paths: list[str]) -> tuple[list[np.ndarray], list[str]]:
    """Labels, features and weights of feature files of attitude; the names of the features."""
    parts = []
    for text in paths:
        path, _, weight = text.partition(":")
        (label,), values, names = read(path, ["label"])
        parts.append((label, values, np.full(len(label), float(weight or 1))))
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
    (label, values, weight), names = labelled(arguments.fit)
    # The vector's components are small beside cues of 0 and 1, and there are many of them: scaled for one penalty.
    vector = np.array([name[0] == "v" and name[1:].isdigit() for name in names])
    scale = np.where(vector, 10.0, 3.0)
    model = LogisticRegression(C=arguments.penalty, max_iter=500).fit(values * scale, label, sample_weight=weight)
    order = [list(model.classes_).index(name) for name in ATTITUDES]
    weights, intercepts = model.coef_[order] * scale, model.intercept_[order]
    judged = lambda values: model.predict_proba(values * scale)[:, order]
    numbered = lambda labels: np.array([ATTITUDES.index(name) for name in labels])
    # The first file is the one with the labels that people gave.
    (first, own, _), _ = labelled(arguments.fit[:1])
    raised = raises(judged(own)[::3], numbered(first)[::3])
    (kept, out, _), _ = labelled([arguments.kept])
    for part, codes, values in (("fitted", numbered(first), own), ("kept out", numbered(kept), out)):
        named = (np.log(judged(values) + 1e-9) + raised).argmax(1)
        three = lambda values: np.where(values == 3, 2, values)
        print(f"{part}: n {len(codes)}, macro-F1 of four {f1_score(codes, named, average='macro'):.4f}, "
              f"of three {f1_score(three(codes), three(named), average='macro'):.4f}")
    lines = []
    cues = [name for name, of in zip(names, vector) if not of]
    for place, name in enumerate(ATTITUDES):
        lines += linear(f"attitude.cues.{name}", cues, intercepts[place], weights[place][~vector])
    lines += ["[attitude.vector]"] + [f"{name} = {listed(weights[place][vector])}" for place, name in enumerate(ATTITUDES)] + [""]
    return lines + table("attitude.four", {name: number(value) for name, value in zip(ATTITUDES, raised)})


def stands(path: str, attitude: dict) -> np.ndarray:
    """How each text of a feature file stands: probability that it denies and that it asks, whether it holds a negation and
    whether it calls something false."""
    _, values, names = read(path, ["label"])
    cues = values[:, [names.index(cue) for cue in CUES]]
    vectors = values[:, [names.index(f"v{place}") for place in range(len(attitude["vector"]["deny"]))]]
    odds = []
    for name in ATTITUDES:
        of_cues = attitude["cues"][name]
        along = vectors @ np.array(attitude["vector"][name])
        odds.append(of_cues["intercept"] + cues @ np.array([of_cues["weights"][cue] for cue in CUES]) + along)
    odds = np.exp(np.array(odds).T - np.max(odds, axis=0)[:, None])
    odds /= odds.sum(1, keepdims=True)
    of = lambda name: odds[:, ATTITUDES.index(name)]
    return np.c_[of("deny"), of("query"), cues[:, CUES.index("negation")] > 0, cues[:, CUES.index("debunks")] > 0]


def between(post: np.ndarray, claim: np.ndarray) -> np.ndarray:
    """What the stance of posts to claims looks at, by how both stand."""
    def odds(probability):
        probability = probability.clip(1e-3, 1 - 1e-3)
        return np.log(probability / (1 - probability))
    (denies, asks, negated, debunks), (its_denies, its_asks, its_negated, its_debunks) = post.T, claim.T
    odd, its_odd = negated != debunks, its_negated != its_debunks
    return np.c_[
        odds(denies) - odds(its_denies), odds(denies), odds(asks), odds(asks) - odds(its_asks), negated != its_negated,
        debunks > its_debunks, its_debunks > debunks, odd != its_odd,
    ].astype(float)


def beside(features: str) -> list[dict]:
    """The rows that a feature file was made from, which lie beside it. A row that the model could not read has no features,
    and then nobody knows which is whose."""
    rows = [json.loads(line) for line in Path(features).with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()]
    with open(features, encoding="utf-8") as file:
        found = sum(1 for _ in file) - 1
    if found != len(rows):
        raise SystemExit(f"{features} has features of {found} rows and {len(rows)} were asked about: take out those that cannot be read")
    return rows


def framed(posts: str, claims: str, attitude: dict) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Stance, features, language, and how post and claim stand, of each framed claim."""
    place = {(row["id"], row["lang"]): at for at, row in enumerate(beside(claims))}
    rows = beside(posts)
    post = stands(posts, attitude)
    claim = stands(claims, attitude)[[place[row["claim"], row["lang"]] for row in rows]]
    stance, lang = (np.array([row[key] for row in rows]) for key in ("stance", "lang"))
    return stance, between(post, claim), lang, np.c_[post, claim]


def told(model, values: np.ndarray, both: np.ndarray) -> np.ndarray:
    """The stance that is told: what calls a claim false rebuts it, what asks by so much more does not repeat it, else the odds."""
    _, asks, _, debunks, _, its_asks, _, its_debunks = both.T
    likeliest = model.predict(values)
    asked = np.where((likeliest == "repeats") & (asks - its_asks > ASKS_MORE), "mentions", likeliest)
    return np.where(debunks > its_debunks, "rebuts", asked)


def told_of(part, model, rows):
    """Prints how well stances are told, a language a line."""
    label, values, langs, both = rows
    named = told(model, values, both)
    for lang in sorted(set(langs)):
        of = langs == lang
        counts = confusion_matrix(label[of], named[of], labels=STANCES)
        print(f"{part} {lang}: n {of.sum()}, macro-F1 {f1_score(label[of], named[of], average='macro'):.4f}, "
              f"{', '.join(STANCES)} as such: {counts.tolist()}")


def pair(arguments):
    """What a post does with a claim."""
    fitted = tomllib.loads(arguments.out.read_text(encoding="utf-8"))["attitude"]
    fit, kept = (framed(path, arguments.claims, fitted) for path in (arguments.fit, arguments.kept))
    label, values, *_ = fit
    model = LogisticRegression(C=1, max_iter=3000, class_weight="balanced").fit(values, label)
    told_of("fitted", model, fit)
    told_of("kept out", model, kept)
    lines = []
    for name in STANCES:
        place = list(model.classes_).index(name)
        lines += linear(f"pair.{name}", PAIR, model.intercept_[place], model.coef_[place])
    return lines


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "polso-mini-2/claims.toml")
    commands = arguments.add_subparsers(dest="command", required=True)
    commands.add_parser("start", help=start.__doc__)
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
    of.add_argument("--kept", required=True, help="the same of the labelled set's rows that are kept out, to measure on")
    of.add_argument("--penalty", type=float, default=0.01)
    of = commands.add_parser("pair", help=pair.__doc__)
    of.add_argument("claims", help="features of attitude of the claims' texts, with their rows beside them")
    of.add_argument("--fit", required=True, help="the same of framed claims")
    of.add_argument("--kept", required=True, help="the same, to measure on")
    arguments = arguments.parse_args()
    if arguments.command == "start":
        return start(arguments.out)
    fitting = {"contrast": contrast, "match": match, "attitude": attitude, "pair": pair}[arguments.command]
    part = {"match": "decision"}.get(arguments.command, arguments.command)
    write(arguments.out, part, fitting(arguments))
    print(f"claims: wrote {part} to {arguments.out}")


if __name__ == "__main__":
    main()
