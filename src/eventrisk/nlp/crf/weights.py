"""The weights of a fitted chain, and how they are stored: a JSON list of names beside an array
file, no pickle.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from eventrisk.nlp.crf.chain import Layout, allowed, best_paths, sums

Group = tuple[str, ...]
Line = Sequence[
    tuple[Group, ...]
]  # the features of each token of a line, in groups that are read again and again
KEPT = 20_000  # groups whose sums are kept


class Numbers:
    """The numbers of the features in each group. Most groups come back, so theirs are kept."""

    def __init__(self, names: dict[str, int]) -> None:
        self.names = names
        self.known: dict[Group, list[int]] = {}

    def of(self, tokens: Sequence[tuple[Group, ...]]) -> tuple[list[int], list[int]]:
        """The features of all tokens in a row, and where each token's begin; one that has none gets
        the last.
        """
        if len(self.known) > KEPT:
            self.known.clear()
        known, names, flat, starts = self.known, self.names, list[int](), list[int]()
        for groups in tokens:
            starts.append(len(flat))
            for group in groups:
                found = known.get(group)
                if found is None:
                    found = known[group] = [names[name] for name in group if name in names]
                flat += found
            if len(flat) == starts[-1]:
                flat.append(-1)
        return flat, starts


@dataclass(frozen=True)
class Weights:
    """``emit``: features × tags; ``steps``: tags × tags."""

    tags: list[str]
    names: dict[str, int]
    emit: Any
    steps: Any
    numbers: Numbers = field(init=False, compare=False, repr=False)
    padded: Any = field(
        init=False, compare=False, repr=False
    )  # with a row of zeros for tokens of no known feature

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", Numbers(self.names))
        object.__setattr__(
            self,
            "padded",
            np.concatenate([self.emit, np.zeros_like(self.steps[:1], dtype=np.float32)]),
        )

    def scores(self, lines: Sequence[Line]) -> tuple[Any, Layout]:
        """The score of each tag at each token, by rows of the layout."""
        layout = Layout.of([len(line) for line in lines])
        flat, starts = self.numbers.of([lines[line][at] for line, at in layout.places])
        return np.add.reduceat(self.padded[flat], starts, axis=0).astype(np.float64), layout

    def tagged(self, lines: Sequence[Line]) -> list[list[str]]:
        """The best tags of each line."""
        if not lines:
            return []
        scores, layout = self.scores(lines)
        fixed, start, end = allowed(self.tags)
        return [
            [self.tags[k] for k in path]
            for path in best_paths(scores, self.steps + fixed, start, end, layout)
        ]

    def probabilities(self, lines: Sequence[Line]) -> list[Any]:
        """For each line an array, tokens × tags, of how probable each tag is."""
        if not lines:
            return []
        scores, layout = self.scores(lines)
        fixed, start, end = allowed(self.tags)
        return layout.back(sums(scores, self.steps + fixed, start, end, layout)[1])

    def to_bytes(self) -> bytes:
        """The inverse of ``from_bytes``; names without any weight are left out."""
        used = [(name, at) for name, at in self.names.items() if np.abs(self.emit[at]).max() > 1e-3]
        head = json.dumps(
            {"tags": self.tags, "names": [name for name, _ in used]}, ensure_ascii=False
        )
        kept = self.emit[[at for _, at in used]].astype(np.float16)
        file = io.BytesIO()
        text = np.frombuffer(head.encode(), dtype=np.uint8)
        np.savez_compressed(file, head=text, emit=kept, steps=self.steps)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Weights:
        """Raises ValueError where the data are not what ``to_bytes`` wrote."""
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            head = json.loads(file["head"].tobytes().decode())
            names = {name: at for at, name in enumerate(head["names"])}
            return cls(head["tags"], names, file["emit"].astype(np.float32), file["steps"])
