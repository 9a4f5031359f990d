"""The clues of speech in a sentence: a reading and a sentence go in, the words that signal an attribution come out.

A clue is a verb, participle or verbal noun of cues.toml in a place where it can introduce speech, a fixed expression
("بحسب"), a noun of position with its holder ("مخاوف واشنطن من"), or the colon of a headline. Whose speech it is comes
later, in `statements` and `actors`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest

from classifiers.lexicon import Cue, Verb, grammar, lexicon
from classifiers.phrases import Phrase, is_long_quote, is_verb, mentions_in, noun_phrase
from classifiers.reading import Reading

COMPLEMENT_WINDOW = 45  # words between a speech verb and its clause
HEADLINE_WORDS = 14  # words before the colon of a headline
SCENE = 10  # words of a scene before the first verb: "وخلال القمة تعهد كيم"
HEADLINE_GAP = 5  # of these, words between the name and the colon: "من فلوريدا", "حذرة جدا"
_NEGATIONS = grammar("negations")
_DENIED_DENIAL = grammar("denied_denial")
_SUBJUNCTIVE = grammar("subjunctive")
_BEFORE_VERB = grammar("before_verb")
_DAMMA = "\u064f"
_RELATIVE = grammar("relative")
_ANSWERS = grammar("answers")
_DECLINED = grammar("declined")


@dataclass(frozen=True, slots=True)
class Clue:
    """Tokens `first` to `last` that signal speech; `sort` is verb, participle, masdar, by, relay, holding or colon.

    `complement` is the token that opens the content (أنّ, a colon, a quotation), None where there is none.
    `named` is a speaker that the clue itself fixes, `via` the agency of a chain.
    """

    first: int
    last: int
    sort: str
    cue: Cue | None = None
    complement: int | None = None
    named: Phrase | None = None
    via: Phrase | None = None


def find_clues(reading: Reading, first: int, stop: int) -> list[Clue]:
    """Every clue of the sentence in tokens `first` to `stop` (past the last), in order."""
    clues: list[Clue] = []
    if colon := _headline(reading, first, stop):
        clues.append(colon)
    position = first
    while position < stop:
        name = reading.mentions.get(position)
        inside = position in reading.in_name or (name is not None and name.last > position)
        clue = None if inside else _clue_at(reading, position, first, stop)
        if clue is not None and not (clues and _absorbed(reading, clues[-1], clue)):
            clues.append(clue)
            position = max(clue.last, clue.named.last if clue.named else 0, clue.via.last if clue.via else 0) + 1
        else:
            position += 1
    return _close_complements(clues)


def _absorbed(reading: Reading, before: Clue, clue: Clue) -> bool:
    """Whether a clue only carries on the one before it: "علّق ... بقوله إن", "أضاف كيربي، الذي كان يتحدث، أن"."""
    if clue.first <= before.last:
        return True
    if clue.sort == "holding":  # "وصف ... قلق واشنطن بأنه": what is spoken of, unless the article itself brings it in
        return reading.forms[clue.first - 1].removeprefix("و") not in lexicon().stop_prepositions
    if clue.cue is None or clue.complement is None or clue.complement != before.complement:
        return _is_object(reading, before, clue)
    if clue.cue.shape in {"masdar", "participle"}:
        return before.sort == "relay" or (before.cue is not None and before.cue.verb.perfect in _ANSWERS)
    at = clue.first - 1
    while at > before.last and reading.forms[at] in {"كان", "كانت", "كانوا"}:
        at -= 1
    return reading.forms[at] in _RELATIVE and before.sort == "verb"


def _is_object(reading: Reading, before: Clue, clue: Clue) -> bool:
    """Whether a form that is noun or verb by letters is the object of the verb before it: "أعلنت واشنطن فرض عقوبات"."""
    if clue.cue is None or not (clue.cue.verb.noun and clue.cue.agreement == "m" and clue.cue.shape == "perfect"):
        return False
    between = range(before.last + 1, clue.first)
    return (
        before.sort == "verb"
        and before.complement is None
        and not reading.words[clue.first].proclitic
        and all(reading.words[i].is_word for i in between)
        and reading.forms[clue.first - 1] not in _BEFORE_VERB
    )


def _clue_at(reading: Reading, position: int, first: int, stop: int) -> Clue | None:
    lex, form = lexicon(), reading.forms[position]
    word = reading.words[position]
    if not word.is_word:
        return None
    bare = form[1:] if form[0] in "وف" and len(form) > 3 else form
    for start in dict.fromkeys((form, bare)):
        for rest, entry in lex.by.by_first.get(start, ()):
            if not rest or reading.matches(position + 1, rest):
                clue = _by(reading, position, position + len(rest), entry, stop)
                if clue is not None:
                    return clue
    if word.cues:
        return _verb(reading, position, first, stop)
    for start in dict.fromkeys((form, bare, form.removeprefix("ال"), bare.removeprefix("ال"), form.removeprefix("ب"))):
        if start in lex.holding:
            return _holding(reading, position, start, lex.holding[start], stop)
    return None


# fixed expressions


def _by(reading: Reading, position: int, last: int, entry: str, stop: int) -> Clue | None:
    lex = lexicon()
    phrase = tuple(entry.split())
    following = last + 1
    if following >= stop:
        return None
    if phrase in lex.by_with_verb or (entry in {"بحسب", "حسب", "وفق"} and reading.forms[following] == "ما"):
        following += reading.forms[following] == "ما"
        verbs = (
            [c for c in reading.words[following].cues if c.verb.sort == "say" and c.shape == "perfect"]
            if following < stop
            else []
        )
        if not verbs or reading.words[following].proclitic:
            return None
        following += following + 1 in reading.short_marks
        named = noun_phrase(reading, following + 1, stop)
        if named is None or not mentions_in(reading, named) or _content_follows(reading, named.last + 1, stop):
            return None
        return Clue(position, following, "by", verbs[0], named=named)
    following += following in reading.short_marks
    named = noun_phrase(reading, following, stop)
    if named is None or reading.forms[following] in lex.not_speakers or not mentions_in(reading, named):
        return None
    clue = Clue(position, last, "by", named=named)
    return _chain(reading, clue, stop)


def _content_follows(reading: Reading, position: int, stop: int) -> bool:
    return position < stop and (
        reading.forms[position] in lexicon().complement or reading.forms[position] == ":" or is_long_quote(reading, position)
    )


def _chain(reading: Reading, clue: Clue, stop: int) -> Clue:
    """ "بحسب وكالة ... نقلا عن مسؤول": the official speaks, the agency carries."""
    assert clue.named is not None
    at = clue.named.last + 1
    at += at < stop and reading.forms[at] in {"،", ","}
    if at + 2 < stop and reading.forms[at] == "نقلا" and reading.forms[at + 1] == "عن":
        origin = noun_phrase(reading, at + 2, stop)
        if origin is not None and mentions_in(reading, origin):
            return replace(clue, named=origin, via=clue.named)
    return clue


# verbs


def _verb(reading: Reading, position: int, first: int, stop: int) -> Clue | None:
    complement = _complement(reading, position, stop)
    for cue in reading.words[position].cues:
        if _counts(reading, position, first, stop, cue, complement):
            sort = {"participle": "participle", "masdar": "masdar"}.get(cue.shape, "verb")
            clue = Clue(position, position, sort, cue, complement)
            return _relay(reading, clue, stop) if cue.verb.relay else clue
    return None


def _counts(reading: Reading, position: int, first: int, stop: int, cue: Cue, complement: int | None) -> bool:
    """Whether this form signals speech here, or is another word, or says nothing of who speaks."""
    verb, before = cue.verb, reading.forms[position - 1] if position > first else ""
    if before in _NEGATIONS and verb.perfect not in _DENIED_DENIAL:
        return False
    if cue.shape == "imperfect" and (before in _SUBJUNCTIVE or _passive(reading, position)):
        return False
    if before in {"ما", "مما"} and cue.shape == "imperfect" and verb.sort == "say":
        return False  # "ما يشير إلى": things do not speak
    if verb.adjacent and complement != position + 1:
        return False
    if cue.shape == "masdar" and verb.sort != "say":
        return False
    if (
        cue.shape == "participle"
        and cue.agreement == "f"
        and reading.words_of(position, position)[-1] != "ة"
        and complement != position + 1
    ):
        return False  # "أمله" is a noun with its holder, "آملة" a participle
    if reading.forms[min(position + 1, stop - 1)] == "عدم" and verb.perfect == "طلب":
        return False  # "طالبا عدم ذكر اسمه"
    if cue.shape == "participle" and (complement is None or complement - position > 4):
        return _circumstance(reading, position, verb)
    if cue.shape == "masdar" and (complement is None or complement - position > 4):
        return False
    if cue.shape in {"participle", "masdar"}:
        return cue.shape == "participle" or before not in {"ان", "من", "في", "على"} or verb.perfect == "قال"
    if verb.clause and complement is None:
        return False
    if verb.objects and not _object_near(reading, position, stop, cue):
        return False
    if reading.forms[min(position + 1, stop - 1)] in _DECLINED:
        return False
    if (
        verb.impersonal
        and cue.shape == "imperfect"
        and cue.agreement == "m"
        and complement == position + 1
        and reading.forms[complement].startswith(("ان", "بان"))
        and _clause_start(reading, position, first)
    ):
        return False
    if verb.noun and cue.agreement == "d" and cue.shape == "perfect" and complement is None:
        return False  # "طلبا": a noun in the accusative
    if verb.noun and cue.agreement == "m" and cue.shape == "perfect":
        return _verb_place(reading, position, first, verb.first)
    if (
        verb.sort == "say"
        and complement is None
        and not _clause_start(reading, position, first)
        and not reading.words[position].proclitic
        and _right_behind(reading, position, stop)
    ):
        return False  # "صور كشفت عن": the verb of a relative clause
    # "العقوبات التي تعلنها واشنطن": the verb only identifies its noun
    suffixed = reading.forms[position].endswith(("ها", "هم", "هما")) and cue.shape == "imperfect"
    return not (verb.sort == "say" and complement is None and suffixed)


def _right_behind(reading: Reading, position: int, stop: int) -> bool:
    """Whether a preposition or the end follows the verb at once, so that no subject does, and no name stands before it."""
    after = reading.forms[position + 1] if position + 1 < stop else "في"
    named = any(
        m is not None and m.last == position - 1 for m in (reading.mentions.get(i) for i in range(max(0, position - 6), position))
    )
    return after in lexicon().stop_prepositions and not named


def _passive(reading: Reading, position: int) -> bool:
    """ "يُتهم", "تُتهم": the damma on the first letter of an imperfect whose active form has none."""
    raw = reading.words_of(position, position)
    letters = raw[1:] if raw[:1] in {"و", "ف"} else raw
    active_damma = (
        reading.words[position].cues[0].verb.perfect[:1] == "ا" or len(reading.words[position].cues[0].verb.perfect) > 3
    )
    return letters[1:2] == _DAMMA and not active_damma


def _circumstance(reading: Reading, position: int, verb: Verb) -> bool:
    """ "..., ومطالبا جميع الدول": a participle in the accusative behind a comma goes on with the speaker."""
    raw = reading.words_of(position, position)
    accusative = raw.endswith(("ا", "اً", "ًا", "ة", "ةً", "ين"))
    joined = reading.forms[position - 1] in {"،", ",", '"', "”", "»"} if position else False
    return accusative and joined and not verb.clause and verb.sort != "act"


def _clause_start(reading: Reading, position: int, first: int) -> bool:
    return position == first or not reading.words[position - 1].is_word or reading.forms[position - 1] in _BEFORE_VERB


def _verb_place(reading: Reading, position: int, first: int, head_only: bool) -> bool:
    """Whether a form that is verb or noun by letters stands where only a verb does."""
    following = reading.mentions.get(position + 1)
    after = reading.forms[position + 1] if position + 1 < len(reading.forms) else ""
    if (following is not None and following.name.agreement == "f") or (
        following is None and after.endswith(("ه", "ها", "هم", "هما"))
    ):
        return False  # "دعم روسيا", "دعم بلاده": a noun with its holder
    scene = reading.forms[first].removeprefix("و") in lexicon().stop_prepositions and position - first <= SCENE
    if scene and following is not None and following.name.sort in {"person", "state", "head"} and not following.proclitic:
        return True  # "وخلال القمة تعهد كيم"
    if _clause_start(reading, position, first):
        return (
            (following is not None and following.proclitic == "")
            or position > first
            or reading.words[position].proclitic == "و"
            or (position + 1 < len(reading.forms) and reading.forms[position + 1] in lexicon().complement)
        )
    if head_only:
        return reading.forms[position - 1] in lexicon().skip
    ends_name = any(
        m.last == position - 1 and m.proclitic in {"", "و"}
        for m in (reading.mentions.get(i) for i in range(max(first, position - 6), position))
        if m
    )
    return ends_name or (reading.words[position].proclitic == "و" and reading.mentions.get(position + 1) is not None)


def _object_near(reading: Reading, position: int, stop: int, cue: Cue) -> bool:
    for i in range(position + 1, min(position + 1 + cue.verb.reach, stop)):
        for phrase in cue.verb.objects:
            if reading.matches(i, phrase) or (phrase == ("ب",) and reading.forms[i].startswith("ب")):
                return True
    return False


def _complement(reading: Reading, position: int, stop: int) -> int | None:
    """The token that opens what is said: أنّ and its kin, a colon, a long quotation; None where another verb comes first."""
    lex = lexicon()
    for i in range(position + 1, min(position + COMPLEMENT_WINDOW, stop)):
        form = reading.forms[i]
        if i in reading.in_name:
            continue
        if form in lex.complement and not (
            form == "ان" and reading.forms[i - 1] in {"بعد", "قبل", "يبدو", "سبق", "الي"} and i - position > 3
        ):
            return i
        if form == ":" or is_long_quote(reading, i):
            return i
        if (
            reading.words[i].cues
            and reading.words[i].cues[0].verb.perfect == "قال"
            and reading.words[i].cues[0].shape in {"masdar", "participle"}
        ):
            continue
        if form in {"؛", "\n"} or (
            i > position + 1
            and is_verb(reading, i)
            and reading.forms[i - 1] not in lex.relative
            and reading.forms[i - 1] not in {"كان", "كانت"}
            and reading.words[i].cues[0].verb.sort == "say"
        ):
            return None
    return None


def _relay(reading: Reading, clue: Clue, stop: int) -> Clue | None:
    """ "نقلت وكالة تاس عن المتحدث قوله إن": the agency carries, the one after عن speaks."""
    via = noun_phrase(reading, clue.last + 1, stop)
    if via is None or not mentions_in(reading, via):
        return None
    at = via.last + 1
    limit = min(at + 6, stop)
    while at < limit and reading.forms[at] != "عن":
        at += 1
    if at + 1 < stop and reading.forms[at] == "عن":
        named = noun_phrase(reading, at + 1, stop)
        if named is None:
            return None
        complement = _complement(reading, named.last, stop)
        return None if complement is None else replace(clue, sort="relay", named=named, via=via, complement=complement)
    return replace(clue, sort="verb") if clue.complement is not None else None


# nouns of position and headlines

_ANNOUNCING = grammar("announcing")


def named_country(reading: Reading, phrase: Phrase) -> str | None:
    """The first country that a phrase names, if it is one of the five."""
    return next(
        (m.name.country for m in mentions_in(reading, phrase) if m.name.country is not None and m.name.country != "other"),
        None,
    )


def _holding(reading: Reading, position: int, word: str, plain: bool, stop: int) -> Clue | None:
    holder = reading.mentions.get(position + 1)
    if holder is None or holder.proclitic or holder.last >= stop:
        return None
    lex = lexicon()
    if holder.name.sort in {"nisba", "state", "person", "head", "nobody"}:
        named = noun_phrase(reading, position + 1, stop)
        if named is None:
            return None
        after = named.last + 1
        preposition = after < stop and (reading.forms[after] in lex.holding_prepositions or reading.forms[after][0] in "لب")
        introduced = position > 0 and reading.forms[position - 1].lstrip("و") in {
            "بعد",
            "وسط",
            "عقب",
            "رغم",
            "اثر",
            "مع",
            "بسبب",
            "علي",
            "اثار",
            "تثير",
            "يثير",
            "اثارت",
        }
        if named_country(reading, named) is None:
            return None
        if (
            plain
            or (word in _ANNOUNCING and after < stop and reading.forms[after] in lex.complement | {"عن"})
            or (preposition and introduced and holder.name.sort in {"state", "person"})
        ):
            return Clue(position, position, "holding", named=named)
    return None


def _headline(reading: Reading, first: int, stop: int) -> Clue | None:
    """ "بوتين: ...", "لافروف من وونسان: ..." at the head of a sentence: a name, a colon, and what it says."""
    while first < stop - 1 and not reading.words[first].is_word:
        first += 1
    limit = min(first + HEADLINE_WORDS, stop - 1)
    colon = next((i for i in range(first, limit) if reading.forms[i] == ":"), None)
    lead = reading.mentions.get(first)
    if colon is None or lead is None or lead.proclitic not in {"", "و"} or reading.words[first].cues:
        return None
    named = noun_phrase(reading, first, colon)
    quoted = (
        colon + 1 < stop
        and not reading.words[colon + 1].is_word
        and (reading.quoted[colon + 1] is not None or colon + 1 in reading.short_marks)
    )
    between = range(named.last + 1 if named else first, colon)
    speaks = any(reading.words[i].cues for i in between if reading.words[i].is_word)
    near = len(between) <= HEADLINE_GAP and not any(_looks_finite(reading.forms[i]) for i in between)
    if (
        colon + 1 < stop
        and reading.forms[colon + 1] in _NEGATIONS | {"لا"}
        and reading.words[colon + 2 : colon + 3]
        and (reading.words[colon + 2].cues or reading.forms[colon + 2] == "تعليق")
    ):
        return None  # "بكين: لم تعلق"
    if named is None or speaks or not (near or quoted):
        return None
    return Clue(colon, colon, "colon", complement=colon, named=named)


def _looks_finite(form: str) -> bool:
    return form[0] in "يت" and form in lexicon().common


def _close_complements(clues: list[Clue]) -> list[Clue]:
    """A complement behind the next clue belongs to that one; a verb that needs its own and has none counts no more."""
    closed = []
    for clue, following in zip_longest(clues, clues[1:]):
        beyond = clue.complement is not None and following is not None and clue.complement > following.first
        lost = beyond and clue.sort != "relay" and following.sort != "by"
        needs = clue.cue is not None and clue.sort == "verb" and clue.cue.verb.clause
        if not (needs and (lost or clue.complement is None)):
            closed.append(replace(clue, complement=None) if lost else clue)
    return closed
