"""Two selections side by side: what each says, their difference with its interval, and whether it is clear."""

# ruff: noqa: S608 (SQL is put together from fixed pieces only; every value travels as a parameter)

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from dashboard.corpus import Corpus
from dashboard.filters import Selection, predicate
from dashboard.intervals import BOOTSTRAP_LIMIT, Z, bootstrap_difference
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
    each = _per_article(corpus, first, second)
    counts = each[["n1", "n2"]].to_numpy(float)
    if len(each) == 0 or counts.sum(axis=0).min() < max(first.least, second.least):
        return Difference(math.nan, math.nan, math.nan, "few")
    sums = each[["s1", "s2"]].to_numpy(float)
    means = sums.sum(axis=0) / counts.sum(axis=0)
    value = float(means[0] - means[1])
    low, high = _interval(sums, counts, means, value)
    return Difference(value, low, high, "clear" if low > 0 or high < 0 else "unclear")


def _interval(sums: np.ndarray, counts: np.ndarray, means: np.ndarray, value: float) -> tuple[float, float]:
    if len(counts) <= BOOTSTRAP_LIMIT:
        return bootstrap_difference(sums, counts)
    influence = ((sums - counts * means) / counts.sum(axis=0)) @ np.array([1.0, -1.0])
    error = math.sqrt(float((influence**2).sum()) * len(counts) / (len(counts) - 1))
    return value - Z * error, value + Z * error


def _per_article(corpus: Corpus, first: Selection, second: Selection) -> pd.DataFrame:
    (where1, values1), (where2, values2) = predicate(first), predicate(second)
    return corpus.query(
        "SELECT article_id, "
        f"count(*) FILTER ({where1}) AS n1, coalesce(sum(stance_score) FILTER ({where1}), 0) AS s1, "
        f"count(*) FILTER ({where2}) AS n2, coalesce(sum(stance_score) FILTER ({where2}), 0) AS s2 "
        f"FROM records WHERE stance_score IS NOT NULL AND (({where1}) OR ({where2})) GROUP BY article_id ORDER BY ALL",
        [*values1, *values1, *values2, *values2, *values1, *values2],
    )


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
