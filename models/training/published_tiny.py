"""Makes the small published models that the tests of libtorch read, one a family, with weights from random numbers.

Usage: python published_tiny.py [--check]

Writes crates/classify/fixtures/published/NAME: a folder as model hubs hand it out, and logits.json, what the
transformers library answers to eight texts: "ids" as the tokenizer gives them, cut to "max_tokens" with the last one
kept; "logits" of one text at a time; "padded", those of all texts in one batch. `--check` computes them again from
the folders that are there and fails where a logit is more than 1e-5 off. Needs requirements-published.txt.

The weights are spread wider than a fresh model's and no bias is zero, so that a layer left out, a wrong activation or
a swapped table shows. The word tables are spread little, so that layer_norm_eps shows. The last bias brings the
mean logit of each label near zero, so that not all texts get the same label.
"""

import json
import sys
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModelForSequenceClassification

from golden_tokens import cut
from normalize import normalize
from published_tokenizers import (BERT_SPECIAL, DEBERTA_SPECIAL, ROBERTA_SPECIAL, byte_level, special_ids, unigram,
                                  unknown_token, wordpiece)

FOLDER = Path(__file__).parents[2] / "crates" / "classify" / "fixtures" / "published"
MAX_TOKENS, LAYERS, BUCKETS, TOLERANCE = 48, 2, 16, 1e-5
SPREAD, TABLE_SPREAD, BIAS_SPREAD, NORM_SPREAD = 0.4, 0.03, 0.2, 0.3
FEELINGS = ["anger", "disgust", "fear", "joy", "neutral", "sadness", "surprise"]
MANY_FEELINGS = ["anger", "anticipation", "disgust", "fear", "joy", "love", "optimism", "pessimism", "sadness",
                 "surprise", "trust"]

# normalisation leaves them as they are; the seventh is longer than MAX_TOKENS for every tokenizer
TEXTS = [
    "Ottimo!",
    "Oggi il nuovo ambulatorio è rimasto chiuso: due ore in coda per niente 😡",
    "The nurse explained it calmly and nobody was afraid.",
    "Miksi rokotusaika siirtyi taas viikolla, eikä kukaan kertonut syytä?",
    "#influenza: domani vaccino gratuito in piazza, dalle 9 alle 18.",
    "They say the water is not safe; where can I read what was measured, and by whom?",
    "Ho letto che da lunedì cambiano gli orari del centro vaccinale e che bisogna prenotare di nuovo. Ho chiamato "
    "tre volte, nessuno risponde, e sul sito c'è ancora il calendario vecchio. Non è colpa di chi lavora lì, ma "
    "qualcuno deve dire alle persone anziane che cosa fare, perché molte non usano il telefono e aspettano fuori.",
    "Kiitos 💙",
]


def config(kind, model_type, names, **keys):
    """The keys that every family has."""
    return {"architectures": [f"{kind}ForSequenceClassification"], "model_type": model_type,
            "id2label": {str(i): name for i, name in enumerate(names)},
            "label2id": {name: i for i, name in enumerate(names)}, "initializer_range": 0.02,
            "torch_dtype": "float32", "transformers_version": transformers.__version__, **keys}


def bert_like(kind, model_type, names, hidden, heads, **keys):
    """The keys that BERT and what was made from it have."""
    return config(kind, model_type, names, **{
        "attention_probs_dropout_prob": 0.1, "hidden_act": "gelu", "hidden_dropout_prob": 0.1, "hidden_size": hidden,
        "intermediate_size": 2 * hidden, "layer_norm_eps": 1e-12, "max_position_embeddings": MAX_TOKENS,
        "num_attention_heads": heads, "num_hidden_layers": LAYERS, "pad_token_id": 0, "type_vocab_size": 2, **keys})


def deberta_like(kind, model_type, names, hidden, heads, **keys):
    """The keys of both DeBERTas: positions relative to each other, none in the word vectors."""
    return bert_like(kind, model_type, names, hidden, heads, **{
        "layer_norm_eps": 1e-7, "max_relative_positions": -1, "pooler_dropout": 0, "pooler_hidden_act": "gelu",
        "pooler_hidden_size": hidden, "position_biased_input": False, "relative_attention": True,
        "type_vocab_size": 0, **keys})


def families():
    """Name, tokenizer, special tokens and config.json of each fixture."""
    absolute = {"classifier_dropout": None, "position_embedding_type": "absolute"}
    after_padding = {**absolute, "bos_token_id": 0, "eos_token_id": 2, "layer_norm_eps": 1e-5, "pad_token_id": 1,
                     "max_position_embeddings": MAX_TOKENS + 2, "type_vocab_size": 1, "use_cache": True}
    buckets = {"norm_rel_ebd": "layer_norm", "position_buckets": BUCKETS, "share_att_key": True}
    yield "bert", wordpiece(False), BERT_SPECIAL, bert_like(
        "Bert", "bert", ["neutral", "positive", "negative"], 16, 4, **absolute, use_cache=True, directionality="bidi",
        gradient_checkpointing=False, pooler_fc_size=16, pooler_num_attention_heads=4, pooler_num_fc_layers=3,
        pooler_size_per_head=4, pooler_type="first_token_transform")
    yield "roberta", byte_level(ROBERTA_SPECIAL), ROBERTA_SPECIAL, bert_like(
        "Roberta", "roberta", ["negative", "neutral", "positive"], 16, 2, **after_padding)
    yield "xlm-roberta", unigram(ROBERTA_SPECIAL), ROBERTA_SPECIAL, bert_like(
        "XLMRoberta", "xlm-roberta", ["LABEL_0", "LABEL_1", "LABEL_2"], 24, 3, **after_padding, output_past=True,
        torch_dtype="float16")
    yield "distilbert", wordpiece(True), BERT_SPECIAL, config(
        "DistilBert", "distilbert", ["NEGATIVE", "POSITIVE"], activation="gelu", attention_dropout=0.1, dim=16,
        dropout=0.1, finetuning_task="sst-2", hidden_dim=32, max_position_embeddings=MAX_TOKENS, n_heads=2,
        n_layers=LAYERS, output_past=True, pad_token_id=0, qa_dropout=0.1, seq_classif_dropout=0.2,
        sinusoidal_pos_embds=False, tie_weights_=True)
    yield "electra", wordpiece(True), BERT_SPECIAL, bert_like(
        "Electra", "electra", ["REAL", "FAKE"], 16, 2, **absolute, embedding_size=8, summary_activation="gelu",
        summary_last_dropout=0.1, summary_type="first", summary_use_proj=True, use_cache=True)
    yield "deberta", byte_level(DEBERTA_SPECIAL), DEBERTA_SPECIAL, deberta_like(
        "Deberta", "deberta", FEELINGS, 16, 2, pos_att_type="c2p|p2c")
    yield "deberta-v2", unigram(DEBERTA_SPECIAL), DEBERTA_SPECIAL, deberta_like(
        "DebertaV2", "deberta-v2", MANY_FEELINGS, 16, 2, **buckets, attention_head_size=8, conv_act="gelu",
        conv_kernel_size=3, pos_att_type=["p2c", "c2p"], problem_type="multi_label_classification")
    yield "deberta-v3", unigram(DEBERTA_SPECIAL), DEBERTA_SPECIAL, deberta_like(
        "DebertaV2", "deberta-v2", ["Negative", "Neutral", "Positive"], 24, 3, **buckets, pos_att_type="p2c|c2p",
        problem_type="single_label_classification", torch_dtype="bfloat16")


def fill(model, seed):
    """Random weights, the same for the same seed."""
    draw = torch.Generator().manual_seed(seed)
    for name, weight in sorted(model.named_parameters()):
        noise = torch.randn(weight.shape, generator=draw)
        if weight.dim() > 1:
            weight.data = noise * (TABLE_SPREAD if ".embeddings." in name else SPREAD)
        elif "norm" in name.lower() and name.endswith("weight"):
            weight.data = 1 + NORM_SPREAD * noise
        else:
            weight.data = BIAS_SPREAD * noise


def tokenizer_config(tokenizer, special, keys):
    """Class, length and special tokens, by the roles that the family gives them."""
    (opening, _), (closing, _) = special_ids(special)
    kind = keys["architectures"][0].removesuffix("ForSequenceClassification")
    return {"tokenizer_class": f"{kind}Tokenizer", "model_max_length": MAX_TOKENS, "cls_token": opening,
            "sep_token": closing, "pad_token": special[keys["pad_token_id"]],
            "unk_token": unknown_token(special), "mask_token": special[4],
            **({"do_lower_case": json.loads(tokenizer.to_str())["normalizer"]["lowercase"]}
               if special is BERT_SPECIAL else {})}


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def add_left_over(path):
    """What old checkpoints of RoBERTa still hold and a classifier does not read."""
    tensors = load_file(path)
    hidden = tensors["roberta.encoder.layer.0.output.dense.bias"].shape[0]
    tensors["roberta.embeddings.position_ids"] = torch.arange(MAX_TOKENS + 2).unsqueeze(0)
    tensors["roberta.pooler.dense.weight"] = torch.eye(hidden)
    tensors["roberta.pooler.dense.bias"] = torch.zeros(hidden)
    save_file(tensors, path, {"format": "pt"})


def encode(folder):
    """Token ids of the texts, cut as the Rust crate cuts them."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return [cut(tokenizer.encode(text).ids, MAX_TOKENS) for text in TEXTS]


def load(folder):
    """The model in 32 bits, from the weights as they are stored."""
    return AutoModelForSequenceClassification.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager").eval()


@torch.no_grad()
def answers(model, ids):
    """Logits of one text at a time and of all in one batch."""
    longest, padding = max(map(len, ids)), model.config.pad_token_id
    table = torch.tensor([row + [padding] * (longest - len(row)) for row in ids])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
    alone = [model(table[i:i + 1, :len(row)], attention_mask=mask[i:i + 1, :len(row)]).logits
             for i, row in enumerate(ids)]
    return torch.cat(alone), model(table, attention_mask=mask).logits


def rounded(logits):
    """As many digits as 32 bits hold."""
    return [[float(f"{x:.7g}") for x in row] for row in logits.tolist()]


def make(name, tokenizer, special, keys, seed):
    """Writes one folder."""
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    write_json(folder / "tokenizer_config.json", tokenizer_config(tokenizer, special, keys))
    config_path = folder / "config.json"
    write_json(config_path, dict(sorted({**keys, "vocab_size": tokenizer.get_vocab_size()}.items())))
    model = AutoModelForSequenceClassification.from_config(AutoConfig.from_pretrained(folder), dtype=torch.float32)
    ids = encode(folder)
    fill(model, seed)
    last = getattr(model.classifier, "out_proj", model.classifier)
    last.bias.data -= answers(model.eval(), ids)[0].mean(0).round(decimals=3)
    text = config_path.read_text(encoding="utf-8")
    model.to(getattr(torch, keys["torch_dtype"])).save_pretrained(folder)
    config_path.write_text(text, encoding="utf-8")  # with the keys of published folders, defaults and all
    if name == "roberta":
        add_left_over(folder / "model.safetensors")
    logits, padded = answers(load(folder), ids)
    parts = {"texts": TEXTS, "ids": ids, "logits": rounded(logits), "padded": rounded(padded)}
    rows = [f'"max_tokens": {MAX_TOKENS}'] + [
        f'"{key}": [\n' + ",\n".join(json.dumps(row, ensure_ascii=False) for row in part) + "\n]"
        for key, part in parts.items()]
    (folder / "logits.json").write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"{name}: {size} bytes, texts of {min(map(len, ids))} to {max(map(len, ids))} tokens")


def check(folder):
    """Largest distance from the logits that are kept; no number where the token ids differ."""
    kept = json.loads((folder / "logits.json").read_text(encoding="utf-8"))
    if kept["texts"] != TEXTS or kept["ids"] != encode(folder):
        return float("nan")
    logits, padded = answers(load(folder), kept["ids"])
    return max((logits - torch.tensor(kept["logits"])).abs().max().item(),
               (padded - torch.tensor(kept["padded"])).abs().max().item())


def main():
    torch.set_num_threads(1)  # the same sums every time
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    assert all(normalize(text) == text for text in TEXTS)
    if sys.argv[1:] == ["--check"]:
        off = {folder.name: check(folder) for folder in sorted(FOLDER.iterdir())}
        print("\n".join(f"{name}: at most {value:.1e} off" for name, value in off.items()))
        good = [value <= TOLERANCE for value in off.values()]
        print(f"published_tiny: compared {len(good)} models on {len(TEXTS)} texts, {good.count(False)} differ")
        sys.exit(0 if good and all(good) else 1)
    for seed, family in enumerate(families()):
        make(*family, seed)


if __name__ == "__main__":
    main()
