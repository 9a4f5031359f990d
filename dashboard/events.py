"""What happened in the world: `seeds/events.csv` goes in, dated events with a name in each language come out."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

EVENTS = Path(__file__).parents[1] / "seeds" / "events.csv"


@dataclass(frozen=True, slots=True)
class Event:
    """A well-known event; `names` by language."""

    day: date
    names: dict[str, str]


@cache
def read_events() -> tuple[Event, ...]:
    """All events, the earliest first; none where the file is not shipped."""
    if not EVENTS.is_file():
        return ()
    with EVENTS.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        events = [Event(date.fromisoformat(row["date"]), {"en": row["en"], "ar": row["ar"]}) for row in rows]
    return tuple(sorted(events, key=lambda event: event.day))
