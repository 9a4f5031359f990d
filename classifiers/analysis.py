"""The composer: an Article goes in, its Records come out. Command line, dashboard and tests all call `analyze`."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from classifiers.actors import Attribution, attribute
from classifiers.furniture import furniture
from classifiers.masking import Masked, cue_signs, mask
from classifiers.models import Models, load_models
from classifiers.phrases import Phrase
from classifiers.reading import Reading, tokens_of
from classifiers.records import Article, Record, Sentiment, Span, Stance, statement_id, text_digest
from classifiers.spans import Statement
from classifiers.statements import find_statements
from classifiers.target import about_pair, pair, setting

EVIDENCE = 6  # stretches a record shows
LEAST_WEIGHT = 0.01  # a word that moves the score by less shows nothing


def analyze(article: Article, *, models: Models | None = None) -> list[Record]:
    """The statements of an article with their speakers, stance and sentiment, in the order of the text.

    Offsets count in `article.text`; of statements in a given `title`, in the title, with `in_title` true.
    Deterministic, offline and safe to call from many threads.
    """
    models = models or load_models()
    body = Reading(article.text, furniture(article.text))
    about = about_pair(body)
    records = _records(article, body, about, models, in_title=False)
    if article.title and article.title.strip() and article.title.strip() not in article.text:
        records = _records(article, Reading(article.title), about, models, in_title=True) + records
    return records


def _records(article: Article, reading: Reading, about: float, models: Models, *, in_title: bool) -> list[Record]:
    statements = find_statements(reading)
    found = [(s, a) for s, speakers in zip(statements, attribute(reading, statements), strict=True) for a in speakers]
    if not found:
        return []
    places = [_mention(reading, a.mention) for _, a in found]
    masked = [mask(reading, s.first, s.last, place, pair()) for (s, _), place in zip(found, places, strict=True)]
    texts = [m.text for m in masked]
    settings = [setting(reading, s.first, s.last, place, a.actor, about) for (s, a), place in zip(found, places, strict=True)]
    on_target = models.target.predict(list(zip(texts, settings, strict=True)))
    signs = [cue_signs(s.clue.cue) for s, _ in found]
    stances = models.stance.predict_proba([" ".join([text, *sign]) for text, sign in zip(texts, signs, strict=True)])
    sentiments = models.sentiment.predict_proba(texts)
    digest = text_digest(reading.text)
    return [
        _record(
            article,
            reading,
            digest,
            s,
            a,
            m,
            bool(on),
            dict(zip(models.stance.classes_, p, strict=True)),
            dict(zip(models.sentiment.classes_, q, strict=True)),
            models,
            in_title=in_title,
        )
        for (s, a), m, on, p, q in zip(found, masked, on_target, stances, sentiments, strict=True)
    ]


def _mention(reading: Reading, mention: Span | None) -> Phrase | None:
    return None if mention is None else Phrase(*tokens_of(reading, mention))


def _record(
    article: Article,
    reading: Reading,
    digest: str,
    statement: Statement,
    who: Attribution,
    masked: Masked,
    on_target: bool,
    stance: dict[str, float],
    sentiment: dict[str, float],
    models: Models,
    *,
    in_title: bool,
) -> Record:
    span = reading.span(statement.first, statement.last)
    scored = (
        {f"p_{label}": float(stance[label]) for label in Stance}
        if on_target
        else dict.fromkeys(("p_favor", "p_against", "p_neutral"))
    )
    return Record(
        statement_id=statement_id(digest, span, who.actor),
        article_id=article.article_id,
        source=article.source,
        published=article.published,
        actor=who.actor,
        speaker=who.speaker,
        speaker_role=who.role,
        via=who.via,
        kind=statement.kind,
        cue=reading.words_of(statement.clue.first, statement.clue.last),
        start=span.start,
        end=span.end,
        text=reading.text[span.start : span.end],
        on_target=on_target,
        stance=Stance(max(stance, key=lambda label: stance[label])) if on_target else None,
        stance_score=float(stance["favor"] - stance["against"]) if on_target else None,
        sentiment=Sentiment(max(sentiment, key=lambda label: sentiment[label])),
        sentiment_score=float(sentiment["positive"] - sentiment["negative"]),
        evidence=_evidence(reading, statement, masked, models) if on_target else (),
        model=models.version,
        in_title=in_title,
        **scored,
    )


def _evidence(reading: Reading, statement: Statement, masked: Masked, models: Models) -> tuple[tuple[int, int, float], ...]:
    """The words that moved the stance most, as offsets with weights: positive toward favor."""
    signs = cue_signs(statement.clue.cue)
    weights = models.stance.explain_stance([*masked.words, *signs])[: len(masked.words)]
    ranked = sorted(
        ((abs(w), place, w) for (_, w), place in zip(weights, masked.tokens, strict=True) if abs(w) >= LEAST_WEIGHT),
        reverse=True,
    )
    chosen = sorted((*reading.span(*place), round(weight, 4)) for _, place, weight in ranked[:EVIDENCE])
    return tuple(chosen)


_SCHEMA = pa.schema(
    [
        ("statement_id", pa.string()),
        ("article_id", pa.string()),
        ("source", pa.string()),
        ("published", pa.date32()),
        ("actor", pa.string()),
        ("speaker", pa.string()),
        ("speaker_role", pa.string()),
        ("via", pa.string()),
        ("kind", pa.string()),
        ("cue", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("text", pa.string()),
        ("on_target", pa.bool_()),
        ("stance", pa.string()),
        ("p_favor", pa.float64()),
        ("p_against", pa.float64()),
        ("p_neutral", pa.float64()),
        ("stance_score", pa.float64()),
        ("sentiment", pa.string()),
        ("sentiment_score", pa.float64()),
        ("evidence", pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64()), ("weight", pa.float64())]))),
        ("model", pa.string()),
        ("in_title", pa.bool_()),
    ]
)


def to_table(records: Iterable[Record]) -> pa.Table:
    """Records as an Arrow table with the columns of the contract: the one place where they become a table."""
    rows = []
    for record in records:
        row = record.to_dict()
        row["published"] = record.published
        row["evidence"] = [{"start": s, "end": e, "weight": w} for s, e, w in record.evidence]
        rows.append(row)
    return pa.Table.from_pylist(rows, schema=_SCHEMA)
