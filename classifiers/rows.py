"""Labelled statements: the files of `seeds/statements/` go in, checked rows come out. Their columns: `seeds/README.md`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifiers.articles import SEEDS, ant_texts
from classifiers.errors import TrainingDataError
from classifiers.records import Actor, Kind, Role, Sentiment, Stance, text_digest

STATEMENTS = SEEDS / "statements"
TEST_SHARE = 5  # one event in five is held out
_COMMON = {"id", "kind", "target", "on_target", "stance", "sentiment", "event", "origin", "split"}
_WRITTEN = _COMMON | {"text", "speaker", "actor", "speaker_role", "form"}
_REAL = _COMMON | {"article", "start", "end", "sha256", "speaker_start", "speaker_end", "topic"}


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled statement; `actor` and `form` are None where nobody labelled them (real rows)."""

    id: str
    text: str
    speaker: str | None
    actor: str | None
    kind: str
    target: tuple[str, str]
    on_target: bool
    stance: str | None
    sentiment: str
    event: str
    form: str | None
    origin: str
    split: str


def split_of(event: str) -> str:
    """The half an event belongs to, by its hash: no one chooses what is held out."""
    return "test" if int(hashlib.sha256(event.encode("utf-8")).hexdigest(), 16) % TEST_SHARE == 0 else "train"


def files(folder: Path = STATEMENTS) -> list[Path]:
    """The files of labelled rows, in order."""
    return sorted(folder.glob("*.jsonl"))


def data_hash(seeds: Path = SEEDS) -> str:
    """One hash over all that models are trained on, labelled rows and golden articles, which a model card names."""
    digest = hashlib.sha256()
    for folder in ("statements", "golden"):
        for file in sorted((seeds / folder).rglob("*.*")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def read_rows(folder: Path = STATEMENTS) -> list[Row]:
    """All labelled rows whose text is at hand: real rows need the ANT corpus and are left out without it.

    Raises:
        TrainingDataError: for a row that breaks the rules of `seeds/README.md`, naming its file and line.
    """
    return [row for file in files(folder) for row in _file_rows(file)]


def _file_rows(file: Path) -> Iterator[Row]:
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        where = f"{file.name}, line {number}"
        try:
            raw = json.loads(line)
        except ValueError:
            raise TrainingDataError(f"{where}: needs one JSON object; got {line[:60]!r}. Mend the line.") from None
        if mistake := _mistake(raw):
            raise TrainingDataError(f"{where}: {mistake}. See seeds/README.md.")
        text, speaker = (raw["text"], raw["speaker"]) if raw["origin"] == "written" else _referred(raw, where)
        if text is not None:
            shared = {name: raw[name] for name in _COMMON - {"target"}}
            yield Row(
                text=text, speaker=speaker, target=tuple(raw["target"]), actor=raw.get("actor"), form=raw.get("form"), **shared
            )


def _referred(raw: dict[str, Any], where: str) -> tuple[str | None, str | None]:
    """The text and speaker that a real row points to; None where the corpus is absent."""
    article = ant_texts().get(raw["article"])
    if article is None:
        return None, None
    if text_digest(article) != raw["sha256"]:
        raise TrainingDataError(f"{where}: points into another text of {raw['article']}; the hash differs. Restore the corpus.")
    speaker = None if raw["speaker_start"] is None else article[raw["speaker_start"] : raw["speaker_end"]]
    return article[raw["start"] : raw["end"]], speaker


def _mistake(raw: dict[str, Any]) -> str | None:
    fields = _REAL if raw.get("origin") == "real" else _WRITTEN
    if set(raw) != fields:
        return f"needs the fields {sorted(fields)}; differs in {sorted(set(raw) ^ fields)}"
    if raw["origin"] == "written" and raw["speaker"] is not None and raw["speaker"] not in raw["text"]:
        return f"`speaker` must stand in `text`; {raw['speaker']!r} does not"
    allowed: dict[str, set[str | None]] = {
        "actor": {*Actor, None},
        "speaker_role": {*Role},
        "kind": {*Kind},
        "stance": {*Stance, None},
        "sentiment": {*Sentiment},
    }
    for name, values in allowed.items():
        if name in raw and raw[name] not in values:
            return f"`{name}` knows {sorted(map(str, values))}; got {raw[name]!r}"
    if (raw["stance"] is None) == bool(raw["on_target"]):
        return "`stance` is null when off target, and only then"
    if raw["split"] != split_of(raw["event"]):
        return f"`split` of event {raw['event']!r} is {split_of(raw['event'])} by its hash; got {raw['split']!r}"
    return None
