"""What words mean by the company they keep: a word goes in, its vector comes out.

Positive pointwise mutual information of words within five of each other in the ANT news corpus, reduced by truncated
SVD (Levy, Goldberg & Dagan 2015, TACL 3), so that قلق, مخاوف and توجس are neighbours. No labels are used.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from classifiers.articles import ant_texts
from classifiers.errors import ModelError, TrainingDataError
from classifiers.text import match_form, tokens

FILE = Path(__file__).resolve().parent / "models" / "vectors.npz"
WORDS, DIMENSIONS, WINDOW, LEAST = 30_000, 128, 5, 8
_PROCLITICS = "وفبلك"
_SMOOTHING = 0.75  # of context counts, as in Levy et al., 4.1


@cache
def _table() -> tuple[dict[str, int], npt.NDArray[np.float32]]:
    try:
        with np.load(FILE, allow_pickle=False) as stored:
            words = str(stored["words"]).split("\n")
            return {word: i for i, word in enumerate(words)}, stored["vectors"].astype(np.float32) / 127
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{FILE} needs to hold word vectors; {error}. Run `mawaqif vectors`.") from error


@cache
def _nothing() -> npt.NDArray[np.float32]:
    return np.zeros(_table()[1].shape[1], dtype=np.float32)


def vector(word: str) -> npt.NDArray[np.float32]:
    """The vector of a match-form, of length at most 1; without its conjunction or preposition if need be, else zero."""
    places, vectors = _table()
    place = places.get(word)
    if place is None and word[:1] in _PROCLITICS:
        place = places.get(word[1:])
    return _nothing() if place is None else np.asarray(vectors[place])


def learn() -> tuple[list[str], npt.NDArray[np.int8]]:
    """The most frequent words of the ANT corpus and their vectors as whole numbers from −127 to 127.

    Raises:
        TrainingDataError: if the corpus is absent.
    """
    texts = sorted(set(ant_texts().values()))
    if not texts:
        raise TrainingDataError("Word vectors need ../shared/corpora/ant.parquet; it is absent. Keep the shipped vectors.")
    documents = [[match_form(t.group()) for t in tokens(text) if t.group()[0].isalpha()] for text in texts]
    counts = Counter(word for document in documents for word in document)
    words = [word for word, n in counts.most_common(WORDS) if n >= LEAST and "\n" not in word and word]
    place = {word: i for i, word in enumerate(words)}
    left, _, _ = randomized_svd(_ppmi(documents, place), DIMENSIONS, n_iter=3, random_state=0)
    left *= 1 / (np.linalg.norm(left, axis=1, keepdims=True) + 1e-9)
    return words, np.round(left * 127).astype(np.int8)


def _ppmi(documents: list[list[str]], place: dict[str, int]) -> sparse.csr_matrix:
    """Positive PMI of words at distance up to `WINDOW`, nearer ones counting more."""
    size = len(place)
    total = sparse.csr_matrix((size, size), dtype=np.float32)
    for start in range(0, len(documents), 2000):
        rows, columns, values = [], [], []
        for document in documents[start : start + 2000]:
            ids = np.array([place.get(word, -1) for word in document])
            for distance in range(1, WINDOW + 1):
                a, b = ids[:-distance], ids[distance:]
                both = (a >= 0) & (b >= 0)
                rows.append(a[both])
                columns.append(b[both])
                values.append(np.full(int(both.sum()), 1 / distance, dtype=np.float32))
        entries = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
        total = total + sparse.csr_matrix(entries, shape=(size, size))
    total = (total + total.T).tocoo()
    word = np.asarray(total.sum(axis=1)).ravel()
    context = word**_SMOOTHING / (word**_SMOOTHING).sum()
    information = np.log(total.data / (word[total.row] * context[total.col]))
    positive = information > 0
    return sparse.csr_matrix((information[positive], (total.row[positive], total.col[positive])), shape=(size, size))


def save() -> int:
    """Learn the vectors and write them; the number of words."""
    words, vectors = learn()
    np.savez_compressed(FILE, words=np.array("\n".join(words)), vectors=vectors)
    return len(words)
