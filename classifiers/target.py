"""Whether a statement speaks of the partnership of two states: a masked statement and its setting go in, a probability out.

A statement often names only one side, or none ("العلاقات بين البلدين"): the article around it tells the rest. The
decision is a logistic regression over the masked words and a few counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from classifiers.lexicon import read_toml
from classifiers.phrases import Phrase
from classifiers.reading import Reading
from classifiers.text import match_form


class Setting(NamedTuple):
    """What surrounds a statement: which sides it names itself, and how much of its article is about the pair."""

    sides: frozenset[str]  # sides of the pair among the names in the statement
    others: int  # other states it names
    relation: int  # words of a relation
    speaker_is_side: bool
    about: float | None  # share of the article's sentences that name both sides; None where there is no article


@cache
def pair() -> tuple[str, str]:
    """The codes of the two states whose partnership is the target."""
    first, second = read_toml("target.toml")["pair"]
    return str(first), str(second)


@cache
def _relation() -> tuple[str, ...]:
    return tuple(match_form(stem) for stem in read_toml("target.toml")["relation"])


def is_relation(form: str) -> bool:
    """Whether a word (with و, ب, ل or ال before it) belongs to the vocabulary of relations between states."""
    for prefix in ("", "ال", "و", "وال", "بال", "لل", "ب", "ل", "ف", "كال"):
        if form.startswith(prefix) and form.removeprefix(prefix).startswith(_relation()):
            return True
    return False


def about_pair(reading: Reading) -> float:
    """The share of an article's sentences that name both sides of the pair."""
    both = total = 0
    for first, stop in reading.sentences:
        named = {m.name.country for m in (reading.mentions.get(i) for i in range(first, stop)) if m is not None}
        total += 1
        both += set(pair()) <= named
    return both / total if total else 0.0


def setting(
    reading: Reading, first: int, last: int, speaker: Phrase | None, actor: str | None, about: float | None
) -> Setting:
    """The setting of tokens `first` to `last`."""
    sides: set[str] = set()
    others: set[str] = set()
    for i in range(first, last + 1):
        mention = reading.mentions.get(i)
        if (
            mention is None
            or mention.name.country is None
            or (speaker is not None and speaker.first <= i <= speaker.last)
        ):
            continue
        (sides if mention.name.country in pair() else others).add(f"{mention.name.country}")
    relation = sum(is_relation(reading.forms[i]) for i in range(first, last + 1))
    return Setting(frozenset(sides), len(others), relation, actor in pair(), about)


def counts(settings: Sequence[Setting]) -> npt.NDArray[np.float64]:
    """Settings as numbers for the regression, one row a statement."""
    return np.array(
        [
            [
                len(s.sides) == 2,
                len(s.sides) == 1,
                len(s.sides) == 1 and s.speaker_is_side,
                min(s.others, 3),
                min(s.relation, 6),
                len(s.sides) == 2 and s.relation > 0,
            ]
            for s in settings
        ],
        dtype=float,
    ).reshape(-1, 6)


class TargetClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Whether a statement is about the partnership: logistic regression over masked words and the counts of its setting.

    Args:
        C: inverse strength of the L2 penalty.
        context: how much of an article about the pair adds to the log-odds of a statement that names no third state.
    """

    def __init__(self, *, C: float = 2.0, context: float = 2.0) -> None:
        self.C = C
        self.context = context

    def fit(self, X: Sequence[tuple[str, Setting]], y: Sequence[bool]) -> TargetClassifier:
        """Fit on (masked text, setting) pairs and whether each is on target."""
        self.words_ = TfidfVectorizer(
            ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"\S+", dtype=np.float32
        )
        features = sparse.hstack([self.words_.fit_transform([text for text, _ in X]), counts([s for _, s in X])], "csr")
        self.regression_ = LogisticRegression(C=self.C, max_iter=1000).fit(features, np.asarray(y, dtype=bool))
        self.classes_ = self.regression_.classes_
        return self

    def predict_proba(self, X: Sequence[tuple[str, Setting]]) -> npt.NDArray[np.float64]:
        """P(off target), P(on target), one row a statement."""
        if not len(X):
            return np.empty((0, 2))
        features = sparse.hstack([self.words_.transform([text for text, _ in X]), counts([s for _, s in X])], "csr")
        odds = np.asarray(self.regression_.decision_function(features), dtype=float)
        odds += [self.context * self._context(s) for _, s in X]
        on = 1 / (1 + np.exp(-odds))
        return np.column_stack([1 - on, on])

    @staticmethod
    def _context(s: Setting) -> float:
        """From −1 (an article that is not about the pair) to +1 (one that is): the article decides where the words do not."""
        if s.about is None or (len(s.sides) == 2 and s.relation):
            return 0.0
        if s.about == 0.0:
            return -1.0
        return min(s.about * 3, 1.0) - 0.3 * s.others

    def predict(self, X: Sequence[tuple[str, Setting]]) -> npt.NDArray[np.bool_]:
        """Whether each statement is on target."""
        return np.asarray(self.predict_proba(X)[:, 1] >= 0.5)
