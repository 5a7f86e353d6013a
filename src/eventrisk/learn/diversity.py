"""Choosing a few texts of many so that each is worth its reading and no two say the same.

Texts are points on the unit sphere: TF-IDF over their first words, compared by cosine. A pool of
20,000 stays a sparse matrix; one choice costs one product of that matrix with one row, and no
matrix of all pairs is ever made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.features import words

# characters of a text that are compared: the news; what follows repeats from release to release
LEADING = 3_000
# cosine up to which two texts are simply different; below it the measure tells long texts from
# short ones
FAR = 0.3
NEAR = 0.9  # cosine from which on two texts are the same release with a few words changed
BLOCK = 256  # rows of the labelled texts compared at once

Floats = NDArray[np.float64]


class Pick(NamedTuple):
    """A chosen text: its place in the pool, how new it was when chosen (0…1), and worth × novelty
    (0…1).
    """

    place: int
    novelty: float
    score: float


class Space:
    """A pool of texts as unit vectors, and how near each is to what has been chosen or labelled
    already.

    ``similarity`` (0…1) is each text's cosine to the nearest of these. Rows stand in the order of
    the texts given; the same texts in the same order give the same vectors.
    """

    def __init__(self, texts: Sequence[str], labelled: Sequence[str] = ()) -> None:
        from scipy import sparse
        from sklearn.feature_extraction.text import TfidfVectorizer

        beginnings = [text[:LEADING] for text in (*texts, *labelled)]
        weigh = TfidfVectorizer(analyzer=words, sublinear_tf=True, dtype=np.float64)
        try:
            every = weigh.fit_transform(beginnings).tocsr()
        except ValueError:  # not a word in any of them: points without a direction
            every = sparse.csr_matrix((len(beginnings), 1))
        self._rows = every[: len(texts)]
        self.empty: NDArray[np.bool_] = np.diff(self._rows.indptr) == 0
        self.similarity = self._nearest(every[len(texts) :])

    def __len__(self) -> int:
        return int(self._rows.shape[0])

    def to(self, index: int) -> Floats:
        """The cosine of every text to one of them."""
        row = self._rows[index]
        direction = np.zeros(self._rows.shape[1])
        direction[row.indices] = row.data
        found: Floats = self._rows @ direction
        return found

    def subset(self, indices: Sequence[int]) -> Space:
        """These texts alone, as near to the labelled ones as they are now."""
        part = object.__new__(Space)
        part._rows = self._rows[list(indices)]
        part.empty, part.similarity = self.empty[list(indices)], self.similarity[list(indices)]
        return part

    def _nearest(self, others: Any) -> Floats:
        """Each text's cosine to the nearest of other rows, zero where there is none."""
        nearest = np.zeros(len(self))
        for start in range(0, others.shape[0], BLOCK):
            block = self._rows @ others[start : start + BLOCK].T
            nearest = np.maximum(nearest, block.max(axis=1).toarray().ravel())
        return nearest


def spread(space: Space, worth: Sequence[float] | Floats, n: int) -> Iterator[Pick]:
    """The texts in order of choice: each time the one of the highest worth × novelty, at most
    ``n``.

    ``worth`` (0…1) is what a text would teach alone. ``novelty`` falls with its cosine to the
    nearest text that was chosen before it or is labelled: 1 up to ``FAR``, in a straight line to 0
    at ``NEAR``. That is greedy maximal marginal relevance (Carbonell and Goldstein 1998) as a
    product, so that neither factor needs a weight. Texts at ``NEAR`` or nearer are never chosen. Of
    equals the first is taken.
    """
    worths = np.asarray(worth, np.float64)
    similarity = np.where(
        space.empty, 1.0, space.similarity
    )  # nothing can be learnt from a text without words
    for _ in range(min(n, len(space))):
        novelty = 1.0 - np.clip((similarity - FAR) / (NEAR - FAR), 0.0, 1.0)
        gain = np.where(similarity < NEAR, worths * novelty, -1.0)
        best = int(np.argmax(np.round(gain, 12)))
        if gain[best] < 0:
            return
        yield Pick(best, float(novelty[best]), float(gain[best]))
        similarity = np.maximum(similarity, space.to(best))
        similarity[best] = 1.0
