"""What the probabilities are for: the error of a day's shares when the mood has moved.

Days of a thousand posts are drawn from the held-out posts of one language, with the shares of two
moods moved by eight points from those the model was calibrated under. Counting labels is compared
with expectation-maximisation (Saerens, Latinne & Decaestecker 2002), which needs no labelled posts
but a calibration that holds. What polso estimates adjusts that by labelled posts; docs/method.md
has its figures. Errors are mean absolute errors a mood.
"""

import numpy as np

POSTS, SHIFT, DAYS, LEAN_POSTS = 1000, 0.08, 200, 80


def estimated(posteriors, prior, calibrated_on, steps=1000):
    """Shares by expectation-maximisation, leaning on the mean as far as few posts were calibrated on."""
    shares, lean, centre = prior.copy(), LEAN_POSTS / calibrated_on, posteriors.mean(0)
    for _ in range(steps):
        weights = posteriors * np.divide(shares, prior, out=np.zeros_like(prior), where=prior > 0)
        following = ((weights / weights.sum(1, keepdims=True)).mean(0) + lean * centre) / (1 + lean)
        if np.abs(following - shares).max() < 1e-7:
            return following
        shares = following
    return shares


def share_errors(posteriors, truth, prior, calibrated_on, seed=4):
    """(counted, estimated): mean absolute error of the shares over simulated days."""
    rng = np.random.default_rng(seed)
    own = np.bincount(truth, minlength=3) / len(truth)
    pools = [np.flatnonzero(truth == mood) for mood in range(3)]
    present = np.flatnonzero(own > 0.02)
    counted, adjusted = [], []
    for _ in range(DAYS):
        up, down = rng.permutation(present)[:2]
        mix = own.copy()
        moved = min(SHIFT, mix[down] - 0.01)
        mix[up], mix[down] = mix[up] + moved, mix[down] - moved
        sizes = rng.multinomial(POSTS, mix)
        at = np.concatenate([rng.choice(pool, n) for pool, n in zip(pools, sizes) if n])
        true = sizes / POSTS
        counted.append(np.abs(np.bincount(posteriors[at].argmax(1), minlength=3) / POSTS - true).mean())
        adjusted.append(np.abs(estimated(posteriors[at], prior, calibrated_on) - true).mean())
    return float(np.mean(counted)), float(np.mean(adjusted))
