"""Every page through Streamlit's own test runner: no rows, one row, many rows, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from synthetic import HOSTILE, make_corpus, one_row_corpus, read_text

from classifiers.errors import UnreadableArticle
from dashboard import state
from dashboard.corpus import Corpus
from dashboard.i18n import Words, strip_bidi

APP = Path(__file__).parents[1] / "dashboard" / "app.py"
VIEWS = ["overview", "countries", "sources", "compare", "statements", "article", "try_it", "method"]
CORPORA = {"none": make_corpus(0), "one": one_row_corpus(), "many": make_corpus(40)}

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens a page over a corpus, with a query."""

    def opened(view: str = "overview", *, corpus: Corpus = CORPORA["many"], **query: str | list[str]) -> AppTest:
        monkeypatch.setattr(state, "read_corpus", lambda: corpus)
        monkeypatch.setattr(state, "analyze", read_text)
        state.corpus.cache_clear()
        app = AppTest.from_file(str(APP), default_timeout=20)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if view != "overview":
            app.switch_page(f"views/{view}.py").run()
        assert not app.exception, [error.message for error in app.exception]
        return app

    yield opened
    state.corpus.cache_clear()


def said(app: AppTest) -> str:
    """All sentences of a page, without direction marks."""
    parts = [*app.markdown, *app.info, *app.warning, *app.error, *app.title, *app.subheader]
    return strip_bidi(" ".join(str(part.value) for part in parts))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", CORPORA)
@pytest.mark.parametrize("view", VIEWS)
def test_every_page_opens(open_page: Open, view: str, size: str, language: str) -> None:
    """A page of no rows, one row or many opens without an error and has its title."""
    app = open_page(view, corpus=CORPORA[size], lang=language)
    assert app.title[0].value == Words(language)(f"{view}.heading")


def test_the_count_is_always_there(open_page: Open) -> None:
    """How much of how much is shown stands above every page."""
    corpus = CORPORA["many"]
    for view in VIEWS:
        assert f"of {corpus.size} statements" in said(open_page(view))


def test_a_filter_changes_the_count_and_the_address(open_page: Open) -> None:
    """What a widget selects is counted and written into the link."""
    app = open_page()
    before = said(app)
    app.multiselect(key="actors").set_value(["RU", "KP"]).run()
    app.slider(key="confidence").set_value(0.6).run()
    assert not app.exception
    assert said(app) != before
    assert app.query_params["country"] == ["RU", "KP"]
    assert app.query_params["confidence"] == "0.6"


def test_the_confidence_says_what_it_keeps(open_page: Open) -> None:
    """Under the slider stands the share that is kept and, from the card's curve, how often it is right."""
    app = open_page(confidence="0.9")
    assert "right 93 %" in said(app)
    app = open_page(corpus=replace(CORPORA["many"], card={}), confidence="0.9")
    assert "keeps" in said(app) and "right" not in said(app).split("keeps")[1][:12]


def test_a_link_opens_the_same_view(open_page: Open) -> None:
    """An address read afresh sets every widget as it was."""
    app = open_page(
        country=["RU"],
        kind=["direct", "reported"],
        target="all",
        confidence="0.5",
        stance="-0.5..1",
        least="9",
        **{"from": "2024-02-01"},
        lang="ar",
    )
    assert app.multiselect(key="actors").value == ["RU"]
    assert app.multiselect(key="kinds").value == ["direct", "reported"]
    assert app.slider(key="confidence").value == 0.5
    assert app.slider(key="stance").value == (-0.5, 1.0)
    assert app.slider(key="least").value == 9
    assert app.slider(key="dates").value[0].isoformat() == "2024-02-01"
    assert app.query_params["lang"] == "ar"


def test_a_hostile_link_falls_back_and_says_so(open_page: Open) -> None:
    """Values that are not known are left out, by name, and the rest is kept."""
    app = open_page(country=["RU"], confidence="<script>", lang="xx", kind=["nonsense"])
    assert app.multiselect(key="actors").value == ["RU"]
    assert app.slider(key="confidence").value == 0.0
    assert "kind, confidence, lang" in said(app)


def test_the_language_changes_at_once_and_keeps_the_filters(open_page: Open) -> None:
    """Switching to Arabic translates the page and leaves the selection."""
    app = open_page(country=["RU"])
    app.button_group(key="lang").set_value("ar").run()
    assert app.title[0].value == Words("ar")("overview.heading")
    assert app.query_params["country"] == "RU"
    assert app.query_params["lang"] == "ar"


def test_reset_opens_every_filter(open_page: Open) -> None:
    """One button brings everything back."""
    app = open_page(country=["RU"], confidence="0.9", least="20")
    app.button(key="reset").click().run()
    assert app.multiselect(key="actors").value == []
    assert app.slider(key="confidence").value == 0.0
    assert list(app.query_params) == ["lang"]


def test_an_empty_selection_says_what_to_loosen(open_page: Open) -> None:
    """A filter that leaves nothing is named, and opens at a click."""
    app = open_page(stance="0.99..1", country=["RU"])
    assert Words("en")("empty.one") in said(app)
    app.button(key="open-stance").click().run()
    assert not app.exception
    assert app.slider(key="stance").value == (-1.0, 1.0)
    assert app.multiselect(key="actors").value == ["RU"]


def test_search_finds_and_says_when_it_does_not(open_page: Open) -> None:
    """The search counts what it finds and keeps its words in the address."""
    app = open_page("statements")
    app.text_input(key="q").set_value("اميركا").run()
    assert app.query_params["q"] == "اميركا"
    assert "statements found" in said(app)
    app.text_input(key="q").set_value("غير موجود").run()
    assert "No statement holds" in said(app)


def test_an_unknown_article_is_said(open_page: Open) -> None:
    """A link to an article that is not here shows another one and says so."""
    assert "There is no article “nothing” here" in said(open_page("article", article="nothing"))


def test_a_pasted_text_is_read(open_page: Open) -> None:
    """The example is filled in by a button, and its statements appear."""
    app = open_page("try_it")
    app.text_area(key="pasted").set_value(HOSTILE).run()
    assert not app.exception
    assert "Statements found: 1" in said(app)


def test_a_text_that_cannot_be_read_gets_a_sentence(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unreadable paste is answered with what was asked and what came."""
    app = open_page("try_it")

    def refuse(text: str) -> None:
        raise UnreadableArticle("Asked for Arabic; got English.")

    monkeypatch.setattr(state, "analyze", refuse)
    app.text_area(key="pasted").set_value("hello").run()
    assert "Asked for Arabic; got English." in said(app)


def test_two_readers_do_not_disturb_each_other(open_page: Open) -> None:
    """Each reader keeps his own filters."""
    first, second = open_page(country=["RU"]), open_page(country=["US"])
    first.run()
    assert first.multiselect(key="actors").value == ["RU"]
    assert second.multiselect(key="actors").value == ["US"]


def test_a_chart_stands_alone_to_be_embedded(open_page: Open) -> None:
    """The address of one chart shows it without filters and pages, in its selection and with its source."""
    app = open_page(chart="timeline", country=["RU"], lang="ar")
    assert [heading.value for heading in app.subheader] == [Words("ar")("chart.timeline.title")]
    assert not app.title and not app.multiselect
    assert app.query_params["country"] == "RU"


def test_an_unknown_chart_shows_the_whole_page(open_page: Open) -> None:
    """A chart that is not known is no reason for an empty page."""
    assert open_page(chart="<script>").title[0].value == Words("en")("overview.heading")


def test_a_wrong_label_can_be_reported(open_page: Open) -> None:
    """The record to copy holds id, text, the label it has and the one it should have."""
    app = open_page("article")
    [code] = app.code
    reported = json.loads(code.value)
    assert {"statement_id", "text", "label", "should_be"} <= set(reported)
    assert reported["text"] and reported["article_id"] == "000"


def test_the_switch_draws_bars_from_the_middle(open_page: Open) -> None:
    """The switch changes the charts and stands in the address."""
    app = open_page()
    app.toggle(key="diverging").set_value(True).run()
    assert app.query_params["bars"] == "diverging"
    assert Words("en")("chart.diverging-by-country.title") in said(app)
    assert Words("en")("chart.shares-by-country.title") not in {heading.value for heading in app.subheader}
