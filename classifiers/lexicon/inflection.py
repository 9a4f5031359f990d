"""Arabic inflection for lexicon entries: a citation form goes in, the match-forms it takes in running text come out.

Only regular suffixes are derived (Ryding 2005, A Reference Grammar of Modern Standard Arabic, ch. 5-7, 21-22);
an irregular form is simply one more entry. All forms are match-forms (`classifiers.text.match_form`).
"""

from __future__ import annotations

import re
from itertools import product

from classifiers.text import match_form

_CHOICE = re.compile(r"\[([^\]]+)\]")


def spellings(entry: str) -> list[tuple[str, ...]]:
    """Every spelling of an entry as a tuple of match-form words; a bracket holds letters that may vary."""
    parts = _CHOICE.split(entry)
    choices = [tuple(part) if i % 2 else (part,) for i, part in enumerate(parts)]
    return [tuple(match_form("".join(letters)).replace("-", " ").split()) for letters in product(*choices)]


def perfect_forms(verb: str) -> dict[str, str]:
    """Third-person perfect forms of a verb given as 3ms, each with its agreement: m, f, d (dual) or p."""
    form = match_form(verb)
    if verb.endswith(("ى", "ا")):
        stem = form[:-1]
        long = "و" if verb.endswith("ا") else "ي"
        return {form: "m", stem + "ت": "f", stem + long + "ا": "d", stem + "تا": "d", stem + "وا": "p"}
    return {form: "m", form + "ت": "f", form + "ا": "d", form + "تا": "d", form + "وا": "p"}


def imperfect_forms(verb: str) -> dict[str, str]:
    """Third-person imperfect forms (indicative and subjunctive) of a verb given as 3ms (ي...), with agreement."""
    form = match_form(verb)
    weak = verb.endswith(("ى", "ي", "و"))
    stem = form[:-1] if weak else form
    dual = (stem + "يا" if verb.endswith("ى") else form + "ا") if weak else form + "ا"
    forms = {form: "m", dual + "ن": "d", stem + "ون": "p", stem + "وا": "p"}
    feminine = {"ت" + f[1:]: "f" if agreement == "m" else "d" for f, agreement in forms.items() if agreement in "md"}
    return forms | feminine


def participle_forms(participle: str) -> dict[str, str]:
    """Active-participle forms used as circumstantial cues (قائلا, قائلة, قائلين), with agreement."""
    form = match_form(participle)
    if form.endswith("ا"):  # given in the accusative because the bare form is another word
        stem = form[:-1]
        return {form: "m", stem + "ه": "f", stem + "ين": "p", stem + "تين": "d"}
    return {form + "ا": "m", form + "ه": "f", form + "ين": "p", form + "تين": "d"}


def masdar_forms(masdar: str) -> dict[str, str]:
    """Verbal nouns with a possessor (قوله, تأكيدها), with the possessor's agreement."""
    form = match_form(masdar)
    stem = form[:-1] + "ت" if masdar.endswith("ة") else form
    return {stem + "ه": "m", stem + "ها": "f", stem + "هما": "d", stem + "هم": "p"}


def adjective_forms(nisba: str) -> list[tuple[str, ...]]:
    """A nisba in every gender, number and definiteness; each word of a compound (كوري جنوبي) agrees."""
    words = match_form(nisba).split()
    forms = []
    for ending in ("", "ه", "ان", "ين", "ون", "تان", "تين", "ات", "ا"):
        inflected = tuple(word + ending for word in words)
        forms += [inflected, tuple("ال" + word for word in inflected)]
    forms.append(("ال" + words[0] + "ه", *("ال" + w + "ه" for w in words[1:])))
    return list(dict.fromkeys(forms))


POSSESSORS = ("ه", "ها", "هم", "هما")


def possessed_forms(noun: str) -> dict[tuple[str, ...], str]:
    """A head noun with a possessor (مساعده, وزارتها), each with the possessor's agreement."""
    first, *rest = match_form(noun).split()
    if rest:
        return {}
    stem = first[:-1] + "ت" if noun.endswith("ة") else first
    agreement = dict(zip(POSSESSORS, "mfpd", strict=True))
    stems = (stem,) if noun.endswith("ة") else (stem, stem + "ت")
    return {(s + suffix,): agreement[suffix] for s in stems for suffix in POSSESSORS}


def noun_forms(noun: str) -> dict[tuple[str, ...], str]:
    """A head noun (رئيس) in its regular forms, with agreement: m, f, d or p; the first word inflects."""
    first, *rest = match_form(noun).split()
    tail = tuple(rest)
    feminine = noun.split(maxsplit=1)[0].endswith("ة")
    stem = first[:-1] if feminine else first
    forms = {first: "f" if feminine else "m"}
    if feminine:
        forms |= {stem + "ت" + ending: "d" for ending in ("ا", "ان", "ي", "ين")} | {stem + "ات": "f"}
    else:
        forms |= {first + "ه": "f", first + "ا": "d", first + "ي": "d", first + "ان": "d"}
        forms |= {first + ending: "p" for ending in ("ون", "ين", "و")} | {first + "تان": "d", first + "تين": "d"}
    definite = {"ال" + form: agreement for form, agreement in forms.items()}
    return {(form, *tail): agreement for form, agreement in (forms | definite).items()}
