"""The records and articles that the dashboard shows: an Arrow table goes in, a DuckDB table `records` comes out."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from classifiers.records import Article
from dashboard.cube import Cube, build_cube

# `confidence` is the probability of the likeliest stance; `folded` is the text as search compares it; `distant` tells
# whether the cue keeps its distance; `quotation` is how the quoted words begin, by which outlets are compared.
_CREATE = """
CREATE TABLE records AS
SELECT *, greatest(p_favor, p_against, p_neutral) AS confidence, fold(text) AS folded,
    coalesce(regexp_matches(fold(cue), $claim), false) AS distant,
    left(regexp_replace(regexp_extract(fold(text), $quoted, 1), '[^ء-ي ]', '', 'g'), 40) AS quotation
FROM arriving ORDER BY published, article_id, start
"""
_QUOTED = '["«“](.{20,}?)["»”]'
_WORDS = Path(__file__).parent / "words"
_SIGNS = "[\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069]"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_WORDS / name).read_text(encoding="utf-8"))


def _fold_macro() -> str:
    """The SQL macro under which words are compared: letters by kind, no vowel signs, one spelling of a name."""
    folded = f"lower(translate(regexp_replace(words, '{_SIGNS}', '', 'g'), 'أإآٱىةؤئ', 'اااايهوي'))"
    for *others, kept in _read("spellings.toml")["names"]:
        for other in others:
            folded = f"replace({folded}, '{other}', '{kept}')"
    return f"CREATE MACRO fold(words) AS {folded}"


@dataclass(frozen=True, slots=True)
class Corpus:
    """A read-only set of records with their articles. `version` names its content, `model` what scored it.

    `card` is what is known of the models as JSON values, empty where no card is shipped.
    """

    database: duckdb.DuckDBPyConnection
    articles: dict[str, Article]
    version: str
    model: str
    sources: tuple[str, ...]
    first: date | None
    last: date | None
    size: int
    cube: Cube
    card: Mapping[str, Any]

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
        """The answer to one SQL question; every call has its own cursor, so threads do not wait for one another."""
        return self.database.cursor().execute(sql, list(parameters)).df()

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...]:
        """The one row that answers a question of totals."""
        [answer] = self.database.cursor().execute(sql, list(parameters)).fetchall()
        return tuple(answer)


def build_corpus(
    articles: Sequence[Article], table: pa.Table, *, card: Mapping[str, Any] = MappingProxyType({})
) -> Corpus:
    """A corpus in memory from articles, the table of their records (columns as in `RECORD_FIELDS`) and the model card."""
    database = duckdb.connect(config={"enable_external_access": "false"})
    database.execute(_fold_macro())
    database.register("arriving", table)
    claim = rf"(^|\s)[وفبل]?({'|'.join(_read('claims.toml')['forms'])})(\s|$)"
    database.execute(_CREATE, {"claim": claim, "quoted": _QUOTED})
    database.unregister("arriving")
    database.execute("SET lock_configuration = true")
    [row] = database.execute(
        "SELECT min(published), max(published), count(*), string_agg(DISTINCT model, ', ' ORDER BY model) FROM records"
    ).fetchall()
    sources = database.execute("SELECT DISTINCT coalesce(source, '') AS source FROM records ORDER BY source").fetchall()
    return Corpus(
        database=database,
        articles={article.article_id: article for article in articles},
        version=_version(table),
        model=row[3] or "",
        sources=tuple(source for (source,) in sources),
        first=row[0],
        last=row[1],
        size=row[2],
        cube=build_cube(database, [source for (source,) in sources]),
        card=card,
    )


def _version(table: pa.Table) -> str:
    digest = hashlib.sha256()
    for name in ("statement_id", "model"):
        for value in table.column(name).to_pylist():
            digest.update(f"{value}\n".encode())
    return digest.hexdigest()[:12]
