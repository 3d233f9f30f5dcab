"""The losses: labels where there are labels, the teacher's answers where there is a teacher."""

import torch
import torch.nn.functional as F
from torch import nn

from rows import OFFSETS, QUESTION_WEIGHT, parts

SMOOTHING = 0.05


class Supervised(nn.Module):
    """Sum of the tasks' losses for one batch, and the checking sets' offsets."""

    def __init__(self, targets):
        super().__init__()
        self.targets = targets
        self.offsets = nn.Parameter(torch.zeros(len(OFFSETS) + 1))

    def forward(self, logits, batch, question):
        """`question` holds the targets of the question head, which depend on how the text was shown."""
        t, out = self.targets, parts(logits)
        loss = F.cross_entropy(out["sentiment"], t.sentiment[batch].clamp(min=0), reduction="none",
                               label_smoothing=SMOOTHING) * t.sentiment_weight[batch]
        place = t.offset[batch]
        offset = torch.where(place >= 0, self.offsets[place.clamp(min=0)], 0.0)
        loss = loss + binary(out["needs_checking"][:, 0] + offset, t.check[batch]) * t.check_weight[batch]
        known = (t.emotions[batch] >= 0).float()
        each = binary(out["emotions"], t.emotions[batch].clamp(min=0)) * known
        loss = loss + each.sum(1) / known.sum(1).clamp(min=1) * 3 * t.emotion_weight[batch]
        return loss + binary(out["question"][:, 0], question) * QUESTION_WEIGHT


def binary(logits, target):
    """Smoothed log loss of yes-or-no answers."""
    return F.binary_cross_entropy_with_logits(logits, target * (1 - 2 * SMOOTHING) + SMOOTHING, reduction="none")


def taught(logits, teacher):
    """How far the student's answers are from the teacher's, task by task."""
    mine, theirs = parts(logits), parts(teacher)
    loss = -(F.softmax(theirs["sentiment"], 1) * F.log_softmax(mine["sentiment"], 1)).sum(1)
    loss = loss + 2 * F.binary_cross_entropy_with_logits(mine["emotions"], theirs["emotions"].sigmoid(), reduction="none").mean(1)
    return loss + F.binary_cross_entropy_with_logits(mine["needs_checking"], theirs["needs_checking"].sigmoid(),
                                                     reduction="none")[:, 0]


def close(mine, theirs):
    """How far vectors are from the teacher's: one minus the cosine."""
    return 1 - F.cosine_similarity(mine, theirs, dim=1)


def contrast(queries, claims, temperature=0.05):
    """In-batch contrast: a post must be nearer to its claim than to the others (van den Oord et al. 2018)."""
    scores = queries @ claims.T / temperature
    return F.cross_entropy(scores, torch.arange(len(queries), device=scores.device))
