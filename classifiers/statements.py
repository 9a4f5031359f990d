"""Where an article reports what somebody says: a reading goes in, statements come out, each with the place of its speaker.

A statement runs from the words that attribute it to the next attribution or the end of its sentence; a quotation keeps
its sentences together (annotation guidelines, 1). Whether a clue inside what somebody says opens a statement of its own
is decided here; who the speaker is, in `actors`.
"""

from __future__ import annotations

from dataclasses import replace

from classifiers.clues import Clue, find_clues
from classifiers.lexicon import grammar
from classifiers.phrases import is_long_quote, mentions_in
from classifiers.reading import Reading
from classifiers.records import Kind
from classifiers.spans import Statement, bounded, is_carrier, trim
from classifiers.subjects import find_subject

LEAST_ANSWERS = 2  # turns that make an interview
_ANSWER = grammar("answer")
_DASHES = {"-", "–", "—"}
_COMMAS = grammar("commas")
_NEW_CLAUSE = grammar("new_clause")


def find_statements(reading: Reading) -> list[Statement]:
    """The statements of an article, in the order of the text."""
    statements: list[Statement] = []
    previous_stop = -1
    turns = _turns(reading)
    for first, stop in reading.sentences:
        if first in turns:
            statements.append(turns[first])
            previous_stop = stop
            continue
        if any(turn.first <= first <= turn.last for turn in turns.values()):
            continue
        found = _in_sentence(reading, first, stop)
        if not found and statements and _runs_on(reading, statements[-1], previous_stop, first):
            statements[-1] = replace(statements[-1], last=trim(reading, first, stop - 1), kind=Kind.DIRECT)
        statements += found
        previous_stop = stop
    return statements


def _turns(reading: Reading) -> dict[int, Statement]:
    """The answers of an interview ("ج: ...", or a dash behind a question), each a direct statement of the one asked."""
    lines: list[tuple[int, int]] = []
    for first, stop in reading.sentences:
        new_line = first == 0 or reading.forms[first - 1] == "\n"
        if new_line or not lines:
            lines.append((first, stop))
        else:
            lines[-1] = (lines[-1][0], stop)
    marked = [line for line in lines if reading.forms[line[0]] in _ANSWER and reading.forms[line[0] + 1 : line[0] + 2] == [":"]]
    dashed = [
        line
        for line, before in zip(lines[1:], lines, strict=False)
        if reading.forms[line[0]] in _DASHES and reading.forms[before[1] - 1] == "؟"
    ]
    answers = marked or dashed
    if len(answers) < LEAST_ANSWERS:
        return {}
    return {
        first: Statement(first, trim(reading, first, stop - 1), Clue(first, first, "turn"), None, "turn", Kind.DIRECT)
        for first, stop in answers
    }


def _runs_on(reading: Reading, statement: Statement, previous_stop: int, first: int) -> bool:
    """Whether a sentence without a clue goes on with the quotation of the statement right before it."""
    adjacent = previous_stop >= first - 2 and statement.last >= previous_stop - 4
    open_colon = reading.forms[min(statement.last + 1, len(reading.forms) - 1)] == ":" or reading.forms[statement.last] == ":"
    start = first + (not reading.words[first].is_word and reading.quoted[first] is None)
    quote_opens = start < len(reading.words) and is_long_quote(reading, start)
    return adjacent and quote_opens and (statement.kind is Kind.DIRECT or open_colon)


def _in_sentence(reading: Reading, first: int, stop: int) -> list[Statement]:
    drafts: list[Statement] = []
    for clue in find_clues(reading, first, stop):
        subject, how = find_subject(reading, clue, first, stop)
        if subject is None and _says_nothing(reading, clue):
            continue
        draft = Statement(clue.first, stop - 1, clue, subject, how, Kind.REPORTED)
        if _opens_statement(reading, draft, drafts, first):
            drafts.append(draft)
    return bounded(reading, drafts, first, stop)


def _says_nothing(reading: Reading, clue: Clue) -> bool:
    """A verb with neither subject nor content nor conjunction is part of another clause ("تجدد إطلاقها") or no verb ("اقرأ")."""
    cue = clue.cue
    if clue.sort != "verb" or cue is None or clue.complement is not None or reading.words[clue.first].proclitic:
        return False
    return (cue.shape == "imperfect" and not cue.verb.objects) or (cue.shape == "perfect" and cue.agreement == "d")


def _opens_statement(reading: Reading, draft: Statement, drafts: list[Statement], first: int) -> bool:
    """Whether a clue speaks for the article, or only inside what somebody else says."""
    quote = reading.quoted[draft.clue.first]
    if not drafts:
        return quote is None or quote.first == draft.clue.first - 1
    outer = drafts[-1]
    carried = is_carrier(reading, outer)
    if quote is not None:
        outside = draft.subject is not None and draft.subject.last < quote.first
        return carried and outside and draft.clue.sort == "verb"
    if draft.clue.sort == "holding":
        return _inside(reading, outer, draft) is False
    if draft.clue.sort in {"participle", "by", "relay"}:
        return True
    if not _inside(reading, outer, draft):
        return True
    if draft.clue.sort == "masdar":
        return draft.clue.cue is not None and draft.clue.cue.verb.perfect == "قال"
    assert draft.clue.cue is not None
    says = draft.clue.cue.verb.sort == "say" and draft.clue.complement is not None
    if draft.subject is None:
        return _coordinated(reading, draft, outer)
    if carried and draft.how in {"after", "before"}:
        return True
    named = draft.subject is not None and any(m.name.country is not None for m in mentions_in(reading, draft.subject))
    relays = says and named and draft.how in {"after", "before"} and draft.clue.cue.shape == "perfect"
    return relays or _new_clause(reading, draft)


def _inside(reading: Reading, outer: Statement, draft: Statement) -> bool:
    """Whether a clue stands inside the clause that the statement before it introduces."""
    opened = outer.clue.complement
    if opened is None or draft.clue.first < opened:
        return False
    quote = reading.quoted[opened] or (reading.quoted[opened + 1] if opened + 1 < len(reading.words) else None)
    return not (quote is not None and draft.clue.first > quote.last)


def _coordinated(reading: Reading, draft: Statement, outer: Statement) -> bool:
    """ "قال إن ...، وأضاف أن": a verb without a subject that goes on with the speaker before it."""
    cue, before = draft.clue.cue, reading.forms[draft.clue.first - 1]
    if cue is None:
        return False
    earlier = reading.forms[draft.clue.first - 2] if draft.clue.first > 1 else ""
    if before in {"لكنه", "لكنها", "ولكنه", "ولكنها"} or (before in {"انه", "انها"} and earlier in {"الا", "غير", "بيد", "كما"}):
        return True
    linked = (
        reading.words[draft.clue.first].proclitic == "و"
        or before in _NEW_CLAUSE
        or reading.forms[draft.clue.first - 1] in {"امر"}
    )
    same = outer.clue.cue is None or cue.shape != outer.clue.cue.shape or cue.agreement == outer.clue.cue.agreement
    content = cue.verb.sort == "say" and draft.clue.complement is not None
    return (linked and same and cue.shape == "perfect" and (content or before in _COMMAS or before == '"')) or (
        before == "امر" and content
    )


def _new_clause(reading: Reading, draft: Statement) -> bool:
    """Whether a verb with its own subject opens a clause of the article: "..., بينما اتهمت واشنطن"."""
    at = min(draft.clue.first, draft.subject.first if draft.subject else draft.clue.first)
    before = [reading.forms[i] for i in range(max(0, at - 3), at)]
    if any(form in _NEW_CLAUSE - {"حيث"} for form in before[-2:]):
        return True
    return (
        bool(before)
        and (before[-1] in _COMMAS or before[-1] == '"' or before[-1] in {"”", "»"})
        and reading.words[at].form.startswith("و")
        and draft.how == "after"
    )
