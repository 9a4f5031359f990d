"""From bytes to articles: a file, a folder, a table or standard input goes in, Articles come out.

The text is decoded and its newlines made `\\n`; nothing else is changed, so offsets hold. What cannot be read raises
`UnreadableArticle` with one sentence.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from classifiers.errors import UnreadableArticle
from classifiers.furniture import find_outlet, find_published, find_title
from classifiers.records import Article

MAX_BYTES = 20_000_000  # of one text; a longer one is no article
SUFFIXES = (".txt", ".html", ".htm", ".csv", ".jsonl", ".parquet")
SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ANT = SEEDS.parent.parent / "shared" / "corpora" / "ant.parquet"  # ANT corpus v2.1, antcorpus.github.io
_COLUMNS = ("id", "title", "source", "published", "url")
_ARABIC = re.compile(r"[\u0620-\u064a\ufb50-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decode(raw: bytes, name: str) -> str:
    """The text of a file: UTF-8 with or without mark, UTF-16 or windows-1256, newlines as `\\n`.

    Raises:
        UnreadableArticle: for an empty, binary or oversized file, or bytes that are no text.
    """
    if not raw.strip():
        raise UnreadableArticle(f"{name}: needs an Arabic text; the file is empty. Give a file with the article's words.")
    if len(raw) > MAX_BYTES:
        raise UnreadableArticle(
            f"{name}: needs one article of at most {MAX_BYTES // 1_000_000} MB; got "
            f"{len(raw) / 1e6:.0f} MB. Split it, or give a .csv, .jsonl or .parquet with one article a row."
        )
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _newlines(_strict(raw[len(mark) :], encoding, name))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = _guess(raw, name)
    if "\0" in text:
        text = _guess(raw, name)
    return _newlines(text)


def _strict(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableArticle(f"{name}: its mark says {encoding}, but its bytes are broken. Save it again as UTF-8.") from None


def _guess(raw: bytes, name: str) -> str:
    if b"\0" in raw[:4096]:
        for encoding in ("utf-16-le", "utf-16-be"):
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(_ARABIC.findall(text[:4000])) > 0.3 * min(len(text), 4000):
                return text
        raise UnreadableArticle(f"{name}: needs a text; got binary data. Give .txt, .html, .csv, .jsonl or .parquet.")
    arabic = raw.decode("windows-1256", errors="replace")
    if len(_ARABIC.findall(arabic[:20_000])) > 0.5 * len(_LETTER.findall(arabic[:20_000])) and re.search(
        r"\b(في|من|على|أن|إلى)\b", arabic
    ):
        return arabic
    best = from_bytes(raw[:100_000]).best()
    if best is None or not _ARABIC.search(str(best)):
        raise UnreadableArticle(
            f"{name}: needs Arabic text in UTF-8, UTF-16 or windows-1256; its bytes are none of these. Save it again as UTF-8."
        )
    return raw.decode(best.encoding, errors="replace")


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def require_arabic(text: str, name: str) -> str:
    """The text itself, if most of its letters are Arabic.

    Raises:
        UnreadableArticle: if it is in another language or holds no words.
    """
    letters = len(_LETTER.findall(text[:50_000]))
    if letters == 0:
        raise UnreadableArticle(f"{name}: needs an Arabic text; it holds no words. Give the article's text.")
    if len(_ARABIC.findall(text[:50_000])) < 0.3 * letters:
        raise UnreadableArticle(
            f"{name}: needs an Arabic text; this one is in another language. Only Arabic articles can be read."
        )
    return text


def article_from_text(text: str, article_id: str, **known: Any) -> Article:
    """An Article of a decoded text; title, outlet and day are read from the page unless `known`.

    `known` may hold title, source, published and url, and the `name` by which errors call the text.
    """
    require_arabic(text, known.get("name") or article_id)
    source = known.get("source") or find_outlet(text)
    published = known.get("published") or find_published(text)
    return Article(article_id, text, known.get("title"), source, published, known.get("url"))


def read_articles(path: Path, refuse: Callable[[UnreadableArticle], None]) -> Iterator[Article]:
    """The articles of a file or folder, in order; what cannot be read is handed to `refuse` and the rest goes on."""
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        if not files:
            refuse(UnreadableArticle(f"{path}: needs files of {' '.join(SUFFIXES)}; the folder holds none. Name another folder."))
        for file in files:
            yield from read_articles(file, refuse)
        return
    try:
        yield from _READERS.get(path.suffix.lower(), _unknown)(path, refuse)
    except UnreadableArticle as error:
        refuse(error)
    except OSError as error:
        refuse(UnreadableArticle(f"{path}: needs a file that can be read; {error.strerror or error}. Check its name and rights."))


def _unknown(path: Path, _: Callable[[UnreadableArticle], None]) -> Iterator[Article]:
    kind = path.suffix or "no ending"
    raise UnreadableArticle(f"{path}: needs one of {' '.join(SUFFIXES)}; got {kind}. Rename or convert it.")


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableArticle(
            f"{path}: needs one article of at most {MAX_BYTES // 1_000_000} MB; got {path.stat().st_size / 1e6:.0f} MB. "
            "Split it, or give a .csv, .jsonl or .parquet with one article a row."
        )
    return path.read_bytes()


def _text_file(path: Path, _: Callable[[UnreadableArticle], None]) -> Iterator[Article]:
    yield article_from_text(decode(_bytes(path), str(path)), path.stem, name=str(path))


def _html_file(path: Path, _: Callable[[UnreadableArticle], None]) -> Iterator[Article]:
    yield article_from_html(decode(_bytes(path), str(path)), path.stem, str(path))


def article_from_html(html: str, article_id: str, name: str) -> Article:
    """The article of a web page, its main text found by trafilatura (Barbaresi 2021, ACL demo)."""
    import trafilatura
    from trafilatura.settings import Document

    page = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
    text = (page.text or "") if isinstance(page, Document) else ""
    if not isinstance(page, Document) or not text.strip():
        raise UnreadableArticle(
            f"{name}: needs a page with an article; no article text was found in it. Save the article's own page."
        )
    published = date.fromisoformat(page.date) if page.date else None
    return article_from_text(text, article_id, name=name, source=page.sitename, published=published, url=page.url)


def _csv_file(path: Path, refuse: Callable[[UnreadableArticle], None]) -> Iterator[Article]:
    csv.field_size_limit(MAX_BYTES)
    with path.open("rb") as head:
        start = head.read(100_000)
    encoding = "utf-8-sig" if start.startswith(b"\xef\xbb\xbf") else _csv_encoding(start)
    with path.open(encoding=encoding, newline="") as lines:
        reader = csv.DictReader(lines)
        if "text" not in (reader.fieldnames or ()):
            columns = ", ".join(reader.fieldnames or ()) or "none"
            raise UnreadableArticle(f"{path}: needs a column `text`; got {columns}. Rename the column with the articles.")
        try:
            for number, row in enumerate(reader, 2):
                yield from _row(row, f"{path.stem}-{number - 1}", f"{path}, row {number}", refuse)
        except (csv.Error, UnicodeDecodeError) as error:
            raise UnreadableArticle(
                f"{path}: needs a whole CSV in UTF-8; after the rows read so far: {error}. Save it again."
            ) from None


def _csv_encoding(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        start[: start.rfind(b"\n") + 1 or None].decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1256"
    return "utf-8"


def _jsonl_file(path: Path, refuse: Callable[[UnreadableArticle], None]) -> Iterator[Article]:
    with path.open("rb") as lines:
        for number, raw in enumerate(lines, 1):
            name = f"{path}, line {number}"
            if not raw.strip():
                continue
            try:
                row = json.loads(raw.decode("utf-8-sig"))
            except ValueError:
                refuse(UnreadableArticle(f"{name}: needs one JSON object in UTF-8; got something else. Mend the line."))
                continue
            if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                refuse(
                    UnreadableArticle(f"{name}: needs an object with a string `text`; got {_shape(row)}. Add the article's text.")
                )
                continue
            yield from _row(row, f"{path.stem}-{number}", name, refuse)


def _shape(row: Any) -> str:
    return f"the keys {', '.join(map(str, row))}" if isinstance(row, dict) else type(row).__name__


def _parquet_file(path: Path, refuse: Callable[[UnreadableArticle], None]) -> Iterator[Article]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(path)
        names = table.schema_arrow.names
        if "text" not in names:
            raise UnreadableArticle(
                f"{path}: needs a column `text`; got {', '.join(names)}. Rename the column with the articles."
            )
        number = 0
        for batch in table.iter_batches(1000, columns=[c for c in ("text", *_COLUMNS) if c in names]):
            for row in batch.to_pylist():
                number += 1
                yield from _row(row, f"{path.stem}-{number}", f"{path}, row {number}", refuse)
    except pa.ArrowException as error:
        raise UnreadableArticle(
            f"{path}: needs a whole Parquet file; {str(error).splitlines()[0][:120]}. Write it again."
        ) from None


def _row(row: dict[str, Any], fallback_id: str, name: str, refuse: Callable[[UnreadableArticle], None]) -> Iterator[Article]:
    text = row.get("text")
    try:
        if not isinstance(text, str) or not text.strip():
            raise UnreadableArticle(f"{name}: needs an Arabic text; its `text` is empty. Fill it or drop the row.")
        if len(text) > MAX_BYTES:
            raise UnreadableArticle(
                f"{name}: needs an article of at most {MAX_BYTES // 1_000_000} MB; got {len(text) / 1e6:.0f} MB. Split it."
            )
        known = {key: row.get(key) or None for key in ("title", "source", "url")}
        yield article_from_text(text, str(row.get("id") or fallback_id), published=_day(row.get("published"), name), **known)
    except UnreadableArticle as error:
        refuse(error)


def _day(value: Any, name: str) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise UnreadableArticle(
            f"{name}: `published` needs YYYY-MM-DD; got {str(value)[:40]!r}. Write the date so, or leave it empty."
        ) from None


_READERS: dict[str, Callable[[Path, Callable[[UnreadableArticle], None]], Iterator[Article]]] = {
    ".txt": _text_file,
    ".html": _html_file,
    ".htm": _html_file,
    ".csv": _csv_file,
    ".jsonl": _jsonl_file,
    ".parquet": _parquet_file,
}


@cache
def ant_texts() -> dict[str, str]:
    """The articles of the ANT corpus by id; empty where the corpus is absent."""
    if not ANT.exists():
        return {}
    import pyarrow.parquet as pq

    table = pq.read_table(ANT, columns=["id", "text"])
    return dict(zip(table["id"].to_pylist(), table["text"].to_pylist(), strict=True))


def seed_articles() -> list[Article]:
    """The five seed articles with the title, source and day that `seeds/articles.csv` proves."""
    with (SEEDS / "articles.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    articles = []
    for row in rows:
        file = SEEDS / "articles" / row["file"]
        text = decode(file.read_bytes(), row["file"])
        articles.append(Article(file.stem, text, None, row["source"] or None, _day(row["published"], row["file"]), None))
    return articles


__all__ = [
    "article_from_html",
    "article_from_text",
    "decode",
    "find_title",
    "read_articles",
    "require_arabic",
    "seed_articles",
]
