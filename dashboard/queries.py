"""Questions to the corpus: a Selection goes in, tidy tables come out, every figure with its n and 95 % interval."""

# ruff: noqa: S608 (SQL is put together from fixed pieces only; every value travels as a parameter)

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from dashboard.corpus import Corpus
from dashboard.cube import grouped
from dashboard.filters import LEAST_N, OTHER, Selection, conditions, predicate
from dashboard.intervals import mean_intervals, wilson
from dashboard.theme import ACTORS, STANCES

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
    statements, articles, sources, first, last = corpus.row(
        "SELECT count(*), count(DISTINCT article_id), count(DISTINCT coalesce(source, '')), min(published), "
        f"max(published) FROM records WHERE {where}",
        values,
    )
    return Shown(statements, corpus.size, articles, sources, first, last)


def stances(corpus: Corpus, selection: Selection, by: Sequence[str]) -> pd.DataFrame:
    """Mean stance and stance shares of each group, statements on target only.

    Columns: the keys of `by` ("bin" is the start of a day, week or month), then n, articles, mean, low, high (scores),
    for each stance its count, share_*, low_* and high_*, and too_few (n below `selection.least`).
    """
    groups = grouped(corpus.cube, replace(selection, pick=(), least=LEAST_N), by, span(corpus, selection))
    size = len(next(iter(groups.keys.values()))) if by else int(len(groups.group) > 0)
    low, high = mean_intervals(groups.group, groups.scores, groups.counts.sum(axis=1))
    counts = {
        stance: np.bincount(groups.group, groups.counts[:, place], minlength=size).astype(int)
        for place, stance in enumerate(STANCES)
    }
    n = sum(counts.values())
    columns = groups.keys | {"n": n, "articles": np.bincount(groups.group, minlength=size)}
    columns |= {"mean": np.bincount(groups.group, groups.scores, minlength=size) / n, "low": low, "high": high}
    for stance, count in counts.items():
        low, high = wilson(count, n)
        columns |= {stance: count, f"share_{stance}": count / n, f"low_{stance}": low, f"high_{stance}": high}
    keys = {name: pd.Series(groups.keys[name], dtype=None if name == "bin" else object) for name in by}
    return pd.DataFrame(columns | keys | {"too_few": n < selection.least})


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
        f"SELECT coalesce(actor, '{OTHER}') AS actor, count(*) AS n FROM records WHERE {where} "
        "GROUP BY ALL ORDER BY n DESC, actor",
        values,
    )
    whole = int(table["n"].sum())
    table["share"] = table["n"] / whole if whole else 0.0
    table["low"], table["high"] = wilson(table["n"].to_numpy(), np.full(len(table), whole))
    return table.assign(too_few=whole < selection.least)


def claims(corpus: Corpus, selection: Selection) -> pd.DataFrame:
    """From whose words the sources keep their distance: the share of each country's statements told as a claim.

    Columns: actor, n, claimed (statements), share, low, high (Wilson), too_few. Statements without a cue do not count.
    """
    where, values = predicate(selection)
    table = corpus.query(
        f"SELECT coalesce(actor, '{OTHER}') AS actor, count(*) AS n, count(*) FILTER (distant) AS claimed FROM records "
        f"WHERE cue IS NOT NULL AND {where} GROUP BY ALL ORDER BY claimed / n DESC, n DESC, actor",
        values,
    )
    table["share"] = table["claimed"] / table["n"]
    table["low"], table["high"] = wilson(table["claimed"].to_numpy(), table["n"].to_numpy())
    return table.assign(too_few=table["n"] < selection.least)


def missed(corpus: Corpus, selection: Selection, *, source: str, size: int) -> pd.DataFrame:
    """Quotations that others carry and one outlet does not, those of most outlets first; one statement for each."""
    where, values = predicate(selection.without("sources"))
    return corpus.query(
        f"WITH quoted AS (SELECT *, coalesce(source, '') AS outlet FROM records WHERE quotation <> '' AND {where}), "
        "carried AS (SELECT *, count(DISTINCT outlet) OVER (PARTITION BY actor, quotation) AS outlets FROM quoted "
        "WHERE quotation NOT IN (SELECT quotation FROM quoted WHERE outlet = ?)) "
        f"SELECT {STATEMENT_COLUMNS}, outlets FROM carried "
        "QUALIFY row_number() OVER (PARTITION BY actor, quotation ORDER BY published, statement_id) = 1 "
        f"ORDER BY outlets DESC, published DESC NULLS LAST, statement_id LIMIT {int(size)}",
        [*values, source],
    )


def coverage(corpus: Corpus, selection: Selection) -> pd.DataFrame:
    """What a least confidence keeps and how often it is right, by the model card's figures on held-out statements.

    Columns: confidence, coverage, n, accuracy, low, high (Wilson), marked (the last point that the confidence of the
    selection reaches), too_few. Empty where the card holds no `coverage`.
    """
    names = ["confidence", "coverage", "n", "accuracy"]
    points = sorted(corpus.card.get("coverage", ()), key=lambda point: point["confidence"])
    table = pd.DataFrame([{name: point[name] for name in names} for point in points], columns=names)
    n = table["n"].to_numpy(float)
    table["low"], table["high"] = wilson(n * table["accuracy"].to_numpy(float), n)
    reached = int((table["confidence"] <= selection.confidence + 1e-9).sum()) - 1
    return table.assign(marked=table.index == reached, too_few=table["n"] < selection.least)


def plainest(corpus: Corpus, selection: Selection) -> pd.DataFrame:
    """For each country the statement that speaks most plainly: on the side of its mean, with the likeliest stance."""
    where, values = predicate(selection)
    return corpus.query(
        "WITH leaning AS (SELECT statement_id, article_id, actor, text, stance_score, "
        "stance_score * sign(avg(stance_score) OVER (PARTITION BY actor)) AS plainness FROM records "
        f"WHERE stance_score IS NOT NULL AND actor IN {ACTORS} AND {where}) SELECT * FROM leaning "
        "QUALIFY row_number() OVER (PARTITION BY actor ORDER BY plainness DESC, statement_id) = 1",
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
    return int(corpus.row(f"SELECT count(*) FROM records WHERE {where}", values)[0])


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


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table, each by column name; much faster than pandas' own way."""
    names = list(table.columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*(table[name].tolist() for name in names), strict=True)]


def is_missing(value: Any) -> bool:
    """Whether a cell holds nothing: None or a number that is none."""
    return value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value))
