"""Records against golden labels: records of an article and its labels go in, figures with n and intervals come out.

Statements are compared span by span: a golden and a found stretch match when their overlap is at least half of their
mean length (Dice ≥ 0.5), one to one, best first. Intervals are percentiles of a bootstrap over articles, since the
statements of one article hang together (Efron & Tibshirani 1993, ch. 13).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from classifiers.records import Actor, Span

MATCH = 0.5
BOOTSTRAP = 1000
_FIVE = frozenset(map(str, Actor))


class Label(NamedTuple):
    """One statement of one actor, golden or found."""

    span: Span
    actor: str | None
    kind: str
    on_target: bool
    stance: str | None
    sentiment: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The labels of one article: what people say, what the program says, and the traps people marked."""

    article_id: str
    group: str
    gold: tuple[Label, ...]
    found: tuple[Label, ...]
    traps: tuple[Span, ...] = ()


@dataclass(slots=True)
class Tally:
    """Counts of one article, which add up over articles."""

    counts: Counter[str] = field(default_factory=Counter)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[tuple[str, Span]] = field(default_factory=list)


def dice(a: Span, b: Span) -> float:
    """Overlap of two stretches as a share of their mean length."""
    inside = min(a.end, b.end) - max(a.start, b.start)
    return 2 * inside / (a.end - a.start + b.end - b.start) if inside > 0 else 0.0


def _by_span(labels: Iterable[Label]) -> dict[Span, list[Label]]:
    grouped: dict[Span, list[Label]] = defaultdict(list)
    for label in labels:
        grouped[label.span].append(label)
    return grouped


def _matches(gold: Sequence[Span], found: Sequence[Span]) -> dict[Span, Span]:
    """Golden stretch → found stretch, one to one, the best overlap first."""
    pairs = sorted(((dice(g, f), g, f) for g in gold for f in found if dice(g, f) >= MATCH), key=lambda p: (-p[0], p[1], p[2]))
    matched: dict[Span, Span] = {}
    taken: set[Span] = set()
    for _, g, f in pairs:
        if g not in matched and f not in taken:
            matched[g] = f
            taken.add(f)
    return matched


def _five(labels: Iterable[Label]) -> frozenset[str]:
    return frozenset(label.actor for label in labels if label.actor in _FIVE)


def tally(judged: Judged) -> Tally:
    """The counts of one article."""
    result = Tally()
    gold, found = _by_span(judged.gold), _by_span(judged.found)
    matched = _matches(list(gold), list(found))
    back = {f: g for g, f in matched.items()}
    for span, labels in gold.items():
        if not _five(labels):
            continue
        other = found.get(matched.get(span, Span(-1, -1)), [])
        hit = bool(_five(other))
        _count(result, "found", hit, gold=True)
        if labels[0].kind == "direct":
            _count(result, "direct", hit, gold=True)
        if any(label.on_target for label in labels):
            _count(result, "on_target", hit and any(label.on_target for label in other), gold=True)
        if not hit:
            result.misses.append(("missed", span))
            continue
        _compare(result, span, labels, other)
    for span, labels in found.items():
        if not _five(labels):
            continue
        right = span in back and bool(_five(gold[back[span]]))
        _count(result, "found", right, gold=False)
        if labels[0].kind == "direct":
            _count(result, "direct", right, gold=False)
        if any(label.on_target for label in labels):
            _count(result, "on_target", right and any(label.on_target for label in gold[back[span]]), gold=False)
        if not right:
            result.misses.append(("invented", span))
    for trap in judged.traps:
        sprung = any(_five(labels) and span not in back and _inside(span, trap) >= MATCH for span, labels in found.items())
        result.counts["traps"] += 1
        result.counts["traps_sprung"] += sprung
        if sprung:
            result.misses.append(("trap", trap))
    return result


def _inside(span: Span, trap: Span) -> float:
    return max(0, min(span.end, trap.end) - max(span.start, trap.start)) / max(span.end - span.start, 1)


def _count(result: Tally, name: str, hit: bool, *, gold: bool) -> None:
    side = "gold" if gold else "found"
    result.counts[f"{name}_{side}"] += 1
    result.counts[f"{name}_{side}_hit"] += hit


def _compare(result: Tally, span: Span, gold: list[Label], found: list[Label]) -> None:
    """Actor, kind, stance and sentiment of a statement that was found."""
    wanted, given = _five(gold), _five(found)
    result.counts["actor"] += 1
    result.counts["actor_hit"] += wanted == given
    if wanted != given:
        result.misses.append((f"actor {'+'.join(sorted(wanted))} read as {'+'.join(sorted(given))}", span))
    for actor in wanted:
        result.confusion[(actor, actor if actor in given else "+".join(sorted(given)))] += 1
    pairs = {"kind": (gold[0].kind, found[0].kind), "sentiment": (gold[0].sentiment, found[0].sentiment)}
    if gold[0].on_target and found[0].on_target:
        pairs["stance"] = (str(gold[0].stance), str(found[0].stance))
    for name, (label, guess) in pairs.items():
        result.counts[name] += 1
        result.counts[f"{name}_hit"] += label == guess
        if label != guess:
            result.misses.append((f"{name} {label} read as {guess}", span))


def _ratio(counts: Counter[str], hit: str, total: str) -> float:
    return counts[hit] / counts[total] if counts[total] else float("nan")


def _f1(counts: Counter[str], name: str) -> float:
    p, r = _ratio(counts, f"{name}_found_hit", f"{name}_found"), _ratio(counts, f"{name}_gold_hit", f"{name}_gold")
    return 2 * p * r / (p + r) if p + r else 0.0


FIGURES: dict[str, tuple[Callable[[Counter[str]], float], str]] = {
    **{
        f"{name} {short}": (lambda c, n=name, s=side: _ratio(c, f"{n}_{s}_hit", f"{n}_{s}"), f"{name}_{side}")  # type: ignore[misc]
        for name in ("found", "direct", "on_target")
        for short, side in (("P", "found"), ("R", "gold"))
    },
    **{f"{name} F1": (lambda c, n=name: _f1(c, n), f"{name}_gold") for name in ("found", "direct", "on_target")},  # type: ignore[misc]
    **{name: (lambda c, n=name: _ratio(c, f"{n}_hit", n), name) for name in ("actor", "kind", "stance", "sentiment")},  # type: ignore[misc]
    "traps sprung": (lambda c: _ratio(c, "traps_sprung", "traps"), "traps"),
}


def report(articles: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """Every figure with its n and 95 % interval, over a set of judged articles."""
    tallies = [tally(judged).counts for judged in articles]
    generator = np.random.default_rng(0)
    draws = [
        sum((tallies[i] for i in generator.integers(0, len(tallies), len(tallies))), Counter[str]()) for _ in range(BOOTSTRAP)
    ]
    total = sum(tallies, Counter[str]())
    result = {}
    for name, (figure, n) in FIGURES.items():
        values = [value for draw in draws if not np.isnan(value := figure(draw))]
        low, high = np.percentile(values, [2.5, 97.5]) if values else (float("nan"), float("nan"))
        result[name] = {"value": figure(total), "low": float(low), "high": float(high), "n": total[n]}
    return result
