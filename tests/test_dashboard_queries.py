"""Figures with their n and intervals: against counts by hand, on no row, one row and many."""

from __future__ import annotations

import numpy as np
import pytest
from synthetic import make_corpus, one_row_corpus

from dashboard import queries
from dashboard.filters import Selection
from dashboard.intervals import bootstrap, linear, mean_intervals, wilson
from dashboard.theme import STANCES

MANY, ONE, NONE = make_corpus(60), one_row_corpus(), make_corpus(0)
KEYS = [("actor",), ("source",), ("actor", "source"), ("bin", "actor")]


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_wilson_agrees_with_published_values(successes: int, n: int, low: float, high: float) -> None:
    """The share interval is Wilson's without correction (Newcombe 1998, table I)."""
    assert wilson(np.array(successes), np.array(n)) == pytest.approx((low, high), abs=5e-5)


def test_nothing_counted_gives_no_interval() -> None:
    """A share of nothing and a mean of one article have no interval."""
    assert np.isnan(wilson(np.array([0]), np.array([0]))).all()
    assert np.isnan(mean_intervals(np.array([0]), np.array([1.0]), np.array([2.0]))).all()


def test_the_bootstrap_is_always_alike() -> None:
    """The same articles give the same interval, which holds the mean."""
    sums, counts = np.array([[1.0, -0.5, 2.0, 0.3]]), np.array([[2.0, 1.0, 3.0, 2.0]])
    first, second = bootstrap(sums, counts), bootstrap(sums, counts)
    assert first == second
    assert first[0] < sums.sum() / counts.sum() < first[1]


def test_groups_do_not_disturb_each_other() -> None:
    """The interval of a group among others, in any order of its articles' neighbours, is the one it has alone."""
    draw = np.random.default_rng(2)
    group, counts = np.repeat(np.arange(5), [1, 2, 3, 3, 150]), np.ones(159)
    sums = draw.normal(0, 0.5, 159)
    mixed = draw.permutation(159)
    together = mean_intervals(group[mixed], sums[mixed], counts[mixed])
    for each in range(5):
        own = mixed[group[mixed] == each]
        alone = mean_intervals(np.zeros(len(own), dtype=int), sums[own], counts[own])
        assert np.allclose([bound[each] for bound in together], [bound[0] for bound in alone], equal_nan=True)


def test_many_articles_converge_to_the_moments() -> None:
    """Above the limit of the bootstrap the interval from moments is the same one."""
    draw = np.random.default_rng(1)
    counts = draw.integers(1, 9, 400).astype(float)
    sums = counts * draw.normal(0.2, 0.4, 400)
    assert np.allclose(linear(sums[None], counts[None]), bootstrap(sums[None], counts[None]), atol=0.006)


@pytest.mark.parametrize("by", KEYS)
def test_groups_add_up_to_the_rows_behind_them(by: tuple[str, ...]) -> None:
    """Every statement on target (of a country, with a date, where asked) is counted in exactly one group."""
    rows = queries.statements(MANY, Selection(), size=0)
    if "actor" in by:
        rows = rows[rows["actor"].notna()]
    if "bin" in by:
        rows = rows[rows["published"].notna()]
    table = queries.stances(MANY, Selection(), by)
    assert table["n"].sum() == len(rows)
    assert (table["n"] * table["mean"]).sum() == pytest.approx(rows["stance_score"].sum())
    assert (table[list(STANCES)].sum(axis=1) == table["n"]).all()
    assert np.allclose(table[[f"share_{stance}" for stance in STANCES]].sum(axis=1), 1)


def test_a_mean_lies_in_its_interval() -> None:
    """Low ≤ mean ≤ high wherever there is an interval; too few follows the least n."""
    table = queries.stances(MANY, Selection(least=40), ("actor",))
    assert (table["low"] <= table["mean"]).all() and (table["mean"] <= table["high"]).all()
    assert (table["too_few"] == (table["n"] < 40)).all()


@pytest.mark.parametrize("by", KEYS)
def test_one_row_gives_one_group_without_interval(by: tuple[str, ...]) -> None:
    """A single statement is a group of n 1, too few to say."""
    table = queries.stances(ONE, Selection(), by)
    assert table["n"].tolist() == [1]
    assert table["too_few"].all() and table["low"].isna().all()


@pytest.mark.parametrize("by", KEYS)
def test_no_row_gives_an_empty_table(by: tuple[str, ...]) -> None:
    """Nothing in, nothing out, with the same columns."""
    assert queries.stances(NONE, Selection(), by).empty
    assert list(queries.stances(NONE, Selection(), by)) == list(queries.stances(MANY, Selection(), by))


def test_a_page_of_statements_continues_the_one_before() -> None:
    """Pages of statements make up the whole list, in order."""
    whole = queries.statements(MANY, Selection(), size=0)["statement_id"].tolist()
    pages = [
        queries.statements(MANY, Selection(), page=page, size=50)["statement_id"].tolist() for page in (1, 2, 3, 4, 5)
    ]
    assert [each for page in pages for each in page] == whole
    assert len(whole) == queries.count(MANY, Selection())


@pytest.mark.parametrize("search", ["أميركا", "اميركا", "أَمِيركا", "إميركا", "أميـركا", "أمريكا"])
def test_search_finds_other_spellings(search: str) -> None:
    """Alef forms, short vowels, stretching and the spellings that the press mixes do not hide a word."""
    assert queries.count(MANY, Selection(), search=search) == queries.count(MANY, Selection(), search="أميركا") > 0


@pytest.mark.parametrize("search", ["%", "_", "'; DROP TABLE records; --"])
def test_search_words_are_only_words(search: str) -> None:
    """Nothing typed into the search is obeyed."""
    assert queries.count(MANY, Selection(), search=search) == 0
    assert queries.count(MANY, Selection()) > 0


@pytest.mark.parametrize("sort", list(queries.STATEMENT_SORTS))
def test_every_order_lists_all_statements(sort: str) -> None:
    """An order changes the sequence only."""
    assert len(queries.statements(MANY, Selection(), sort=sort, size=0)) == queries.count(MANY, Selection())


def test_a_pick_narrows_the_statements_not_the_charts() -> None:
    """What was clicked shows the statements behind one mark; the figures stay."""
    selection = Selection(pick=(("at", "mean-by-country"), ("actor", "RU")))
    russia = queries.stances(MANY, selection, ("actor",)).set_index("actor").loc["RU", "n"]
    assert queries.count(MANY, selection) == russia


def test_an_empty_selection_names_the_filter_to_loosen() -> None:
    """The filter whose opening brings most back comes first."""
    selection = Selection(confidence=0.99, kinds=("direct",))
    assert queries.shown(MANY, selection).statements == 0
    assert [field for field, _ in queries.loosen(MANY, selection)] == ["confidence"]


def test_the_plainest_statement_is_on_the_side_of_the_mean() -> None:
    """A country that leans against is quoted against."""
    means = queries.stances(MANY, Selection(), ("actor",)).set_index("actor")["mean"]
    plain = queries.plainest(MANY, Selection()).set_index("actor")["stance_score"]
    assert ((plain * means) > 0).all()


def test_readers_do_not_disturb_one_another() -> None:
    """Two selections asked from many threads at once give what each gives alone."""
    from concurrent.futures import ThreadPoolExecutor

    selections = [Selection(actors=(actor,)) for actor in ("RU", "US", "CN", "KP")] * 5
    alone = [queries.shown(MANY, selection) for selection in selections]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda selection: queries.shown(MANY, selection), selections)) == alone
