"""Match-forms: what meets in one form, and the way back to the published text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.text import MatchForm, match_form, tokens

SAME = [
    ("أمريكا", "امريكا"),
    ("إعلان", "اعلان"),
    ("آسيا", "اسيا"),
    ("الشمالية", "الشماليه"),
    ("منتدى", "منتدي"),
    ("قَالَ", "قال"),
    ("آسيــا", "اسيا"),
    ("سول\u200f", "سول"),
    ("٢٠٢٤", "2024"),
    ("ﻻ", "لا"),
    ("کوریا", "كوريا"),
    ("KCNA", "kcna"),
]


@pytest.mark.parametrize(("written", "other"), SAME)
def test_spellings_of_one_word_meet(written: str, other: str) -> None:
    """Hamza, ta marbuta, ya, diacritics, tatweel, marks, digits and borrowed letters do not tell words apart."""
    assert match_form(written) == match_form(other)


@pytest.mark.parametrize(("one", "other"), [("روسيا", "سوريا"), ("كوريا", "كورنا"), ("قال", "قالت")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    """Folding joins spellings, not words."""
    assert match_form(one) != match_form(other)


@given(st.text())
def test_folding_twice_equals_once(text: str) -> None:
    """A match-form is its own match-form."""
    assert match_form(match_form(text)) == match_form(text)


@given(st.text(alphabet=st.sampled_from("اأإآبةهىي ًـﻻ\u200f1٢q"), max_size=40))
def test_every_place_of_a_form_leads_back(text: str) -> None:
    """The stretch behind `form[a:b]` folds to a text that holds `form[a:b]`, and an empty one is empty."""
    form = MatchForm(text)
    for start in range(len(form.form)):
        span = form.span(start, start + 1)
        assert form.form[start] in match_form(text[span.start : span.end])
    assert form.span(0, 0) == (form.span(0, 0).start, form.span(0, 0).start)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال مون جاي-إن.", ["قال", "مون", "جاي", "إن", "."]),
        ("شبكة سي.إن.إن إن", ["شبكة", "سي.إن.إن", "إن"]),
        ("#دونالد_ترمب قال", ["دونالد", "ترمب", "قال"]),
        ("و أعرب عن", ["و أعرب", "عن"]),
        ("كلمة - أخرى", ["كلمة", "-", "أخرى"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    """A hyphen or a hashtag divides a name; an acronym and a conjunction typed apart hold together."""
    assert [token.group() for token in tokens(text)] == expected
