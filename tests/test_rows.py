"""Labelled rows: the files keep their rules, and a broken row is named."""

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from classifiers.errors import TrainingDataError
from classifiers.golden import half_of, read_golden
from classifiers.rows import files, read_rows, split_of

LIMIT = 0.6  # character 5-gram Jaccard above which two rows say the same


def written() -> list[dict[str, object]]:
    """The written rows as they stand in the files."""
    return [
        row
        for file in files()
        for line in file.read_text("utf-8").splitlines()
        if (row := json.loads(line))["origin"] == "written"
    ]


def test_every_row_keeps_the_rules() -> None:
    """Fields, values, speakers and splits of all rows are right, and ids are unique."""
    rows = read_rows()
    assert len({row.id for row in rows}) == len(rows) >= 1000


def test_no_two_written_rows_are_near_duplicates() -> None:
    """Sentences are written anew, not templates with swapped names."""
    grams = [frozenset(text[i : i + 5] for i in range(len(text) - 4)) for text in (str(row["text"]) for row in written())]
    frequency = Counter(gram for row in grams for gram in row)
    holders: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(grams):
        # Two rows that share 60 % of their 5-grams share at least one of each row's rarest 40 % + 1 (prefix filtering).
        prefix = sorted(row, key=lambda gram: (frequency[gram], gram))[: len(row) - int(len(row) * LIMIT) + 1]
        candidates = {other for gram in prefix for other in holders[gram]}
        for other in candidates:
            overlap = len(row & grams[other])
            assert overlap <= LIMIT * (len(row) + len(grams[other]) - overlap), (number, other)
        for gram in prefix:
            holders[gram].append(number)


def test_rows_are_balanced() -> None:
    """Each of the five takes each stance in written rows, and guessing by country fails."""
    counts = Counter(
        (row["actor"], row["stance"]) for row in written() if row["actor"] and row["stance"] and row["target"] == ["RU", "KP"]
    )
    for actor in ("US", "KR", "CN", "RU", "KP"):
        shares = [counts[actor, stance] for stance in ("favor", "against", "neutral")]
        assert min(shares) > 0.2 * sum(shares)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"stance": None}, "null when off target"),
        ({"stance": "pro"}, "`stance` knows"),
        ({"speaker": "زيد"}, "must stand in `text`"),
        ({"split": "train" if split_of("2024-06-treaty") == "test" else "test"}, "by its hash"),
        ({"more": 1}, "differs in"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, change: dict[str, object], reason: str) -> None:
    """The message gives file, line and rule."""
    row = {
        "id": "w",
        "text": "قال بوتين إن المعاهدة مهمة",
        "speaker": "بوتين",
        "actor": "RU",
        "speaker_role": "official",
        "kind": "reported",
        "target": ["RU", "KP"],
        "on_target": True,
        "stance": "favor",
        "sentiment": "neutral",
        "event": "2024-06-treaty",
        "form": "plain",
        "origin": "written",
        "split": split_of("2024-06-treaty"),
    }
    (tmp_path / "b.jsonl").write_text(json.dumps(row) + "\n" + json.dumps({**row, **change}), "utf-8")
    with pytest.raises(TrainingDataError, match="line 2") as error:
        read_rows(tmp_path)
    assert reason in str(error.value)


def test_golden_labels_point_into_their_articles() -> None:
    """Offsets lie inside the text whose hash they carry; both halves hold articles of each kind."""
    articles, absent = read_golden()
    for golden in articles:
        for label in golden.labels:
            assert 0 <= label.span.start < label.span.end <= len(golden.article.text)
            assert (label.stance is None) != label.on_target
    assert len(articles) + len(absent) >= 80
    assert {half_of(g.article.article_id, g.origin) for g in articles if g.origin == "written"} == {"dev", "held-out"}
