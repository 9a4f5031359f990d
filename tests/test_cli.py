"""The command line: what leaves it, and what happens when something is wrong."""

import csv
import io
import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from classifiers.cli import app, main
from classifiers.records import RECORD_FIELDS

SEEDS = Path(__file__).parents[1] / "seeds" / "articles"


def run(*arguments: str, stdin: bytes | None = None) -> tuple[int, bytes, str]:
    """Exit status, standard output and standard error of a command."""
    result = CliRunner().invoke(app, list(arguments), input=stdin)
    return result.exit_code, result.stdout_bytes, result.stderr


def test_jsonl_holds_one_record_a_line() -> None:
    """Every line is a record of the contract, in UTF-8, in the order of the input."""
    status, out, _ = run("analyze", str(SEEDS))
    records = [json.loads(line) for line in out.decode().splitlines()]
    assert status == 0
    assert all(tuple(record) == RECORD_FIELDS for record in records)
    articles = [record["article_id"] for record in records]
    assert articles == sorted(articles) and len(set(articles)) == 5


def test_the_three_formats_agree(tmp_path: Path) -> None:
    """CSV and Parquet hold the same rows as JSON lines."""
    file = str(SEEDS / "001_2518b023ab34b020.txt")
    lines = [json.loads(line) for line in run("analyze", file)[1].decode().splitlines()]
    rows = list(csv.DictReader(io.StringIO(run("analyze", file, "--format", "csv")[1].decode("utf-8-sig"))))
    assert [row["statement_id"] for row in rows] == [line["statement_id"] for line in lines]
    assert tuple(rows[0]) == RECORD_FIELDS
    status, _, _ = run("analyze", file, "--format", "parquet", "-o", str(tmp_path / "r.parquet"))
    table = pq.read_table(tmp_path / "r.parquet")
    assert status == 0 and table["statement_id"].to_pylist() == [line["statement_id"] for line in lines]


def test_cells_are_no_formulas() -> None:
    """A cell that a spreadsheet would run begins with an apostrophe."""
    text = 'قال لافروف إن الأمر واضح. =1+1 "قال" @SUM'.encode()
    status, out, _ = run("analyze", "-", "--format", "csv", stdin=text)
    assert status == 0
    for row in csv.reader(io.StringIO(out.decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)


def test_standard_input_is_one_article() -> None:
    """A dash reads standard input."""
    status, out, _ = run("analyze", "-", stdin="قال لافروف إن الأمر واضح.".encode("windows-1256"))
    assert status == 0 and json.loads(out)["article_id"] == "stdin"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b"Only English words are in this file.", "another language"), (bytes(range(256)) * 50, "binary")],
)
def test_a_bad_file_is_named_and_the_rest_goes_on(tmp_path: Path, content: bytes, reason: str) -> None:
    """Exit status 1, one sentence on standard error, and the records of the good file."""
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    bad.write_bytes(content)
    good.write_text("قال لافروف إن الأمر واضح.", "utf-8")
    status, out, errors = run("analyze", str(bad), str(good))
    assert status == 1 and json.loads(out)["article_id"] == "good"
    assert len(errors.strip().splitlines()) == 1 and "bad.txt" in errors and reason in errors and "Traceback" not in errors


def test_an_output_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A folder as output gives one sentence and status 1."""
    status, _, errors = run("analyze", str(SEEDS / "001_2518b023ab34b020.txt"), "-o", str(tmp_path))
    assert status == 1 and "needs a file that can be written" in errors


def test_evaluate_prints_figures_with_n_and_intervals() -> None:
    """Every line of the report has a value, an interval and an n."""
    status, out, _ = run("evaluate", "--half", "dev")
    lines = out.decode().splitlines()
    assert status == 0 and len(lines) > 10
    assert all("[" in line and " n " in line for line in lines[1:])


def test_main_turns_a_foreseen_mistake_into_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback for a damaged model."""
    from classifiers import cli
    from classifiers.errors import ModelError

    def broken(*_: object, **__: object) -> None:
        raise ModelError("models need a card.json. Run `make train`.")

    monkeypatch.setattr(cli, "analyze", broken)
    monkeypatch.setattr(sys, "argv", ["mawaqif", "analyze", str(SEEDS / "001_2518b023ab34b020.txt")])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 1 and "make train" in capsys.readouterr().err
