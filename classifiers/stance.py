"""The stance of a text toward its target: masked texts go in, probabilities over favor, against and neutral come out.

`TextClassifier` is a scikit-learn estimator over a list of strings, usable on any labelled Arabic text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from classifiers.text import match_form
from classifiers.vectors import vector

Texts = Sequence[str]
Floats = npt.NDArray[np.floating[Any]]
CACHE = 200_000  # words whose weights are remembered


class TextClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression over the words of a text: the words themselves, pairs, the letters inside, and their meaning.

    Each word brings features of its own: itself, its character n-grams (which stand in for Arabic morphology, as in the
    strongest classical systems for Arabic tweets: Alturayeif et al. 2022, Mawqif), and a distributional vector learned
    from news without labels; two neighbours bring their pair. A text is the sum of these over the square root of its
    length. So each word has one weight a class, scoring is adding, and removing a word is exact (occlusion).

    Args:
        C: inverse strength of the L2 penalty.
        char_ngrams: shortest and longest character n-gram inside a word.
        min_df: least number of texts a feature stands in.
        vectors: weight of the distributional vectors, 0 for none.
        temperature: divides the log-odds; above 1 the probabilities are more modest (Guo et al. 2017, calibration).
    """

    def __init__(
        self,
        *,
        C: float = 5.0,
        char_ngrams: tuple[int, int] = (2, 5),
        min_df: int = 2,
        vectors: float = 0.3,
        temperature: float = 1.0,
    ) -> None:
        self.C = C
        self.char_ngrams = char_ngrams
        self.min_df = min_df
        self.vectors = vectors
        self.temperature = temperature

    # features

    def _of_word(self, word: str) -> Iterable[str]:
        """The features of one word: itself, and the n-grams of its letters with the blanks around them."""
        yield word
        shortest, longest = self.char_ngrams
        padded = f" {word} "
        for n in range(shortest, min(longest, len(padded)) + 1):
            for start in range(len(padded) - n + 1):
                yield "~" + padded[start : start + n]

    def _of_text(self, words: Sequence[str]) -> Iterable[str]:
        for word in words:
            yield from self._of_word(word)
        for pair in pairwise(words):
            yield " ".join(pair)

    @staticmethod
    def _scale(feature: str) -> float:
        """Letters are many and weigh less each."""
        return 0.1 if feature.startswith("~") else 0.2

    def fit(self, X: Texts, y: Sequence[str]) -> TextClassifier:
        """Fit on texts and their labels."""
        texts = [match_form(text).split() for text in X]
        counts = [Counter(self._of_text(words)) for words in texts]
        frequency = Counter(feature for count in counts for feature in count)
        kept = [f for f, n in frequency.items() if n >= self.min_df + f.startswith("~")]
        column = {feature: i for i, feature in enumerate(kept)}
        idf = np.array([(np.log((1 + len(texts)) / (1 + frequency[f])) + 1) * self._scale(f) for f in kept], dtype=np.float64)
        rows = [(i, column[f], n) for i, count in enumerate(counts) for f, n in count.items() if f in column]
        i, j, n = (np.array(part) for part in zip(*rows, strict=True)) if rows else (np.empty(0, int),) * 3
        matrix = sparse.csr_matrix((n * idf[j] if len(j) else n, (i, j)), shape=(len(texts), len(kept)))
        length = sparse.diags([1 / np.sqrt(max(len(words), 1)) for words in texts])
        blocks = [length @ matrix]
        if self.vectors:
            sums = np.array([sum((vector(w) for w in words), np.zeros_like(vector(""))) for words in texts])
            blocks.append(sparse.csr_matrix(length @ sums * self.vectors))
        self._keep(LogisticRegression(C=self.C, max_iter=2000).fit(sparse.hstack(blocks, "csr"), np.asarray(y)), kept, idf)
        return self

    def _keep(self, regression: LogisticRegression, kept: list[str], idf: Floats) -> None:
        """Fold the regression into one weight a feature and class."""
        coefficients, intercept = regression.coef_, regression.intercept_
        if len(regression.classes_) == 2:  # one row of log-odds for two classes
            coefficients, intercept = np.vstack([-coefficients, coefficients]) / 2, np.array([-1, 1]) * intercept / 2
        self.classes_ = regression.classes_
        self.features_ = "\n".join(kept)
        self.weights_ = (coefficients[:, : len(kept)] * idf).T.astype(np.float32)
        self.vector_weights_ = (coefficients[:, len(kept) :].T * self.vectors).astype(np.float32)
        self.intercept_ = intercept
        self._forget()

    # scoring

    def _forget(self) -> None:
        self._rows: dict[str, int] | None = None
        self._cache: dict[str, Floats] = {}
        self._nothing = np.zeros(len(self.classes_), dtype=np.float32)

    def __getstate__(self) -> dict[str, Any]:
        """What is saved: everything but the caches."""
        return {name: value for name, value in self.__dict__.items() if name not in {"_rows", "_cache", "_nothing"}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Restore what was saved, with empty caches."""
        self.__dict__.update(state)
        self._forget()

    def _row(self) -> dict[str, int]:
        if self._rows is None:
            self._rows = {feature: i for i, feature in enumerate(self.features_.split("\n"))} if self.features_ else {}
        return self._rows

    def _word_weight(self, word: str) -> Floats:
        """What one word adds to the log-odds of each class, before the division by length."""
        found = self._cache.get(word)
        if found is None:
            row = self._row()
            known = [row[f] for f in self._of_word(word) if f in row]
            found = self.weights_[known].sum(axis=0)
            if len(self.vector_weights_):
                found = found + vector(word) @ self.vector_weights_
            if len(self._cache) >= CACHE:
                self._cache = {}
            self._cache[word] = found
        return found

    def _pair_weight(self, first: str, second: str) -> Floats:
        place = self._row().get(f"{first} {second}")
        return self._nothing if place is None else self.weights_[place]

    def _parts(self, words: Sequence[str]) -> tuple[Floats, Floats]:
        """What each word and each pair of neighbours adds, one row each; no words add one row of nothing."""
        known = self._cache
        single = [known[word] if word in known else self._word_weight(word) for word in words] or [self._nothing]
        pairs = [self._pair_weight(a, b) for a, b in pairwise(words)] or [self._nothing]
        return np.array(single), np.array(pairs)

    def _odds(self, total: Floats, length: int | Floats) -> Floats:
        return np.asarray((total / np.sqrt(np.maximum(length, 1)) + self.intercept_) / self.temperature)

    def decision_function(self, X: Texts) -> Floats:
        """Log-odds, one row a text, one column a class."""
        check_is_fitted(self)
        odds = np.empty((len(X), len(self.classes_)))
        for i, text in enumerate(X):
            words = match_form(text).split()
            single, pairs = self._parts(words)
            odds[i] = self._odds(single.sum(axis=0) + pairs.sum(axis=0), len(words))
        return odds

    def predict_proba(self, X: Texts) -> Floats:
        """Probabilities, one row a text, one column a class of `classes_`; each row sums to 1."""
        return _softmax(self.decision_function(X))

    def predict(self, X: Texts) -> npt.NDArray[Any]:
        """The most probable class of each text."""
        return np.asarray(self.classes_)[self.decision_function(X).argmax(axis=1)] if len(X) else np.empty(0, dtype=object)

    def explain(self, text: str | Sequence[str], *, toward: str, away: str) -> list[tuple[str, float]]:
        """Each word of a text with the change in P(toward) − P(away) that its removal undoes (occlusion, exact).

        A text is divided at white space; words that are given as a list stay as they are.
        """
        words = text.split() if isinstance(text, str) else list(text)
        forms = [match_form(word).replace(" ", "") for word in words]
        if not forms:
            return []
        single, pairs = self._parts(forms)
        joined = [self._pair_weight(a, b) for a, b in zip(forms, forms[2:], strict=False)]
        bridges = np.array([self._nothing, *joined, self._nothing])
        left = np.vstack([self._nothing, pairs[: len(forms) - 1]])
        right = np.vstack([pairs[: len(forms) - 1], self._nothing])
        total = single.sum(axis=0) + pairs.sum(axis=0)
        # Without word i, its own part and its two pairs go, and its neighbours become a pair.
        without = total - single - left - right + bridges[: len(forms)]
        odds = np.vstack([self._odds(total, len(forms)), self._odds(without, max(len(forms) - 1, 1))])
        column = {label: i for i, label in enumerate(self.classes_)}
        probabilities = _softmax(odds)
        scores = probabilities[:, column[toward]] - probabilities[:, column[away]]
        return list(zip(words, (scores[0] - scores[1:]).tolist(), strict=True))


def _softmax(odds: Floats) -> Floats:
    exponents = np.exp(odds - odds.max(axis=1, keepdims=True)) if len(odds) else odds
    return np.asarray(exponents / exponents.sum(axis=1, keepdims=True)) if len(odds) else odds


class StanceClassifier(TextClassifier):
    """Stance toward the target: favor, against or neutral."""

    def explain_stance(self, text: str | Sequence[str]) -> list[tuple[str, float]]:
        """Each word with its weight: positive toward favor, negative toward against."""
        return self.explain(text, toward="favor", away="against")
