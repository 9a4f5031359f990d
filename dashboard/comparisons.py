"""Two selections side by side: what each says, their difference with its interval, and whether it is clear."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

import numpy as np
import pandas as pd

from dashboard.corpus import Corpus
from dashboard.filters import LEAST_N, Selection
from dashboard.intervals import BOOTSTRAP_LIMIT, Floats, Z, bootstrap_difference
from dashboard.queries import stances
from dashboard.theme import ACTORS


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean stance of one selection minus that of another; `verdict` is clear, unclear or few."""

    value: float
    low: float
    high: float
    verdict: str


def difference(corpus: Corpus, first: Selection, second: Selection) -> Difference:
    """First minus second, with an interval from drawing whole articles, those of both selections together.

    An article that speaks in both is drawn for both, so what its sentences share does not count as difference.
    """
    sides = [corpus.cube.per_article(replace(side, pick=(), least=LEAST_N)) for side in (first, second)]
    counts = np.column_stack([side.counts[0].sum(axis=1) for side in sides])
    sums = np.column_stack([side.scores[0] for side in sides])
    speaks = counts.any(axis=1)
    return _difference(sums[speaks], counts[speaks], max(first.least, second.least))


def _difference(sums: Floats, counts: Floats, least: int) -> Difference:
    n = counts.sum(axis=0)
    if n.min() < least:
        return Difference(math.nan, math.nan, math.nan, "few")
    means = sums.sum(axis=0) / n
    value = float(means[0] - means[1])
    low, high = _interval(sums, counts, means, value)
    return Difference(value, low, high, "clear" if low > 0 or high < 0 else "unclear")


def _interval(sums: Floats, counts: Floats, means: Floats, value: float) -> tuple[float, float]:
    if len(counts) <= BOOTSTRAP_LIMIT:
        return bootstrap_difference(sums, counts)
    influence = ((sums - counts * means) / counts.sum(axis=0)) @ np.array([1.0, -1.0])
    error = math.sqrt(float((influence**2).sum()) * len(counts) / (len(counts) - 1))
    return value - Z * error, value + Z * error


def against_others(corpus: Corpus, selection: Selection, source: str) -> pd.DataFrame:
    """For each country its mean stance in one outlet and in all others, their difference and its verdict.

    Columns: actor, then n, mean, low, high of the outlet, the same with `_others`, then difference, difference_low,
    difference_high, verdict, and too_few (either side below the least n).
    """
    own = replace(selection, sources=(source,))
    others = replace(selection, sources=tuple(name for name in corpus.sources if name != source) or ("\0",))
    columns = ["actor", "n", "mean", "low", "high"]
    both = [stances(corpus, side, ("actor",))[columns] for side in (own, others)]
    table = both[0].merge(both[1], on="actor", how="outer", suffixes=("", "_others"))
    table[["n", "n_others"]] = table[["n", "n_others"]].fillna(0).astype("int64")
    made = [
        difference(corpus, replace(own, actors=(actor,)), replace(others, actors=(actor,))) for actor in table["actor"]
    ]
    table["difference"] = [each.value for each in made]
    table["difference_low"] = [each.low for each in made]
    table["difference_high"] = [each.high for each in made]
    table["verdict"] = [each.verdict for each in made]
    table["too_few"] = table[["n", "n_others"]].min(axis=1) < selection.least
    return table.set_index("actor").reindex([actor for actor in ACTORS if actor in set(table["actor"])]).reset_index()


def changes(corpus: Corpus, selection: Selection) -> pd.DataFrame:
    """How each country moved: the second half of the period minus the first half.

    Columns: actor, then value, low, high and verdict as in `Difference`.
    """
    first, last = selection.since or corpus.first, selection.until or corpus.last
    if first is None or last is None or last <= first:
        return pd.DataFrame(columns=["actor", "value", "low", "high", "verdict"])
    middle = first + (last - first) / 2
    early, late = replace(selection, until=middle), replace(selection, since=middle + timedelta(days=1))
    made = [
        {"actor": actor} | asdict(difference(corpus, replace(late, actors=(actor,)), replace(early, actors=(actor,))))
        for actor in ACTORS
        if not selection.actors or actor in selection.actors
    ]
    return pd.DataFrame(made)
