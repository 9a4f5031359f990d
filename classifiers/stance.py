"""The stance of a text toward its target: masked texts go in, probabilities over favor, against and neutral come out.

`TextClassifier` is a scikit-learn estimator over a list of strings, usable on any labelled Arabic text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from classifiers.text import match_form

Texts = Sequence[str]


class TextClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Word and character n-grams of match-forms under multinomial logistic regression.

    Character n-grams inside words stand in for Arabic morphology, as in the strongest classical systems for Arabic
    tweets (Alturayeif et al. 2022, Mawqif). Probabilities come from the regression itself.

    Args:
        C: inverse strength of the L2 penalty.
        word_ngrams: shortest and longest word n-gram.
        char_ngrams: shortest and longest character n-gram, inside words.
        min_df: least number of texts a feature stands in.
    """

    def __init__(
        self,
        *,
        C: float = 5.0,
        word_ngrams: tuple[int, int] = (1, 2),
        char_ngrams: tuple[int, int] = (2, 5),
        min_df: int = 2,
    ) -> None:
        self.C = C
        self.word_ngrams = word_ngrams
        self.char_ngrams = char_ngrams
        self.min_df = min_df

    def fit(self, X: Texts, y: Sequence[str]) -> TextClassifier:
        """Fit on texts and their labels."""
        forms = [match_form(text) for text in X]
        self.words_ = TfidfVectorizer(
            ngram_range=self.word_ngrams, min_df=self.min_df, sublinear_tf=True, token_pattern=r"\S+", dtype=np.float32
        )
        self.chars_ = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=self.char_ngrams,
            min_df=self.min_df + 1,
            sublinear_tf=True,
            dtype=np.float32,
        )
        features = sparse.hstack([self.words_.fit_transform(forms), self.chars_.fit_transform(forms)], "csr")
        self.regression_ = LogisticRegression(C=self.C, max_iter=1000).fit(features, np.asarray(y))
        self.classes_ = self.regression_.classes_
        return self

    def _features(self, X: Texts) -> sparse.csr_matrix:
        check_is_fitted(self)
        forms = [match_form(text) for text in X]
        return sparse.hstack([self.words_.transform(forms), self.chars_.transform(forms)], "csr")

    def predict_proba(self, X: Texts) -> npt.NDArray[np.float64]:
        """Probabilities, one row a text, one column a class of `classes_`; each row sums to 1."""
        if not len(X):
            return np.empty((0, len(self.classes_)))
        return np.asarray(self.regression_.predict_proba(self._features(X)), dtype=np.float64)

    def predict(self, X: Texts) -> npt.NDArray[Any]:
        """The most probable class of each text."""
        return np.asarray(self.classes_)[self.predict_proba(X).argmax(axis=1)] if len(X) else np.empty(0, dtype=object)

    def explain(self, text: str | Sequence[str], *, toward: str, away: str) -> list[tuple[str, float]]:
        """Each word of a text with the change in P(toward) − P(away) that its removal undoes (occlusion).

        A text is divided at white space; words that are given as a list stay as they are.
        """
        words = text.split() if isinstance(text, str) else list(text)
        without = [" ".join(words[:i] + words[i + 1 :]) for i in range(len(words))]
        scores = self._score([" ".join(words), *without], toward, away)
        return list(zip(words, (scores[0] - scores[1:]).tolist(), strict=True))

    def _score(self, X: Texts, toward: str, away: str) -> npt.NDArray[np.float64]:
        column = {label: i for i, label in enumerate(self.classes_)}
        probabilities = self.predict_proba(X)
        return np.asarray(probabilities[:, column[toward]] - probabilities[:, column[away]])


class StanceClassifier(TextClassifier):
    """Stance toward the target: favor, against or neutral."""

    def explain_stance(self, text: str | Sequence[str]) -> list[tuple[str, float]]:
        """Each word with its weight: positive toward favor, negative toward against."""
        return self.explain(text, toward="favor", away="against")
