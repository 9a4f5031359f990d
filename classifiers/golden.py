"""The golden set: labels of `seeds/golden/` and their articles go in, judged articles for `evaluation` come out.

Labels point into articles by id, offsets and hash. The newspapers' own articles stand outside the project, in the ANT
corpus (Chouigui et al. 2021, antcorpus.github.io); without it those articles are left out, and the reader is told.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifiers.articles import SEEDS, ant_texts, decode
from classifiers.errors import TrainingDataError
from classifiers.evaluation import Judged, Label
from classifiers.records import Article, Record, Span, text_digest

GOLDEN = SEEDS / "golden"


@dataclass(frozen=True, slots=True)
class GoldenArticle:
    """An article with what people found in it. `half` is "dev" or "held-out"; `origin` seed, written or ant."""

    article: Article
    origin: str
    half: str
    labels: tuple[Label, ...]
    traps: tuple[Span, ...]


def half_of(article_id: str, origin: str) -> str:
    """The half of an article, by the hash of its id; the five seeds were read while rules were written."""
    if origin == "seed":
        return "dev"
    return "dev" if int(hashlib.sha256(article_id.encode()).hexdigest(), 16) % 2 == 0 else "held-out"


def _text(article_id: str, origin: str, folder: Path) -> str | None:
    if origin == "ant":
        return ant_texts().get(article_id)
    file = (SEEDS / "articles" if origin == "seed" else folder / "articles") / f"{article_id}.txt"
    return decode(file.read_bytes(), str(file))


def read_golden(folder: Path = GOLDEN, half: str | None = None) -> tuple[list[GoldenArticle], list[str]]:
    """The golden articles of a half (or of both), and the ids whose text is not at hand.

    Raises:
        TrainingDataError: if a label points into a text that is not the one it was made for.
    """
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            rows[row["article_id"]].append(row)
    found, absent = [], []
    for article_id, labels in rows.items():
        origin = labels[0]["origin"]
        if half not in {None, half_of(article_id, origin)}:
            continue
        text = _text(article_id, origin, folder)
        if text is None:
            absent.append(article_id)
            continue
        if text_digest(text) != labels[0]["sha256"]:
            raise TrainingDataError(f"{article_id}: its labels were made for another text; the hash differs. Restore the text.")
        found.append(_golden(Article(article_id, text), origin, labels))
    return found, absent


def _golden(article: Article, origin: str, rows: list[dict[str, Any]]) -> GoldenArticle:
    labels = tuple(
        Label(Span(r["start"], r["end"]), r["actor"], r["kind"], r["on_target"], r["stance"], r["sentiment"])
        for r in rows
        if not r.get("trap")
    )
    traps = tuple(Span(r["start"], r["end"]) for r in rows if r.get("trap"))
    return GoldenArticle(article, origin, half_of(article.article_id, origin), labels, traps)


def judge(golden: GoldenArticle, records: Iterable[Record]) -> Judged:
    """What people say of an article beside what the program says."""
    found = tuple(
        Label(
            Span(r.start, r.end),
            str(r.actor) if r.actor else None,
            str(r.kind),
            r.on_target,
            str(r.stance) if r.stance else None,
            str(r.sentiment),
        )
        for r in records
        if not r.in_title
    )
    return Judged(golden.article.article_id, golden.origin, golden.labels, found, golden.traps)


def judge_all(articles: Iterable[GoldenArticle], analyze: Callable[[Article], list[Record]]) -> list[Judged]:
    """Every golden article judged."""
    return [judge(golden, analyze(golden.article)) for golden in articles]
