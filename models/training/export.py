"""Exports the model to ONNX and stores its weights as int8.

Usage: python export.py WORK_DIR NAME [--arithmetic float|int8]

Writes WORK_DIR/fp32.onnx and WORK_DIR/model.onnx. Only plain ONNX operators are
used, and in both forms the answer for a text does not depend on the texts that
share its batch.

float: weights are int8 with one scale per output column and are turned back into
floats when the model is loaded; the arithmetic is float.

int8 (the default): the arithmetic is int8 as well. Weights are held to seven bits so that
processors without VNNI cannot overflow and give the same answer, and the
activation scales are fixed here from real dev texts: scales taken from each
batch (the usual "dynamic" quantisation) would let texts influence each other.

In both the tables that are read by piece are int8 with one scale per row.
"""

import argparse
import random
from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from torch import nn

from model import OUTPUTS, Model
from rows import encode, load_rows, pad, parts
from wide import load_wide

NAMES = (*OUTPUTS, "vector")
TABLES = ("model.encoder.words.weight", "wide.pieces.weight", "wide.pairs.weight")
WEIGHT_LIMIT = {"float": 127, "int8": 63}
SMOOTH = 0.8  # how much of the unevenness of the channels the weights take over
TEXTS = 1000


class Whole(nn.Module):
    """What is exported: encoder, heads and the linear part, one output a task and the vector."""

    def __init__(self, model, wide):
        super().__init__()
        self.model, self.wide = model, wide

    def forward(self, input_ids, attention_mask):
        logits, vector = self.model(input_ids, attention_mask)
        columns = parts(logits + self.wide(input_ids, attention_mask))
        return *(c.squeeze(-1) if c.shape[1] == 1 else c for c in columns.values()), vector


def export_fp32(whole, path):
    """Traces the model with spelled-out attention."""
    for layer in whole.model.encoder.layers:
        layer.plain = True
    ids = torch.randint(5, 100, (2, 12))
    mask = torch.ones_like(ids)
    mask[1, 8:] = 0
    axes = {**{n: {0: "batch", 1: "seq"} for n in ("input_ids", "attention_mask")},
            **{n: {0: "batch"} for n in NAMES}}
    torch.onnx.export(whole.eval(), (ids, mask), str(path), dynamo=False, opset_version=17,
                      input_names=["input_ids", "attention_mask"], output_names=list(NAMES), dynamic_axes=axes)


def session(model):
    """A one-thread session, so that figures and times are repeatable."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    source = model if isinstance(model, (str, bytes)) else model.SerializeToString()
    return ort.InferenceSession(source, options, providers=["CPUExecutionProvider"])


def run(sess, ids, names=None):
    table, mask = pad(ids)
    return sess.run(names, {"input_ids": table.numpy(), "attention_mask": mask.numpy()})


def targets(graph):
    """The MatMul nodes of the encoder that have a constant weight."""
    weights = {t.name: t for t in graph.initializer}
    return [(node, weights[node.input[1]]) for node in graph.node
            if node.op_type == "MatMul" and node.input[1] in weights]


def activation_ranges(model, names, ids):
    """Lowest and highest value of every channel of each activation, padding left out."""
    probe = onnx.ModelProto()
    probe.CopyFrom(model)
    for name in names:
        probe.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
    sess = session(probe)
    low, high = {}, {}
    for row in ids:  # one text at a time: no padding to leave out
        for name, value in zip(names, run(sess, [row], names)):
            value = value.reshape(-1, value.shape[-1])
            low[name] = np.minimum(low.get(name, 0.0), value.min(0))
            high[name] = np.maximum(high.get(name, 0.0), value.max(0))
    return {n: (low[n], high[n]) for n in names}


def smoothing(low, high, weights):
    """Divisor of each channel: moves the few very large channels into the weights.

    A channel that is thirty times larger than the rest would otherwise take
    nearly all of the 256 steps for itself (Xiao et al. 2023, SmoothQuant).
    """
    size = np.maximum(np.maximum(-low, high), 1e-3)
    factor = size ** SMOOTH / np.maximum(np.max([np.abs(w).max(1) for w in weights], 0), 1e-5) ** (1 - SMOOTH)
    return (factor / np.exp(np.log(factor).mean())).astype(np.float32)


def columns_int8(array, limit):
    """Weight as int8 and the scale of each output column."""
    scales = (np.abs(array).max(0) / limit).astype(np.float32)
    return np.clip(np.rint(array / scales), -limit, limit).astype(np.int8), scales


def quantise(model, ranges=None):
    """Rewrites the graph; with `ranges` of the activations the arithmetic becomes int8."""
    graph = model.graph
    limit = WEIGHT_LIMIT["int8" if ranges else "float"]
    drop, new_nodes, quantised, extra = set(), {}, {}, []

    def const(name, array):
        extra.append(numpy_helper.from_array(array, name))
        return name

    readers = {}
    for node, weight in targets(graph):
        readers.setdefault(node.input[0], []).append(numpy_helper.to_array(weight))
    for node, weight in targets(graph):
        source, key, array = node.input[0], f"q{len(drop)}", numpy_helper.to_array(weight)
        weight_name = f"{key}_w"
        drop.add(weight.name)
        if not ranges:
            table, columns = columns_int8(array, limit)
            const(weight_name, table)
            node.input[1] = f"{key}_f"
            new_nodes[node.output[0]] = [
                helper.make_node("Cast", [weight_name], [f"{key}_c"], to=TensorProto.FLOAT),
                helper.make_node("Mul", [f"{key}_c", const(f"{key}_s", columns)], [f"{key}_f"]),
                node]
            continue
        nodes = []
        if source not in quantised:  # query, key and value share one quantised input
            factor = smoothing(*ranges[source], readers[source])
            low, high = (ranges[source][0] / factor).min(), (ranges[source][1] / factor).max()
            scale = np.float32((high - low) / 255)
            zero = const(f"{key}_zero", np.array(np.clip(round(-low / scale), 0, 255), np.uint8))
            nodes += [helper.make_node("Mul", [source, const(f"{key}_even", 1 / factor)], [f"{key}_e"]),
                      helper.make_node("QuantizeLinear", [f"{key}_e", const(f"{key}_scale", np.array(scale)), zero],
                                       [f"{key}_x"])]
            quantised[source] = (f"{key}_x", zero, scale, factor)
        x, zero, scale, factor = quantised[source]
        table, columns = columns_int8(array * factor[:, None], limit)
        const(weight_name, table)
        new_nodes[node.output[0]] = nodes + [
            helper.make_node("MatMulInteger", [x, weight_name, zero], [f"{key}_i"]),
            helper.make_node("Cast", [f"{key}_i"], [f"{key}_f"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{key}_f", const(f"{key}_s", columns * scale)], [node.output[0]])]

    for node in graph.node:
        if node.op_type != "Gather" or node.input[0] not in TABLES:
            continue
        table = next(numpy_helper.to_array(t) for t in graph.initializer if t.name == node.input[0])
        scales = np.maximum(np.abs(table).max(1, keepdims=True) / 127, 1e-12).astype(np.float32)
        key, where = node.input[0].split(".")[-2], node.input[1]
        drop.add(node.input[0])
        new_nodes[node.output[0]] = [
            helper.make_node("Gather", [const(f"{key}_q", np.rint(table / scales).astype(np.int8)), where],
                             [f"{key}_i"], axis=0),
            helper.make_node("Cast", [f"{key}_i"], [f"{key}_f"], to=TensorProto.FLOAT),
            helper.make_node("Gather", [const(f"{key}_s", scales), where], [f"{key}_g"], axis=0),
            helper.make_node("Mul", [f"{key}_f", f"{key}_g"], [node.output[0]])]
    assert set(TABLES) <= drop

    nodes = [m for n in graph.node for m in (new_nodes.get(n.output[0]) or [n])]
    kept = [t for t in graph.initializer if t.name not in drop]
    result = helper.make_model(
        helper.make_graph(nodes, "polso", graph.input, graph.output, kept + extra),
        opset_imports=model.opset_import, ir_version=min(model.ir_version, 8), producer_name="polso")
    onnx.checker.check_model(result)
    return result


def calibration_ids(work):
    """Dev texts for the activation ranges: an even share of each set and language."""
    _, dev = load_rows(work)
    random.Random(3).shuffle(dev)
    taken, texts = Counter(), []
    for row in dev:
        if taken[row["set"], row["lang"]] < TEXTS // 14:
            taken[row["set"], row["lang"]] += 1
            texts.append(row)
    return encode([row["text"] for row in texts], Tokenizer.from_file(str(work / "tokenizer.json")))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("name")
    parser.add_argument("--arithmetic", choices=("float", "int8"), default="int8")
    args = parser.parse_args()
    state = torch.load(args.work / f"{args.name}.pt", weights_only=True)
    model = Model.holding(state)
    whole = Whole(model, load_wide(args.work, len(state["encoder.words.weight"])))
    write(whole, args.work, calibration_ids(args.work), args.arithmetic)


def write(whole, folder, ids, arithmetic="int8"):
    """Writes fp32.onnx and model.onnx; `ids` are texts for the activation ranges."""
    export_fp32(whole, folder / "fp32.onnx")
    fp32, ranges = onnx.load(folder / "fp32.onnx"), None
    names = list(dict.fromkeys(n.input[0] for n, _ in targets(fp32.graph)))
    assert len(names) == 4 * len(whole.model.encoder.layers), names
    if arithmetic == "int8":
        ranges = activation_ranges(fp32, names, ids)
    onnx.save(quantise(fp32, ranges), folder / "model.onnx")
    print(f"export: wrote {folder / 'model.onnx'}, {(folder / 'model.onnx').stat().st_size} bytes")


if __name__ == "__main__":
    main()
