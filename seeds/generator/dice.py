"""Chance that falls the same way on every machine.

Only `Random.random()` is promised to stay the same from one Python to the next, so every choice is made from it;
`fsum` because `sum` of fractions rounds otherwise since Python 3.12.
"""

import math
import random


class Dice:
    """A seeded source of choices."""

    def __init__(self, seed):
        self._random = random.Random(seed).random

    def chance(self, probability):
        """True with this probability."""
        return self._random() < probability

    def below(self, end):
        """A whole number from 0 to `end` - 1."""
        return int(self._random() * end)

    def pick(self, items):
        """One of the items, all alike."""
        return items[self.below(len(items))]

    def weighted(self, items, weights):
        """One of the items, as often as its weight says."""
        left = self._random() * math.fsum(weights)
        for item, weight in zip(items, weights):
            left -= weight
            if left < 0:
                return item
        return items[-1]

    def share(self, shares):
        """One key of a dictionary of shares."""
        return self.weighted(list(shares), list(shares.values()))

    def heavy_tail(self, scale):
        """A whole number, mostly below `scale`, now and then a hundred times as much."""
        return int(scale * (1.0 / (1.0 - 0.9999 * self._random()) ** 0.7 - 1.0))
