"""A first reading of an article: its text goes in, words with their lexicon entries, quotations and sentences come out.

Everything later works on token numbers; `Reading.span` turns a run of tokens back into offsets of the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from classifiers.lexicon import Cue, Name, Phrase, lexicon
from classifiers.records import Span
from classifiers.text import match_form, tokens

LONG_QUOTE = 4  # words: a quotation of one to three words is a term, not an utterance (annotation guidelines, 1)
_OPENERS, _CLOSERS, _EITHER = set("«“„‹‟"), set("»”›"), set("\"'‘’`´″")
_FAMILY = {"«": "»", "»": "»", "‹": "›", "›": "›", "'": "'", "‘": "'", "’": "'", "`": "'", "´": "'"}
_SENTENCE_ENDS = set(".!؟?…")
_CONJUNCTIONS, _PARTICLES = "وف", "بكل"


class Word(NamedTuple):
    """What one written word may be, whatever stands around it. `form` is its match-form."""

    form: str
    names: tuple[tuple[str, Phrase, Name], ...]  # proclitic, words that must follow, name
    cues: tuple[Cue, ...]
    proclitic: str  # the proclitic before the cue
    is_word: bool


class Mention(NamedTuple):
    """A name in the text: tokens `first` to `last`, with the proclitic written to it."""

    first: int
    last: int
    name: Name
    proclitic: str


class Quote(NamedTuple):
    """A quotation: the tokens of its marks; `closed` is False where the text forgot one."""

    first: int
    last: int
    words: int
    closed: bool


def bases(form: str) -> list[tuple[str, str]]:
    """The ways to split proclitics (و ف ب ل ك) off a form: (proclitic, rest), the whole form first."""
    found = [("", form)]
    if len(form) > 3 and form[0] in _CONJUNCTIONS:
        found.append((form[0], form[1:]))
    for lead, rest in list(found):
        if len(rest) > 3:
            if rest.startswith("لل"):
                found += [(lead + "ل", "ال" + rest[2:]), (lead + "ل", rest[1:])]
            elif rest[0] in _PARTICLES:
                found.append((lead + rest[0], rest[1:]))
    return found


_FINITE = {"perfect", "imperfect"}
_OBJECT_SUFFIXES = ("هما", "هم", "ها", "نا", "ني", "ه")


def _cues(form: str) -> tuple[str, tuple[Cue, ...]]:
    cues = lexicon().cues
    leads = [("", form)] + ([(form[0], form[1:])] if form[:1] in {"و", "ف"} else [])
    for lead, rest in leads:
        if rest in cues:
            return lead, cues[rest]
    for lead, rest in leads:
        for suffix in _OBJECT_SUFFIXES:
            found = cues.get(rest.removesuffix(suffix), ()) if rest.endswith(suffix) else ()
            verbs = tuple(cue for cue in found if cue.shape in _FINITE and not (cue.verb.noun and cue.agreement == "m"))
            if verbs:
                return lead, verbs
    if len(form) > 4 and form[0] in "بل" and (verbs := tuple(c for c in cues.get(form[1:], ()) if c.shape == "masdar")):
        return form[0], verbs  # بقوله، لقوله
    return "", ()


@lru_cache(maxsize=1 << 17)
def word(raw: str) -> Word:
    """The lexicon's view of one token. The press repeats its words: nearly every call is answered from the cache."""
    form = match_form(raw).replace(" ", "")
    if not any(map(str.isalnum, form)):
        return Word(form or raw, (), (), "", False)
    by_first = lexicon().names.by_first
    names = tuple((lead, rest, name) for lead, base in bases(form) for rest, name in by_first.get(base, ()))
    if raw.endswith("ه"):  # "زميله" is his colleague, "زميلة" the woman
        names = tuple((lead, rest, _possessed(name)) for lead, rest, name in names)
    proclitic, cues = _cues(form)
    return Word(form, names, cues, proclitic, True)


def _possessed(name: Name) -> Name:
    return name._replace(agreement="", possessor="m") if name.sort == "head" and name.agreement == "f" else name


class Reading:
    """The tokens of a text with what the lexicon knows of them.

    Attributes:
        text: the published text, unchanged.
        words: one `Word` a token; `forms` their match-forms.
        quotes: quotations of `LONG_QUOTE` words or more, in order; shorter ones are read as plain words.
        sentences: token ranges (first, past the last), in order; nothing in `furniture` belongs to one.
        mentions: names by the number of their first token; `in_name` their later tokens.
    """

    def __init__(self, text: str, furniture: Sequence[Span] = ()) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[Word] = []
        for match in tokens(text):
            self.starts.append(match.start())
            self.ends.append(match.end())
            self.words.append(word(match.group()))
        self.forms = [w.form for w in self.words]
        self.mentions = self._find_mentions()
        self.quotes, self.short_marks = self._find_quotes()
        self.quoted = self._quoted()
        self.in_name = {i for m in self.mentions.values() for i in range(m.first + 1, m.last + 1)}
        self.sentences = self._find_sentences(furniture)

    def span(self, first: int, last: int) -> Span:
        """The offsets of tokens `first` to `last`, both included."""
        return Span(self.starts[first], self.ends[last])

    def words_of(self, first: int, last: int) -> str:
        """The text of tokens `first` to `last` as written."""
        return self.text[self.starts[first] : self.ends[last]]

    def matches(self, position: int, phrase: Phrase) -> bool:
        """Whether the forms from `position` on are those of `phrase`."""
        return self.forms[position : position + len(phrase)] == list(phrase)

    def spaced(self, position: int) -> tuple[bool, bool]:
        """Whether white space (or the text's edge) stands before and after a token."""
        start, end = self.starts[position], self.ends[position]
        return start == 0 or self.text[start - 1].isspace(), end == len(self.text) or self.text[end].isspace()

    # quotations

    def _find_quotes(self) -> tuple[list[Quote], set[int]]:
        found: list[Quote] = []
        opened: int | None = None
        marks = [
            i
            for i, w in enumerate(self.words)
            if not w.is_word
            and (w.form in _FAMILY or w.form in _OPENERS or w.form in _CLOSERS or w.form in _EITHER or w.form == "\n")
        ]
        for n, i in enumerate(marks):
            mark = self.forms[i]
            if mark == "\n":
                if opened is not None and not self._closes_later(opened, marks[n + 1 : n + 6]):
                    found.append(self._quote(opened, i - 1, closed=False))
                    opened = None
            elif opened is None:
                if mark != "'" or self.spaced(i)[0]:
                    opened = i
            elif self._family(i) == self._family(opened):
                if self._reopens(opened, i):
                    found.append(self._quote(opened, i - 1, closed=False))
                    opened = i
                else:
                    found.append(self._quote(opened, i, closed=True))
                    opened = None
        if opened is not None:
            found.append(self._quote(opened, len(self.words) - 1, closed=False))
        short = {i for q in found if self._is_term(q) and q.closed for i in (q.first, q.last)}
        return [q for q in found if not self._is_term(q)], short

    def _is_term(self, quote: Quote) -> bool:
        """A word or a name in quotation marks, which nobody utters."""
        name = self.mentions.get(quote.first + 1)
        return quote.words < LONG_QUOTE or (name is not None and name.last >= quote.last - 1)

    def _family(self, position: int) -> str:
        return _FAMILY.get(self.forms[position], '"')

    def _reopens(self, opened: int, position: int) -> bool:
        """A mark that opens again while a quotation is open: the writer forgot to close the first."""
        if self.forms[position] in _CLOSERS or self.forms[position - 1] != ":":
            return False
        before, after = self.spaced(position)
        return before and not after and position - opened > LONG_QUOTE

    def _closes_later(self, opened: int, following: Sequence[int]) -> bool:
        """Whether an unclosed quotation goes on over the paragraph: the next mark of its family is a closing one."""
        for i in following:
            if self.forms[i] != "\n" and self._family(i) == self._family(opened):
                return self.forms[i] in _CLOSERS and self.forms[opened] in _OPENERS
        return False

    def _quote(self, first: int, last: int, *, closed: bool) -> Quote:
        return Quote(first, last, sum(w.is_word for w in self.words[first : last + 1]), closed)

    def _quoted(self) -> list[Quote | None]:
        """For each token the long closed quotation it stands in, its marks included."""
        quoted: list[Quote | None] = [None] * len(self.words)
        for quote in self.quotes:
            if quote.closed:
                quoted[quote.first : quote.last + 1] = [quote] * (quote.last + 1 - quote.first)
        return quoted

    # names

    def _find_mentions(self) -> dict[int, Mention]:
        mentions: dict[int, Mention] = {}
        position, total = 0, len(self.words)
        while position < total:
            best: Mention | None = None
            for lead, rest, name in self.words[position].names:
                last = position + len(rest)
                if (best is None or last > best.last) and (not rest or self.matches(position + 1, rest)):
                    best = Mention(position, last, name, lead)
            if best is not None and best.first == best.last and best.name.sort == "person":
                best = self._korean_namesake(best)
            if best is None:
                position += 1
                continue
            mentions[position] = best
            position = best.last + 1
        return mentions

    def _korean_namesake(self, mention: Mention) -> Mention:
        """A bare family name before a given name is somebody else's: known by office, not by name."""
        lex, last = lexicon(), mention.last
        if mention.name.key not in lex.family:
            return mention
        while last + 1 < len(self.words) and self.forms[last + 1] in lex.given:
            last += 1
        if last == mention.last:
            return mention
        return mention._replace(last=last, name=mention.name._replace(country=None, key="namesake"))

    # sentences

    def _find_sentences(self, furniture: Sequence[Span]) -> list[tuple[int, int]]:
        sentences: list[tuple[int, int]] = []
        first = 0
        for i, w in enumerate(self.words):
            if w.form == "\n" or (not w.is_word and w.form in _SENTENCE_ENDS and self._ends_sentence(i)):
                first = self._add_sentence(sentences, first, i, furniture)
        self._add_sentence(sentences, first, len(self.words), furniture)
        return sentences

    def _ends_sentence(self, i: int) -> bool:
        quote = self.quoted[i]
        if quote is not None and i < quote.last - 1:
            return False
        end = self.ends[i]
        if end >= len(self.text) or self.text[end].isspace() or not self.text[end].isalnum():
            return True
        # A missing space ("قال.وأضاف") still ends a sentence; the point inside "3.5" does not.
        before = self.text[self.starts[i] - 1] if i else ""
        return (before.isalpha() or before in '"”»') and self.text[end].isalpha()

    def _add_sentence(self, sentences: list[tuple[int, int]], first: int, last: int, furniture: Sequence[Span]) -> int:
        """Close the sentence at token `last`; quotation marks right after a stop still belong to it."""
        if first >= last:
            return last + 1
        quote = self.quoted[last] if last < len(self.words) else None
        if quote is not None and quote.last == last + 1:
            last += 1
        start, end = self.starts[first], self.ends[min(last, len(self.ends)) - 1]
        if not any(f.start < end and start < f.end for f in furniture):
            stop = last + (last < len(self.words) and self.forms[last] != "\n")
            sentences.append((first, stop))
        return last + 1


def tokens_of(reading: Reading, span: Span) -> tuple[int, int]:
    """The first and last token of a stretch of a reading's text."""
    first = min(bisect_right(reading.starts, span.start - 1) if span.start else 0, len(reading.words) - 1)
    return first, max(first, bisect_right(reading.ends, span.end) - 1)
