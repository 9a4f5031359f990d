"""Where a statement begins and ends, and of what kind it is: drafts go in, statements with their spans come out.

A statement covers cue, speaker and content, and nothing of the next attribution (annotation guidelines, 1).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from classifiers.clues import Clue
from classifiers.lexicon import grammar, lexicon
from classifiers.phrases import Phrase, is_verb, mentions_in
from classifiers.reading import Quote, Reading
from classifiers.records import Kind

CARRIED = 16  # words between "أن" behind an agency and the one who acts
PREAMBLE = 10  # words before the first verb of a sentence that still belong to its statement
_CARRIERS = grammar("carriers")
_COMMAS = grammar("commas")
_TRAILING = grammar("trailing")
_AUXILIARIES = grammar("auxiliaries")


@dataclass(frozen=True, slots=True)
class Statement:
    """Tokens `first` to `last` of a reading that report what one attribution says.

    `clue` is what signals it. `subject` are the tokens that name the speaker, None where a back-reference names him;
    `how` tells where the subject was found: named (by the clue), after or before the verb, relative, sentence, or back.
    """

    first: int
    last: int
    clue: Clue
    subject: Phrase | None
    how: str
    kind: Kind


def bounded(reading: Reading, drafts: list[Statement], first: int, stop: int) -> list[Statement]:
    """Give each draft its span and kind; a "بحسب" behind a statement closes it and is no statement of its own."""
    statements: list[Statement] = []
    carrier: Statement | None = None
    for n, plain in enumerate(drafts):
        draft = plain if carrier is None else replace(plain, clue=replace(plain.clue, via=carrier.subject))
        floor = statements[-1].last + 1 if statements else first
        if draft.clue.sort == "by" and statements and (statements[-1].clue.complement or -1) > draft.clue.first:
            statements[-1] = replace(statements[-1], clue=replace(statements[-1].clue, via=draft.clue.named))
            continue  # "قال كيم، بحسب الوكالة: إن": set into another statement
        if draft.clue.sort == "by" and not _opens_clause(reading, draft, first):
            statements = _closed_by(reading, statements, draft, floor)
            continue
        if _carries(reading, draft, drafts[n + 1] if n + 1 < len(drafts) else None):
            carrier = draft
            continue
        start = max(floor, _start(reading, draft, floor, first))
        if carrier is not None:
            start, carrier = max(floor, carrier.first), None
        inserted = draft.clue.complement or -1
        following = next((d for d in drafts[n + 1 :] if not (d.clue.sort == "by" and d.clue.first < inserted)), None)
        end = stop - 1
        if following is not None:
            end = following.clue.first - 1
            if following.clue.sort != "by":
                end = _start(reading, following, draft.clue.last + 1, first) - 1
            elif not _opens_clause(reading, following, first):
                end = _clause_before(reading, following, draft.clue.last) - 1
        end = max(
            trim(reading, start, end),
            draft.clue.last,
            draft.subject.last if draft.subject and draft.how != "relative" else 0,
        )
        statements.append(replace(draft, first=start, last=end, kind=_kind(reading, draft, start, end)))
    return statements


def is_carrier(reading: Reading, statement: Statement) -> bool:
    """Whether the speaker is an agency or outlet, which carries the words and acts of others."""
    if statement.subject is None:
        return False
    mentions = mentions_in(reading, statement.subject)
    return bool(mentions) and (mentions[0].name.sort == "agency" or mentions[0].name.key in _CARRIERS)


def _carries(reading: Reading, draft: Statement, following: Statement | None) -> bool:
    """ "ذكرت الوكالة أن الرئيس قبل الدعوة": the one who acts right inside a carrier's clause speaks, the agency is his via."""
    opened = draft.clue.complement
    if following is None or opened is None or following.how not in {"before", "after"} or not is_carrier(reading, draft):
        return False
    begins = min(following.clue.first, following.subject.first if following.subject else following.clue.first)
    named = following.subject is not None and any(m.name.country for m in mentions_in(reading, following.subject))
    return named and opened < begins <= opened + CARRIED


def _opens_clause(reading: Reading, draft: Statement, first: int) -> bool:
    """Whether a "بحسب" stands at the head of what it attributes, and not behind it."""
    joined = reading.forms[draft.clue.first] not in lexicon().by.by_first
    return draft.clue.first <= first + 1 or (joined and reading.forms[draft.clue.first - 1] in _COMMAS)


def _clause_before(reading: Reading, draft: Statement, floor: int) -> int:
    """Where the clause begins into which a "بحسب" is set: "..., وتهدف الزيارة بحسب الوكالة إلى"; else the clue itself."""
    assert draft.clue.named is not None
    after = draft.clue.named.last + 1
    after += after < len(reading.forms) and reading.forms[after] in _COMMAS
    ends = after >= len(reading.forms) or not reading.words[after].is_word
    comma = next(
        (i for i in range(draft.clue.first - 2, max(floor, draft.clue.first - 8), -1) if reading.forms[i] in _COMMAS),
        None,
    )
    return draft.clue.first if ends or comma is None else comma + 1


def _closed_by(reading: Reading, statements: list[Statement], draft: Statement, floor: int) -> list[Statement]:
    """A "بحسب" behind a statement names who carried it; behind a plain clause, who says it."""
    assert draft.clue.named is not None
    end = draft.clue.named.last
    start = _clause_before(reading, draft, floor - 1)
    if start < draft.clue.first:
        sentence_stop = next(stop for begin, stop in reading.sentences if begin <= draft.clue.first < stop)
        end = trim(reading, start, sentence_stop - 1)
    elif statements and draft.clue.first - statements[-1].last <= 2:
        outer = statements[-1]
        clue = outer.clue if outer.clue.via else replace(outer.clue, via=draft.clue.named)
        return [*statements[:-1], replace(outer, last=end, clue=clue)]
    else:
        start = floor
        while start < draft.clue.first and not reading.words[start].is_word:
            start += 1
    return [*statements, replace(draft, first=start, last=end, kind=_kind(reading, draft, start, end))]


def _start(reading: Reading, draft: Statement, floor: int, first: int) -> int:
    """The first token of a statement: its verb or subject, the words that open its clause, or the quotation before it."""
    start = draft.clue.first
    if draft.subject is not None and draft.how in {"before", "relative"}:
        start = min(start, draft.subject.first)
    if draft.clue.sort == "colon" and draft.subject is not None:
        start = draft.subject.first
    quote = _quote_before(reading, draft, start, floor)
    if quote is not None:
        return quote.first
    while start > floor and (
        reading.forms[start - 1] in _AUXILIARIES or reading.forms[start - 1] in {"كما", "امر", "وهو", "سبق", "وسبق"}
    ):
        start -= 1
    if start - 2 >= floor and reading.forms[start - 2] in {"وهي", "وهو"}:
        start -= 2  # "وهي مزاعم نفتها موسكو"
    if floor == first and draft.clue.sort in {"verb", "relay"} and _is_preamble(reading, first, start):
        return first
    if draft.clue.sort == "holding":
        return (
            first
            if start - first <= 2 * PREAMBLE and floor == first and _raised(reading, start)
            else max(floor, start - (start > floor))
        )
    return start


def _is_preamble(reading: Reading, first: int, start: int) -> bool:
    """Whether the words before a verb only set its scene: "من جهته، قال", "وخلال القمة تعهد"."""
    if start - first > PREAMBLE or start == first:
        return start == first
    lex, lead = lexicon(), reading.forms[first]
    bare = lead[1:] if lead[0] == "و" and len(lead) > 2 else lead
    opens = bare in lex.stop_prepositions or bare in lex.skip or bare in lex.openings.by_first or lead in lex.openings.by_first
    return opens and not any(is_verb(reading, i) for i in range(first, start))


def _raised(reading: Reading, start: int) -> bool:
    return reading.forms[start - 1] in {"يثير", "تثير", "اثار", "اثارت", "ويثير"} if start else False


def _quote_before(reading: Reading, draft: Statement, start: int, floor: int) -> Quote | None:
    """The quotation that ends right before its verb: "...", قال الوزير."""
    if draft.clue.complement is not None or draft.clue.sort not in {"verb", "by"}:
        return None
    at = start - 1
    while at >= floor and reading.forms[at] in _COMMAS | {"-", "–", "."}:
        at -= 1
    quote = reading.quoted[at] if at >= floor else None
    return quote if quote is not None and quote.last == at and quote.first >= floor else None


def trim(reading: Reading, first: int, last: int) -> int:
    """The last token without the marks and connectives that lead over to what follows."""
    while last > first:
        form = reading.forms[last]
        closes = reading.quoted[last] is not None and reading.quoted[last].last == last  # type: ignore[union-attr]
        if closes or last in reading.short_marks or form in {")", "]"}:
            break
        if reading.words[last].is_word and form not in _TRAILING:
            break
        last -= 1
    return last


def _kind(reading: Reading, draft: Statement, first: int, last: int) -> Kind:
    """Direct, reported or narrated, by the guidelines' table and its rule for quotations behind إنّ."""
    if any(first <= q.first and q.first <= last and _is_utterance(reading, q, draft) for q in reading.quotes):
        return Kind.DIRECT
    clue = draft.clue
    if clue.sort in {"by", "relay", "colon"} or (clue.cue is not None and clue.cue.verb.sort == "say"):
        return Kind.REPORTED
    if (
        clue.cue is not None
        and clue.cue.verb.sort == "stand"
        and clue.complement is not None
        and not clue.cue.verb.narrated
        and clue.complement - clue.last <= 14
        and reading.forms[clue.complement] != ":"
    ):
        return Kind.REPORTED
    return Kind.NARRATED


def _is_utterance(reading: Reading, quote: Quote, draft: Statement) -> bool:
    """Whether a quotation is a whole clause of the speaker's, and not a part built into somebody else's sentence."""
    if not quote.closed and quote.first > draft.clue.first and draft.clue.complement is None:
        return False
    if quote.last < draft.clue.first:
        return True
    before = quote.first - 1
    if reading.forms[before] in {":", "ان", "بان", "قائلا", "قائله", "،"} or before in {
        draft.clue.first,
        draft.clue.last,
    }:
        return reading.forms[before] != "،" or draft.clue.complement == quote.first
    return draft.clue.complement == quote.first
