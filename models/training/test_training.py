"""The whole recipe on a toy world, and the parts that a toy run would not catch.

Usage: python -m unittest -v test_training    (under two minutes on one core)
"""

import os
import subprocess
import sys
import tempfile
import tomllib
import unittest
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

import base
import toy
from calibrate import answers, checking_threshold, expected_f1_threshold, fit_platt, fit_scaling, is_quiet, scaling
from metrics import ece, sigmoid, softmax
from model import Model
from prepare import DevGuard, bucket, letters
from raw import CORPORA, LICENCES, SETS
from rows import JUDGED, encode, load_rows, pad
from shares import share_errors
from wide import Wide, counts, load_wide, weighted

HERE = Path(__file__).parent


class Recipe(unittest.TestCase):
    """One run of everything, from sets to a bundle."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        root = Path(cls.folder.name)
        cls.data, cls.corpora, cls.work, cls.bundle = (root / n for n in ("data", "corpora", "work", "bundle"))
        toy.write_base(root / "toy.bin")
        toy.write_sets(cls.data)
        toy.write_corpora(cls.corpora)
        (cls.bundle).mkdir()
        cls.environment = {
            **os.environ, "PYTHON": sys.executable, "POLSO_BASE": str(root / "toy.bin"), "SIZE": "2600",
            "TEACHER": "--layers 0,1 --frozen 0 --epochs 1 --threads 1 --rate 3e-4",
            "ASK": "--raw 120 --vectors 200",
            "STUDENT": "--layers 0,1 --epochs 1 --threads 1 --rate 3e-4"}
        cls.said = cls.run_all()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def run_all(cls):
        done = subprocess.run(["sh", str(HERE / "run.sh"), *map(str, (cls.data, cls.corpora, cls.work, cls.bundle))],
                              env=cls.environment, capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise AssertionError(done.stdout[-3000:] + done.stderr[-3000:])
        return done.stdout

    def test_each_step_says_what_it_read_and_wrote(self):
        for step in ("prepare:", "tokenizer:", "finetune:", "teach:", "vectors:", "wide:", "export:", "calibrate:", "card:"):
            self.assertIn(step, self.said)

    def test_the_bundle_is_whole(self):
        names = {p.name for p in self.bundle.iterdir()}
        self.assertEqual(names, {"model.onnx", "tokenizer.json", "card.toml", "validation.csv", "tokens.sha256",
                                 "README.md"})
        card = tomllib.loads((self.bundle / "card.toml").read_text())
        self.assertEqual(len(card["emotions"]["threshold"]), 8)
        self.assertTrue(all(figure["n"] > 0 or figure["metric"].startswith("f1_") for figure in card["dev_figure"]))
        lines = (self.bundle / "validation.csv").read_text().splitlines()
        self.assertEqual(lines[0], "set,lang,label,negative,neutral,positive")
        for line in lines[1:]:
            self.assertAlmostEqual(sum(map(float, line.split(",")[3:])), 1, delta=2e-4)

    def test_the_toy_moods_were_learned(self):
        _, dev = load_rows(self.work)
        rows = [r for r in dev if r["set"] == "umsab"]
        tokenizer = Tokenizer.from_file(str(self.bundle / "tokenizer.json"))
        logits, _ = answers(self.bundle / "model.onnx", encode([r["text"] for r in rows], tokenizer))
        right = np.mean(logits[:, :3].argmax(1) == [r["sentiment"] for r in rows])
        self.assertGreater(right, 0.8)

    def test_the_exported_float_model_answers_like_pytorch(self):
        _, dev = load_rows(self.work)
        ids = encode([r["text"] for r in dev[:40]], Tokenizer.from_file(str(self.work / "tokenizer.json")))
        model = Model.holding(torch.load(self.work / "student.pt", weights_only=True)).eval()
        wide = load_wide(self.work, len(model.encoder.words.weight))
        with torch.inference_mode():
            logits, vectors = model(*pad(ids))
            logits = logits + wide(*pad(ids))
        exported, found = answers(self.work / "fp32.onnx", ids)
        self.assertLess(np.abs(exported - logits.numpy()).max(), 1e-3)
        self.assertLess(np.abs(found - vectors.numpy()).max(), 1e-4)
        eight_bit, near = answers(self.work / "model.onnx", ids)
        self.assertGreater((found * near).sum(1).min(), 0.98)
        self.assertLess(np.abs(eight_bit - exported).mean(), 0.2)

    def test_a_second_run_repeats_only_what_is_missing(self):
        before = (self.work / "student.pt").stat().st_mtime_ns
        self.assertNotIn("prepare:", self.run_all())
        self.assertEqual(before, (self.work / "student.pt").stat().st_mtime_ns)

    def test_a_stopped_training_goes_on(self):
        model = torch.load(self.work / "teacher.pt", weights_only=True)
        self.assertFalse((self.work / "teacher.checkpoint.pt").exists())
        command = [sys.executable, str(HERE / "finetune.py"), str(self.work), "stopped", "--layers", "0,1",
                   "--frozen", "0", "--epochs", "1", "--threads", "1", "--stop-after", "5"]
        run = lambda: subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True).stdout
        run()
        saved = torch.load(self.work / "stopped.checkpoint.pt", weights_only=True)
        self.assertGreater(saved["seen"], 0)
        self.assertIn("goes on", run())
        self.assertEqual(model.keys(), saved["model"].keys())


class Parts(unittest.TestCase):
    def test_four_bit_weights_come_back(self):
        with tempfile.TemporaryDirectory() as folder:
            written = toy.write_base(Path(folder) / "toy.bin")
            read = base.load(Path(folder) / "toy.bin")
        self.assertEqual((read.layers, read.hidden), (toy.LAYERS, 384))
        for name in ("emb.word", "l0.q.w", "l1.fo.w", "emb.ln.w"):
            close = np.corrcoef(written[name].ravel(), read.tensors[name].ravel())[0, 1] if written[name].std() else 1
            self.assertEqual(read.tensors[name].shape, written[name].shape)
            self.assertGreater(close, 0.98, name)

    def test_every_raw_source_has_a_licence_on_the_card(self):
        self.assertEqual(set(LICENCES), {name for name, *_ in (*CORPORA, *SETS)})

    def test_near_copies_of_dev_are_kept_out_of_train(self):
        guard = DevGuard(["io resto a casa perché la situazione è seria davvero"])
        self.assertIsNotNone(guard.verdict("IO RESTO A CASA, perché la situazione è seria davvero!!"))
        self.assertIsNotNone(guard.verdict("io resto a casa perché la situazione è seria"))
        self.assertIsNone(guard.verdict("oggi il mercato è aperto fino a sera come sempre"))
        self.assertEqual(bucket(letters("Ciao!"), 100), bucket(letters("ciao"), 100))

    def test_the_linear_part_is_the_same_inside_the_graph(self):
        rng = np.random.default_rng(0)
        vocabulary, ids = 50, [[0, 7, 9, 7, 2], [0, 11, 2]]
        wide, idf = Wide(vocabulary), rng.uniform(1, 3, vocabulary + 100_003).astype(np.float32)
        table = rng.normal(size=(vocabulary + 100_003, 13)).astype(np.float32)
        scaled = torch.from_numpy(table * idf[:, None])
        squared = torch.from_numpy(idf[:, None] ** 2)
        wide.pieces.weight.data, wide.pairs.weight.data = scaled[:vocabulary], scaled[vocabulary:]
        wide.piece_length.weight.data, wide.pair_length.weight.data = squared[:vocabulary], squared[vocabulary:]
        inside = wide(*pad(ids)).detach().numpy()
        outside = weighted(counts(ids, vocabulary), idf) @ table
        self.assertLess(np.abs(inside - outside).max(), 1e-4)

    def test_calibration_finds_what_was_put_in(self):
        rng = np.random.default_rng(3)
        scores = rng.normal(size=(4000, 3)) * 2
        truth = np.array([rng.choice(3, p=p) for p in softmax(scores / 1.7 + [0.5, 0, -0.5])])
        found = scaling(fit_scaling(scores, truth, np.zeros(4), 1.0))
        self.assertAlmostEqual(found["temperature"], 1.7, delta=0.15)
        self.assertAlmostEqual(found["bias"][0], 0.5, delta=0.15)
        column = rng.normal(size=4000) * 3
        yes = (rng.random(4000) < sigmoid(column / 2 - 1)).astype(int)
        temperature, bias = fit_platt(column, yes, np.ones(4000))
        self.assertAlmostEqual(temperature, 2, delta=0.3)
        self.assertAlmostEqual(bias, -1, delta=0.2)
        p = sigmoid(column / temperature + bias)
        self.assertLess(ece(np.maximum(p, 1 - p), (p > 0.5) == yes), 0.03)

    def test_estimated_shares_follow_a_shift(self):
        rng = np.random.default_rng(5)
        truth = rng.choice(3, 3000, p=(0.4, 0.35, 0.25))
        scores = rng.normal(size=(3000, 3))
        scores[np.arange(3000), truth] += 2
        counted, adjusted = share_errors(softmax(2 * scores + np.log((0.4, 0.35, 0.25))), truth,
                                         np.array((0.4, 0.35, 0.25)), 1e9)
        self.assertLess(adjusted, 0.02)
        self.assertLess(adjusted, counted)

    def test_thresholds(self):
        self.assertTrue(is_quiet(0.5, np.full(1000, 0.1)))
        self.assertFalse(is_quiet(0.5, np.linspace(0, 0.52, 1000)))
        groups = np.repeat(["ordinary", *JUDGED], 500)
        p, truth = np.tile(np.linspace(0, 1, 500), 3), np.tile(np.linspace(0, 1, 500) > 0.6, 3).astype(int)
        p[:500] *= 0.3
        self.assertAlmostEqual(checking_threshold(p, truth, groups), 0.6, delta=0.05)
        p[:500] = np.linspace(0, 0.8, 500)
        self.assertGreater(checking_threshold(p, truth, groups), 0.78)
        self.assertTrue(0.2 < expected_f1_threshold(np.array([0.9, 0.8, 0.2, 0.1])) < 0.8)


if __name__ == "__main__":
    unittest.main()
