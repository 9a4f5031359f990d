"""Downloads by address: the name of a chart, a kind of file and a query go in, the bytes of the file come out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from dashboard import catalog, export, queries, reader
from dashboard.corpus import Corpus
from dashboard.filters import Selection
from dashboard.i18n import DEFAULT_LANGUAGE, DIRECTIONS, Words
from dashboard.spreadsheet import to_xlsx
from dashboard.theme import LIGHT

Query = Mapping[str, Sequence[str]]

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
REPORT = "report"
REPORT_CHARTS = (
    "mean-by-country",
    "shares-by-country",
    "mean-by-source",
    "shares-by-source",
    "country-by-source",
    "timeline",
    "stance-and-tone",
)
REPORT_NOTES = ("way", "stance", "doubt", "limits")
STATEMENTS = "statements"


@dataclass(frozen=True, slots=True)
class Download:
    """A file on its way to the reader."""

    body: bytes
    media_type: str
    name: str


def make(name: str, kind: str, query: Query, corpus: Corpus) -> Download:
    """The file that an address asks for; KeyError where there is no such chart or kind of file."""
    makers = {STATEMENTS: _STATEMENT_MAKERS, REPORT: {"html": _report}}.get(name, _CHART_MAKERS)
    selection, _ = Selection.from_query(query, sources=corpus.sources)
    body = makers[kind](name, query, selection, corpus)
    return Download(body, MEDIA_TYPES[kind], export.file_name(name, kind, date.today()))


def words_of(query: Query) -> Words:
    """The words of the language that an address asks for."""
    language = (query.get("lang") or [DEFAULT_LANGUAGE])[-1]
    return Words(language if language in DIRECTIONS else DEFAULT_LANGUAGE)


def _chart_table(name: str, selection: Selection, corpus: Corpus) -> pd.DataFrame:
    return catalog.ask(catalog.CHARTS[name], corpus, replace(selection, pick=()))


def _picture(name: str, table: pd.DataFrame, selection: Selection, corpus: Corpus, words: Words) -> catalog.Drawn:
    shown = queries.shown(corpus, selection)
    drawn = catalog.draw(catalog.CHARTS[name], table, corpus, selection, shown, words, LIGHT)
    return replace(drawn, figure=export.picture(drawn.figure, drawn.caption, words))


def _section(name: str, selection: Selection, corpus: Corpus, words: Words) -> export.Section:
    table = _chart_table(name, selection, corpus)
    drawn = _picture(name, table, selection, corpus, words)
    data = reader.table_html(*catalog.rows_in_words(table, words), caption=drawn.caption.title)
    return export.Section(drawn.figure, drawn.caption, data)


def _later(name: str, query: Query, selection: Selection, corpus: Corpus) -> bytes:
    """What the page asks of a chart later: its picture for print, and its table in words."""
    words, open_selection = words_of(query), replace(selection, pick=())
    table = _chart_table(name, selection, corpus)
    headings, rows = catalog.rows_in_words(table, words)
    picture = _picture(name, table, open_selection, corpus, words).figure
    return json.dumps({"picture": picture, "headings": headings, "rows": rows}, ensure_ascii=False).encode("utf-8")


def _chart_html(name: str, query: Query, selection: Selection, corpus: Corpus) -> bytes:
    words = words_of(query)
    section = _section(name, replace(selection, pick=()), corpus, words)
    return export.to_html([section], words, title=section.caption.title)


def _report(name: str, query: Query, selection: Selection, corpus: Corpus) -> bytes:
    words, open_selection = words_of(query), replace(selection, pick=())
    return export.to_html(
        [_section(each, open_selection, corpus, words) for each in REPORT_CHARTS],
        words,
        title=words("app.title"),
        heading=words("overview.heading"),
        notes=[(words(f"method.{note}_title"), words(f"method.{note}")) for note in REPORT_NOTES],
    )


def _statements(query: Query, selection: Selection, corpus: Corpus) -> pd.DataFrame:
    search = (query.get("q") or [""])[-1]
    sort = (query.get("sort") or [""])[-1]
    return queries.statements(
        corpus, selection, search=search, sort=sort if sort in queries.STATEMENT_SORTS else "newest", size=0
    )


_Maker = Callable[[str, Query, Selection, Corpus], bytes]
_TABLE_MAKERS: dict[str, Callable[[pd.DataFrame, Words], bytes]] = {
    "csv": lambda table, _: export.to_csv(table),
    "xlsx": lambda table, words: to_xlsx(table, right_to_left=words.is_rtl),
    "jsonl": lambda table, _: export.to_jsonl(table),
    "parquet": lambda table, _: export.to_parquet(table),
}


def _of_chart(kind: str) -> _Maker:
    return lambda name, query, selection, corpus: _TABLE_MAKERS[kind](
        _chart_table(name, selection, corpus), words_of(query)
    )


def _of_statements(kind: str) -> _Maker:
    return lambda _, query, selection, corpus: _TABLE_MAKERS[kind](
        _statements(query, selection, corpus), words_of(query)
    )


_CHART_MAKERS: dict[str, _Maker] = {"html": _chart_html, "json": _later, **{kind: _of_chart(kind) for kind in ("csv", "xlsx")}}
_STATEMENT_MAKERS: dict[str, _Maker] = {kind: _of_statements(kind) for kind in _TABLE_MAKERS}
