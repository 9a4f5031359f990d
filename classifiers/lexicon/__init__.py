"""The linguistic knowledge of the program, read from the TOML files beside this one and checked.

Who may speak comes from `actors.toml`, what signals speech from `cues.toml`, the partnership from `target.toml`,
site furniture and dates from `furniture.toml`, function words from `grammar.toml`.
A mistake there raises `LexiconError` naming the file and the entry.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from classifiers.errors import LexiconError
from classifiers.lexicon.inflection import (
    adjective_forms,
    imperfect_forms,
    masdar_forms,
    noun_forms,
    participle_forms,
    perfect_forms,
    possessed_forms,
    spellings,
)
from classifiers.records import Actor, Role
from classifiers.text import match_form

Phrase = tuple[str, ...]


class Name(NamedTuple):
    """What a word or phrase may stand for when somebody speaks.

    `sort` is state, nisba, person, agency, institution, head, nobody, pair, koreas or direction; `country` is one of
    the five codes, "other" for states and bodies that are none of them, or None where the words alone do not tell.
    """

    sort: str
    country: str | None
    role: Role
    agreement: str  # m, f, d, p or "" where either will do
    key: str  # the citation form, by which back-references are matched
    possessor: str = ""  # m, f, d or p of the pronoun written to it: "مساعده"


@dataclass(frozen=True, slots=True)
class Verb:
    """One entry of cues.toml. See the head of that file for the fields."""

    sort: str
    perfect: str
    clause: bool = False
    noun: bool = False
    first: bool = False
    claimed: bool = False
    relay: bool = False
    impersonal: bool = False
    narrated: bool = False
    adjacent: bool = False
    leans: str = ""  # favor or against, where the verb alone mostly is
    objects: frozenset[Phrase] = frozenset()
    reach: int = 7


class Cue(NamedTuple):
    """One inflected form of a verb: `shape` is perfect, imperfect, participle or masdar."""

    verb: Verb
    shape: str
    agreement: str


@dataclass(slots=True)
class PhraseTable:
    """Phrases by their first word, the longest first: a dictionary that a token loop can afford."""

    by_first: dict[str, list[tuple[Phrase, Any]]] = field(default_factory=dict)

    def add(self, phrase: Phrase, value: Any) -> None:
        """Enter a phrase; of two values for one phrase the first stays."""
        rows = self.by_first.setdefault(phrase[0], [])
        if all(rest != phrase[1:] for rest, _ in rows):
            rows.append((phrase[1:], value))
            rows.sort(key=lambda row: -len(row[0]))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that `statements`, `actors` and `target` look up. All forms are match-forms."""

    names: PhraseTable
    cues: dict[str, tuple[Cue, ...]]
    by: PhraseTable
    by_with_verb: frozenset[Phrase]
    not_speakers: frozenset[str]
    holding: dict[str, bool]
    holding_prepositions: frozenset[str]
    complement: frozenset[str]
    stop_prepositions: frozenset[str]
    relative: frozenset[str]
    skip: frozenset[str]
    openings: PhraseTable
    family: frozenset[str]
    given: frozenset[str]
    common: frozenset[str]
    offices: dict[str, str]  # head noun → code


def read_toml(name: str) -> dict[str, Any]:
    """The table in `classifiers/lexicon/<name>`.

    Raises:
        LexiconError: if the file is no TOML.
    """
    try:
        return tomllib.loads((files("classifiers.lexicon") / name).read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"classifiers/lexicon/{name} needs TOML; {error}. Mend that line.") from error


def _words(name: str, table: dict[str, Any], section: str, key: str) -> list[str]:
    entries = table.get(section, {}).get(key, [])
    for entry in entries:
        if not isinstance(entry, str) or not match_form(entry).strip():
            raise LexiconError(f"{name}: [{section}] {key} needs words in quotation marks; got {entry!r}.")
    return list(entries)


_STATE_LISTS = {
    "states": "state",
    "people": "person",
    "state_media": "agency",
    "media": "agency",
    "institutions": "institution",
}


def _agreement(sort: str, phrase: Phrase, masculine: set[Phrase], women: set[Phrase]) -> str:
    if sort == "state":
        return "m" if phrase in masculine else "f"
    return "m" if sort == "person" and phrase not in women else ""


def _state_names(table: dict[str, Any], names: PhraseTable) -> None:
    masculine, women = (
        {phrase for entry in _words("actors.toml", table, "agreement", key) for phrase in spellings(entry)}
        for key in ("masculine", "women")
    )
    for code in (*Actor, "others"):
        country = "other" if code == "others" else str(code)
        known = {"states", "nisba", "plural", "people", "state_media", "media", "bodies", "agencies", "institutions"}
        if unknown := set(table.get(code, {})) - known:
            raise LexiconError(f"actors.toml: [{code}] knows {sorted(known)}; got {sorted(unknown)}.")
        rows = [
            (key, entry) for key in (*_STATE_LISTS, "bodies", "agencies") for entry in _words("actors.toml", table, code, key)
        ]
        for key, entry in rows:
            sort = _STATE_LISTS.get(key, "state" if key == "bodies" else "agency")
            role = {
                "state_media": Role.STATE_MEDIA,
                "media": Role.MEDIA,
                "agencies": Role.MEDIA,
                "institutions": Role.EXPERT,
            }.get(key, Role.OFFICIAL)
            for phrase in spellings(entry):
                names.add(phrase, Name(sort, country, role, _agreement(sort, phrase, masculine, women), match_form(entry)))
        for nisba in _words("actors.toml", table, code, "nisba"):
            for phrase in adjective_forms(nisba):
                names.add(phrase, Name("nisba", country, Role.OTHER, "", match_form(nisba)))
        for plural in _words("actors.toml", table, code, "plural"):
            for phrase in (*spellings(plural), *spellings("ال" + plural)):
                names.add(phrase, Name("nisba", country, Role.OTHER, "p", match_form(plural)))


def _names() -> PhraseTable:
    table = read_toml("actors.toml")
    names = PhraseTable()
    _state_names(table, names)
    for word in _words("actors.toml", table, "nobody", "words"):
        for phrase in spellings(word):
            names.add(phrase, Name("nobody", None, Role.OTHER, "p", match_form(word)))
    for sort, key in (("pair", "words"), ("koreas", "koreas")):
        for word in _words("actors.toml", table, "pairs", key):
            for phrase in spellings(word):
                names.add(phrase, Name(sort, None, Role.OFFICIAL, "d", match_form(word)))
    for code in ("KP", "KR"):
        for word in _words("actors.toml", table, "directions", code):
            for phrase in spellings(word):
                names.add(phrase, Name("direction", code, Role.OFFICIAL, "", match_form(word)))
    either = set(_words("actors.toml", table, "agreement", "either"))
    for role in Role:
        for noun in _words("actors.toml", table, "heads", role):
            for phrase, agreement in noun_forms(noun).items():
                names.add(phrase, Name("head", None, role, "" if noun in either else agreement, match_form(noun)))
    for role in Role:  # after the plain forms: "مديره" is first the feminine
        for noun in _words("actors.toml", table, "heads", role):
            for phrase, possessor in possessed_forms(noun).items():
                names.add(phrase, Name("head", None, role, "", match_form(noun), possessor))
    return names


_VERB_FLAGS = ("clause", "noun", "first", "claimed", "relay", "impersonal", "narrated", "adjacent")
_VERB_FIELDS = {"perfect", "imperfect", "participle", "masdar", "objects", "reach", "leans", *_VERB_FLAGS}


def _verb_cues(sort: str, row: dict[str, Any]) -> Iterable[tuple[str, Cue]]:
    if "perfect" not in row or set(row) - _VERB_FIELDS:
        raise LexiconError(f"cues.toml: a verb of `{sort}` needs `perfect` and knows {sorted(_VERB_FIELDS)}; got {row}.")
    objects = frozenset(phrase for entry in row.get("objects", ()) for phrase in spellings(entry))
    flags = {flag: bool(row.get(flag)) for flag in _VERB_FLAGS}
    verb = Verb(sort, match_form(row["perfect"]), objects=objects, reach=row.get("reach", 7), leans=row.get("leans", ""), **flags)
    shapes = {
        "perfect": perfect_forms,
        "imperfect": imperfect_forms,
        "participle": participle_forms,
        "masdar": masdar_forms,
    }
    for shape, inflect in shapes.items():
        if shape in row:
            for form, agreement in inflect(row[shape]).items():
                yield form, Cue(verb, shape, agreement)


def _cues(table: dict[str, Any]) -> dict[str, tuple[Cue, ...]]:
    cues: dict[str, tuple[Cue, ...]] = {}
    for sort in ("say", "stand", "act"):
        for row in table.get(sort, ()):
            for form, cue in _verb_cues(sort, row):
                cues[form] = (*cues.get(form, ()), cue)
    return cues


def _forms(table: dict[str, Any], section: str, key: str) -> frozenset[str]:
    return frozenset(match_form(word) for word in _words("cues.toml", table, section, key))


def _korean(key: str) -> frozenset[str]:
    words = _words("actors.toml", read_toml("actors.toml"), "korean", key)
    return frozenset(phrase[0] for word in words for phrase in spellings(word))


@cache
def grammar(name: str) -> frozenset[str]:
    """A closed class of function words from `grammar.toml`, in match-forms.

    Raises:
        LexiconError: if there is no such class or it holds something else than words.
    """
    words = read_toml("grammar.toml").get(name)
    if not words or not all(isinstance(word, str) for word in words):
        raise LexiconError(f"grammar.toml needs a list of words `{name}`; got {words!r}. Add it.")
    return frozenset(match_form(word) for word in words)


@cache
def lexicon() -> Lexicon:
    """The lexicon, read and checked once."""
    table = read_toml("cues.toml")
    by, openings = PhraseTable(), PhraseTable()
    for section, key, phrases in (("by", "words", by), ("skip", "openings", openings)):
        for entry in _words("cues.toml", table, section, key):
            for phrase in spellings(entry):
                phrases.add(phrase, entry)
    plain = _forms(table, "holding", "plain")
    return Lexicon(
        names=_names(),
        cues=_cues(table),
        by=by,
        by_with_verb=frozenset(tuple(match_form(p).split()) for p in _words("cues.toml", table, "by", "with_verb")),
        not_speakers=_forms(table, "by", "not_speakers"),
        holding={word: word in plain for word in _forms(table, "holding", "words") | plain},
        holding_prepositions=_forms(table, "holding", "prepositions"),
        complement=_forms(table, "stops", "complement"),
        stop_prepositions=_forms(table, "stops", "prepositions"),
        relative=_forms(table, "stops", "relative"),
        skip=_forms(table, "skip", "words"),
        openings=openings,
        offices={match_form(noun): code for code, nouns in read_toml("actors.toml").get("offices", {}).items() for noun in nouns},
        family=_korean("family"),
        given=_korean("given"),
        common=frozenset((files("classifiers.lexicon") / "common.txt").read_text("utf-8").split()),
    )
