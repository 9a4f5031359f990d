"""Who stands in the place of the subject: a clue in its sentence goes in, the phrase that names the speaker comes out."""

from __future__ import annotations

from classifiers.clues import Clue
from classifiers.lexicon import grammar, lexicon
from classifiers.phrases import Phrase, is_verb, mentions_in, noun_phrase
from classifiers.reading import Mention, Reading

_COMMAS = grammar("commas")
_NEW_CLAUSE = grammar("new_clause")
NEAR_CLAUSE = 14  # words between an unknown speaker and what he says
_ADDRESSING = grammar("addressing")
_AUXILIARIES = grammar("auxiliaries")
_ASIDES = grammar("asides")


def find_subject(reading: Reading, clue: Clue, first: int, stop: int) -> tuple[Phrase | None, str]:
    """The phrase, and where it was found: named, before, after, relative; (None, "back") where the clue refers back."""
    if clue.named is not None:
        return clue.named, "named"
    if clue.sort in {"participle", "masdar"}:
        return None, "back"
    before = _subject_before(reading, clue, first)
    if before is not None and all(reading.words[i].is_word for i in range(before.last + 1, clue.first)):
        return before, "before"
    after = _subject_after(reading, clue, stop)
    if after is not None and not _is_accused(reading, clue, after):
        return after, "after"
    if relative := _antecedent(reading, clue, first):
        return relative, "relative"
    if before is not None:
        return before, "before"
    stranger = _stranger(reading, clue) if after is None else None
    return (stranger, "after") if stranger is not None else (None, "back")


def _is_accused(reading: Reading, clue: Clue, phrase: Phrase) -> bool:
    """ "تتهم موسكو بالوقوف وراء": with one name before the charge, that one is accused and does not accuse."""
    lead = reading.mentions.get(phrase.first)
    behind = lead.last + 1 if lead is not None else phrase.last + 1
    charged = behind < len(reading.forms) and reading.forms[behind].startswith("ب")
    return clue.cue is not None and clue.cue.verb.perfect == "اتهم" and charged


def _stranger(reading: Reading, clue: Clue) -> Phrase | None:
    """Words of no entry right behind a verb of speech: somebody unknown speaks, and not whoever spoke before him.

    Not behind verbs that address somebody ("حذر الشركات من أن"): there they are the one addressed.
    """
    if clue.cue is None or clue.complement is None or clue.cue.verb.sort != "say" or clue.cue.verb.perfect in _ADDRESSING:
        return None
    position, lex = clue.last + 1, lexicon()
    while position < clue.complement and (reading.forms[position] in lex.skip or reading.forms[position] in _COMMAS):
        position += 1
    form = reading.forms[position]
    bare = form.removeprefix("ل").removeprefix("ب")
    plain = reading.words[position].is_word and not reading.words[position].cues and form not in lex.stop_prepositions
    mention = reading.mentions.get(position)
    if position >= clue.complement or not plain or bare != form or (mention is not None and mention.name.sort != "nobody"):
        return None
    phrase = noun_phrase(reading, position, clue.complement)
    return phrase if phrase is not None and clue.complement - phrase.last <= NEAR_CLAUSE else None


def _subject_after(reading: Reading, clue: Clue, stop: int) -> Phrase | None:
    """The subject behind its verb, the usual order of the Arabic press."""
    lex, position = lexicon(), clue.last + 1
    limit = clue.complement if clue.complement is not None else stop
    if clue.complement is not None and reading.quoted[clue.complement] is None and reading.forms[clue.complement] == "ان":
        limit = clue.complement
    while position < limit and (reading.forms[position] in lex.skip or reading.forms[position] in _COMMAS):
        if reading.forms[position] == "من" and reading.forms[position - 1] != "كل":
            return None  # "طلبت من موسكو": asked of her
        position += 1
    if position >= limit or (not reading.words[position].is_word and position not in reading.short_marks):
        return None
    if position in reading.short_marks:
        position += 1
    phrase = noun_phrase(reading, position, limit)
    if phrase is None:
        return None
    lead = reading.mentions.get(position)
    if lead is None:
        return phrase if _unknown_subject(reading, clue, phrase, limit) else None
    if lead.proclitic or not agrees(clue, lead):
        return None
    return phrase


def agrees(clue: Clue, lead: Mention) -> bool:
    """Whether a verb before its subject agrees with it: always singular there, so only gender tells."""
    if clue.cue is None or clue.cue.agreement in {"d", "p"}:
        return True
    if lead.name.agreement == "p":  # "ودعت خبراء": people in the plural take the masculine before them
        return clue.cue.agreement == "m"
    if lead.name.agreement not in {"m", "f"}:
        return True
    return lead.name.agreement == clue.cue.agreement


def _unknown_subject(reading: Reading, clue: Clue, phrase: Phrase, limit: int) -> bool:
    """Whether words without an entry name a speaker (a surname, "دراسة أمريكية") and are not the object of the verb."""
    mentions = mentions_in(reading, phrase)
    if any(m.name.sort in {"head", "person"} for m in mentions):
        return True
    lead = reading.forms[phrase.first]
    everyday = lead.removeprefix("ال") in lexicon().common or lead.endswith(("ه", "ها", "هم"))
    if everyday and not any(m.name.sort == "nisba" for m in mentions):
        return False
    near = clue.complement is not None and clue.complement - phrase.last <= 5
    return near and not reading.forms[phrase.first].startswith("ب") and clue.cue is not None and clue.cue.verb.sort == "say"


def _subject_before(reading: Reading, clue: Clue, first: int) -> Phrase | None:
    """The subject before its verb: the earliest name at the head of a clause that reaches up to the verb."""
    proclitic = reading.words[clue.first].proclitic
    topic = proclitic == "ف" and any(reading.forms[i] == "اما" for i in range(max(first, clue.first - 24), clue.first))
    if proclitic and clue.first > first and not topic:
        return None
    end = clue.first - 1
    while end >= first and (
        reading.forms[end] in _AUXILIARIES | _ASIDES
        or reading.forms[end] in lexicon().skip
        or reading.forms[end] in _COMMAS
        or end in reading.short_marks
        or _opens_quote(reading, end)
    ):
        end -= 1
    for start in range(max(first, end - 24), end + 1):
        mention = reading.mentions.get(start)
        if mention is None or mention.proclitic not in {"", "و"} or not _heads_clause(reading, start, first):
            continue
        phrase = noun_phrase(reading, start, clue.first)
        if phrase is not None and phrase.last >= end:
            return Phrase(start, min(phrase.last, end))
    return _unknown_before(reading, end, first)


def _opens_quote(reading: Reading, position: int) -> bool:
    """Whether a token is the mark that opens a long quotation: "أن الرئيس بوتين «قبل الدعوة ...»"."""
    quote = reading.quoted[position]
    return quote is not None and quote.first == position


def _heads_clause(reading: Reading, start: int, first: int) -> bool:
    if start == first:
        return True
    before = reading.forms[start - 1]
    lex = lexicon()
    if reading.mentions[start].proclitic == "و":
        return not reading.words[start - 1].is_word
    return (
        not reading.words[start - 1].is_word
        or before.isdigit()
        or before == "اما"
        or before in lex.complement
        or before in _NEW_CLAUSE
        or before in _AUXILIARIES
        or before in lex.skip
    )


def _unknown_before(reading: Reading, end: int, first: int) -> Phrase | None:
    """A surname alone before its verb, at the head of the sentence ("يانج يعتقد")."""
    if first <= end <= first + 2 and all(
        reading.words[i].is_word
        and not is_verb(reading, i)
        and not reading.words[i].cues
        and reading.forms[i].removeprefix("و") not in lexicon().stop_prepositions
        and reading.forms[i].removeprefix("و") not in lexicon().openings.by_first
        for i in range(first, end + 1)
    ):
        phrase = noun_phrase(reading, first, end + 1)
        return phrase if phrase is not None and phrase.last == end else None
    return None


def _antecedent(reading: Reading, clue: Clue, first: int) -> Phrase | None:
    """The name before a relative pronoun: "الولايات المتحدة، التي تتخوف"."""
    at = clue.first - 1
    while at > first and reading.forms[at] in {"قد", "لم", "لا", "كان", "كانت"}:
        at -= 1
    if reading.forms[at] not in {"الذي", "التي", "اللذين", "اللذان", "الذين"}:
        return None
    end = at - 1
    while end > first and (reading.forms[end] in _COMMAS or end in reading.short_marks):
        end -= 1
    for start in range(max(first, end - 14), end + 1):
        mention = reading.mentions.get(start)
        if mention is not None:
            phrase = noun_phrase(reading, start, at)
            if phrase is not None and phrase.last >= end:
                return phrase
    return None
