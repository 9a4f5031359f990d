"""What the reader asks for: a Selection goes to and from the address, and out as SQL conditions with parameters."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from classifiers.records import Actor, Kind, Role, Sentiment, Stance
from dashboard.i18n import Words

OTHER = "other"
ACTORS = (*(actor.value for actor in Actor), OTHER)
KINDS = tuple(kind.value for kind in Kind)
ROLES = tuple(role.value for role in Role)
SENTIMENTS = tuple(sentiment.value for sentiment in Sentiment)
STANCES = tuple(stance.value for stance in Stance)
TARGETS = ("on", "off", "all")
WHOLE = (-1.0, 1.0)
LEAST_N = 5
LEAST_N_LIMITS = (1, 50)

# The words of the address. They are a promise: links that people keep are built on them.
QUERY_NAMES = {
    "actors": "country",
    "sources": "source",
    "kinds": "kind",
    "roles": "role",
    "sentiments": "tone",
    "target": "target",
    "since": "from",
    "until": "to",
    "confidence": "confidence",
    "stance": "stance",
    "sentiment": "sentiment",
    "least": "least",
    "pick": "pick",
}
_CHOICES = {"actors": ACTORS, "kinds": KINDS, "roles": ROLES, "sentiments": SENTIMENTS}
_PICKS = {"actor": ACTORS, "stance": STANCES, "kind": KINDS, "role": ROLES, "sentiment": SENTIMENTS}
_CHART_NAME = re.compile("[a-z-]{1,40}")

Condition = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown. An empty tuple or None leaves a filter open; scores lie in −1..1, confidence in 0..1.

    `least` is the number of statements below which a figure is "too few". `pick` is what was clicked in a chart,
    as pairs such as ("actor", "RU"), and the chart itself as ("at", name): it narrows the statements under the charts,
    not the charts.
    """

    actors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sentiments: tuple[str, ...] = ()
    target: str = "on"
    since: date | None = None
    until: date | None = None
    confidence: float = 0.0
    stance: tuple[float, float] = WHOLE
    sentiment: tuple[float, float] = WHOLE
    least: int = LEAST_N
    pick: tuple[tuple[str, str], ...] = ()

    def to_query(self) -> dict[str, list[str]]:
        """The address of this selection: only what differs from the default, each value as written in a link."""
        default = Selection()
        return {
            QUERY_NAMES[field.name]: _written(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != getattr(default, field.name)
        }

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]], *, sources: Iterable[str]) -> tuple[Selection, list[str]]:
        """The selection of an address and the names of the parameters that could not be read."""
        values: dict[str, Any] = {}
        refused = []
        for field, name in QUERY_NAMES.items():
            if name not in query:
                continue
            try:
                values[field] = _read(field, list(query[name]), set(sources))
            except ValueError:
                refused.append(name)
        selection = cls(**values)
        if selection.since and selection.until and selection.since > selection.until:
            selection = replace(selection, since=selection.until, until=selection.since)
        return selection, refused

    def active(self) -> list[str]:
        """The fields that narrow the selection, in the order of the interface."""
        default = Selection()
        return [
            field.name
            for field in fields(self)
            if field.name not in ("least", "pick") and getattr(self, field.name) != getattr(default, field.name)
        ]

    def without(self, *names: str) -> Selection:
        """The same selection with the named fields open again."""
        default = Selection(target="all")
        return replace(self, **{name: getattr(default, name) for name in names})


def _written(value: Any) -> list[str]:
    if isinstance(value, date):
        return [value.isoformat()]
    if not isinstance(value, tuple):
        return [f"{value:g}" if isinstance(value, float) else str(value)]
    if value and isinstance(value[0], float):
        return ["..".join(f"{bound:g}" for bound in value)]
    if value and isinstance(value[0], tuple):
        return [f"{name}:{picked}" for name, picked in value]
    return list(value)


def _read(field: str, written: list[str], sources: set[str]) -> Any:
    """The value of one field; raises ValueError for anything that the interface could not have written."""
    if field in _CHOICES or field == "sources":
        return _chosen(written, sources if field == "sources" else _CHOICES[field])
    if field == "pick":
        return tuple(_picked(pair, sources) for pair in written)
    if len(written) != 1:
        raise ValueError(field)
    one = written[0]
    match field:
        case "target":
            return _chosen([one], TARGETS)[0]
        case "since" | "until":
            return date.fromisoformat(one)
        case "confidence":
            return _number(one, 0.0, 1.0)
        case "least":
            return int(_number(one, *LEAST_N_LIMITS))
        case _:
            low, high = sorted(_number(bound, *WHOLE) for bound in one.split("..", 1))
            return low, high


def _chosen(written: list[str], allowed: Iterable[str]) -> tuple[str, ...]:
    if not set(written) <= set(allowed):
        raise ValueError(written)
    return tuple(dict.fromkeys(written))


def _number(written: str, low: float, high: float) -> float:
    value = float(written)
    if not math.isfinite(value) or not low <= value <= high:
        raise ValueError(written)
    return value


def _picked(pair: str, sources: set[str]) -> tuple[str, str]:
    name, _, value = pair.partition(":")
    if name in ("from", "to"):
        date.fromisoformat(value)
    elif name == "at":
        if not _CHART_NAME.fullmatch(value):
            raise ValueError(pair)
    elif value not in (sources if name == "source" else _PICKS.get(name, ())):
        raise ValueError(pair)
    return name, value


def conditions(selection: Selection) -> dict[str, Condition]:
    """One SQL condition with its parameters for each field that narrows the selection."""
    made: dict[str, Condition] = {}
    for field, column in (
        ("actors", f"coalesce(actor, '{OTHER}')"),
        ("sources", "coalesce(source, '')"),
        ("kinds", "kind"),
        ("roles", "speaker_role"),
        ("sentiments", "sentiment"),
    ):
        if chosen := getattr(selection, field):
            made[field] = (f"list_contains(?, {column})", [list(chosen)])
    if selection.target != "all":
        made["target"] = ("on_target = ?", [selection.target == "on"])
    if selection.since:
        made["since"] = ("published >= ?", [selection.since])
    if selection.until:
        made["until"] = ("published <= ?", [selection.until])
    if selection.confidence > 0:
        made["confidence"] = ("confidence >= ?", [selection.confidence])
    if selection.stance != WHOLE:
        made["stance"] = ("stance_score BETWEEN ? AND ?", list(selection.stance))
    if selection.sentiment != WHOLE:
        made["sentiment"] = ("sentiment_score BETWEEN ? AND ?", list(selection.sentiment))
    return made


def picked_conditions(selection: Selection) -> list[Condition]:
    """The SQL conditions of what was clicked in a chart."""
    columns = {
        "actor": f"coalesce(actor, '{OTHER}') = ?",
        "source": "coalesce(source, '') = ?",
        "stance": "stance = ?",
        "kind": "kind = ?",
        "role": "speaker_role = ?",
        "sentiment": "sentiment = ?",
        "from": "published >= ?::DATE",
        "to": "published <= ?::DATE",
    }
    return [(columns[name], [value]) for name, value in selection.pick if name != "at"]


def predicate(selection: Selection, *, picked: bool = False) -> Condition:
    """A WHERE clause (without the word) and its parameters; `picked` adds what was clicked in a chart."""
    parts = list(conditions(selection).values()) + (picked_conditions(selection) if picked else [])
    if not parts:
        return "TRUE", []
    return " AND ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


def in_words(selection: Selection, words: Words) -> list[tuple[str, str]]:
    """Each active field with its filter in words, as chips and the lines under a title show it."""
    return [(field, _field_in_words(selection, field, words)) for field in selection.active()]


def _field_in_words(selection: Selection, field: str, words: Words) -> str:
    value = getattr(selection, field)
    name = words(f"filter.{field}")
    match field:
        case "actors" | "sources" | "kinds" | "roles" | "sentiments":
            kind = field.removesuffix("s")
            return f"{name}: {words('list.comma').join(words.label(kind, item) for item in value)}"
        case "target":
            return words.label("target", value)
        case "since" | "until":
            return f"{name} {words.day(value)}"
        case "confidence":
            return f"{name} ≥ {words.percent(value)}"
        case _:
            return f"{name}: {words.interval(*value)}"


def picked_in_words(selection: Selection, words: Words) -> str:
    """What was clicked in a chart, in words."""
    shown = [
        f"{words(f'pick.{name}')} {value}" if name in ("from", "to") else words.label(name, value)
        for name, value in selection.pick
        if name != "at"
    ]
    return words("list.comma").join(shown)
