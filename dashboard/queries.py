"""Questions to the corpus: a Selection goes in, tidy tables come out, every figure with its n and 95 % interval."""

# ruff: noqa: S608 (SQL is put together from fixed pieces only; every value travels as a parameter)

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from dashboard.corpus import Corpus
from dashboard.filters import OTHER, Selection, conditions, predicate
from dashboard.intervals import BOOTSTRAP_LIMIT, bootstrap, linear, wilson
from dashboard.theme import ACTORS, STANCES

_KEYS = {
    "actor": f"coalesce(actor, '{OTHER}')",
    "source": "coalesce(source, '')",
    "kind": "kind",
    "role": "speaker_role",
    "sentiment": "sentiment",
}
STATEMENT_SORTS = {
    "newest": "published DESC NULLS LAST, article_id, start",
    "oldest": "published ASC NULLS LAST, article_id, start",
    "favor": "stance_score DESC NULLS LAST, statement_id",
    "against": "stance_score ASC NULLS LAST, statement_id",
    "confidence": "confidence DESC NULLS LAST, statement_id",
}
STATEMENT_COLUMNS = (
    "statement_id, article_id, source, published, actor, speaker, speaker_role, via, kind, cue, start, "
    '"end", text, on_target, stance, p_favor, p_against, p_neutral, stance_score, sentiment, sentiment_score, '
    "confidence, model"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a selection leaves: statements out of `total`, articles, sources, and the first and last day."""

    statements: int
    total: int
    articles: int
    sources: int
    first: date | None
    last: date | None


def shown(corpus: Corpus, selection: Selection) -> Shown:
    """The size of a selection."""
    where, values = predicate(selection)
    row = corpus.query(
        "SELECT count(*) AS n, count(DISTINCT article_id) AS articles, "
        "count(DISTINCT coalesce(source, '')) AS sources, "
        f"min(published) AS first, max(published) AS last FROM records WHERE {where}",
        values,
    ).iloc[0]
    return Shown(
        int(row["n"]), corpus.size, int(row["articles"]), int(row["sources"]), _day(row["first"]), _day(row["last"])
    )


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def stances(corpus: Corpus, selection: Selection, by: Sequence[str]) -> pd.DataFrame:
    """Mean stance and stance shares of each group, statements on target only.

    Columns: the keys of `by` ("bin" is the start of a day, week or month), then n, articles, mean, low, high (scores),
    for each stance its count, share_*, low_* and high_*, and too_few (n below `selection.least`).
    """
    rows = _moments(corpus, selection, by)
    table = rows.loc[:, [*by, "n", "articles"]].copy()
    table["mean"] = rows["total"] / rows["n"]
    table[["low", "high"]] = [_mean_interval(row) for row in rows.to_dict("records")] or np.empty((0, 2))
    for stance in STANCES:
        table[stance] = rows[stance]
        table[f"share_{stance}"] = rows[stance] / rows["n"]
        pairs = [wilson(k, n) for k, n in zip(rows[stance], rows["n"], strict=True)]
        table[[f"low_{stance}", f"high_{stance}"]] = pairs or np.empty((0, 2))
    table["too_few"] = table["n"] < selection.least
    return table


def _moments(corpus: Corpus, selection: Selection, by: Sequence[str]) -> pd.DataFrame:
    """Sums per group, gathered over articles; few articles are also listed one by one for the bootstrap."""
    where, values = predicate(selection)
    keys = [_key(corpus, selection, name) for name in by]
    named = "".join(f"{key} AS {name}, " for key, name in zip(keys, by, strict=True))
    names = "".join(f"{name}, " for name in by)
    group = f"GROUP BY {', '.join(by)} ORDER BY {', '.join(by)}" if by else ""
    only_actors = f" AND actor IN {ACTORS}" if "actor" in by else ""
    only_dated = " AND published IS NOT NULL" if "bin" in by else ""
    counts = ", ".join(f"count(*) FILTER (stance = '{stance}') AS {stance}" for stance in STANCES)
    sums = ", ".join(f"sum({stance})::BIGINT AS {stance}" for stance in STANCES)
    return corpus.query(
        f"WITH per_article AS (SELECT {named}article_id, count(*) AS n, sum(stance_score) AS s, {counts} FROM records "
        f"WHERE stance_score IS NOT NULL{only_actors}{only_dated} AND {where} GROUP BY ALL) "
        f"SELECT {names}count(*) AS articles, sum(n)::BIGINT AS n, sum(s) AS total, {sums}, sum(s * s) AS ss, "
        f"sum(s * n) AS sn, sum(n * n) AS nn, "
        f"CASE WHEN count(*) <= {BOOTSTRAP_LIMIT} THEN list([s, n] ORDER BY article_id) END AS each "
        f"FROM per_article {group}{'HAVING count(*) > 0' if not by else ''}",
        values,
    )


def _key(corpus: Corpus, selection: Selection, name: str) -> str:
    return f"date_trunc('{span(corpus, selection)}', published)::DATE" if name == "bin" else _KEYS[name]


def _mean_interval(row: dict[str, Any]) -> tuple[float, float]:
    if row["articles"] > BOOTSTRAP_LIMIT:
        return linear(row["articles"], row["total"], row["n"], (row["ss"], row["sn"], row["nn"]))
    pairs = np.array([list(pair) for pair in row["each"]], dtype=float)
    return bootstrap(pairs[:, 0], pairs[:, 1])


def span(corpus: Corpus, selection: Selection) -> str:
    """The unit of the timeline, by the length of the period: day up to 45 days, week up to 500, else month."""
    first, last = selection.since or corpus.first, selection.until or corpus.last
    days = (last - first).days if first and last else 0
    return "day" if days <= 45 else "week" if days <= 500 else "month"


def tones(corpus: Corpus, selection: Selection) -> pd.DataFrame:
    """How stance and sentiment go together: n statements in each cell of a grid of fifths from −1 to +1.

    Columns: stance_score and sentiment_score (the middle of the cell), n, too_few (always False: a count is no mean).
    """
    where, values = predicate(selection)
    middle = "least(floor(({} + 1) * 5), 9) / 5 - 0.9"
    table = corpus.query(
        f"SELECT {middle.format('stance_score')} AS stance_score, "
        f"{middle.format('sentiment_score')} AS sentiment_score, "
        f"count(*) AS n FROM records WHERE stance_score IS NOT NULL AND {where} GROUP BY ALL ORDER BY ALL",
        values,
    )
    return table.round({"stance_score": 1, "sentiment_score": 1}).assign(too_few=False)


def voices(corpus: Corpus, selection: Selection) -> pd.DataFrame:
    """Whom the sources let speak: for each country, and for everybody else, its share of all statements.

    Columns: actor, n, share, low, high (Wilson), too_few.
    """
    where, values = predicate(selection)
    table = corpus.query(
        f"SELECT {_KEYS['actor']} AS actor, count(*) AS n FROM records WHERE {where} "
        "GROUP BY ALL ORDER BY n DESC, actor",
        values,
    )
    whole = int(table["n"].sum())
    table["share"] = table["n"] / whole if whole else 0.0
    table[["low", "high"]] = [wilson(n, whole) for n in table["n"]] or np.empty((0, 2))
    return table.assign(too_few=whole < selection.least)


def plainest(corpus: Corpus, selection: Selection) -> pd.DataFrame:
    """For each country the statement that speaks most plainly: on the side of its mean, with the likeliest stance."""
    where, values = predicate(selection)
    return corpus.query(
        f"WITH leaning AS (SELECT *, avg(stance_score) OVER (PARTITION BY actor) AS side FROM records "
        f"WHERE stance_score IS NOT NULL AND actor IN {ACTORS} AND {where}) "
        f"SELECT {STATEMENT_COLUMNS} FROM leaning "
        "QUALIFY row_number() OVER (PARTITION BY actor ORDER BY stance_score * sign(side) DESC, statement_id) = 1",
        values,
    )


def statements(
    corpus: Corpus, selection: Selection, *, search: str = "", sort: str = "newest", page: int = 1, size: int = 20
) -> pd.DataFrame:
    """One page of the statements, with what was picked in a chart; `size` 0 gives all of them."""
    where, values = _found(selection, search)
    limit = f"LIMIT {int(size)} OFFSET {int((max(page, 1) - 1) * size)}" if size else ""
    order = STATEMENT_SORTS[sort]
    return corpus.query(f"SELECT {STATEMENT_COLUMNS} FROM records WHERE {where} ORDER BY {order} {limit}", values)


def count(corpus: Corpus, selection: Selection, *, search: str = "") -> int:
    """How many statements `statements` gives in all."""
    where, values = _found(selection, search)
    return int(corpus.query(f"SELECT count(*) AS n FROM records WHERE {where}", values)["n"][0])


def _found(selection: Selection, search: str) -> tuple[str, list[Any]]:
    where, values = predicate(selection, picked=True)
    asked = search.strip()
    return (f"{where} AND contains(folded, fold(?))", [*values, asked]) if asked else (where, values)


def article_records(corpus: Corpus, article_id: str) -> pd.DataFrame:
    """All records of one article in the order of the text, with their evidence."""
    return corpus.query(
        f"SELECT {STATEMENT_COLUMNS}, evidence FROM records WHERE article_id = ? AND NOT in_title "
        'ORDER BY start, "end", actor',
        [article_id],
    )


def loosen(corpus: Corpus, selection: Selection) -> list[tuple[str, int]]:
    """For a selection that leaves nothing: the filters whose opening alone brings statements back, the most first."""
    found = []
    for field in conditions(selection):
        back = shown(corpus, selection.without(field)).statements
        if back:
            found.append((field, back))
    return sorted(found, key=lambda pair: -pair[1])


def is_missing(value: Any) -> bool:
    """Whether a cell holds nothing: None or a number that is none."""
    return value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value))
