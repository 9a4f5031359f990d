"""Selections: to the address and back, hostile addresses, and the rows that a filter leaves."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import make_corpus

from dashboard import queries
from dashboard.filters import ACTORS, KINDS, ROLES, SENTIMENTS, TARGETS, Selection, in_words, predicate
from dashboard.i18n import Words
from dashboard.queries import is_missing

CORPUS = make_corpus(40)


def ranges() -> st.SearchStrategy[tuple[float, float]]:
    """Sorted ranges of scores."""
    bound = st.integers(-10, 10).map(lambda tenth: tenth / 10)
    return st.tuples(bound, bound).map(lambda pair: (min(pair), max(pair)))


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """A few of some values."""
    return st.lists(st.sampled_from(values), unique=True, max_size=3).map(tuple)


SELECTIONS = st.builds(
    Selection,
    actors=some(ACTORS),
    sources=some(CORPUS.sources),
    kinds=some(KINDS),
    roles=some(ROLES),
    sentiments=some(SENTIMENTS),
    target=st.sampled_from(TARGETS),
    since=st.none() | st.dates(date(2024, 1, 1), date(2024, 3, 1)),
    until=st.none() | st.dates(date(2024, 3, 2), date(2024, 12, 31)),
    confidence=st.integers(0, 20).map(lambda step: step / 20),
    stance=ranges(),
    sentiment=ranges(),
    least=st.integers(1, 50),
    pick=st.sampled_from(((), (("at", "timeline"), ("actor", "RU")), (("source", "الدستور"), ("stance", "favor")))),
)


@given(SELECTIONS)
def test_the_address_holds_the_whole_selection(selection: Selection) -> None:
    """A selection read from its own address is the same selection, and nothing is refused."""
    assert Selection.from_query(selection.to_query(), sources=CORPUS.sources) == (selection, [])


@given(SELECTIONS)
def test_every_selection_is_a_valid_question(selection: Selection) -> None:
    """Any selection can be asked, and leaves no more than all."""
    shown = queries.shown(CORPUS, selection)
    assert 0 <= shown.statements <= shown.total == CORPUS.size


def test_the_default_selection_has_an_empty_address() -> None:
    """A link to the whole is short."""
    assert Selection().to_query() == {}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("country", ["XX"]),
        ("country", ["RU", "'; DROP TABLE records; --"]),
        ("source", ["no such outlet"]),
        ("kind", ["<script>"]),
        ("target", ["on", "off"]),
        ("from", ["yesterday"]),
        ("confidence", ["NaN"]),
        ("confidence", ["2"]),
        ("confidence", ["abc"]),
        ("stance", ["0.5"]),
        ("stance", ["-2..1"]),
        ("least", ["0"]),
        ("least", ["inf"]),
        ("pick", ["actor:XX"]),
        ("pick", ["nothing:RU"]),
        ("pick", ["from:later"]),
        ("pick", ["at:<b>"]),
    ],
)
def test_a_value_that_is_not_known_is_refused_by_name(name: str, written: list[str]) -> None:
    """A hostile or outdated value falls back to the default, and is named."""
    assert Selection.from_query({name: written}, sources=CORPUS.sources) == (Selection(), [name])


def test_ranges_are_sorted() -> None:
    """A range written the wrong way round is turned, dates too."""
    query = {"stance": ["0.5..-0.5"], "from": ["2024-06-01"], "to": ["2024-02-01"]}
    selection, refused = Selection.from_query(query, sources=())
    assert refused == []
    assert selection.stance == (-0.5, 0.5)
    assert (selection.since, selection.until) == (date(2024, 2, 1), date(2024, 6, 1))


@pytest.mark.parametrize(
    ("selection", "holds"),
    [
        (Selection(actors=("RU", "other"), target="all"), lambda row: is_missing(row["actor"]) or row["actor"] == "RU"),
        (Selection(sources=("",), target="all"), lambda row: is_missing(row["source"])),
        (Selection(kinds=("direct",)), lambda row: row["kind"] == "direct"),
        (Selection(roles=("expert",)), lambda row: row["speaker_role"] == "expert"),
        (Selection(sentiments=("negative",)), lambda row: row["sentiment"] == "negative"),
        (Selection(target="off"), lambda row: not row["on_target"]),
        (Selection(confidence=0.8), lambda row: row["confidence"] >= 0.8),
        (Selection(stance=(0.2, 1.0)), lambda row: row["stance_score"] >= 0.2),
        (Selection(sentiment=(-1.0, 0.0)), lambda row: row["sentiment_score"] <= 0),
        (Selection(since=date(2024, 3, 1)), lambda row: row["published"].date() >= date(2024, 3, 1)),
        (Selection(until=date(2024, 3, 1)), lambda row: row["published"].date() <= date(2024, 3, 1)),
    ],
)
def test_a_filter_leaves_exactly_the_rows_that_match(selection: Selection, holds: Any) -> None:
    """What a filter leaves matches it, and nothing that matches is lost."""
    kept = queries.statements(CORPUS, selection, size=0).to_dict("records")
    wider = queries.statements(CORPUS, Selection(target=selection.target), size=0).to_dict("records")
    kept_ids = {row["statement_id"] for row in kept}
    assert kept
    assert all(holds(row) for row in kept)
    assert not any(_matches(holds, row) for row in wider if row["statement_id"] not in kept_ids)


def _matches(holds: Any, row: dict[str, Any]) -> bool:
    try:
        return bool(holds(row))
    except (TypeError, ValueError):
        return False


@pytest.mark.parametrize("field", ["confidence", "stance", "sentiment"])
def test_a_narrower_slider_never_leaves_more(field: str) -> None:
    """Counts fall, or stay, as a slider narrows."""
    steps = [0.0, 0.3, 0.6, 0.9]
    wide = [Selection(**{field: step if field == "confidence" else (step, 1.0)}) for step in steps]
    counts = [queries.shown(CORPUS, selection).statements for selection in wide]
    assert all(more >= fewer for more, fewer in pairwise(counts))


def test_a_condition_holds_no_value() -> None:
    """Values travel as parameters, never inside the SQL."""
    sql, values = predicate(Selection(sources=("الدستور",), actors=("RU",)))
    assert "الدستور" not in sql and "RU" not in sql
    assert values[:2] == [["RU"], ["الدستور"]]


@pytest.mark.parametrize("language", ["en", "ar"])
@given(selection=SELECTIONS)
def test_every_selection_can_be_said_in_words(language: str, selection: Selection) -> None:
    """Each active filter has its words in both languages."""
    said = in_words(selection, Words(language))
    assert [field for field, _ in said] == selection.active()
    assert all(text.strip() for _, text in said)
