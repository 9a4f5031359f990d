"""What can go wrong, each with one sentence that says what was asked, what came and what to do."""

from __future__ import annotations


class MawaqifError(Exception):
    """The base of every error that is meant for the reader of a message, not of a traceback."""


class UnreadableArticle(MawaqifError):
    """A file or row that holds no Arabic article: empty, binary, too large, another language, broken."""


class LexiconError(MawaqifError):
    """A lexicon file with a mistake; the message names the file and the entry."""


class ModelError(MawaqifError):
    """A fitted model that is absent, damaged or of another version."""


class TrainingDataError(MawaqifError):
    """Labelled rows that break the rules of `seeds/README.md`; the message names the file and the row."""
