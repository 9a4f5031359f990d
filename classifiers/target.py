"""Whether a statement speaks of the partnership of two states: statements in their article go in, probabilities come out.

A statement often names only one side, or none ("العلاقات بين البلدين"): the article around it tells the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression

from classifiers.lexicon import read_toml
from classifiers.phrases import Phrase
from classifiers.reading import Reading
from classifiers.stance import TextClassifier
from classifiers.text import match_form

SIGN_WEIGHT = 2  # times each sign is said
NEAR = 60  # words around a statement in which both sides make it likely that they are meant


class Setting(NamedTuple):
    """What a statement names, and what is named around it."""

    sides: int  # sides of the pair it names itself, 0 to 2; the speaker's own name does not count
    others: int  # other states it names
    relation: int  # words of a relation between states
    speaker_is_side: bool
    near: bool = False  # both sides are named in it or within `NEAR` words
    about: float = 0.0  # share of the article's sentences that name both sides


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


def setting(reading: Reading, first: int, last: int, speaker: Phrase | None, actor: str | None, about: float = 0.0) -> Setting:
    """The setting of tokens `first` to `last`."""
    named: set[str] = set()
    for i in range(first, last + 1):
        mention = reading.mentions.get(i)
        own = speaker is not None and speaker.first <= i <= speaker.last
        if mention is not None and mention.name.country is not None and not own:
            named.add(mention.name.country)
    around = (reading.mentions.get(i) for i in range(max(0, first - NEAR), min(last + NEAR, len(reading.words))))
    near = set(pair()) <= {m.name.country for m in around if m is not None}
    relation = sum(is_relation(reading.forms[i]) for i in range(first, last + 1))
    return Setting(len(named & set(pair())), len(named - set(pair())), relation, actor in pair(), near, about)


Example = tuple[str, Setting]  # the masked text of a statement and its setting


def signed(example: Example) -> str:
    """A masked text with signs for what it names, which the text classifier reads as words."""
    text, s = example
    signs = [f"§sides{s.sides}", f"§others{min(s.others, 3)}", f"§relation{min(s.relation, 3)}"]
    signs += ["§own"] * (s.sides == 1 and s.speaker_is_side) + ["§both"] * (s.sides == 2 and s.relation > 0)
    return " ".join([text, *signs * SIGN_WEIGHT])


class TargetClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Whether each statement of an article is about the partnership: two regressions, one upon the other.

    The first reads a statement alone: its masked words and signs of what it names. The second reads its log-odds beside
    those of the statements around it and of its article ("the relations of the two countries" means this pair only in an
    article about it). Without `fit_context` the first decides.

    Args:
        C: inverse strength of the first regression's L2 penalty.
        context_C: the same of the second.
    """

    def __init__(self, *, C: float = 5.0, context_C: float = 0.3) -> None:
        self.C = C
        self.context_C = context_C

    def fit(self, X: Sequence[Example], y: Sequence[bool]) -> TargetClassifier:
        """Fit the first regression on single statements."""
        self.alone_ = TextClassifier(C=self.C).fit([signed(x) for x in X], ["on" if label else "off" for label in y])
        self.classes_ = np.array([False, True])
        self.context_ = None
        return self

    def fit_context(self, articles: Sequence[Sequence[Example]], y: Sequence[Sequence[bool]]) -> TargetClassifier:
        """Fit the second regression on whole articles: the statements of each, in order, and their labels."""
        features = np.vstack([self._in_context(examples) for examples in articles if len(examples)])
        labels = np.concatenate([np.asarray(one, dtype=bool) for one in y if len(one)])
        self.context_ = LogisticRegression(C=self.context_C, max_iter=1000).fit(features, labels)
        return self

    def _alone(self, examples: Sequence[Example]) -> npt.NDArray[np.float64]:
        """Log-odds of each statement read alone."""
        odds = self.alone_.decision_function([signed(x) for x in examples])
        return np.asarray(odds[:, 1] - odds[:, 0])

    def _in_context(self, examples: Sequence[Example]) -> npt.NDArray[np.float64]:
        odds = self._alone(examples)
        total = len(odds)
        rows = []
        for i, (_, s) in enumerate(examples):
            around = [odds[j] for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < total]
            others = (odds.sum() - odds[i]) / (total - 1) if total > 1 else odds[i]
            rows.append(
                [
                    odds[i],
                    s.sides == 2,
                    min(s.others, 3),
                    s.about > 0,
                    s.near,
                    s.speaker_is_side,
                    float(np.mean(around)) if around else odds[i],
                    others,
                ]
            )
        return np.asarray(rows, dtype=float)

    def predict_proba(self, X: Sequence[Example]) -> npt.NDArray[np.float64]:
        """P(off target), P(on target) of the statements of one article, in order, one row each."""
        if not len(X):
            return np.empty((0, 2))
        if self.context_ is not None:
            return np.asarray(self.context_.predict_proba(self._in_context(X)))
        on = 1 / (1 + np.exp(-self._alone(X)))
        return np.column_stack([1 - on, on])

    def predict(self, X: Sequence[Example]) -> npt.NDArray[np.bool_]:
        """Whether each statement of one article is on target."""
        return np.asarray(self.predict_proba(X)[:, 1] >= 0.5)
