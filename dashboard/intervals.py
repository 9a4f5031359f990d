"""How sure a figure is: counts or sums per article go in, 95 % intervals come out."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Z = 1.959963984540054
DRAWS = 1000
SEED = 20240619
BOOTSTRAP_LIMIT = 200


def wilson(successes: float, n: float) -> tuple[float, float]:
    """The Wilson score interval of a share, 0..1; (nan, nan) where there is nothing to count."""
    if n <= 0:
        return math.nan, math.nan
    share = successes / n
    centre = share + Z * Z / (2 * n)
    spread = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


@lru_cache(maxsize=BOOTSTRAP_LIMIT)
def _drawn(size: int) -> NDArray[np.float64]:
    """How often each of `size` articles is drawn, one row a draw; the same every time."""
    return np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), DRAWS).astype(float)


def bootstrap(sums: NDArray[np.float64], counts: NDArray[np.float64]) -> tuple[float, float]:
    """The interval of sum(sums) / sum(counts) when whole articles are drawn with replacement, always alike.

    One entry per article. Sentences of one article hang together, so the article is what is drawn. A single article
    says nothing of how articles differ: (nan, nan).
    """
    size = len(counts)
    if size < 2:
        return math.nan, math.nan
    times = _drawn(size)
    means = (times @ sums) / (times @ counts)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def linear(size: int, total: float, n: float, squares: tuple[float, float, float]) -> tuple[float, float]:
    """The same interval for many articles from their moments, to which the bootstrap converges.

    `squares` holds Σsum², Σsum·count and Σcount² over articles; the mean is a ratio, so its error is linearised.
    """
    mean = total / n
    sums, cross, counts = squares
    residual = max(0.0, sums - 2 * mean * cross + mean * mean * counts)
    error = math.sqrt(residual * size / (size - 1)) / n
    return mean - Z * error, mean + Z * error


def bootstrap_difference(sums: NDArray[np.float64], counts: NDArray[np.float64]) -> tuple[float, float]:
    """The interval of the first mean minus the second; one row per article, one column per selection.

    Draws in which a selection has no statement are left out; (nan, nan) where fewer than two articles speak.
    """
    size = len(counts)
    if size < 2:
        return math.nan, math.nan
    times = _drawn(size)
    n = times @ counts
    kept = (n > 0).all(axis=1)
    if not kept.any():
        return math.nan, math.nan
    means = (times @ sums)[kept] / n[kept]
    low, high = np.quantile(means[:, 0] - means[:, 1], (0.025, 0.975))
    return float(low), float(high)
