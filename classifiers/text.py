"""Match-forms of Arabic: a text goes in, a normalised copy for matching comes out, with a way back to every place.

The published text is never changed. Words that the press spells in many ways (أميركا, امريكا, أمريكا) meet in one form:
compatibility characters resolved, alef, ya and ta marbuta folded, diacritics, tatweel, zero-width and direction marks
dropped, digits as 0-9. The folding is camel-tools' (Obeid et al. 2020, https://aclanthology.org/2020.lrec-1.868).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import (
    normalize_alef_ar,
    normalize_alef_maksura_ar,
    normalize_teh_marbuta_ar,
    normalize_unicode,
)

from classifiers.records import Span

# Farsi and Urdu letters that machine-typed Arabic borrows.
_BORROWED = str.maketrans({"ی": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ۀ": "ه"})


def _fold(character: str) -> str:
    """The match-form of one character: zero, one or (for ligatures) more characters."""
    form = normalize_unicode(character).translate(_BORROWED).lower()
    form = normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(dediac_ar(form))))
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() and unicodedata.category(c) == "Nd" else c
        for c in form
        if c != "ـ" and unicodedata.category(c) not in {"Mn", "Cf"}
    )


class _FoldTable(dict[int, str]):
    """A `str.translate` table that learns each character when it first occurs."""

    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = form = _fold(chr(codepoint))
        return form


_FOLDED = _FoldTable()


def match_form(text: str) -> str:
    """The text as it is compared: see the module's first lines for what is folded."""
    return text.translate(_FOLDED)


class MatchForm:
    """A text's match-form with the way back: `form[a:b]` stands at `text[span(a, b)]`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.form = match_form(text)

    @cached_property
    def _ends(self) -> list[int]:
        """For each original character, how many characters of the form stand up to and with it."""
        ends, total = [], 0
        for character in self.text:
            total += len(_FOLDED[ord(character)])
            ends.append(total)
        return ends

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original text behind `form[start:end]`; an empty stretch where `start >= end`."""
        first = min(bisect_right(self._ends, start), len(self.text))
        if start >= end:
            return Span(first, first)
        return Span(first, min(bisect_right(self._ends, end - 1) + 1, len(self.text)))


# Marks that stand inside a word: diacritics, tatweel, joiners and direction marks.
_INSIDE = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_WORD = rf"[^\W_{_INSIDE}]|[{_INSIDE}]"
# A conjunction typed apart ("و أعرب") belongs to its word; an acronym ("سي.إن.إن") is one word; the underscores and the
# mark of a hashtag only join words.
_TOKEN = re.compile(
    rf"(?<!\w)[^\W\d_]{{1,3}}(?:\.[^\W\d_]{{1,3}}){{2,}}(?!\w)"
    rf"|(?:(?<![\w{_INSIDE}])و[ \u00a0](?=\w))?(?:{_WORD})+|\n|(?<![\w{_INSIDE}])-|-(?!\w)|[^\w\s#-]"
)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Words, punctuation marks and newlines, in order.

    A hyphen inside a name, like the marks of a hashtag, divides words and is no token.
    """
    return _TOKEN.finditer(text)
