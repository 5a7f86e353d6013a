"""Diverse choice of a few texts from many: maximal marginal relevance (Carbonell and Goldstein,
SIGIR 1998).

Texts are compared by the cosine of the TF-IDF vectors of their first words. A pool of 20,000 stays
a sparse matrix; one choice costs one product of that matrix with one row, and no matrix of all
pairs is ever made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.features import words

# the beginning of a text that is compared: the news; what follows repeats from release to release
COMPARED_CHARS = 3_000
# up to here two texts are simply different; below, the cosine tells long texts from short ones
DIFFERENT_COSINE = 0.3
SAME_COSINE = 0.9  # from here on two texts are the same release with a few words changed
BLOCK_ROWS = 256  # labelled texts compared at once

Floats = NDArray[np.float64]


class DiversePick(NamedTuple):
    """A chosen text: its position in the pool from 0, its novelty when it was chosen (0…1), and
    relevance × novelty (0…1).
    """

    position: int
    novelty: float
    score: float


class Space:
    """A pool of texts as TF-IDF vectors of length one, in the order of the texts given.

    ``similarity`` ``(n_texts,)`` is each text's cosine (0…1) to the nearest labelled one, 0 where
    none is labelled. ``empty`` ``(n_texts,)`` marks texts without words. The same texts in the same
    order give the same vectors.
    """

    def __init__(self, texts: Sequence[str], labelled: Sequence[str] = ()) -> None:
        from scipy import sparse
        from sklearn.feature_extraction.text import TfidfVectorizer

        beginnings = [text[:COMPARED_CHARS] for text in (*texts, *labelled)]
        tfidf = TfidfVectorizer(analyzer=words, sublinear_tf=True, dtype=np.float64)
        try:
            every = tfidf.fit_transform(beginnings).tocsr()
        except ValueError:  # not a word in any of them: vectors of zeros
            every = sparse.csr_matrix((len(beginnings), 1))
        self._rows = every[: len(texts)]
        self.empty: NDArray[np.bool_] = np.diff(self._rows.indptr) == 0
        self.similarity = self._nearest(every[len(texts) :])

    def __len__(self) -> int:
        return int(self._rows.shape[0])

    def cosine_to(self, position: int) -> Floats:
        """The cosine of every text to the one at this position, ``(n_texts,)``."""
        row = self._rows[position]
        direction = np.zeros(self._rows.shape[1])
        direction[row.indices] = row.data
        found: Floats = self._rows @ direction
        return found

    def subset(self, positions: Sequence[int]) -> Space:
        """These texts alone, with the same similarity to the labelled ones."""
        part = object.__new__(Space)
        part._rows = self._rows[list(positions)]
        part.empty, part.similarity = self.empty[list(positions)], self.similarity[list(positions)]
        return part

    def _nearest(self, others: Any) -> Floats:
        """Each text's cosine (0…1) to the nearest of other rows ``(n_others, n_terms)``,
        ``(n_texts,)``; zero where there is none.
        """
        nearest = np.zeros(len(self))
        for start in range(0, others.shape[0], BLOCK_ROWS):
            block = self._rows @ others[start : start + BLOCK_ROWS].T
            nearest = np.maximum(nearest, block.max(axis=1).toarray().ravel())
        return nearest


def select_diverse(
    space: Space, relevance: Sequence[float] | Floats, n: int
) -> Iterator[DiversePick]:
    """At most ``n`` texts in order of choice: each time the one of the highest relevance × novelty.

    ``relevance`` ``(n_texts,)``, each 0…1, is what a text is worth alone. Its novelty falls with
    its cosine to the nearest text that was chosen before or is labelled: 1 up to
    ``DIFFERENT_COSINE``, linearly to 0 at ``SAME_COSINE``. This is maximal marginal relevance as a
    product, so that neither factor needs a weight. Texts at ``SAME_COSINE`` or nearer, and texts
    without words, are never chosen. Of equals the first is taken.
    """
    relevances = np.asarray(relevance, np.float64)
    similarity = np.where(space.empty, 1.0, space.similarity)
    for _ in range(min(n, len(space))):
        novelty = 1.0 - np.clip(
            (similarity - DIFFERENT_COSINE) / (SAME_COSINE - DIFFERENT_COSINE), 0.0, 1.0
        )
        gain = np.where(similarity < SAME_COSINE, relevances * novelty, -1.0)
        best = int(np.argmax(np.round(gain, 12)))
        if gain[best] < 0:
            return
        yield DiversePick(best, float(novelty[best]), float(gain[best]))
        similarity = np.maximum(similarity, space.cosine_to(best))
        similarity[best] = 1.0
