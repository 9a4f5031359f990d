"""Figures with their n and intervals: against counts by hand, on no row, one row and many."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from synthetic import make_corpus, make_record, one_row_corpus, to_table

from classifiers.records import Actor, Article, Span
from dashboard import queries
from dashboard.corpus import build_corpus
from dashboard.cube import bins_of
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
    alike = np.ravel(bootstrap(sums[None], counts[None]))
    assert np.allclose(np.ravel(linear(np.zeros(400, dtype=int), sums, counts)), alike, atol=0.006)


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


SELECTIONS = [
    Selection(),
    Selection(target="all", actors=("RU", "other")),
    Selection(sources=("", "العربي"), kinds=("direct",), roles=("official", "expert")),
    Selection(since=date(2024, 2, 1), until=date(2024, 4, 30), confidence=0.7),
    Selection(stance=(-0.5, 0.25), sentiment=(0.0, 1.0), sentiments=("positive", "neutral")),
    Selection(target="off"),
]


@pytest.mark.parametrize("selection", SELECTIONS)
def test_the_cube_keeps_what_the_database_keeps(selection: Selection) -> None:
    """Charts and lists hold the same statements, whatever the filters."""
    rows = queries.statements(MANY, selection, size=0).dropna(subset=["stance_score"])
    table = queries.stances(MANY, selection, ("source",)).set_index("source")
    assert table["n"].to_dict() == rows["source"].fillna("").value_counts().to_dict()
    assert table["articles"].sum() == rows["article_id"].nunique()


@pytest.mark.parametrize(
    ("day", "unit", "first"),
    [
        ("2024-06-19", "day", "2024-06-19"),
        ("2024-06-19", "week", "2024-06-17"),
        ("2024-06-17", "week", "2024-06-17"),
        ("2024-06-16", "week", "2024-06-10"),
        ("1969-12-29", "week", "1969-12-29"),
        ("2024-06-30", "month", "2024-06-01"),
    ],
)
def test_a_day_lies_in_its_bin(day: str, unit: str, first: str) -> None:
    """Weeks begin on Monday, months on their first day."""
    assert bins_of(np.array([day], dtype="datetime64[D]"), unit)[0] == np.datetime64(first)


def test_claims_are_told_by_the_cue() -> None:
    """The verbs of distance count in every form, with a joined particle too; others do not."""
    article = Article("one", "زعم", source="العربي")
    cues = ["زعمت", "وادعى", "يدّعي", "يدعو", "قال", "تدعيم", None]
    made = make_record(article, Span(0, 3), actor=Actor.US, stance="favor", draw=random.Random(1))
    rows = [replace(made, statement_id=str(place), cue=cue) for place, cue in enumerate(cues)]
    table = queries.claims(build_corpus([article], to_table(rows)), Selection())
    assert (table["n"].tolist(), table["claimed"].tolist()) == ([6], [3])


def test_a_missed_quotation_is_one_that_others_carry() -> None:
    """What an outlet quotes itself is not missed; the same words in two others are listed once."""
    quoted = {name: f'قال "{name} هذه كلمات طويلة جدا تصلح للمقارنة" ثم مضى' for name in ("اولا", "ثانيا")}
    carried = [("a", "اولا"), ("b", "اولا"), ("b", "ثانيا"), ("c", "ثانيا")]
    articles, rows = [], []
    for number, (source, name) in enumerate(carried):
        article = Article(str(number), quoted[name], source=source)
        articles.append(article)
        span = Span(0, len(article.text))
        rows.append(make_record(article, span, actor=Actor.RU, stance="favor", draw=random.Random(1)))
    corpus = build_corpus(articles, to_table(rows))
    missing = queries.missed(corpus, Selection(sources=("a",)), source="a", size=5)
    assert [text.split()[1] for text in missing["text"]] == ['"ثانيا'] and missing["outlets"].tolist() == [2]


def test_the_curve_marks_the_confidence_of_the_reader() -> None:
    """The last point that a confidence reaches is marked; without a curve there is no point."""
    table = queries.coverage(MANY, Selection(confidence=0.7))
    assert table["marked"].tolist() == [False, True, False]
    assert (table["low"] < table["accuracy"]).all() and (table["accuracy"] < table["high"]).all()
    assert queries.coverage(replace(MANY, card={}), Selection()).empty


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
