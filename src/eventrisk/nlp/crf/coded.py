"""Lines of features as one sparse matrix, so that they are read once however often they are
fitted.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eventrisk.nlp.crf.chain import Layout
from eventrisk.nlp.crf.weights import KEPT, Group, Line


@dataclass(frozen=True)
class Coded:
    """``matrix``: tokens × features, ones and zeros, in order of the text; ``starts`` and
    ``lengths`` of its lines.
    """

    names: list[str]
    matrix: Any
    starts: Any
    lengths: Any

    def beside(self, more: Coded) -> Coded:
        """The same tokens with more features."""
        from scipy.sparse import hstack

        both = hstack([self.matrix, more.matrix], format="csr", dtype=np.float32)
        return Coded([*self.names, *more.names], both, self.starts, self.lengths)

    def part(self, lines: Sequence[int], least: int, most: int) -> tuple[list[str], Any, Layout]:
        """The features of some lines in rows of their layout; without those that these lines hold
        less than ``least`` times and beyond the ``most`` frequent ones.
        """
        layout = Layout.of(self.lengths[list(lines)])
        matrix = self.matrix[[self.starts[lines[line]] + at for line, at in layout.places]]
        counts = np.asarray(matrix.sum(0)).ravel()
        kept = np.flatnonzero(counts >= least)
        kept = np.sort(kept[np.argsort(-counts[kept], kind="stable")[:most]])
        return [self.names[at] for at in kept], matrix[:, kept], layout


def coded(lines: Iterable[Line]) -> Coded:
    """All lines coded; nothing of them is kept but numbers."""
    from scipy.sparse import csr_matrix

    names: dict[str, int] = {}
    known: dict[Group, list[int]] = {}
    found, ends, lengths = array("i"), array("q", [0]), array("q")
    for line in lines:
        for token in line:
            for group in token:
                if group not in known:
                    if len(known) > KEPT:
                        known.clear()
                    known[group] = [names.setdefault(name, len(names)) for name in group]
                found.extend(known[group])
            ends.append(len(found))
        lengths.append(len(line))
    numbers = np.frombuffer(found, dtype=np.int32) if found else np.zeros(0, dtype=np.int32)
    matrix = csr_matrix(
        (np.ones(len(numbers), dtype=np.float32), numbers, np.array(ends)),
        shape=(len(ends) - 1, max(1, len(names))),
    )
    sizes = np.array(lengths, dtype=int)
    return Coded(list(names) or ["none"], matrix, np.cumsum(sizes) - sizes, sizes)
