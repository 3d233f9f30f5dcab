"""Writes the bundled model in 32 bits for both engines, so that they can be compared on the same weights.

Usage: python published_bundle.py OUT

Writes OUT/rten-fp32 (model.onnx) and OUT/libtorch (model.safetensors, config.json), each with tokenizer.json and a
card.toml that holds neither validation answers nor claims: both belong to the int8 network. Encoder and heads come
from polso-mini-2.safetensors, which has half precision; the linear part comes from the tables of the bundle's
model.onnx, int8 with one scale a row. So what is written is as close to the trained model as what is kept, and no
closer.

At last what was written is read again and answers some sentences: the encoder of libtorch as transformers'
BertModel, model.onnx in ONNX Runtime. Needs requirements-published.txt.
"""

import hashlib
import json
import sys
import tomllib
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from export import Whole, export_fp32, run, session
from model import EPS, HEADS, HIDDEN, INNER, MAX_TOKENS, OUTPUTS, Model, layers_in
from published_tokenizers import SENTENCES
from rows import encode, pad
from weights import FILE
from wide import LEFT, PAIRS, RIGHT, Wide

BUNDLE = FILE.parent.parent / "polso-mini-2"
BERT_NAMES = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
              "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
              "down": "output.dense", "norm2": "output.LayerNorm"}
EMBEDDING_NAMES = {"words.weight": "word_embeddings.weight", "positions": "position_embeddings.weight",
                   "norm.weight": "LayerNorm.weight", "norm.bias": "LayerNorm.bias"}
OF_THE_INT8 = ("validation_sha256", "claims_sha256")
TOLERANCE = 1e-4


def linear_part(vocabulary):
    """The linear part out of the bundle's network."""
    tables = {t.name: numpy_helper.to_array(t) for t in onnx.load(BUNDLE / "model.onnx").graph.initializer}
    state = {name.removeprefix("wide."): table for name, table in tables.items() if name.startswith("wide.")}
    for name in ("pieces", "pairs"):
        state[f"{name}.weight"] = tables[f"{name}_q"].astype(np.float32) * tables[f"{name}_s"]
    wide = Wide(vocabulary)
    wide.load_state_dict({name: torch.from_numpy(table.copy()) for name, table in state.items()})
    return wide


def bert_name(name):
    """The name that libtorch's file has for a tensor of the model."""
    kind, _, rest = name.partition(".")
    if kind != "encoder":
        return name
    if rest in EMBEDDING_NAMES:
        return f"bert.embeddings.{EMBEDDING_NAMES[rest]}"
    _, layer, part, tensor = rest.split(".")
    return f"bert.encoder.layer.{layer}.{BERT_NAMES[part]}.{tensor}"


def description(state, tokenizer, card):
    """config.json: BERT's keys, how pairs are hashed and how wide each output is."""
    names = [*card["sentiment"]["labels"], *card["emotions"]["labels"], "needs_checking", "question"]
    return {
        "architectures": ["PolsoForReading"], "model_type": "polso", "vocab_size": len(state["encoder.words.weight"]),
        "hidden_size": HIDDEN, "num_attention_heads": HEADS, "num_hidden_layers": layers_in(state),
        "intermediate_size": INNER, "hidden_act": "gelu", "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0, "max_position_embeddings": MAX_TOKENS, "type_vocab_size": 1,
        "initializer_range": 0.02, "layer_norm_eps": EPS, "pad_token_id": tokenizer.token_to_id("<pad>"),
        "id2label": {str(i): name for i, name in enumerate(names)},
        "label2id": {name: i for i, name in enumerate(names)},
        "wide": {"left": LEFT, "right": RIGHT, "places": PAIRS},
        "heads": {**OUTPUTS, "vector": HIDDEN},
    }


def write_card(folder, network, lines):
    """The bundle's card with another id and network; `lines` stand below the id."""
    kept = []
    for line in (BUNDLE / "card.toml").read_text(encoding="utf-8").splitlines(keepends=True):
        key = line.partition(" = ")[0]
        if key == "id":
            kept += [f'id = "polso-mini-2-{folder.name.removeprefix("rten-")}"\n', *lines]
        elif key == "model_sha256":
            kept.append(f'model_sha256 = "{sha256(network)}"\n')
        elif key not in OF_THE_INT8:
            kept.append(line)
    (folder / "card.toml").write_text("".join(kept), encoding="utf-8")
    (folder / "tokenizer.json").write_bytes((BUNDLE / "tokenizer.json").read_bytes())


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(out, state, wide, keys):
    """Both layouts."""
    for_rten, for_libtorch = out / "rten-fp32", out / "libtorch"
    for folder in (for_rten, for_libtorch):
        folder.mkdir(parents=True, exist_ok=True)
    export_fp32(Whole(Model.holding(state), wide), for_rten / "model.onnx")
    write_card(for_rten, for_rten / "model.onnx", [])
    tensors = {bert_name(name): value for name, value in state.items()}
    tensors["bert.embeddings.token_type_embeddings.weight"] = torch.zeros(1, HIDDEN)  # folded into the positions
    tensors |= {f"wide.{name}": value for name, value in wide.state_dict().items()}
    save_file({name: value.contiguous() for name, value in tensors.items()}, for_libtorch / "model.safetensors",
              {"format": "pt"})
    config = for_libtorch / "config.json"
    config.write_text(json.dumps(keys, indent=2) + "\n", encoding="utf-8")
    write_card(for_libtorch, for_libtorch / "model.safetensors",
               ['engine = "libtorch"\n', f'config_sha256 = "{sha256(config)}"\n'])


def part(tensors, prefix):
    """The tensors under a name, without it."""
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}


class Bert(nn.Module):
    """The encoder as transformers builds and names it."""

    def __init__(self, keys, tensors):
        super().__init__()
        own = ("model_type", "architectures", "wide", "heads")
        self.bert = BertModel(BertConfig(**{k: v for k, v in keys.items() if k not in own}), add_pooling_layer=False)
        self.bert.load_state_dict(tensors)

    def forward(self, input_ids, attention_mask):
        return self.bert(input_ids, attention_mask=attention_mask).last_hidden_state


def read_again(folder):
    """What stands in libtorch's folder, as a module."""
    tensors = load_file(folder / "model.safetensors")
    model, wide = Model(1, layers=0), Wide(len(tensors["wide.pieces.weight"]))
    model.encoder = Bert(json.loads((folder / "config.json").read_text(encoding="utf-8")), part(tensors, "bert."))
    for name in ("mix", "tasks", "vector"):
        getattr(model, name).load_state_dict(part(tensors, f"{name}."))
    wide.load_state_dict(part(tensors, "wide."))
    return Whole(model, wide).eval()


@torch.no_grad()
def verify(out, tokenizer):
    """Largest distance between the two layouts, and how often their mood is that of the int8 bundle."""
    ids = encode([*SENTENCES, " ".join(SENTENCES)], tokenizer)
    ours = [value.numpy() for value in read_again(out / "libtorch")(*pad(ids))]
    theirs = run(session(str(out / "rten-fp32" / "model.onnx")), ids)
    off = max(float(np.abs(a - b).max()) for a, b in zip(ours, theirs, strict=True))
    int8 = run(session(str(BUNDLE / "model.onnx")), ids)
    same = float((ours[0].argmax(1) == int8[0].argmax(1)).mean())
    print(f"published_bundle: {len(ids)} texts, the two layouts at most {off:.1e} apart; "
          f"mood before calibration as the int8 bundle's in {same:.1%}")
    return off <= TOLERANCE


def main():
    out = Path(sys.argv[1])
    torch.set_num_threads(1)
    state = {name: value.float() for name, value in load_file(FILE).items()}
    tokenizer = Tokenizer.from_file(str(BUNDLE / "tokenizer.json"))
    card = tomllib.loads((BUNDLE / "card.toml").read_text(encoding="utf-8"))
    write(out, state, linear_part(len(state["encoder.words.weight"])), description(state, tokenizer, card))
    sys.exit(0 if verify(out, tokenizer) else "the two layouts answer differently")


if __name__ == "__main__":
    main()
