"""Where an article reports what somebody says: a reading goes in, statements come out, each with the place of its speaker.

A statement runs from the words that attribute it to the next attribution or the end of its sentence; a quotation keeps
its sentences together (annotation guidelines, 1). Whether a clue inside what somebody says opens a statement of its own
is decided here; who the speaker is, in `actors`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from classifiers.clues import Clue, find_clues
from classifiers.lexicon import lexicon
from classifiers.phrases import Phrase, is_long_quote, is_verb, mentions_in, noun_phrase
from classifiers.reading import Mention, Quote, Reading
from classifiers.records import Kind

PREAMBLE = 10  # words before the first verb of a sentence that still belong to its statement
MAIN_CLAUSE = 30  # words of a main clause whose subject goes on to speak
LEAST_ANSWERS = 2  # turns that make an interview
_ANSWER, _DASHES = {"ج", "جواب", "الجواب"}, {"-", "–", "—"}
_COMMAS = {"،", ",", "؛", ";"}
_TRAILING = {
    "وسط",
    "فيما",
    "بينما",
    "حيث",
    "كما",
    "و",
    "لكن",
    "ثم",
    "وقد",
    "وكان",
    "وكانت",
    "حين",
    "في",
    "اذ",
    "بعد",
    "وهو",
    "وهي",
    "قد",
    "وان",
    "ان",
}
_NEW_CLAUSE = {
    "فيما",
    "بينما",
    "حين",
    "حيث",
    "كما",
    "وكان",
    "وكانت",
    "وقد",
    "لكن",
    "ولكن",
    "اذ",
    "فقد",
    "ثم",
    "كان",
    "كانت",
    "الا",
    "جهته",
    "جهتها",
    "جانبه",
    "جانبها",
    "المقابل",
    "بدوره",
    "بدورها",
}
_AUXILIARIES = {"قد", "لقد", "كان", "كانت", "وكان", "وكانت", "لم", "لن", "لا", "ما", "وقد", "فقد", "سوف", "ان", "و"}
_ASIDES = {"جهته", "جهتها", "جانبه", "جانبها", "بدوره", "بدورها", "من", "؟"}
_CARRIERS = {"وكاله", "وكالات", "وكالات انباء", "تلفزيون", "اعلام", "وسائل", "صحيفه", "قناه", "شبكه", "تقارير"}


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
            statements[-1] = replace(statements[-1], last=_trim(reading, first, stop - 1), kind=Kind.DIRECT)
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
        first: Statement(first, _trim(reading, first, stop - 1), Clue(first, first, "turn"), None, "turn", Kind.DIRECT)
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
        subject, how = _subject(reading, clue, first, stop)
        if subject is None and _says_nothing(reading, clue):
            continue
        draft = Statement(clue.first, stop - 1, clue, subject, how, Kind.REPORTED)
        if _opens_statement(reading, draft, drafts, first):
            drafts.append(draft)
    return _bounded(reading, drafts, first, stop)


def _says_nothing(reading: Reading, clue: Clue) -> bool:
    """A verb with neither subject nor content nor conjunction: part of another clause ("تجدد إطلاقها")."""
    cue = clue.cue
    return (
        clue.sort == "verb"
        and cue is not None
        and cue.shape == "imperfect"
        and clue.complement is None
        and not cue.verb.objects
        and not reading.words[clue.first].proclitic
    )


# who stands in the place of the subject


def _subject(reading: Reading, clue: Clue, first: int, stop: int) -> tuple[Phrase | None, str]:
    if clue.named is not None:
        return clue.named, "named"
    if clue.sort in {"participle", "masdar"}:
        return None, "back"
    before = _subject_before(reading, clue, first)
    if before is not None and all(reading.words[i].is_word for i in range(before.last + 1, clue.first)):
        return before, "before"
    if after := _subject_after(reading, clue, stop):
        return after, "after"
    if relative := _antecedent(reading, clue, first):
        return relative, "relative"
    return (before, "before") if before is not None else (None, "back")


def _subject_after(reading: Reading, clue: Clue, stop: int) -> Phrase | None:
    """The subject behind its verb, the usual order of the Arabic press."""
    lex, position = lexicon(), clue.last + 1
    limit = clue.complement if clue.complement is not None else stop
    if clue.complement is not None and reading.quoted[clue.complement] is None and reading.forms[clue.complement] == "ان":
        limit = clue.complement
    while position < limit and (reading.forms[position] in lex.skip or reading.forms[position] in _COMMAS):
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
    if clue.cue is None or clue.cue.agreement in {"d", "p"} or lead.name.agreement not in {"m", "f"}:
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


# which clues open a statement of their own


def _opens_statement(reading: Reading, draft: Statement, drafts: list[Statement], first: int) -> bool:
    """Whether a clue speaks for the article, or only inside what somebody else says."""
    quote = reading.quoted[draft.clue.first]
    if not drafts:
        return quote is None or quote.first == draft.clue.first - 1
    outer = drafts[-1]
    carried = _is_carrier(reading, outer)
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


def _is_carrier(reading: Reading, statement: Statement) -> bool:
    """Whether the speaker is an agency or outlet, which carries the words and acts of others."""
    if statement.subject is None:
        return False
    mentions = mentions_in(reading, statement.subject)
    return bool(mentions) and (mentions[0].name.sort == "agency" or mentions[0].name.key in _CARRIERS)


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


# spans and kinds


def _bounded(reading: Reading, drafts: list[Statement], first: int, stop: int) -> list[Statement]:
    """Give each draft its span and kind; a "بحسب" behind a statement closes it and is no statement of its own."""
    statements: list[Statement] = []
    for n, draft in enumerate(drafts):
        floor = statements[-1].last + 1 if statements else first
        if draft.clue.sort == "by" and statements and (statements[-1].clue.complement or -1) > draft.clue.first:
            statements[-1] = replace(statements[-1], clue=replace(statements[-1].clue, via=draft.clue.named))
            continue  # "قال كيم، بحسب الوكالة: إن": set into another statement
        if draft.clue.sort == "by" and not _opens_clause(reading, draft, first):
            statements = _closed_by(reading, statements, draft, floor)
            continue
        start = max(floor, _start(reading, draft, floor, first))
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
            _trim(reading, start, end),
            draft.clue.last,
            draft.subject.last if draft.subject and draft.how != "relative" else 0,
        )
        statements.append(replace(draft, first=start, last=end, kind=_kind(reading, draft, start, end)))
    return statements


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
        end = _trim(reading, start, sentence_stop - 1)
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
    if floor == first and draft.clue.sort in {"verb", "relay"} and _is_preamble(reading, first, start):
        return first
    if (
        floor == first
        and draft.subject is None
        and draft.clue.sort == "verb"
        and reading.words[draft.clue.first].proclitic == "و"
        and start - first <= MAIN_CLAUSE
    ):
        return first  # the subject stands in the main clause: "التقى الزعيمان ...، وأكدا"
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


def _trim(reading: Reading, first: int, last: int) -> int:
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
