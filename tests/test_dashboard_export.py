"""Files that a reader takes along: they open, hold what was shown, and run nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import pandas as pd
import pytest
from synthetic import HOSTILE, make_corpus

from dashboard import catalog, downloads, export, queries
from dashboard.filters import Selection
from dashboard.i18n import Words
from dashboard.theme import LIGHT

MANY = make_corpus(40)


def read_csv(body: bytes) -> list[list[str]]:
    """The cells of a CSV."""
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def test_a_csv_opens_in_a_spreadsheet() -> None:
    """The mark comes first, Arabic stays Arabic, numbers stay numbers, rows are counted."""
    body = export.to_csv(pd.DataFrame({"source": ["الدستور", "BBC عربي"], "mean": [-0.5, 0.25]}))
    assert body.startswith(b"\xef\xbb\xbf")
    assert read_csv(body) == [["source", "mean"], ["الدستور", "-0.5"], ["BBC عربي", "0.25"]]


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+1", "-1", "\t=1", "\r=1", "\u200f=1+1", "\u2067=1"])
def test_a_csv_runs_no_formula(cell: str) -> None:
    """A cell that a spreadsheet would run starts with a quote, hidden marks or not."""
    [[_], [written]] = read_csv(export.to_csv(pd.DataFrame({"text": [cell]})))
    assert written.startswith("'")


def test_a_file_name_says_what_and_when() -> None:
    """Chart and date are in the name of each download."""
    assert export.file_name("timeline", "svg", date(2024, 6, 19)) == "mawaqif-timeline-2024-06-19.svg"


@pytest.mark.parametrize("name", catalog.CHARTS)
def test_a_chart_csv_holds_the_table_of_the_chart(name: str) -> None:
    """The download and the chart are one table."""
    made = downloads.make(name, "csv", {"country": ["RU", "US"]}, MANY)
    table = catalog.ask(catalog.CHARTS[name], MANY, Selection(actors=("RU", "US")))
    rows = read_csv(made.body)
    assert rows[0] == list(table.columns)
    assert len(rows) - 1 == len(table)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", catalog.CHARTS)
def test_a_chart_page_needs_no_network(name: str, language: str) -> None:
    """The HTML holds library, font, figure and table, in its language, and reaches for nothing."""
    page = downloads.make(name, "html", {"lang": [language]}, MANY).body.decode("utf-8")
    assert f'<html lang="{language}" dir="{Words(language).direction}">' in page
    assert Words(language)(f"chart.{name}.title") in page
    assert "Plotly.newPlot" in page and "data:font/woff2" in page and "<table" in page
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=", page.split("<script>")[0])
    assert page.count("</script>") == 2


@pytest.mark.parametrize("name", catalog.CHARTS)
def test_the_page_gets_picture_and_table_later(name: str) -> None:
    """What a chart leaves out of the page is there when it is asked for: print size, and one row for each row."""
    later = json.loads(downloads.make(name, "json", {"lang": ["ar"]}, MANY).body)
    table = catalog.ask(catalog.CHARTS[name], MANY, Selection())
    assert later["picture"]["layout"]["width"] == export.PICTURE_WIDTH
    assert len(later["rows"]) == len(table) and all(len(row) == len(later["headings"]) for row in later["rows"])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_report_holds_every_chart_and_the_method(language: str) -> None:
    """One page holds all charts of the selection, their tables, and how the figures come about."""
    page = downloads.make("report", "html", {"lang": [language], "country": ["RU"]}, MANY).body.decode("utf-8")
    words = Words(language)
    for name in downloads.REPORT_CHARTS:
        assert words(f"chart.{name}.title") in page
    assert page.count("<table") == len(downloads.REPORT_CHARTS)
    assert words("method.doubt")[:40] in page


@pytest.mark.parametrize("name", catalog.CHARTS)
def test_a_workbook_holds_the_table_of_the_chart(name: str) -> None:
    """The XLSX has one row for each row of the table, with numbers as numbers and text as text."""
    made = downloads.make(name, "xlsx", {"lang": ["ar"]}, MANY).body
    table = catalog.ask(catalog.CHARTS[name], MANY, Selection())
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        parts = {part: ElementTree.fromstring(book.read(part)) for part in book.namelist()}  # noqa: S314 (our own file)
    sheet = parts["xl/worksheets/sheet1.xml"]
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    rows = list(sheet.iter(f"{space}row"))
    assert len(rows) == len(table) + 1
    assert sheet.find(f".//{space}sheetView").get("rightToLeft") == "1"  # type: ignore[union-attr]
    assert {cell.get("t") for cell in rows[1]} <= {"inlineStr", "b", None}


def test_a_parquet_file_holds_the_statements() -> None:
    """Parquet keeps types: dates are dates, scores are numbers."""
    made = downloads.make("statements", "parquet", {}, MANY).body
    table = pd.read_parquet(io.BytesIO(made))
    assert len(table) == queries.count(MANY, Selection())
    assert pd.api.types.is_float_dtype(table["stance_score"])


def test_a_chart_page_cannot_be_broken_out_of() -> None:
    """A hostile outlet name stays inside the script and the table that hold it."""
    corpus = make_corpus(3)
    chart, words = catalog.CHARTS["mean-by-source"], Words("en")
    table = catalog.ask(chart, corpus, Selection(least=1))
    table.loc[0, "source"] = HOSTILE
    made = catalog.caption(chart, table, corpus, Selection(), queries.shown(corpus, Selection()), words)
    figure = export.picture(chart.draw(table, words, LIGHT, "day"), made, words)
    page = export.to_html(
        [export.Section(figure, made, export.Markup("<p>{}</p>").format(HOSTILE))], words, title=HOSTILE
    ).decode("utf-8")
    assert "<img src=x" not in page and "<script>window.hacked" not in page


def test_a_picture_carries_its_words() -> None:
    """Title, size and source are drawn into every picture, on white, within its frame."""
    chart, words = catalog.CHARTS["shares-by-country"], Words("ar")
    table = catalog.ask(chart, MANY, Selection())
    made = catalog.caption(chart, table, MANY, Selection(kinds=("direct",)), queries.shown(MANY, Selection()), words)
    layout = export.picture(chart.draw(table, words, LIGHT, "day"), made, words)["layout"]
    assert made.title in layout["title"]["text"] and words.label("kind", "direct") in layout["title"]["text"]
    assert made.source in layout["annotations"][-1]["text"]
    assert layout["paper_bgcolor"] == "#ffffff"
    assert layout["margin"]["t"] + layout["margin"]["b"] < layout["height"]


def test_statements_leave_in_full() -> None:
    """CSV and JSONL hold every statement of the selection, not one page of it."""
    n = queries.count(MANY, Selection(), search="أميركا")
    lines = downloads.make("statements", "jsonl", {"q": ["أميركا"]}, MANY).body.decode("utf-8").splitlines()
    rows = read_csv(downloads.make("statements", "csv", {"q": ["أميركا"], "sort": ["nonsense"]}, MANY).body)
    assert len(lines) == len(rows) - 1 == n > 0
    first = json.loads(lines[0])
    assert first["stance"] == "against" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", first["published"])


@pytest.mark.parametrize(("name", "kind"), [("nothing", "csv"), ("timeline", "exe"), ("statements", "html")])
def test_an_unknown_download_is_refused(name: str, kind: str) -> None:
    """There is no file under a name that no chart has."""
    with pytest.raises(KeyError):
        downloads.make(name, kind, {}, MANY)
