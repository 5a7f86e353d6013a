"""Term counts of many texts as sparse matrices, one a block, built row by row."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from eventrisk.learn.linear import Features


class TermCounts(NamedTuple):
    """The terms of a block in order of the alphabet, and their counts: CSR of float32,
    ``(n_texts, n_terms)``.
    """

    terms: tuple[str, ...]
    matrix: Any


class TermCounter:
    """Takes the counts of one text after the other; an entry takes 8 bytes."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}
        self._columns, self._values, self._pointers = array("i"), array("f"), array("q", [0])

    def add(self, counts: Mapping[str, float]) -> None:
        """The next row."""
        index = self._index
        self._columns.extend(index.setdefault(term, len(index)) for term in counts)
        self._values.extend(counts.values())
        self._pointers.append(len(self._columns))

    def counted(self) -> TermCounts:
        """All rows so far; nothing can be added afterwards."""
        from scipy.sparse import csr_matrix

        terms = sorted(self._index)
        place = np.empty(len(terms), np.int32)
        place[[self._index[term] for term in terms]] = np.arange(len(terms), dtype=np.int32)
        columns = (
            place[np.frombuffer(self._columns, np.int32)]
            if self._columns
            else np.zeros(0, np.int32)
        )
        values = (
            np.frombuffer(self._values, np.float32) if self._values else np.zeros(0, np.float32)
        )
        shape = (len(self._pointers) - 1, len(terms))
        return TermCounts(
            tuple(terms), csr_matrix((values, columns, np.array(self._pointers)), shape=shape)
        )


def count_terms(rows: Iterable[Features], names: Iterable[str]) -> dict[str, TermCounts]:
    """The blocks of these names, each with a matrix ``(n_texts, n_terms)``; ``rows``, one entry a
    text, is read once and never held whole.
    """
    counters = {name: TermCounter() for name in names}
    for features in rows:
        for name, counter in counters.items():
            counter.add(features.get(name, {}))
    return {name: counter.counted() for name, counter in counters.items()}
