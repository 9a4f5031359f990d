"""Differences of two selections: their value, their interval, and the word for how sure they are."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
import pytest
from synthetic import make_corpus, one_row_corpus

from dashboard import queries
from dashboard.comparisons import against_others, changes, difference
from dashboard.corpus import Corpus
from dashboard.filters import Selection
from dashboard.intervals import bootstrap, bootstrap_difference
from dashboard.theme import ACTORS

MANY = make_corpus(60)


def test_a_difference_is_first_minus_second() -> None:
    """The difference is that of the means, lies in its interval, and turns with the sides."""
    russia, america = Selection(actors=("RU",)), Selection(actors=("US",))
    means = queries.stances(MANY, Selection(), ("actor",)).set_index("actor")["mean"]
    found, turned = difference(MANY, russia, america), difference(MANY, america, russia)
    assert found.value == pytest.approx(means["RU"] - means["US"])
    assert found.low <= found.value <= found.high
    assert (turned.value, turned.low, turned.high) == pytest.approx((-found.value, -found.high, -found.low))
    assert found.verdict == turned.verdict == "clear"


def test_a_selection_does_not_differ_from_itself() -> None:
    """The same statements on both sides differ by nothing, and the articles they share add no doubt."""
    found = difference(MANY, Selection(), Selection())
    assert (found.value, found.low, found.high, found.verdict) == (0, 0, 0, "unclear")


@pytest.mark.parametrize("corpus", [one_row_corpus(), make_corpus(0)], ids=["one", "none"])
def test_too_few_statements_are_not_compared(corpus: object) -> None:
    """Below the least n there is no difference to tell."""
    found = difference(corpus, Selection(), Selection())  # type: ignore[arg-type]
    assert found.verdict == "few" and math.isnan(found.value)


def test_against_nothing_the_difference_is_the_mean() -> None:
    """Set against a side of zeros, the interval is that of the first side's mean."""
    sums = np.array([[1.0, 0.0], [-0.5, 0.0], [2.0, 0.0]])
    counts = np.array([[2.0, 1.0], [1.0, 1.0], [3.0, 1.0]])
    alone = np.concatenate(bootstrap(sums[None, :, 0], counts[None, :, 0]))
    assert bootstrap_difference(sums, counts) == pytest.approx(tuple(alone))


def test_an_outlet_is_set_against_all_others() -> None:
    """Every statement of a country is on exactly one side."""
    table = against_others(MANY, Selection(), "الدستور").set_index("actor")
    whole = queries.stances(MANY, Selection(), ("actor",)).set_index("actor")
    assert (table["n"] + table["n_others"]).to_dict() == whole["n"].to_dict()
    assert set(table["verdict"]) <= {"clear", "unclear", "few"}


def test_a_single_outlet_has_no_others() -> None:
    """Where there is one outlet only, every comparison has too few statements."""
    table = against_others(one_row_corpus(), Selection(), "العربي")
    assert table["verdict"].tolist() == ["few"] and table["n_others"].tolist() == [0]


def test_a_change_is_the_second_half_minus_the_first() -> None:
    """Each country's change is the difference of its two halves, which together hold the whole period."""
    table = changes(MANY, Selection()).set_index("actor")
    assert list(table.index) == list(ACTORS)
    middle = MANY.first + (MANY.last - MANY.first) / 2
    early, late = Selection(until=middle), Selection(since=middle + timedelta(days=1))
    means = [queries.stances(MANY, half, ("actor",)).set_index("actor")["mean"] for half in (early, late)]
    assert table["value"].to_dict() == pytest.approx((means[1] - means[0]).to_dict())


@pytest.mark.parametrize("corpus", [one_row_corpus(), make_corpus(0)], ids=["one", "none"])
def test_a_single_day_does_not_change(corpus: Corpus) -> None:
    """Without a period there is nothing to compare."""
    assert changes(corpus, Selection()).empty
