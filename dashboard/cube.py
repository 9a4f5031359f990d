"""The scored statements as columns of numbers: a Selection goes in, sums per article and group come out.

Built once when a corpus is read. A slider then costs one mask over these columns, whatever charts are on the page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.filters import ACTORS, KINDS, OTHER, ROLES, SENTIMENTS, WHOLE, Selection
from dashboard.theme import STANCES

_FIELDS = {"actor": "actors", "source": "sources", "kind": "kinds", "role": "roles", "sentiment": "sentiments"}
_OF_ARTICLE = ("source", "bin")
_SCORED = f"""
SELECT dense_rank() OVER (ORDER BY article_id) - 1 AS article, coalesce(actor, '{OTHER}') AS actor,
    coalesce(source, '') AS source, kind, speaker_role AS role, sentiment, stance, on_target, published,
    confidence, stance_score, sentiment_score
FROM records WHERE stance_score IS NOT NULL ORDER BY article_id
"""  # noqa: S608 (fixed pieces only)


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """One entry a scored statement in every column; `codes` count into the sorted `names` of the same key."""

    names: dict[str, tuple[str, ...]]
    codes: dict[str, NDArray[np.intp]]
    article: NDArray[np.intp]
    first: NDArray[np.intp]
    on_target: NDArray[np.bool_]
    day: NDArray[np.datetime64]
    scores: dict[str, NDArray[np.float64]]

    def per_article(self, selection: Selection, axis: str | None = None) -> Sums:
        """The statements of a selection, counted by stance and summed, for each article and value of `axis`."""
        return _per_article(self, selection, axis)


@dataclass(frozen=True, slots=True)
class Sums:
    """`counts[value, article, stance]` statements and `scores[value, article]`, the sum of their stance scores."""

    counts: NDArray[np.float64]
    scores: NDArray[np.float64]


def build_cube(database: duckdb.DuckDBPyConnection, sources: Sequence[str]) -> Cube:
    """The cube of a database with the table `records`."""
    rows = database.cursor().execute(_SCORED).df()
    names = {
        "actor": tuple(sorted(ACTORS)),
        "source": tuple(sources),
        "kind": tuple(sorted(KINDS)),
        "role": tuple(sorted(ROLES)),
        "sentiment": tuple(sorted(SENTIMENTS)),
        "stance": STANCES,
    }
    article = rows["article"].to_numpy(np.intp)
    return Cube(
        names=names,
        codes={key: pd.Categorical(rows[key], categories=names[key]).codes.astype(np.intp) for key in names},
        article=article,
        first=np.flatnonzero(np.diff(article, prepend=-1)),
        on_target=rows["on_target"].to_numpy(bool),
        day=rows["published"].to_numpy("datetime64[D]"),
        scores={name: rows[name].to_numpy(float) for name in ("confidence", "stance_score", "sentiment_score")},
    )


def _kept(cube: Cube, selection: Selection) -> NDArray[np.intp]:
    """The places of the statements that a selection keeps; the same ones as `filters.conditions` keeps in SQL."""
    kept = np.ones(len(cube.article), dtype=bool)
    for key, field in _FIELDS.items():
        if chosen := getattr(selection, field):
            kept &= np.isin(cube.names[key], chosen)[cube.codes[key]]
    if selection.target != "all":
        kept &= cube.on_target == (selection.target == "on")
    if selection.since:
        kept &= cube.day >= np.datetime64(selection.since)
    if selection.until:
        kept &= cube.day <= np.datetime64(selection.until)
    if selection.confidence > 0:
        kept &= cube.scores["confidence"] >= selection.confidence
    for name, bounds in (("stance_score", selection.stance), ("sentiment_score", selection.sentiment)):
        if bounds != WHOLE:
            kept &= (cube.scores[name] >= bounds[0]) & (cube.scores[name] <= bounds[1])
    return np.flatnonzero(kept)


@lru_cache(maxsize=64)
def _per_article(cube: Cube, selection: Selection, axis: str | None) -> Sums:
    kept = _kept(cube, selection)
    size, articles = (len(cube.names[axis]) if axis else 1), len(cube.first)
    place = cube.article[kept] + (articles * cube.codes[axis][kept] if axis else 0)
    counts = np.bincount(place * len(STANCES) + cube.codes["stance"][kept], minlength=size * articles * len(STANCES))
    scores = np.bincount(place, cube.scores["stance_score"][kept], minlength=size * articles)
    return Sums(counts.reshape(size, articles, len(STANCES)).astype(float), scores.reshape(size, articles))


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of articles in sorted order: `keys[name]` names each group, `group` counts into them.

    `group`, `counts` (by stance) and `scores` have one entry for each article of each group, in the articles' order.
    """

    keys: dict[str, NDArray[Any]]
    group: NDArray[np.intp]
    counts: NDArray[np.float64]
    scores: NDArray[np.float64]


def grouped(cube: Cube, selection: Selection, by: Sequence[str], unit: str) -> Groups:
    """The statements of a selection by the keys of `by`; `bin` is the first day of its `unit` of time.

    Somebody else than the five countries is no country, and an article without a date is in no bin.
    """
    axes = [key for key in by if key not in _OF_ARTICLE]
    axis = axes[0] if axes else None
    sums = cube.per_article(selection, axis)
    present = sums.counts.any(axis=2)
    if axis == "actor":
        present[cube.names["actor"].index(OTHER)] = False
    columns = {key: _of_article(cube, key, unit) if key in _OF_ARTICLE else None for key in by}
    if "bin" in by:
        present &= columns["bin"][0] >= 0
    value, article = np.nonzero(present)
    code = np.zeros(len(article), dtype=np.intp)
    names: dict[str, NDArray[Any]] = {}
    for key, column in columns.items():
        own, names[key] = (column[0][article], column[1]) if column else (value, _names(cube, key))
        code = code * len(names[key]) + own
    shape = [len(each) for each in names.values()]
    found = np.bincount(code, minlength=math.prod(shape)) > 0
    places = np.unravel_index(np.flatnonzero(found), shape) if shape else ()
    return Groups(
        {key: names[key][place] for key, place in zip(names, places, strict=True)},
        (np.cumsum(found) - 1)[code],
        sums.counts[value, article],
        sums.scores[value, article],
    )


def _names(cube: Cube, key: str) -> NDArray[Any]:
    return np.array(cube.names[key], dtype=object)


@lru_cache(maxsize=16)
def _of_article(cube: Cube, key: str, unit: str) -> tuple[NDArray[np.intp], NDArray[Any]]:
    """For each article its place among the names of `key`; −1 where it has no date."""
    if key == "source":
        return cube.codes[key][cube.first], _names(cube, key)
    bins = bins_of(cube.day[cube.first], unit)
    names = np.unique(bins[~np.isnat(bins)])
    return np.where(np.isnat(bins), -1, np.searchsorted(names, bins)), names


def bins_of(days: NDArray[np.datetime64], unit: str) -> NDArray[np.datetime64]:
    """The first day of the day, week (from Monday) or month that each day lies in."""
    if unit == "week":
        return days - (days - np.datetime64("1970-01-05")) % np.timedelta64(7, "D")
    return days.astype("datetime64[M]").astype("datetime64[D]") if unit == "month" else days
