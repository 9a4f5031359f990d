"""The data that travels through the program: an Article goes in, Records come out.

Every offset counts code points of the text it belongs to, so that `text[start:end]` is the stretch meant.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from classifiers.errors import UnreadableArticle


class Actor(StrEnum):
    """The five states whose stances are read, by ISO 3166-1 alpha-2 code."""

    US = "US"
    KR = "KR"
    CN = "CN"
    RU = "RU"
    KP = "KP"


class Stance(StrEnum):
    """The attitude toward the target, with the labels of SemEval-2016 task 6."""

    FAVOR = "favor"
    AGAINST = "against"
    NEUTRAL = "neutral"


class Sentiment(StrEnum):
    """The tone of the words, whatever their target."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"


class Kind(StrEnum):
    """How the article carries a statement: in its own words, in indirect speech, or as a position."""

    DIRECT = "direct"
    REPORTED = "reported"
    NARRATED = "narrated"


class Role(StrEnum):
    """In what capacity somebody speaks."""

    OFFICIAL = "official"
    STATE_MEDIA = "state_media"
    MEDIA = "media"
    EXPERT = "expert"
    OTHER = "other"


class Span(NamedTuple):
    """A stretch of a text, `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One published text. `published` is the day of publication, never of the crawl."""

    article_id: str
    text: str
    title: str | None = None
    source: str | None = None
    published: date | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise UnreadableArticle(f"An article needs its text as a string; got {type(self.text).__name__}.")
        if isinstance(self.published, str):
            object.__setattr__(self, "published", _iso_date(self.published))


def _iso_date(written: str) -> date:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        raise UnreadableArticle(
            f"`published` needs a date such as 2024-06-19; got {written[:40]!r}. Write it as YYYY-MM-DD or leave it out."
        ) from None


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of an article that reports what one attribution says: `span` covers cue, speaker and content.

    `cue` is the stretch that signals the attribution; None for a quotation that only its place attributes.
    """

    span: Span
    kind: Kind
    cue: Span | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks in a statement, and how that is known.

    `mention` is the stretch that names the speaker inside the statement; None when a back-reference was followed,
    in which case `antecedent` is the stretch it led to.
    """

    actor: Actor | None
    speaker: str | None
    role: Role
    via: str | None = None
    mention: Span | None = None
    antecedent: Span | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One statement of one actor, scored: the contract with every other program."""

    statement_id: str
    article_id: str
    source: str | None
    published: date | None
    actor: Actor | None
    speaker: str | None
    speaker_role: Role
    via: str | None
    kind: Kind
    cue: str | None
    start: int
    end: int
    text: str
    on_target: bool
    stance: Stance | None
    p_favor: float | None
    p_against: float | None
    p_neutral: float | None
    stance_score: float | None
    sentiment: Sentiment
    sentiment_score: float
    evidence: tuple[tuple[int, int, float], ...]
    model: str
    in_title: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON values: enums as strings, the date as YYYY-MM-DD, evidence as lists."""
        row = asdict(self)
        row["published"] = self.published.isoformat() if self.published else None
        row["evidence"] = [list(stretch) for stretch in self.evidence]
        return {name: str(value) if isinstance(value, StrEnum) else value for name, value in row.items()}


RECORD_FIELDS = tuple(field.name for field in fields(Record))


def text_digest(text: str) -> str:
    """SHA-256 of a text, the first part of every id that must be the same on every machine."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def statement_id(digest: str, span: Span, actor: Actor | None) -> str:
    """A name for a statement: the same for the same text (by its digest), span and actor."""
    return hashlib.sha256(f"{digest}:{span.start}:{span.end}:{actor or ''}".encode()).hexdigest()[:16]
