"""The encoder (BERT layout, width 384) with mean pooling, one head a task and a vector.

Written out instead of taken from a library so that the exported graph holds plain
operators only and the training step runs the fused attention. Training runs on a GPU where
there is one (DEVICE), everything that is measured or exported runs on the CPU.
"""

import torch
import torch.nn.functional as F
from torch import nn

HIDDEN, HEADS, INNER, MAX_TOKENS, EPS = 384, 12, 1536, 128, 1e-12
LAYERS = 8
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
EMOTIONS = 8
# names of the outputs with their widths, in the order of the exported graph
OUTPUTS = {"sentiment": 3, "emotions": EMOTIONS, "needs_checking": 1, "question": 1}
LOGITS = sum(OUTPUTS.values())
# where each task's logits stand among all of them
MOOD, FEELINGS, CHECK, QUESTION = slice(0, 3), slice(3, 3 + EMOTIONS), 3 + EMOTIONS, 4 + EMOTIONS
FILE_NAMES = {"query": "q", "key": "k", "value": "v", "out": "ao", "norm1": "aln", "up": "fi", "down": "fo",
              "norm2": "oln"}


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


class Encoder(nn.Module):
    """Token ids to token states.

    No dropout inside: drawing the masks took a fifth of the time on a CPU. Training hides
    some input tokens instead, which costs nothing.
    """

    def __init__(self, vocabulary, layers=LAYERS):
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Parameter(torch.zeros(MAX_TOKENS, HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, EPS)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def forward(self, input_ids, attention_mask):
        x = self.norm(self.words(input_ids) + self.positions[: input_ids.shape[1]])
        bias = (1.0 - attention_mask.to(x.dtype))[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x


def mean_pool(states, mask):
    """Mean of the token states that are not padding."""
    weight = mask.unsqueeze(-1).to(states.dtype)
    return (states * weight).sum(1) / weight.sum(1)


class Model(nn.Module):
    """Encoder and heads. One hidden layer of its own lets each task read the shared mean its way."""

    def __init__(self, vocabulary, layers=LAYERS):
        super().__init__()
        self.encoder = Encoder(vocabulary, layers)
        self.mix = nn.Linear(HIDDEN, HIDDEN)
        self.tasks = nn.Linear(2 * HIDDEN, LOGITS)
        self.vector = nn.Linear(HIDDEN, HIDDEN)
        self.dropout = 0.1

    @classmethod
    def holding(cls, state):
        """The model a saved state belongs to."""
        model = cls(len(state["encoder.words.weight"]), layers_in(state))
        model.load_state_dict(state)
        return model

    def forward(self, input_ids, attention_mask):
        """Logits (texts x LOGITS, in the order of OUTPUTS) and vectors of length one."""
        return self.heads(input_ids, attention_mask)[:2]

    def heads(self, input_ids, attention_mask):
        """Logits, vectors, and the mean state that both were read from."""
        pooled = mean_pool(self.encoder(input_ids, attention_mask), attention_mask).to(self.mix.weight.dtype)
        inner = torch.cat([pooled, torch.tanh(self.mix(pooled))], 1)
        logits = self.tasks(F.dropout(inner, self.dropout, self.training))
        return logits, F.normalize(self.vector(pooled), dim=1, eps=1e-6), pooled


def layers_in(state):
    """How many layers a saved model has."""
    return 1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layers."))


def encoder_from(base, words, layers):
    """The base encoder with a word table and a choice of its layers.

    The token type is always zero, so its vector is folded into the positions.
    """
    encoder = Encoder(len(words), len(layers))
    tensors = {name: torch.from_numpy(value) for name, value in base.tensors.items() if name != "emb.word"}
    state = {"words.weight": torch.from_numpy(words),
             "positions": tensors["emb.pos"][:MAX_TOKENS] + tensors["emb.type"][0],
             "norm.weight": tensors["emb.ln.w"], "norm.bias": tensors["emb.ln.b"]}
    for place, layer in enumerate(layers):
        for ours, theirs in FILE_NAMES.items():
            state[f"layers.{place}.{ours}.weight"] = tensors[f"l{layer}.{theirs}.w"]
            state[f"layers.{place}.{ours}.bias"] = tensors[f"l{layer}.{theirs}.b"]
    encoder.load_state_dict(state)
    return encoder
