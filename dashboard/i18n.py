"""The interface in two languages: a key and a language go in, a sentence, number or date as it is shown comes out."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DIRECTIONS = {"en": "ltr", "ar": "rtl"}
DEFAULT_LANGUAGE = "en"
MISSING = "–"

_WORDS = Path(__file__).parent / "words"
_RLI, _LRI, _PDI = "\u2067", "\u2066", "\u2069"
_ARABIC = re.compile("[\u0600-\u06ff]")
_BIDI_CONTROLS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def rtl(text: str) -> str:
    """A text for a figure, isolated right-to-left so that brackets, marks and Latin names keep their place."""
    return f"{_RLI}{text}{_PDI}"


def ltr(text: str) -> str:
    """A number or range inside Arabic words, isolated left-to-right so that its sign stays in front."""
    return f"{_LRI}{text}{_PDI}"


def strip_bidi(text: str) -> str:
    """A text without direction marks and zero-width characters, for tables and against spoofed words."""
    return _BIDI_CONTROLS.sub("", text)


@cache
def read_words(language: str) -> dict[str, str]:
    """All words of one language, by dotted key."""
    with (_WORDS / f"{language}.toml").open("rb") as file:
        return dict(_flat(tomllib.load(file)))


def _flat(tree: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows = []
    for name, value in tree.items():
        key = f"{prefix}{name}"
        rows += _flat(value, f"{key}.") if isinstance(value, dict) else [(key, value)]
    return rows


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; `words("overview.title")` is a sentence, the other methods shape values."""

    language: str = DEFAULT_LANGUAGE

    def __call__(self, key: str, **values: Any) -> str:
        """The sentence under a key, with its {places} filled."""
        return read_words(self.language)[key].format(**values)

    def has(self, key: str) -> bool:
        """Whether there is a sentence under a key."""
        return key in read_words(self.language)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return DIRECTIONS[self.language]

    @property
    def is_rtl(self) -> bool:
        """Whether the language is written right to left."""
        return self.direction == "rtl"

    def label(self, kind: str, value: str | None) -> str:
        """The name of a coded value, such as the country `RU`; a value without a name stands for itself, isolated."""
        code = value or "none"
        key = f"{kind}.{code}"
        if self.has(key):
            return self(key)
        plain = strip_bidi(code)
        return (rtl if _ARABIC.search(plain) else ltr)(plain)

    def figure_text(self, text: str) -> str:
        """A text as a figure needs it: escaped, so that it is shown and not obeyed, and isolated in Arabic."""
        plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return rtl(plain) if self.is_rtl else plain

    def _isolated(self, text: str) -> str:
        return ltr(text) if self.is_rtl else text

    def number(self, value: float | None, digits: int = 0) -> str:
        """A count or a measure; a missing one is a dash."""
        if value is None or math.isnan(value):
            return MISSING
        return self._isolated(f"{value:,.{digits}f}".replace("-", "\u2212"))

    def score(self, value: float | None) -> str:
        """A score from −1 to +1 with its sign and two digits."""
        if value is None or math.isnan(value):
            return MISSING
        signed = f"{value:+.2f}"
        return self._isolated("0.00" if signed in ("+0.00", "-0.00") else signed.replace("-", "\u2212"))

    def percent(self, share: float | None) -> str:
        """A share as a whole percentage."""
        if share is None or math.isnan(share):
            return MISSING
        return self._isolated(f"{100 * share:.0f} %")

    def interval(self, low: float | None, high: float | None) -> str:
        """A 95 % interval of scores, as `−0.50 … +0.20` on one line; missing where there is none."""
        if low is None or high is None or math.isnan(low) or math.isnan(high):
            return MISSING
        return self._isolated(f"{self._bare_score(low)}\u00a0…\u00a0{self._bare_score(high)}")

    def _bare_score(self, value: float) -> str:
        return strip_bidi(self.score(value))

    def code(self, text: str) -> str:
        """A version or another name that no language has, in its own direction."""
        return self._isolated(text)

    def day(self, value: date | None) -> str:
        """A date as YYYY-MM-DD; a missing one in words."""
        return self._isolated(value.isoformat()) if value else self("value.no_date")
