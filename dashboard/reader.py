"""Statements and articles as safe HTML: records go in, escaped right-to-left markup comes out.

Everything here is `Markup`: a value is escaped the moment it is put in, so no text of an article can become markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from markupsafe import Markup

from classifiers.records import Article
from dashboard.i18n import Words, strip_bidi
from dashboard.queries import is_missing, records
from dashboard.theme import STANCE_SIGNS

Row = dict[str, Any]

_STRONG = 0.15


def table_html(headings: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str) -> Markup:
    """A plain table that every reader and every screen reader can go through."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(text) for text in headings)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row))
        for row in rows
    )
    return Markup(
        '<div class="mw-scroll" tabindex="0" role="region" aria-label="{}"><table class="mw-table"><thead><tr>{}</tr>'
        "</thead><tbody>{}</tbody></table></div>"
    ).format(caption, head, body)


def badge(stance: str | None, words: Words) -> Markup:
    """The stance of a statement as a coloured word with its sign."""
    code = "none" if is_missing(stance) else str(stance)
    return Markup('<span class="mw-badge mw-{}">{} {}</span>').format(
        code, STANCE_SIGNS[code], words.label("stance", code)
    )


def statement_html(row: Row, words: Words, *, link: str | None = None) -> Markup:
    """One statement as a card: who, where, when, how, the words themselves and their scores."""
    told = (
        words.label("source", _text(row["source"])),
        words.day(_day(row["published"])),
        words.label("kind", row["kind"]),
    )
    facts = [_who(row, words), *(_isolated(fact) for fact in told)]
    opened = Markup("")
    if link:
        opened = Markup('<a class="mw-link" href="{}" target="_self">{}</a>').format(link, words("reader.open"))
    return Markup(
        '<li class="mw-statement mw-edge-{stance}"><div class="mw-facts">{badge}{facts}</div>'
        '<p lang="ar" dir="rtl" class="mw-words">{text}</p><div class="mw-facts mw-scores">{scores}{opened}</div></li>'
    ).format(
        stance="none" if is_missing(row["stance"]) else row["stance"],
        badge=badge(row["stance"], words),
        facts=Markup("").join(Markup("<span>{}</span>").format(fact) for fact in facts),
        text=strip_bidi(row["text"]),
        scores=_scores(row, words),
        opened=opened,
    )


def statements_html(rows: pd.DataFrame, words: Words, *, query: dict[str, Any]) -> Markup:
    """A list of statements, each with a link to its place in its article; `query` is kept in the link."""
    cards = (statement_html(row, words, link=place_link(row, query)) for row in records(rows))
    return Markup('<ul class="mw-statements">{}</ul>').format(Markup("").join(cards))


def place_link(row: Row, query: dict[str, Any]) -> str:
    """The address of a statement's place in its article."""
    place = {**query, "article": row["article_id"], "statement": row["statement_id"]}
    return f"/article?{urlencode(place, doseq=True)}"


def _who(row: Row, words: Words) -> Markup:
    country = words.label("actor", _text(row["actor"]) or "other")
    speaker = _text(row["speaker"])
    if not speaker:
        return Markup("<bdi>{}</bdi>").format(country)
    return Markup("<bdi>{}</bdi> (<bdi>{}</bdi>)").format(strip_bidi(speaker), country)


def _scores(row: Row, words: Words) -> Markup:
    tone = words.label("sentiment", row["sentiment"])
    shown = [f"{words('score.sentiment')}: {tone} {words.score(row['sentiment_score'])}"]
    if not is_missing(row["stance_score"]):
        shown.insert(0, f"{words('score.stance')} {words.score(row['stance_score'])}")
        shown.append(
            words("list.comma").join(
                f"{words.label('stance', name)} {words.percent(row[f'p_{name}'])}"
                for name in ("against", "neutral", "favor")
            )
        )
    return Markup("").join(Markup("<span>{}</span>").format(text) for text in shown)


def _text(value: Any) -> str | None:
    return None if is_missing(value) else str(value)


def _isolated(text: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(strip_bidi(text))


def _day(value: Any) -> Any:
    return None if is_missing(value) or pd.isna(value) else pd.Timestamp(value).date()


def article_html(article: Article, rows: Sequence[Row], words: Words, *, chosen: str | None = None) -> Markup:
    """An article with its statements marked in the colour of their stance and numbered as in the notes below it.

    Where statements overlap, the shorter one colours the words. `rows` are records whose offsets lie in the text.
    """
    spans = _spans(rows)
    weights = [stretch for row in rows for stretch in _evidence(row)]
    cuts = sorted({0, len(article.text), *_edges(spans, len(article.text)), *_edges(weights, len(article.text))})
    paragraphs = Markup("").join(
        _piece(article.text[start:end], start, end, spans, weights, chosen) for start, end in pairwise(cuts)
    )
    return Markup('<article lang="ar" dir="rtl" class="mw-article">{}</article>').format(paragraphs)


def _spans(rows: Sequence[Row]) -> list[tuple[int, int, list[tuple[int, Row]]]]:
    """The marked stretches, shortest first, each with the numbered records over it (joint speakers share one)."""
    found: dict[tuple[int, int], list[tuple[int, Row]]] = {}
    for number, row in enumerate(rows, start=1):
        found.setdefault((int(row["start"]), int(row["end"])), []).append((number, row))
    return sorted(((start, end, rows) for (start, end), rows in found.items()), key=lambda span: span[1] - span[0])


def _evidence(row: Row) -> list[tuple[int, int, float]]:
    evidence = row.get("evidence")
    if evidence is None:
        return []
    return [
        (int(part["start"]), int(part["end"]), float(part["weight"]))
        if isinstance(part, dict)
        else (int(part[0]), int(part[1]), float(part[2]))
        for part in evidence
    ]


def _edges(stretches: Iterable[Sequence[Any]], size: int) -> set[int]:
    return {edge for stretch in stretches for edge in stretch[:2] if 0 <= edge <= size}


def _piece(
    text: str,
    start: int,
    end: int,
    spans: list[tuple[int, int, list[tuple[int, Row]]]],
    weights: list[tuple[int, int, float]],
    chosen: str | None,
) -> Markup:
    words = Markup("<br>").join(Markup("{}").format(strip_bidi(line)) for line in text.split("\n"))
    weight = max((w for low, high, w in weights if low <= start and end <= high), key=abs, default=0.0)
    if weight:
        side = "favor" if weight > 0 else "against"
        strength = "strong" if abs(weight) >= _STRONG else "weak"
        words = Markup('<u class="mw-why mw-why-{} mw-why-{}">{}</u>').format(side, strength, words)
    inside = next((span for span in spans if span[0] <= start and end <= span[1]), None)
    if inside is None:
        return words
    _, last, rows = inside
    row = rows[0][1]
    stance = "none" if is_missing(row["stance"]) else row["stance"]
    picked = " mw-chosen" if any(each["statement_id"] == chosen for _, each in rows) else ""
    marked = Markup('<mark class="mw-{}{}">{}</mark>').format(stance, picked, words)
    return marked + _numbers(rows) if end == last else marked


def _numbers(rows: list[tuple[int, Row]]) -> Markup:
    return Markup("").join(
        Markup('<sup><a href="#note-{}" target="_self">{}</a></sup>').format(number, number) for number, _ in rows
    )


def notes_html(rows: Sequence[Row], words: Words) -> Markup:
    """The notes to an article: for each number who speaks, by which words that is known, and the scores."""
    return Markup('<ol class="mw-notes">{}</ol>').format(
        Markup("").join(_note(number, row, words) for number, row in enumerate(rows, start=1))
    )


def _note(number: int, row: Row, words: Words) -> Markup:
    parts = [
        (words("reader.speaker"), _who(row, words)),
        (words("reader.role"), words.label("role", row["speaker_role"])),
        (words("reader.kind"), words.label("kind", row["kind"])),
        (words("reader.cue"), _text(row["cue"])),
        (words("reader.via"), _text(row["via"])),
    ]
    facts = Markup("").join(
        Markup("<span>{}: {}</span>").format(name, value if isinstance(value, Markup) else _isolated(value))
        for name, value in parts
        if value
    )
    return Markup(
        '<li id="note-{}" value="{}"><div class="mw-facts">{}{}</div><div class="mw-facts mw-scores">{}</div></li>'
    ).format(number, number, badge(row["stance"], words), facts, _scores(row, words))


def headline(article: Article) -> str:
    """The title of an article, or its first line, without stray direction marks."""
    lines = (line.strip() for line in (article.title or article.text).splitlines())
    return strip_bidi(next((line for line in lines if line), article.article_id))


def facts_html(article: Article, words: Words) -> Markup:
    """Outlet, date and address of an article."""
    facts = [words.label("source", article.source), words.day(article.published), article.article_id]
    shown = Markup("").join(Markup("<span>{}</span>").format(_isolated(fact)) for fact in facts)
    if article.url and article.url.startswith(("https://", "http://")):
        shown += Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(
            article.url, words("reader.original")
        )
    return Markup('<p class="mw-facts">{}</p>').format(shown)


def legend_html(words: Words) -> Markup:
    """What the colours and signs of marked statements mean."""
    shown = Markup(" ").join(badge(stance, words) for stance in ("against", "neutral", "favor", None))
    return Markup('<p class="mw-facts mw-legend">{} <span>{}</span></p>').format(shown, words("reader.legend"))


def note_html(text: str) -> Markup:
    """A remark in small letters."""
    return Markup('<p class="mw-note">{}</p>').format(text)


def card_rows(card: dict[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    """A model card of any shape as pairs of a dotted name and its value in words."""
    for name, value in card.items():
        if isinstance(value, dict):
            yield from card_rows(value, f"{prefix}{name}.")
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            for place, item in enumerate(value, start=1):
                yield from card_rows(item, f"{prefix}{name}.{place}.")
        else:
            yield f"{prefix}{name}", f"{value:.3f}" if isinstance(value, float) else str(value)


def held_out_rows(card: dict[str, Any], words: Words) -> Iterable[list[str]]:
    """The figures of a model card on rows held out from training, those that it has, each with its interval and n."""
    for name, figures in card.get("held_out", {}).items():
        if not isinstance(figures, dict) or not words.has(f"judged.{name}"):
            continue
        low, high = figures.get("interval") or (None, None)
        yield [
            words(f"judged.{name}"),
            words.percent(figures.get("macro_f1")),
            f"{words.percent(low)} – {words.percent(high)}",
            words.percent(figures.get("accuracy")),
            words.number(figures.get("n")),
        ]
