"""Synthetic articles and records for the tests of the dashboard: how many and what kind go in, a Corpus comes out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pyarrow as pa

from classifiers.records import (
    RECORD_FIELDS,
    Actor,
    Article,
    Kind,
    Record,
    Role,
    Sentiment,
    Span,
    Stance,
    statement_id,
    text_digest,
)
from dashboard.corpus import Corpus, build_corpus

CARD = {
    "version": "test-1",
    "figures": {"f1": 0.81234, "labels": ["favor", "against"]},
    "coverage": [
        {"confidence": 0.0, "coverage": 1.0, "accuracy": 0.8, "n": 700},
        {"confidence": 0.6, "coverage": 0.78, "accuracy": 0.88, "n": 546},
        {"confidence": 0.9, "coverage": 0.31, "accuracy": 0.93, "n": 217},
    ],
}
SENTENCES = {
    "favor": "أشاد المتحدث باسم الخارجية بالشراكة بين موسكو وبيونغ يانغ.",
    "against": "أعرب المتحدث عن قلق بلاده من التعاون العسكري مع أميركا.",
    "neutral": 'قال المتحدث إن الأمر "شأن ثنائي بين البلدين" (نسخة A/B).',
}
LEANING = {"RU": (0.1, 0.3), "KP": (0.1, 0.2), "CN": (0.25, 0.5), "KR": (0.7, 0.2), "US": (0.75, 0.2)}
SOURCES = ("العربي", "الدستور", "BBC عربي", "=outlet()", None)
HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'

_STRUCT = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("weight", pa.float64())])


def make_record(
    article: Article, span: Span, *, actor: Actor | None, stance: str | None, draw: random.Random
) -> Record:
    """One scored record over a stretch of an article."""
    strength = draw.uniform(0.5, 0.98)
    rest = (1 - strength) / 2
    p = {name: strength if name == stance else rest for name in ("favor", "against", "neutral")}
    tone = draw.choice(list(Sentiment))
    return Record(
        statement_id=statement_id(text_digest(article.text), span, actor),
        article_id=article.article_id,
        source=article.source,
        published=article.published,
        actor=actor,
        speaker="المتحدث باسم الخارجية" if draw.random() < 0.8 else None,
        speaker_role=draw.choice(list(Role)),
        via="رويترز" if draw.random() < 0.2 else None,
        kind=draw.choice(list(Kind)),
        cue=article.text[span.start : span.start + 4],
        start=span.start,
        end=span.end,
        text=article.text[span.start : span.end],
        on_target=stance is not None,
        stance=Stance(stance) if stance else None,
        p_favor=p["favor"] if stance else None,
        p_against=p["against"] if stance else None,
        p_neutral=p["neutral"] if stance else None,
        stance_score=p["favor"] - p["against"] if stance else None,
        sentiment=tone,
        sentiment_score={"positive": 0.7, "negative": -0.7, "neutral": 0.05}[tone],
        evidence=((span.start, span.start + 4, 0.3 if stance == "favor" else -0.3),) if stance else (),
        model="test-1",
    )


def make_articles(size: int, *, seed: int = 1) -> tuple[list[Article], list[Record]]:
    """`size` articles of one to eight sentences over 200 days, each sentence a statement."""
    draw = random.Random(seed)
    articles, records = [], []
    for number in range(size):
        actors = [draw.choice([*Actor, None]) for _ in range(draw.randint(1, 8))]
        stances = [_stance(actor, draw) for actor in actors]
        sentences = [SENTENCES[stance or "neutral"] for stance in stances]
        day = None if number % 17 == 16 else date(2024, 1, 1) + timedelta(days=draw.randint(0, 200))
        text = "عنوان المقال\n\n" + "\n".join(sentences)
        article = Article(f"{number:03}", text, source=SOURCES[number % len(SOURCES)], published=day)
        articles.append(article)
        place = len("عنوان المقال\n\n")
        for actor, stance, sentence in zip(actors, stances, sentences, strict=True):
            span = Span(place, place + len(sentence))
            records.append(make_record(article, span, actor=actor, stance=stance, draw=draw))
            place += len(sentence) + 1
    return articles, records


def _stance(actor: Actor | None, draw: random.Random) -> str | None:
    if draw.random() < 0.15:
        return None
    against, neutral = LEANING.get(str(actor), (0.3, 0.4))
    value = draw.random()
    return "against" if value < against else "neutral" if value < against + neutral else "favor"


def to_table(records: Sequence[Record]) -> pa.Table:
    """The records as an Arrow table with the columns of the contract."""
    rows = [{name: getattr(record, name) for name in RECORD_FIELDS} for record in records]
    for row in rows:
        row["evidence"] = [dict(zip(("start", "end", "weight"), part, strict=True)) for part in row["evidence"]]
        for name, value in row.items():
            row[name] = str(value) if isinstance(value, (Actor, Kind, Role, Sentiment, Stance)) else value
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _type(name: str) -> pa.DataType:
    special = {
        "published": pa.date32(),
        "start": pa.int32(),
        "end": pa.int32(),
        "on_target": pa.bool_(),
        "in_title": pa.bool_(),
        "evidence": pa.list_(_STRUCT),
    }
    return special.get(name, pa.float64() if name.startswith("p_") or name.endswith("_score") else pa.string())


SCHEMA = pa.schema([(name, _type(name)) for name in RECORD_FIELDS])


def make_corpus(size: int, *, seed: int = 1) -> Corpus:
    """A corpus of `size` synthetic articles."""
    articles, records = make_articles(size, seed=seed)
    return build_corpus(articles, to_table(records), card=CARD)


def one_row_corpus() -> Corpus:
    """A corpus of one article with a single statement on target."""
    article = Article("one", SENTENCES["favor"], source="العربي", published=date(2024, 6, 19))
    span = Span(0, len(article.text))
    record = make_record(article, span, actor=Actor.RU, stance="favor", draw=random.Random(1))
    return build_corpus([article], to_table([record]), card=CARD)


def read_text(text: str) -> tuple[Article, list[Record]]:
    """A stand-in for the analysis of a pasted text: the whole text is one neutral statement."""
    article = Article("try", text)
    span = Span(0, len(text))
    return article, [make_record(article, span, actor=Actor.CN, stance="neutral", draw=random.Random(1))]
