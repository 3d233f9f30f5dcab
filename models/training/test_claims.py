"""How `claims.toml` is fitted, on invented features.

Usage: python -m unittest -v test_claims    (some seconds, without a model)
"""

import contextlib
import csv
import hashlib
import io
import json
import random
import sys
import tempfile
import tomllib
import unittest
from pathlib import Path
from unittest import mock

import numpy as np

import claims
from claims import ATTITUDES, CUES, PAIR, SCORED, STANCES, between, main, stands
from frames import ATTITUDE, FRAMES, KEPT, kept_out, rows

SIZE = 4


class Fits(unittest.TestCase):
    """Each test has a bundle's folder with a card and no parameters."""

    def setUp(self):
        self.enterContext(contextlib.redirect_stdout(io.StringIO()))
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.out = self.folder / "claims.toml"
        self.card = self.folder / "card.toml"
        self.card.write_text(f'id = "toy"\nvalidation_sha256 = "0"\n[vector]\nsize = {SIZE}\n')
        self.chance = np.random.default_rng(4)
        self.run_claims("start")

    def run_claims(self, *arguments):
        with mock.patch.object(sys, "argv", ["claims.py", "--out", str(self.out), *map(str, arguments)]):
            main()

    def fitted(self):
        return tomllib.loads(self.out.read_text())

    def features(self, name, header, table):
        path = self.folder / f"{name}.csv"
        with open(path, "w", newline="") as file:
            csv.writer(file).writerows([header, *table])
        return path

    def texts(self, name, labels, lang="it"):
        """Texts that do what they are labelled as, by their cues and their vectors, with their rows beside them."""
        table = []
        for label in labels:
            cues = np.zeros(len(CUES))
            cues[{"deny": CUES.index("negation"), "query": CUES.index("question_mark")}.get(label, CUES.index("length"))] = 1
            vector = np.eye(SIZE)[ATTITUDES.index(label)] + self.chance.normal(0, 0.2, SIZE)
            table.append([label, *cues, *vector])
        stance = {attitude: stance for stance, attitude in ATTITUDE.items()}
        with open(self.folder / f"{name}.jsonl", "w") as file:
            for at, label in enumerate(labels):
                row = {"id": f"c{at}", "claim": "c0", "lang": lang, "stance": stance.get(label, "mentions")}
                file.write(json.dumps(row) + "\n")
        return self.features(name, ["label", *CUES, *(f"v{place}" for place in range(SIZE))], table)

    def candidates(self, name, posts, speaking, lang="it"):
        """Posts with twelve candidates each; the right one has a higher contrast."""
        table = []
        for post in range(posts):
            for place in range(12):
                right = speaking and place == 3
                contrast = self.chance.normal(0.6 if right else 0.1, 0.06)
                others = self.chance.uniform(0, 0.2, 4)
                table.append([post, lang, place, int(right), others[0], contrast, *others[1:], 2, 2, 1])
                # A second wording of the same claim, further off: it must not count as another claim to stand out from.
                table.append([post, lang, place, int(right), others[0], contrast - 0.02, *others[1:], 2, 2, 1])
        return self.features(name, ["post", "lang", "claim", "relevant", *SCORED, "post_terms", "row_terms", "same_lang"], table)

    def test_the_card_is_told_every_change(self):
        before = self.fitted()
        self.run_claims("contrast", self.texts("posts", ATTITUDES * 20), "--directions", 2)
        self.assertNotEqual(before["contrast"], self.fitted()["contrast"])
        self.assertEqual(before["decision"], self.fitted()["decision"])
        card = tomllib.loads(self.card.read_text())
        self.assertEqual(card["claims_sha256"], hashlib.sha256(self.out.read_bytes()).hexdigest())
        self.assertEqual(self.card.read_text().count("claims_sha256"), 1)

    def test_what_tells_claims_apart_weighs_most(self):
        files = self.candidates("fit", 80, True), "--ordinary", self.candidates("ordinary", 200, False)
        self.run_claims("match", "--fit", *files)
        decision = self.fitted()["decision"]
        weights = decision["score"]["weights"]
        self.assertEqual(max(weights, key=lambda name: abs(weights[name])), "contrast")
        self.assertEqual(set(decision["thresholds"]), {"it"})
        self.assertTrue(0.3 <= decision["thresholds"]["it"] <= 0.99)
        self.assertEqual(decision["threshold"], decision["thresholds"]["it"])

    def test_a_claim_counts_once_by_its_best_wording(self):
        found = claims.Matches(str(self.candidates("fit", 5, True)))
        score = found.columns(["contrast"])[:, 0]
        for rows in found.best(score):
            self.assertEqual(len(rows), 12)
            self.assertEqual(len(set(found.claim[rows])), 12)
            self.assertTrue((np.diff(score[rows]) <= 0).all())
            self.assertTrue((rows % 2 == 0).all(), "the first of two wordings is the better one")

    def test_attitudes_and_pairs_are_learned(self):
        self.run_claims("attitude", "--fit", self.texts("fit", ATTITUDES * 30), "--kept", self.texts("kept", ATTITUDES * 9),
                        "--penalty", 1)
        attitude = self.fitted()["attitude"]
        asked = stands(str(self.texts("asked", ["deny", "query"])), attitude)
        self.assertGreater(asked[0, 0], asked[1, 0])
        self.assertGreater(asked[1, 1], asked[0, 1])
        framed = [self.texts(name, ["support", "deny", "query"] * 20) for name in ("pairs", "out")]
        self.run_claims("pair", self.texts("texts", ["support"]), "--fit", framed[0], "--kept", framed[1])
        pair = self.fitted()["pair"]
        self.assertEqual(set(pair), set(STANCES))
        self.assertGreater(pair["rebuts"]["weights"]["denies_more"], pair["repeats"]["weights"]["denies_more"])

    def test_features_of_other_rows_are_refused(self):
        path = self.texts("cut", ["support", "deny"])
        path.write_text("\n".join(path.read_text().splitlines()[:-1]) + "\n")
        with self.assertRaisesRegex(SystemExit, "features of 1 rows and 2"):
            claims.beside(str(path))
        with self.assertRaisesRegex(SystemExit, "no column post"):
            claims.Matches(str(path))


class Pairs(unittest.TestCase):
    def test_pairs_are_compared_as_polso_compares_them(self):
        post, claim = np.array([[0.5, 1.0, 1, 1]]), np.array([[0.5, 0.5, 0, 0]])
        values = dict(zip(PAIR, between(post, claim)[0]))
        self.assertAlmostEqual(values["denies_more"], 0)
        self.assertAlmostEqual(values["asks"], np.log(999), places=4)
        self.assertEqual([values[name] for name in PAIR[4:]], [1, 1, 0, 0])

    def test_a_denied_claim_repeated_in_as_many_words_is_no_rebuttal(self):
        same = np.array([[0.9, 0.01, 1, 0]])
        self.assertFalse(between(same, same)[0, [0, 3, 4, 5, 6, 7]].any())


class Framed(unittest.TestCase):
    def test_what_is_measured_on_is_never_fitted_on(self):
        wording = {"text": "Il tavolo è rotto", "phrasings": []}
        library = [{"id": f"toy-{n}", **{lang: wording for lang in FRAMES}} for n in range(40)]
        made = {part: list(rows(library, part, random.Random(1))) for part in ("attitude", "pair", "kept")}
        self.assertTrue(all(made.values()))
        for part, framed in made.items():
            self.assertTrue(all(kept_out(row["claim"]) == (part == "kept") for row in framed))
        texts = [{(row["lang"], row["text"]) for row in framed if row["text"] != wording["text"]} for framed in made.values()]
        self.assertFalse(texts[0] & texts[1] or texts[0] & texts[2] or texts[1] & texts[2])
        self.assertEqual(set(KEPT), set(FRAMES))


if __name__ == "__main__":
    unittest.main()
