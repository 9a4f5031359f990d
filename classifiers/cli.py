"""The command line: `mawaqif analyze | train | evaluate | dashboard`."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from classifiers.analysis import analyze, to_table
from classifiers.articles import article_from_text, decode, read_articles
from classifiers.errors import MawaqifError, UnreadableArticle
from classifiers.records import RECORD_FIELDS, Article, Record

app = typer.Typer(
    help="Reads Arabic news, finds who says what, and where each country stands.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


class Format(StrEnum):
    """The shapes that records leave in."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


class Refusals:
    """Names each unreadable input on standard error and remembers that there was one."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, error: UnreadableArticle) -> None:
        """Name one refused input."""
        self.count += 1
        errors.print(str(error))


def _articles(paths: Iterable[Path], refuse: Refusals) -> Iterator[Article]:
    for path in paths:
        if str(path) == "-":
            try:
                yield article_from_text(decode(sys.stdin.buffer.read(), "standard input"), "stdin")
            except UnreadableArticle as error:
                refuse(error)
        else:
            yield from read_articles(path, refuse)


def _with_progress(articles: Iterator[Article]) -> Iterator[Article]:
    columns = (
        TextColumn("articles"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.speed:.0f}/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task("analyze", total=None)
        for article in articles:
            yield article
            progress.advance(task)


@app.command("analyze")
def analyze_command(
    paths: Annotated[
        list[Path], typer.Argument(help="Files or folders (.txt .html .csv .jsonl .parquet), or - for standard input.")
    ],
    format: Annotated[Format, typer.Option(help="The shape of the records.")] = Format.JSONL,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file instead of standard output.")] = None,
) -> None:
    """Write one record for each statement and actor of the articles."""
    refuse = Refusals()
    records = (record for article in _with_progress(_articles(paths, refuse)) for record in analyze(article))
    try:
        with output.open("wb") if output else nullcontext(sys.stdout.buffer) as out:
            _WRITERS[format](records, out)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        errors.print(f"{output}: needs a file that can be written; {error.strerror}. Name another place.")
        raise typer.Exit(1) from None
    if refuse.count:
        raise typer.Exit(1)


def _write_jsonl(records: Iterator[Record], out: Any) -> None:
    for record in records:
        out.write((json.dumps(record.to_dict(), ensure_ascii=False) + "\n").encode("utf-8"))


def _write_csv(records: Iterator[Record], out: Any) -> None:
    text = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
    writer = csv.DictWriter(text, RECORD_FIELDS)
    writer.writeheader()
    for record in records:
        row = record.to_dict()
        row["evidence"] = json.dumps(row["evidence"])
        writer.writerow({name: _harmless(value) for name, value in row.items()})
    text.flush()
    text.detach()


def _harmless(value: Any) -> Any:
    """A cell that a spreadsheet shows and does not run (OWASP, CSV injection)."""
    return "'" + value if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _write_parquet(records: Iterator[Record], out: Any) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(to_table(records), sink, compression="zstd")
    out.write(sink.getvalue().to_pybytes())


_WRITERS = {Format.JSONL: _write_jsonl, Format.CSV: _write_csv, Format.PARQUET: _write_parquet}


@app.command("train")
def train_command() -> None:
    """Fit the models on seeds/statements and write them with their card."""
    from classifiers.articles import ANT
    from classifiers.training import train

    if not ANT.exists():
        errors.print("../shared/corpora/ant.parquet is absent: training on the written rows and articles alone.")
    with errors.status("Fitting stance, sentiment and target …"):
        card = train()
    for name, figures in card["held_out"].items():
        low, high = figures["interval"]
        typer.echo(
            f"{name:18} macro-F1 {figures['macro_f1']:.3f} [{low:.3f}, {high:.3f}]  accuracy {figures['accuracy']:.3f}"
            f"  n {figures['n']} in {figures['groups']} held-out events"
        )


@app.command("vectors")
def vectors_command() -> None:
    """Learn the word vectors anew from the ANT corpus."""
    from classifiers.vectors import save

    with errors.status("Counting words and their neighbours …"):
        count = save()
    typer.echo(f"{count} words")


@app.command("evaluate")
def evaluate_command(
    gold: Annotated[Path | None, typer.Argument(help="A folder of golden labels; the project's own by default.")] = None,
    half: Annotated[str, typer.Option(help="dev, held-out or all.")] = "held-out",
    show_errors: Annotated[bool, typer.Option("--errors", help="List each miss with its sentence.")] = False,
) -> None:
    """Compare the program with people's labels: precision, recall and accuracy with n and 95 % intervals."""
    from classifiers.evaluation import report, tally
    from classifiers.golden import GOLDEN, judge_all, read_golden

    articles, absent = read_golden(gold or GOLDEN, None if half == "all" else half)
    if absent:
        errors.print(f"{len(absent)} golden articles need ../shared/corpora/ant.parquet, which is absent; they are left out.")
    judged = judge_all(articles, analyze)
    typer.echo(f"{len(judged)} articles, half: {half}")
    for name, figure in report(judged).items() if judged else ():
        low, high = figure["low"], figure["high"]
        typer.echo(f"{name:14} {figure['value']:.3f}  [{low:.3f}, {high:.3f}]  n {figure['n']}")
    if show_errors:
        texts = {golden.article.article_id: golden.article.text for golden in articles}
        for one in judged:
            for what, span in sorted(tally(one).misses, key=lambda miss: miss[1]):
                typer.echo(f"{one.article_id}  {what}: {texts[one.article_id][span.start : span.end]}")


@app.command("dashboard")
def dashboard_command(
    port: Annotated[int, typer.Option(help="The port on this machine.")] = 8501,
    browser: Annotated[bool, typer.Option(help="Open a browser where there is one.")] = True,
) -> None:
    """Start the dashboard on localhost."""
    address = f"http://localhost:{port}"
    entry = Path(__file__).resolve().parent.parent / "dashboard" / "asgi.py"
    typer.echo(f"Mawaqif is starting on {address}")
    if browser:
        threading.Thread(target=_open_when_ready, args=(address,), daemon=True).start()
    command = [sys.executable, "-m", "streamlit", "run", str(entry), "--server.port", str(port)]
    raise typer.Exit(subprocess.call(command))


def _open_when_ready(address: str, seconds: int = 60) -> None:
    """Open the address in the user's browser once the dashboard answers; nothing happens where there is no browser."""
    for _ in range(seconds):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                break
        except OSError:
            time.sleep(1)
    with suppress(webbrowser.Error):
        webbrowser.get()  # raises where there is none
        webbrowser.open(address)


def main() -> None:
    """Run the command line; a foreseen mistake ends in one sentence and status 1."""
    try:
        app()
    except MawaqifError as error:
        errors.print(str(error))
        raise SystemExit(1) from None
