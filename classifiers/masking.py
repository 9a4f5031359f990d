"""What a model sees of a statement: its words in match-form, without who speaks and without names.

The speaker becomes SPEAKER, each side of the target TARGET, every other state, person or outlet OTHER, so that the same
words keep their stance in any mouth (annotation guidelines, 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from classifiers.lexicon import Cue
from classifiers.phrases import Phrase
from classifiers.reading import Reading

SPEAKER, TARGET, OTHER = "SPEAKER", "TARGET", "OTHER"
_NAMES = {"state", "nisba", "person", "agency"}


class Masked(NamedTuple):
    """`words[i]` is what the model sees of the text's tokens `tokens[i]` (first, last)."""

    words: list[str]
    tokens: list[tuple[int, int]]

    @property
    def text(self) -> str:
        """The words as one string."""
        return " ".join(self.words)


def mask(reading: Reading, first: int, last: int, speaker: Phrase | None, pair: Sequence[str]) -> Masked:
    """The masked words of tokens `first` to `last`; `pair` are the two codes of the target."""
    words, places, position = [], [], first
    while position <= last:
        if speaker is not None and speaker.first <= position <= speaker.last:
            words.append(SPEAKER)
            places.append((position, min(speaker.last, last)))
            position = speaker.last + 1
            continue
        mention = reading.mentions.get(position)
        if mention is not None and mention.name.sort in _NAMES and mention.name.country is not None:
            words.append(mention.proclitic + (TARGET if mention.name.country in pair else OTHER))
            places.append((position, min(mention.last, last)))
            position = mention.last + 1
            continue
        words.append(reading.forms[position])
        places.append((position, position))
        position += 1
    return Masked(words, places)


def cue_signs(cue: Cue | None) -> list[str]:
    """What a model is told of the verb that introduces a statement, as words of their own: which it is, and where it leans.

    The verb of a narrated position ("شكر", "اتهم") mostly is the stance; inside a quotation the same word decides nothing.
    """
    if cue is None:
        return ["§none"]
    return [f"§{cue.verb.perfect}"] * 2 + [f"§leans-{cue.verb.leans or 'open'}"] * 3


def mask_text(text: str, speaker: str | None, pair: Sequence[str]) -> str:
    """The masked words of a labelled row: its text, the words in it that name the speaker, and its target."""
    reading = Reading(text)
    return mask(reading, 0, len(reading.words) - 1, find_words(reading, speaker), pair).text


def find_words(reading: Reading, speaker: str | None) -> Phrase | None:
    """The tokens of the first place where the words of a speaker stand, as a labelled row gives them."""
    if not speaker or (start := reading.text.find(speaker)) < 0:
        return None
    inside = [
        i for i, (a, b) in enumerate(zip(reading.starts, reading.ends, strict=True)) if a < start + len(speaker) and b > start
    ]
    return Phrase(inside[0], inside[-1]) if inside else None
