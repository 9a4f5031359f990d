"""The seeds against what people found in them: the floor below which nothing lands."""

from classifiers import analyze
from classifiers.evaluation import Judged, Label, dice, report, tally
from classifiers.golden import judge_all, read_golden
from classifiers.records import Span

FLOORS = {"found F1": 0.90, "actor": 0.95, "kind": 0.85, "direct R": 0.95}


def test_the_seeds_are_read_as_people_read_them() -> None:
    """Statements found, speakers and kinds on the five seed articles stay above their floors; no trap is sprung."""
    seeds = [golden for golden in read_golden()[0] if golden.origin == "seed"]
    figures = report(judge_all(seeds, analyze))
    assert len(seeds) == 5
    for name, floor in FLOORS.items():
        assert figures[name]["value"] >= floor, (name, figures[name])
    assert figures["traps sprung"]["value"] <= 0.03


def label(start: int, end: int, actor: str | None = "RU", **change: object) -> Label:
    """A label with everything else the same."""
    return Label(Span(start, end), actor, "reported", True, "favor", "neutral")._replace(**change)


def test_a_perfect_answer_gets_ones() -> None:
    """What equals the gold scores 1 everywhere, with an interval of no width."""
    gold = (label(0, 10), label(20, 40, "US"), label(20, 40, "KR"))
    figures = report([Judged("x", "seed", gold, gold)])
    assert all(figures[name]["value"] == 1 for name in ("found F1", "actor", "kind", "stance", "sentiment", "on_target F1"))


def test_mistakes_are_counted_once_each() -> None:
    """A missed, an invented, a wrongly given and a null-actor statement land in their own counts."""
    gold = (label(0, 10), label(20, 30), label(40, 50), label(60, 70, None))
    found = (label(0, 9), label(20, 30, "US"), label(60, 70), label(90, 99))
    counts = tally(Judged("x", "seed", gold, found, (Span(88, 100),))).counts
    assert counts["found_gold"] == 3 and counts["found_gold_hit"] == 2  # the third is missed
    assert counts["found_found"] == 4 and counts["found_found_hit"] == 2  # a null statement given to RU, and one invented
    assert counts["actor"] == 2 and counts["actor_hit"] == 1
    assert counts["traps"] == counts["traps_sprung"] == 1


def test_dice() -> None:
    """Overlap as a share of the mean length."""
    assert dice(Span(0, 10), Span(0, 10)) == 1
    assert dice(Span(0, 10), Span(5, 15)) == 0.5
    assert dice(Span(0, 10), Span(10, 20)) == 0
