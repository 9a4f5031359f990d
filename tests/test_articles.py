"""From bytes to articles: encodings, tables, and one clear sentence for what cannot be read."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from classifiers import UnreadableArticle, read_articles, seed_articles
from classifiers.articles import MAX_BYTES, decode
from classifiers.records import Article

TEXT = "قال بوتين إن العلاقات بين موسكو وبيونغ يانغ تتعزز في كل المجالات.\nوأضاف أن ذلك لا يهدد أحدا."


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("windows-1256"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "windows-1256", "utf-16", "utf-16 without mark", "crlf", "cr"],
)
def test_encodings(raw: bytes) -> None:
    """Every usual encoding of Arabic gives the same text, newlines as \\n."""
    assert decode(raw, "x") == TEXT


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "binary"),
        (b"a" * (MAX_BYTES + 1), "MB"),
    ],
    ids=["empty", "blank", "binary", "too large"],
)
def test_unreadable_bytes(raw: bytes, reason: str) -> None:
    """What is no text is refused in one sentence that names it."""
    with pytest.raises(UnreadableArticle, match=reason) as error:
        decode(raw, "paper.txt")
    assert str(error.value).startswith("paper.txt: ") and "\n" not in str(error.value)


def read(path: Path) -> tuple[list[Article], list[str]]:
    """The articles of a path, and the sentences about what was refused."""
    refused: list[str] = []
    return list(read_articles(path, lambda error: refused.append(str(error)))), refused


def test_a_folder_goes_on_after_a_bad_file(tmp_path: Path) -> None:
    """Each unreadable file is named; nothing else is lost."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text("This one is in English, all of it.", "utf-8")
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d.txt").write_text(TEXT, "utf-8")
    articles, refused = read(tmp_path)
    assert [a.article_id for a in articles] == ["a", "d"]
    assert len(refused) == 2 and "another language" in refused[0] and "empty" in refused[1]


def test_rows_of_tables(tmp_path: Path) -> None:
    """CSV, JSON lines and Parquet give the same articles, with the columns they have."""
    rows = [
        {"id": "x", "text": TEXT, "source": "صحيفة", "published": "2024-06-19"},
        {"id": "y", "text": TEXT, "source": "", "published": ""},
    ]
    with (tmp_path / "t.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ["id", "text", "source", "published"])
        writer.writeheader()
        writer.writerows(rows)
    (tmp_path / "t.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "t.parquet")
    for name in ("t.csv", "t.jsonl", "t.parquet"):
        articles, refused = read(tmp_path / name)
        assert refused == []
        assert [(a.article_id, a.text, a.source, str(a.published)) for a in articles] == [
            ("x", TEXT, "صحيفة", "2024-06-19"),
            ("y", TEXT, None, "None"),
        ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("t.csv", b"title,body\na,b\n", "needs a column `text`; got title, body"),
        ("t.parquet", b"PAR1 this is no parquet", "whole Parquet"),
        ("t.jsonl", b'{"title": 1}\n', "string `text`"),
        ("t.jsonl", b"not json\n", "one JSON object"),
        ("t.jsonl", '{"text": "نص عربي قصير", "published": "yesterday"}\n'.encode(), "YYYY-MM-DD"),
        ("t.xyz", b"x", "needs one of"),
        ("t.html", b"<html><body></body></html>", "needs a page with an article"),
    ],
)
def test_bad_tables_and_pages(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """A missing column, a broken file or row, an unknown ending: one sentence each."""
    (tmp_path / name).write_bytes(content)
    articles, refused = read(tmp_path / name)
    assert articles == [] and len(refused) == 1 and reason in refused[0]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A path that does not exist is refused, not raised."""
    articles, refused = read(tmp_path / "none.txt")
    assert articles == [] and "none.txt" in refused[0]


def test_a_page_gives_its_outlet_and_day(tmp_path: Path) -> None:
    """What a page says of itself is read."""
    body = "".join(f"<p>{TEXT}</p>" for _ in range(4))
    (tmp_path / "p.html").write_text(
        f'<html><head><title>بوتين وكيم</title><meta property="og:site_name" content="الدستور">'
        f'<meta property="article:published_time" content="2023-09-14T10:00:00Z"></head>'
        f"<body><article>{body}</article></body></html>",
        "utf-8",
    )
    articles, refused = read(tmp_path / "p.html")
    assert refused == [] and articles[0].source == "الدستور" and str(articles[0].published) == "2023-09-14"


def test_seeds_have_their_outlets_and_days() -> None:
    """The five seeds carry what was proved by hand."""
    assert [(a.source, str(a.published)) for a in seed_articles()] == [
        ("outlet not named (000)", "2024-06-18"),
        ("العربي", "2024-06-19"),
        ("الدستور", "2023-09-14"),
        ("outlet not named (003)", "2023-10-18"),
        ("outlet not named (004)", "2023-09-12"),
    ]


def test_the_proofs_stand_in_the_seeds() -> None:
    """Every title, outlet and day in articles.csv rests on words of its article."""
    folder = Path(__file__).parents[1] / "seeds"
    with (folder / "articles.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            text = decode((folder / "articles" / row["file"]).read_bytes(), row["file"])
            for proof in ("title_proof", "source_proof", "published_proof"):
                assert row[proof] in text
