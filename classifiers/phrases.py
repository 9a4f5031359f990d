"""Noun phrases that may name a speaker: a place in a reading goes in, the run of tokens that names somebody comes out.

No parser for Arabic runs at the speed this needs, and the names of speakers have a narrow grammar of their own:
offices, states, their adjectives, proper names, appositions (Polanyi & Zaenen's view that reported speech is
signalled by few, fixed constructions holds for the Arabic press too). The rules below are that grammar.
"""

from __future__ import annotations

from typing import NamedTuple

from classifiers.lexicon import Lexicon, lexicon
from classifiers.reading import Mention, Reading

MAX_UNKNOWN = 6  # words in a row without a lexicon entry that a name may hold
_DASHES = {"-", "–", "—"}
_OF = {"من", "في"}
_FROM_HEADS = {"مسؤول", "مسئول", "مصدر", "مصادر", "عضو", "خبير", "محلل", "باحث", "وزاره", "متحدث", "استاذ", "مندوب", "وفد", "دبلوماسي", "كبير", "مدير", "مركز", "معهد"}


class Phrase(NamedTuple):
    """Tokens `first` to `last` that name somebody."""

    first: int
    last: int


def is_long_quote(reading: Reading, position: int) -> bool:
    """Whether a quotation long enough to be an utterance opens or stands at this token."""
    return reading.quoted[position] is not None or any(q.first == position for q in reading.quotes if not q.closed)


def is_verb(reading: Reading, position: int) -> bool:
    """Whether a token can only be a verb of the lexicon (and no noun of the same letters)."""
    return any(c.shape in {"perfect", "imperfect"} and not (c.verb.noun and c.agreement == "m")
               for c in reading.words[position].cues)


def noun_phrase(reading: Reading, first: int, limit: int) -> Phrase | None:
    """The name that begins at token `first` and ends before `limit`, with its appositions; None where there is none."""
    lex = lexicon()
    position, unknown, appositions, last = first, 0, 0, first - 1
    while position < limit:
        mention = reading.mentions.get(position)
        form = reading.forms[position]
        if mention is not None and mention.last < limit:
            if position > first and not _continues(reading, first, mention):
                break
            last, unknown = mention.last, 0
            position = mention.last + 1
        elif not reading.words[position].is_word:
            after = _over_mark(reading, position, limit, appositions)
            if after is None:
                break
            appositions += form in _DASHES or form == "،" or form == ","
            if position in reading.short_marks:
                last = position
            position = after
        elif _ends_name(reading, lex, first, last, position):
            break
        else:
            unknown += 1
            if unknown > MAX_UNKNOWN:
                break
            last = position
            position += 1
    return Phrase(first, last) if last >= first else None


def _continues(reading: Reading, first: int, mention: Mention) -> bool:
    """Whether a later name still belongs to the phrase: as genitive, adjective, apposition or second speaker."""
    if mention.proclitic in {"", "و"}:
        return True
    if mention.proclitic in {"ل", "ب"}:
        # "الأمين العام للأمم المتحدة", "المتحدث بالخارجية": of an office, not to somebody
        lead = reading.mentions.get(first)
        return (lead is not None and lead.name.sort == "head" and mention.name.role != "media"
                and mention.name.role != "state_media" and reading.forms[mention.first][-3:] != "يين")
    return False


def _over_mark(reading: Reading, position: int, limit: int, appositions: int) -> int | None:
    """The token after a mark that a name may run over, or None where it ends the name."""
    form = reading.forms[position]
    if position in reading.short_marks:
        return position + 1
    if form in {"(", "["}:
        for i in range(position + 1, min(position + 10, limit)):
            if reading.forms[i] in {")", "]"}:
                return i + 1
        return None
    if form in {"،", ","} or form in _DASHES:
        following = reading.mentions.get(position + 1)
        if following is None or appositions > 1 or position + 1 >= limit:
            return None
        if following.name.sort in {"head", "person"} and following.proclitic == "" and not reading.words[position + 1].cues:
            return position + 1
    return None


def _ends_name(reading: Reading, lex: Lexicon, first: int, last: int, position: int) -> bool:
    form = reading.forms[position]
    if form in _OF and position + 1 < len(reading.words) and last >= first:
        following = reading.mentions.get(position + 1)
        lead = reading.mentions.get(first)
        if (following is not None and following.name.sort in {"head", "state", "agency"} and following.proclitic == ""
                and lead is not None and lead.name.key in _FROM_HEADS):
            return not (form == "من" or following.name.sort == "state" or following.name.sort == "head")
        return True
    if form in {"لدي", "باسم", "لشؤون", "لشئون"}:
        return False
    bare = form[1:] if form[:1] in {"و", "ف"} and len(form) > 3 else form
    if bare in lex.complement or form in lex.stop_prepositions or bare in lex.relative or form in lex.relative:
        return True
    if bare in lex.stop_prepositions or form in lex.skip:
        return True
    if is_verb(reading, position) or any(c.shape in {"participle", "masdar"} for c in reading.words[position].cues):
        return True
    return form[0] in "ي" and len(form) > 3 and form not in lex.given and last >= first and bare == form and _looks_imperfect(form)


def _looks_imperfect(form: str) -> bool:
    """An unknown word in ي... after a name is more often a verb than part of the name, unless it is short."""
    return len(form) > 4 and not form.endswith(("ي", "ه"))


def parts(reading: Reading, phrase: Phrase) -> list[Phrase]:
    """The joint speakers of a phrase, "واشنطن وسول" in two; a phrase of one speaker comes back alone."""
    cuts = [m.first for m in mentions_in(reading, phrase)
            if m.first > phrase.first and m.proclitic == "و" and m.name.sort in {"state", "person", "head", "agency"}]
    edges = [phrase.first, *cuts, phrase.last + 1]
    return [Phrase(a, b - 1) for a, b in zip(edges, edges[1:], strict=False) if b > a]


def mentions_in(reading: Reading, phrase: Phrase) -> list[Mention]:
    """The names inside a phrase, in order."""
    found, position = [], phrase.first
    while position <= phrase.last:
        mention = reading.mentions.get(position)
        if mention is not None:
            found.append(mention)
            position = mention.last + 1
        else:
            position += 1
    return found
