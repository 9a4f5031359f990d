"""All charts by name: a name, a corpus and a Selection go in, the table, the figure and its caption come out.

Pages, downloads and links all draw a chart through this list, so that a chart is the same wherever it appears.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from dashboard import charts, comparisons, points, queries, timeline
from dashboard.corpus import Corpus
from dashboard.events import read_events
from dashboard.filters import Selection, in_words
from dashboard.i18n import Words, strip_bidi
from dashboard.theme import Theme

Table = pd.DataFrame
COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: `by` are the keys of its table, `ask` makes the table, `draw` the figure from it.

    `draw` is given the table, the words, the theme and the unit of time.
    """

    name: str
    by: tuple[str, ...]
    draw: Callable[[Table, Words, Theme, str], charts.Figure]
    ask: Callable[[Corpus, Selection], Table]


@cache
def _ranked_by(by: str) -> Callable[[Corpus, Selection], Table]:
    """The question behind a ranking; one and the same for all charts that ask it, so that its answer can be kept."""
    return lambda corpus, selection: charts.ranked(queries.stances(corpus, selection, (by,)), by)


def _ranking(kind: str, by: str) -> Chart:
    """A chart of one bar or dot for each country, source, role or kind."""
    drawn = {"mean": charts.means, "shares": charts.shares, "diverging": charts.diverging}[kind]
    key = {"actor": "country"}.get(by, by)
    return Chart(
        f"{kind}-by-{key}",
        (by,),
        lambda table, words, theme, _: drawn(table, words, theme, by=by),
        _ranked_by(by),
    )


def _portions(name: str, question: Callable[[Corpus, Selection], Table]) -> Chart:
    """A chart of one share for each country."""
    return Chart(name, ("actor",), lambda table, words, theme, _: points.portions(table, words, theme), question)


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a chart: what it shows, what it is made of, where it comes from."""

    title: str
    subtitle: str
    source: str
    finding: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with its words."""

    figure: charts.Figure
    caption: Caption


CHARTS = {
    chart.name: chart
    for chart in (
        *(_ranking(kind, by) for by in ("actor", "source", "role", "kind") for kind in ("mean", "shares")),
        *(_ranking("diverging", by) for by in ("actor", "source")),
        Chart(
            "country-by-source",
            ("actor", "source"),
            lambda table, words, theme, _: charts.heatmap(table, words, theme),
            lambda corpus, selection: queries.stances(corpus, selection, ("actor", "source")),
        ),
        Chart(
            "timeline",
            ("bin", "actor"),
            lambda table, words, theme, unit: timeline.timeline(table, words, theme, unit=unit, events=read_events()),
            lambda corpus, selection: queries.stances(corpus, selection, ("bin", "actor")),
        ),
        Chart(
            "stance-and-tone",
            ("stance_score", "sentiment_score"),
            lambda table, words, theme, _: points.tones(table, words, theme),
            queries.tones,
        ),
        Chart(
            COVERAGE,
            ("confidence",),
            lambda table, words, theme, _: points.coverage(table, words, theme),
            queries.coverage,
        ),
        _portions("voices", queries.voices),
        _portions("claims", queries.claims),
        Chart(
            "against-others",
            ("actor",),
            lambda table, words, theme, _: points.pairs(table, words, theme),
            lambda corpus, selection: comparisons.against_others(
                corpus, selection, selection.sources[0] if selection.sources else ""
            ),
        ),
    )
}


def ask(chart: Chart, corpus: Corpus, selection: Selection) -> Table:
    """The tidy table behind a chart, in the order in which the chart shows it."""
    return chart.ask(corpus, selection)


def draw(
    chart: Chart,
    table: Table,
    corpus: Corpus,
    selection: Selection,
    shown: queries.Shown,
    words: Words,
    theme: Theme,
) -> Drawn:
    """The figure of a table of this chart, with its caption; `shown` is the size of the selection."""
    figure = chart.draw(table, words, theme, queries.span(corpus, selection))
    return Drawn(figure, caption(chart, table, corpus, selection, shown, words))


def caption(
    chart: Chart, table: pd.DataFrame, corpus: Corpus, selection: Selection, shown: queries.Shown, words: Words
) -> Caption:
    """Title, filters with n and dates, model version, and the main finding in one sentence."""
    source = words("caption.source", model=words.code(corpus.model), version=words.code(corpus.version))
    title = words(f"chart.{chart.name}.title")
    if chart.name == COVERAGE:
        held_out = words("caption.held_out", n=words.number(table["n"].max()))
        return Caption(title, held_out, source, _coverage_finding(table, words))
    filters = [text for _, text in in_words(selection, words)]
    size = words(
        "caption.size",
        n=words.number(float(table["n"].sum())),
        sources=words.number(shown.sources),
        first=words.day(shown.first),
        last=words.day(shown.last),
    )
    return Caption(
        title=title,
        subtitle=words("list.dot").join([size, *filters]) if filters else size,
        source=source,
        finding=finding(chart, table, words),
    )


def finding(chart: Chart, table: Table, words: Words) -> str:
    """The main finding of a chart as one sentence: the ends of the ranking, among groups with enough statements."""
    enough = [row for row in queries.records(table) if not row["too_few"]]
    if not enough:
        return words("chart.finding_none")
    if "mean" not in table:
        most = max(enough, key=lambda row: row["n"])
        return strip_bidi(words("chart.finding_most", what=_group(most, chart, words), n=words.number(most["n"])))
    best, worst = (find(enough, key=lambda row: row["mean"]) for find in (max, min))
    return strip_bidi(
        words(
            "chart.finding",
            best=_group(best, chart, words),
            most=words.score(best["mean"]),
            worst=_group(worst, chart, words),
            least=words.score(worst["mean"]),
        )
    )


def _coverage_finding(table: Table, words: Words) -> str:
    marked = next((row for row in queries.records(table) if row["marked"]), None)
    if marked is None:
        return words("chart.finding_none")
    said = {name: words.percent(marked[name]) for name in ("confidence", "coverage", "accuracy")}
    return strip_bidi(words("chart.finding_coverage", **said))


def _group(row: dict[str, Any], chart: Chart, words: Words) -> str:
    return words("list.dot").join(_cell(key, row[key], words) for key in chart.by)


def rows_in_words(table: Table, words: Words) -> tuple[list[str], list[list[str]]]:
    """The table behind a chart as headings and cells in words, for the reader who cannot use the picture."""
    names = [name for name in table.columns if not name.startswith(("low_", "high_")) or name.endswith("_others")]
    names = [name for name in names if name not in ("against", "neutral", "favor", "marked")]
    headings = [words(f"column.{name}") for name in names]
    rows = [[_with_interval(name, row, words) for name in names] for row in queries.records(table)]
    return headings, rows


def _with_interval(name: str, row: dict[str, Any], words: Words) -> str:
    """A cell in words; the share of a stance carries its interval with it."""
    if name in ("low", "high") and ("share" in row or "accuracy" in row):
        return words.percent(row[name])
    cell, stance = _cell(name, row[name], words), name.removeprefix("share_")
    if stance == name:
        return cell
    return f"{cell} ({words.percent(row[f'low_{stance}'])} – {words.percent(row[f'high_{stance}'])})"


def _cell(name: str, value: Any, words: Words) -> str:
    if name in ("actor", "source", "role", "kind", "verdict"):
        return words.label(name, value)
    if name == "bin":
        return words.day(pd.Timestamp(value).date())
    if name in ("n", "articles", "n_others", "claimed"):
        return words.number(value)
    if name.startswith("share") or name in ("confidence", "coverage", "accuracy"):
        return words.percent(value)
    if name == "too_few":
        return words("chart.too_few") if value else ""
    return words.score(value)
