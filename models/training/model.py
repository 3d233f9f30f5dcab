"""The encoder (BERT layout, six layers of 384) with mean pooling and two heads.

Written out instead of taken from a library so that the exported graph holds
plain operators only and the training step runs the fused attention.
"""

import torch
import torch.nn.functional as F
from torch import nn

HIDDEN, LAYERS, HEADS, INNER, MAX_TOKENS, EPS = 384, 6, 12, 1536, 128, 1e-12


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.norm1, self.norm2 = nn.LayerNorm(HIDDEN, EPS), nn.LayerNorm(HIDDEN, EPS)
        self.plain = False

    def forward(self, x, bias):
        batch, length = x.shape[0], x.shape[1]
        q, k, v = (f(x).view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2)
                   for f in (self.query, self.key, self.value))
        if self.plain:  # spelled out for the export
            score = torch.matmul(q, k.transpose(2, 3)) * (HIDDEN // HEADS) ** -0.5 + bias
            mixed = torch.matmul(torch.softmax(score, -1), v)
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        mixed = mixed.transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Model(nn.Module):
    """Encoder and both heads; the checking head answers with one logit a text.

    No dropout inside the encoder: drawing the masks took a fifth of the time on
    a CPU. Training hides some input tokens instead, which costs nothing.
    """

    def __init__(self, vocabulary):
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Parameter(torch.zeros(MAX_TOKENS, HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, EPS)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.sentiment = nn.Linear(HIDDEN, 3)
        self.check = nn.Linear(HIDDEN, 1)
        self.wide = nn.Embedding(vocabulary, 4)  # filled in by wide.py
        nn.init.zeros_(self.wide.weight).requires_grad_(False)
        self.dropout = 0.1

    def forward(self, input_ids, attention_mask):
        x = self.words(input_ids) + self.positions[: input_ids.shape[1]]
        x = self.norm(x)
        mask = attention_mask.to(x.dtype)
        bias = (1.0 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        weight = mask.unsqueeze(-1)
        pooled = (x * weight).sum(1) / weight.sum(1)
        pooled = F.dropout(pooled, self.dropout, self.training).to(self.check.weight.dtype)
        wide = (self.wide(input_ids) * weight).sum(1) / weight.sum(1).sqrt()
        return self.sentiment(pooled) + wide[:, :3], self.check(pooled).squeeze(-1) + wide[:, 3]


def from_pretrained(state, table):
    """Builds the model from the base checkpoint and the refitted word table.

    The token type is always zero, so its vector is folded into the positions.
    """
    model = Model(len(table))
    own = {
        "words.weight": torch.tensor(table),
        "positions": state["embeddings.position_embeddings.weight"][:MAX_TOKENS]
        + state["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": state["embeddings.LayerNorm.weight"],
        "norm.bias": state["embeddings.LayerNorm.bias"],
    }
    parts = {"query": "attention.self.query", "key": "attention.self.key",
             "value": "attention.self.value", "out": "attention.output.dense",
             "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
             "down": "output.dense", "norm2": "output.LayerNorm"}
    for layer in range(LAYERS):
        for ours, theirs in parts.items():
            for kind in ("weight", "bias"):
                own[f"layers.{layer}.{ours}.{kind}"] = state[f"encoder.layer.{layer}.{theirs}.{kind}"]
    missing, unexpected = model.load_state_dict(own, strict=False)
    assert not unexpected and all(m.split(".")[0] in ("sentiment", "check", "wide") for m in missing)
    return model
