"""Noun phrases that may name a speaker: a place in a reading goes in, the run of tokens that names somebody comes out.

No parser for Arabic runs at the speed this needs, and the names of speakers have a narrow grammar of their own:
offices, states, their adjectives, proper names, appositions (Polanyi & Zaenen's view that reported speech is
signalled by few, fixed constructions holds for the Arabic press too). The rules below are that grammar.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

from classifiers.lexicon import Lexicon, grammar, lexicon
from classifiers.reading import Mention, Reading
from classifiers.records import Role

MAX_UNKNOWN = 6  # words in a row without a lexicon entry that a name may hold
_OCCASIONS = grammar("occasions")
_FIELDS = grammar("fields")
_ISSUED = grammar("issued")
_CLOSE_TO = grammar("close_to")
_DASHES = {"-", "–", "—"}
_OF = grammar("of")
_FROM_HEADS = grammar("from_heads")


class Phrase(NamedTuple):
    """Tokens `first` to `last` that name somebody."""

    first: int
    last: int


def is_long_quote(reading: Reading, position: int) -> bool:
    """Whether a quotation long enough to be an utterance opens or stands at this token."""
    return reading.quoted[position] is not None or any(q.first == position for q in reading.quotes if not q.closed)


def is_verb(reading: Reading, position: int) -> bool:
    """Whether a token can only be a verb of the lexicon (and no noun of the same letters)."""
    return any(
        c.shape in {"perfect", "imperfect"} and not (c.verb.noun and c.agreement == "m") for c in reading.words[position].cues
    )


def noun_phrase(reading: Reading, first: int, limit: int) -> Phrase | None:
    """The name that begins at token `first` and ends before `limit`, with its appositions; None where there is none."""
    lex = lexicon()
    position, unknown, appositions, last = first, 0, 0, first - 1
    while position < limit:
        mention = reading.mentions.get(position)
        form = reading.forms[position]
        if mention is not None and mention.last < limit:
            if position > first and not _continues(reading, first, last, mention):
                break
            last, unknown = mention.last, 0
            position = mention.last + 1
        elif not reading.words[position].is_word:
            after = _over_mark(reading, position, limit, appositions)
            if after is None:
                break
            appositions += form in _DASHES or form in {"،", ","}
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


def _continues(reading: Reading, first: int, last: int, mention: Mention) -> bool:
    """Whether a later name still belongs to the phrase: as genitive, adjective, apposition or second speaker."""
    lead = reading.mentions.get(first)
    if mention.proclitic == "و":
        return True
    if mention.proclitic == "":
        return not (mention.first == last + 1 and _is_object(reading, Phrase(first, last), mention))
    if mention.proclitic in {"ل", "ب"} and lead is not None and lead.name.sort == "head":
        # "الأمين العام للأمم المتحدة", "المتحدث بالخارجية", "تقارير لوكالات": of an office, not said to somebody
        to_media = mention.name.role in {Role.MEDIA, Role.STATE_MEDIA}
        return (not to_media or lead.name.role is Role.MEDIA) and not reading.forms[mention.first].endswith("يين")
    return False


def _is_object(reading: Reading, phrase: Phrase, mention: Mention) -> bool:
    """Whether a name right behind a complete name is what its verb acts on: "اتهمت واشنطن موسكو", "شكر بوتين كيم"."""
    before = mentions_in(reading, phrase)
    if not before:
        return False
    named = [m for m in before if m.name.country is not None]
    same = any(m.name.country == mention.name.country for m in named)
    if mention.name.sort == "state":
        lead = before[0]
        complete = lead.name.sort == "head" and reading.forms[lead.last].startswith("ال") and mention.first == lead.last + 1
        return complete or (bool(named) and not same)
    if mention.name.sort == "person":
        return (any(m.name.sort == "person" for m in named) and not same) or before[0].name.sort == "state"
    if mention.name.sort == "head":
        return (
            before[0].name.sort == "head" and before[-1].name.sort == "person" and reading.forms[mention.first].startswith("ال")
        )
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
        office = next(iter(mentions_in(reading, Phrase(first, last))), None)
        if office is not None and office.name.role is Role.EXPERT and reading.forms[position + 1] in _FIELDS:
            return False  # "باحثة في الدراسات الكورية بمعهد ..."
        if following is None or following.proclitic or office is None or office.name.key not in _FROM_HEADS:
            return True
        if following.name.sort not in {"head", "state", "agency", "institution", "direction"}:
            return True
        return form == "في" and following.name.sort == "head" and following.name.key in _OCCASIONS
    if form in {"لدي", "باسم", "لشؤون", "لشئون", "وعلي"}:
        return False
    if form == "عن" and position and reading.forms[position - 1] in _ISSUED:
        return False
    if form in _CLOSE_TO or (position and reading.forms[position - 1] in _CLOSE_TO):
        return False
    if _common_word(reading, lex, first, last, position):
        return True
    bare = form[1:] if form[:1] in {"و", "ف"} and len(form) > 3 else form
    if bare in lex.complement or form in lex.stop_prepositions or bare in lex.relative or form in lex.relative:
        return True
    if bare in lex.stop_prepositions or (form in lex.skip and not _qualifies_office(reading, first, last, form)):
        return True
    if is_verb(reading, position) or any(c.shape in {"participle", "masdar"} for c in reading.words[position].cues):
        return True
    return (
        form[0] in "ي" and len(form) > 3 and form not in lex.given and last >= first and bare == form and _looks_imperfect(form)
    )


def _common_word(reading: Reading, lex: Lexicon, first: int, last: int, position: int) -> bool:
    """Whether an everyday word ends the name: once a country is named, or where no office leads the way to one."""
    form = reading.forms[position]
    bare = form[1:] if form[0] in "وفبل" and form[1:] in lex.common else form
    lead = reading.mentions.get(first)
    if form.startswith("ال") and form[2:] in lex.common and position > first:
        # "الأمين العام" is an office, "أدان البيت الأبيض التجربة" a verb with its object
        names = mentions_in(reading, Phrase(first, last))
        return not names or any(m.name.country is not None for m in names)
    if bare not in lex.common or position == first:
        return False
    if bare != form:
        return True
    named = any(m.name.country is not None for m in mentions_in(reading, Phrase(first, last)))
    complete = reading.forms[first].removeprefix("و").startswith("ال")
    return named or lead is None or lead.name.sort != "head" or complete


def _qualifies_office(reading: Reading, first: int, last: int, form: str) -> bool:
    """ "الأمين العام": an adjective of the office before it, not the year or day it may mean elsewhere."""
    names = mentions_in(reading, Phrase(first, last))
    return form in {"العام", "الاول"} and any(name.last == last and name.name.sort == "head" for name in names)


def _looks_imperfect(form: str) -> bool:
    """An unknown word in ي... after a name is more often a verb than part of the name, unless it is short."""
    return len(form) > 4 and not form.endswith(("ي", "ه"))


def parts(reading: Reading, phrase: Phrase) -> list[Phrase]:
    """The joint speakers of a phrase, "واشنطن وسول" in two; a phrase of one speaker comes back alone."""
    cuts = [
        m.first
        for m in mentions_in(reading, phrase)
        if m.first > phrase.first and m.proclitic == "و" and m.name.sort in {"state", "person", "head", "agency"}
    ]
    edges = [phrase.first, *cuts, phrase.last + 1]
    return [Phrase(a, b - 1) for a, b in itertools.pairwise(edges) if b > a]


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
