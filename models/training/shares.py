"""What the probabilities are for: the error of a day's shares when the mood has moved.

Days of a thousand posts are drawn from the held-out posts of one language, with the shares of two
moods moved by eight points from those the model was calibrated under. Counting labels is compared
with the estimate that `polso eval` makes (Saerens, Latinne & Decaestecker 2002). Errors are
mean absolute errors a mood.
"""

import numpy as np

POSTS, SHIFT, DAYS = 1000, 0.08, 200


def estimated(posteriors, prior, steps=1000):
    """Shares by expectation-maximisation, the twin of `polso_aggregate::prevalence`."""
    shares = prior.copy()
    for _ in range(steps):
        weights = posteriors * (shares / prior)
        following = (weights / weights.sum(1, keepdims=True)).mean(0)
        if np.abs(following - shares).max() < 1e-7:
            return following
        shares = following
    return shares


def share_errors(posteriors, truth, seed=4):
    """(counted, estimated): mean absolute error of the shares over simulated days."""
    rng = np.random.default_rng(seed)
    prior = np.bincount(truth, minlength=3) / len(truth)
    pools = [np.flatnonzero(truth == mood) for mood in range(3)]
    counted, adjusted = [], []
    for _ in range(DAYS):
        up, down = rng.permutation(3)[:2]
        mix = prior.copy()
        moved = min(SHIFT, mix[down] - 0.01)
        mix[up], mix[down] = mix[up] + moved, mix[down] - moved
        sizes = rng.multinomial(POSTS, mix)
        at = np.concatenate([rng.choice(pool, n) for pool, n in zip(pools, sizes)])
        true = sizes / POSTS
        counted.append(np.abs(np.bincount(posteriors[at].argmax(1), minlength=3) / POSTS - true).mean())
        adjusted.append(np.abs(estimated(posteriors[at], prior) - true).mean())
    return float(np.mean(counted)), float(np.mean(adjusted))
