"""How sure a figure is: counts or sums per article go in, 95 % intervals come out."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Z = 1.959963984540054
DRAWS = 1000
SEED = 20240619
BOOTSTRAP_LIMIT = 100

Floats = NDArray[np.float64]


def wilson(successes: NDArray[Any], n: NDArray[Any]) -> tuple[Floats, Floats]:
    """The Wilson score intervals of shares, 0..1, as low and high bounds; nan where there is nothing to count."""
    n = np.where(n > 0, n, math.nan)
    share = successes / n
    centre = share + Z * Z / (2 * n)
    spread = Z * np.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return np.maximum(0.0, (centre - spread) / scale), np.minimum(1.0, (centre + spread) / scale)


def warm_up() -> None:
    """Make all draws before they are needed; together they take about 40 MB."""
    for size in range(2, BOOTSTRAP_LIMIT + 1):
        _drawn(size)


@lru_cache(maxsize=BOOTSTRAP_LIMIT)
def _drawn(size: int) -> Floats:
    """How often each of `size` articles is drawn, one row a draw; the same every time."""
    return np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), DRAWS).astype(float)


def mean_intervals(group: NDArray[np.intp], sums: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """The intervals of the mean of each group, as low and high bounds; one entry an article in all arguments.

    Sentences of one article hang together, so the article is what is drawn. A single article says nothing of how
    articles differ: (nan, nan). Groups of many articles take the interval to which the bootstrap converges.
    """
    sizes = np.bincount(group)
    low, high = linear(group, sums, counts)
    few = np.flatnonzero(sizes[group] <= BOOTSTRAP_LIMIT)
    order = few[np.argsort(group[few], kind="stable")]
    ends = np.cumsum(np.where(sizes <= BOOTSTRAP_LIMIT, sizes, 0))
    for size in np.unique(sizes[(sizes > 1) & (sizes <= BOOTSTRAP_LIMIT)]):
        same = np.flatnonzero(sizes == size)
        places = order[ends[same][:, None] - size + np.arange(size)]
        low[same], high[same] = bootstrap(sums[places], counts[places])
    return low, high


def bootstrap(sums: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """The intervals of sums / counts, each added up over a row, when articles are drawn with replacement, always alike.

    One row a group, one column an article.
    """
    times = _drawn(sums.shape[1])
    low, high = np.quantile((times @ sums.T) / (times @ counts.T), (0.025, 0.975), axis=0)
    return low, high


def linear(group: NDArray[np.intp], sums: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """The same intervals for many articles: the mean is a ratio, so its error is linearised. Arguments as above."""
    size, n = np.bincount(group), np.bincount(group, counts)
    mean = np.bincount(group, sums) / n
    residual = np.bincount(group, (sums - mean[group] * counts) ** 2)
    error = Z * np.sqrt(residual * size / np.maximum(size - 1, 1)) / n
    error[size < 2] = math.nan
    return mean - error, mean + error


def bootstrap_difference(sums: Floats, counts: Floats) -> tuple[float, float]:
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
