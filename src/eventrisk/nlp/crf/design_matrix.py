"""The features of many tokens as one sparse matrix, so that they are extracted once however often a
chain is fitted.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eventrisk.nlp.crf.chain import Layout
from eventrisk.nlp.crf.weights import CACHED_GROUPS, Group, Line


@dataclass(frozen=True)
class DesignMatrix:
    """``matrix``: CSR of zeros and ones, ``(n_tokens, n_features)``, tokens in order of the texts.

    ``feature_names`` ``(n_features,)`` names its columns; ``starts`` (rows from 0) and ``lengths``
    (tokens), both ``(n_lines,)``, say which rows belong to each line.
    """

    feature_names: list[str]
    matrix: Any
    starts: Any
    lengths: Any

    def hstack(self, more: DesignMatrix) -> DesignMatrix:
        """The same tokens with further features: ``(n_tokens, n_features)``, those of ``more``
        last. Raises ValueError for another number of tokens.
        """
        from scipy.sparse import hstack

        both = hstack([self.matrix, more.matrix], format="csr", dtype=np.float32)
        names = [*self.feature_names, *more.feature_names]
        return DesignMatrix(names, both, self.starts, self.lengths)

    def subset(
        self, lines: Sequence[int], min_df: int, max_features: int
    ) -> tuple[list[str], Any, Layout]:
        """Feature names ``(n_kept,)``, CSR matrix ``(n_tokens, n_kept)`` and layout of some lines
        (numbers from 0); rows are those of the layout.

        Kept are the ``max_features`` most frequent features of those that at least ``min_df``
        tokens of these lines have.
        """
        layout = Layout.of(self.lengths[list(lines)])
        matrix = self.matrix[[self.starts[lines[line]] + at for line, at in layout.places]]
        counts = np.asarray(matrix.sum(0)).ravel()
        columns = np.flatnonzero(counts >= min_df)
        columns = np.sort(columns[np.argsort(-counts[columns], kind="stable")[:max_features]])
        return [self.feature_names[at] for at in columns], matrix[:, columns], layout


def design_matrix(lines: Iterable[Line]) -> DesignMatrix:
    """The matrix ``(n_tokens, n_features)`` of all lines; a line's strings are let go as soon as
    they are numbered. Without any feature there is one column, ``none``.
    """
    from scipy.sparse import csr_matrix

    columns: dict[str, int] = {}
    cache: dict[Group, list[int]] = {}
    indices, indptr, lengths = array("i"), array("q", [0]), array("q")
    for line in lines:
        for token in line:
            for group in token:
                if group not in cache:
                    if len(cache) > CACHED_GROUPS:
                        cache.clear()
                    cache[group] = [columns.setdefault(name, len(columns)) for name in group]
                indices.extend(cache[group])
            indptr.append(len(indices))
        lengths.append(len(line))
    numbers = np.frombuffer(indices, dtype=np.int32) if indices else np.zeros(0, dtype=np.int32)
    matrix = csr_matrix(
        (np.ones(len(numbers), dtype=np.float32), numbers, np.array(indptr)),
        shape=(len(indptr) - 1, max(1, len(columns))),
    )
    sizes = np.array(lengths, dtype=int)
    return DesignMatrix(list(columns) or ["none"], matrix, np.cumsum(sizes) - sizes, sizes)
