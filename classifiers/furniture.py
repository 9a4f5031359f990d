"""What stands around the news on a page: a text goes in; furniture, title, outlet and day of publication come out."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from typing import Any

from classifiers.lexicon import read_toml
from classifiers.records import Span
from classifiers.text import match_form

TITLE_WORDS = 25
HEAD_LINES = 12  # lines at the top and the foot of a page in which its date and outlet are looked for
_ESCAPES = re.compile(r"\\[a-zA-Z]\w*|\\.")


def _pattern(written: str) -> str:
    """A pattern of furniture.toml in match-forms; escapes such as `\\d` are left as they are."""
    parts, last = [], 0
    for escape in _ESCAPES.finditer(written):
        parts += [match_form(written[last : escape.start()]), escape.group()]
        last = escape.end()
    return "".join([*parts, match_form(written[last:])])


@cache
def _knowledge() -> dict[str, Any]:
    table = read_toml("furniture.toml")
    months = {match_form(name): int(number) for number, names in table["months"].items() for name in names}
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    return {
        "line": re.compile("|".join(f"(?:{_pattern(p)})" for p in table["lines"])),
        "related": re.compile(_pattern(table["related"])),
        "caption": re.compile(_pattern(table["caption"])),
        "months": months,
        "date": re.compile(
            rf"(?<!\d)(\d{{1,2}})\s+(?:من\s+)?({names})(?:\s*[/(]\s*(?:{names}|[a-z]+)\)?)*\s*،?\s*(?:عام\s+|سنه\s+)?((?:19|20)\d\d)"
        ),
        "published": re.compile("|".join(map(match_form, table["published"]))),
        "outlets": {match_form(k): v for k, v in table["outlets"].items()},
        "no_outlet": {match_form(w) for w in table["no_outlet"]["words"]},
    }


_NUMERIC = re.compile(r"(?<!\d)(?:((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d))(?!\d)")


class _Line:
    """One line of a page with its place and match-form."""

    __slots__ = ("form", "span")

    def __init__(self, start: int, text: str) -> None:
        stripped = text.strip()
        lead = len(text) - len(text.lstrip())
        self.span = Span(start + lead, start + lead + len(stripped))
        self.form = match_form(stripped)


def _lines(text: str) -> list[_Line]:
    lines, start = [], 0
    for raw in text.split("\n"):
        if raw.strip():
            lines.append(_Line(start, raw))
        start += len(raw) + 1
    return lines


def furniture(text: str) -> list[Span]:
    """The stretches of a page that hold no statement: share lines, captions, editors' names, titles said again."""
    know, lines = _knowledge(), _lines(text)
    times, seen = Counter(line.form for line in lines), set()
    title = find_title(text)
    title_form = match_form(title) if title else None
    found, related = [], False
    for line in lines:
        short = len(line.form) <= 240
        related = bool(know["related"].fullmatch(line.form)) or (related and _is_link(line))
        again = line.form in seen or (times[line.form] > 1 and line.form != title_form)
        if short and (again or related or know["line"].fullmatch(line.form) or _is_caption(know, line)):
            found.append(line.span)
        seen.add(line.form)
    return found


def _is_link(line: _Line) -> bool:
    return len(line.form.split()) <= TITLE_WORDS and not line.form.endswith((".", "؟", "!"))


def _is_caption(know: dict[str, Any], line: _Line) -> bool:
    return len(line.form) < 200 and not line.form.endswith((".", "»", "”")) and bool(know["caption"].fullmatch(line.form))


def find_title(text: str) -> str | None:
    """The headline: the first short line that is no furniture and has a longer line below it."""
    know, lines = _knowledge(), _lines(text)
    for number, line in enumerate(lines[:HEAD_LINES]):
        words = len(line.form.split())
        if know["line"].fullmatch(line.form) or _is_caption(know, line) or words < 4:
            continue
        if words > TITLE_WORDS or line.form.endswith((".", "؟.")):
            return None
        below = lines[number + 1 :]
        if any(len(other.form) > len(line.form) for other in below):
            return text[line.span.start : line.span.end]
        return None
    return None


def dates_in(text: str) -> list[tuple[int, date]]:
    """The full dates written in a text, in words or figures, each with its place in the text's match-form."""
    know, form = _knowledge(), match_form(text)
    found = [(m.start(), m.group(3), know["months"][m.group(2)], m.group(1)) for m in know["date"].finditer(form)]
    for m in _NUMERIC.finditer(form):
        year, month, day = (m.group(1), m.group(2), m.group(3)) if m.group(1) else (m.group(6), m.group(5), m.group(4))
        found.append((m.start(), year, month, day))
    valid = []
    for place, year, month, day in sorted(found, key=lambda row: row[0]):
        try:
            valid.append((place, date(int(year), int(month), int(day))))
        except ValueError:
            continue
    return valid


def find_published(text: str) -> date | None:
    """The day of publication, or None where the text does not say it.

    Trusted, in this order: a date behind "نشر في" and its kin; a line that is a date alone below the title; "اليوم" with
    a full date in the first sentences. A bare date above the title is the site's clock on the day of the crawl.
    """
    know, lines = _knowledge(), _lines(text)
    edge = lines[:HEAD_LINES] + lines[-4:]
    for line in edge:
        if len(line.form) < 120 and know["published"].match(line.form) and (found := dates_in(line.form)):
            return found[0][1]
    title = find_title(text)
    below = False
    for line in lines[:HEAD_LINES]:
        if title is not None and text[line.span.start : line.span.end] == title:
            below = True
        elif below and len(line.form.split()) <= 8 and (found := dates_in(line.form)):
            return found[0][1]
    for line in lines[:HEAD_LINES]:
        for place, day in dates_in(line.form):
            if len(line.form) > 120 and re.search(r"اليوم|امس الموافق", line.form[max(0, place - 30) : place]):
                return day
    return None


def find_outlet(text: str) -> str | None:
    """The outlet that a page names in its source line or is known by; None where it names none."""
    know, lines = _knowledge(), _lines(text)
    for line in lines[:HEAD_LINES]:
        if line.form in know["outlets"]:
            return str(know["outlets"][line.form])
    for number, line in enumerate(lines):
        if not line.form.startswith(("المصدر", "المصادر")) or len(line.form) > 60:
            continue
        _, _, rest = text[line.span.start : line.span.end].partition(":")
        if not rest.strip() and number + 1 < len(lines):
            following = lines[number + 1].span
            rest = text[following.start : following.end]
        for name in re.split(r"\s*[-–+،,/|]\s*", rest.strip()):
            form = match_form(name)
            if (
                form
                and form not in know["no_outlet"]
                and len(form.split()) <= 5
                and not know["line"].fullmatch(form)
                and not _agency(form)
            ):
                return name
    return None


def _agency(form: str) -> bool:
    return form.startswith("وكال") or form in {"رويترز", "ا ف ب", "فرانس برس"}
