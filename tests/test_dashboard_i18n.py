"""The words of the interface: both languages hold the same, and values are shaped as they are read."""

from __future__ import annotations

import math
import re
import string
from datetime import date

import pytest

from dashboard.i18n import DIRECTIONS, Words, ltr, read_words, rtl, strip_bidi

ARABIC = re.compile("[\u0600-\u06ff]")
LATIN = re.compile("[A-Za-z]{3,}")
SAME_IN_BOTH = {"language.en", "language.ar", "try_it.example_text", "statements.search_hint"}
NAMES = {"HTML", "CSV", "JSONL", "PNG", "SVG", "XLSX", "PDF", "Parquet", "mawaqif", "ingest"}


def places(sentence: str) -> set[str]:
    """The names of the places to fill in a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_languages_hold_the_same_keys() -> None:
    """No sentence is missing in either language."""
    assert read_words("en").keys() == read_words("ar").keys()


@pytest.mark.parametrize("key", sorted(read_words("en")))
def test_a_sentence_has_the_same_places_in_both_languages(key: str) -> None:
    """What is filled into an English sentence is filled into the Arabic one too."""
    assert places(read_words("en")[key]) == places(read_words("ar")[key])


@pytest.mark.parametrize("key", sorted(set(read_words("en")) - SAME_IN_BOTH))
def test_no_word_of_the_other_language_is_left(key: str) -> None:
    """English sentences hold no Arabic letter, Arabic ones no Latin word but names of formats and commands."""
    assert not ARABIC.search(read_words("en")[key])
    bare = re.sub("{[^}]*}", "", read_words("ar")[key])
    assert set(LATIN.findall(bare)) <= NAMES


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.5, "+0.50"), (-0.714, "−0.71"), (0.001, "0.00"), (-0.001, "0.00"), (None, "–"), (math.nan, "–")],
)
def test_a_score_shows_its_sign(value: float | None, shown: str) -> None:
    """Scores carry a sign and two digits; zero carries none; nothing is a dash."""
    assert Words("en").score(value) == shown
    assert strip_bidi(Words("ar").score(value)) == shown


def test_numbers_inside_arabic_are_isolated() -> None:
    """A negative number in an Arabic sentence keeps its sign in front."""
    assert Words("ar").score(-0.71) == "\u2066−0.71\u2069"
    assert Words("ar").percent(0.4) == "\u206640 %\u2069"
    assert Words("ar").number(12345) == "\u206612,345\u2069"
    assert Words("ar").day(date(2024, 6, 19)) == "\u20662024-06-19\u2069"


def test_isolates_are_stripped_again() -> None:
    """What was isolated for a picture leaves no mark in a table, and spoofing marks vanish."""
    assert strip_bidi(rtl("BBC عربي (A/B)")) == "BBC عربي (A/B)"
    assert strip_bidi("a\u202eb\u200bc\ufeff") == "abc"


def test_figure_text_is_inert() -> None:
    """Markup in a name is shown, not obeyed, by Plotly."""
    assert Words("en").figure_text("<b>&") == "&lt;b&gt;&amp;"


def test_an_unknown_code_stands_for_itself() -> None:
    """An outlet has no entry among the words and is shown as it is named, each in its own direction."""
    assert Words("en").label("source", "BBC عربي") == rtl("BBC عربي")
    assert Words("ar").label("source", "Reuters") == ltr("Reuters")
    assert Words("en").label("source", None) == "Outlet not named"


def test_each_language_has_a_direction() -> None:
    """Arabic runs right to left."""
    assert DIRECTIONS == {"en": "ltr", "ar": "rtl"}
