"""The weights of a fitted chain, and how they are stored: a JSON list of names beside an array file, no pickle."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eventrisk.nlp.crf.chain import Layout, allowed, best_paths, sums

Line = Sequence[Sequence[str]]  # the features of each token of a line


@dataclass(frozen=True)
class Weights:
    """``emit``: features × tags; ``steps``: tags × tags."""

    tags: list[str]
    names: dict[str, int]
    emit: Any
    steps: Any

    def scores(self, lines: Sequence[Line]) -> tuple[Any, Layout]:
        """The score of each tag at each token, by rows of the layout."""
        layout = Layout.of([len(line) for line in lines])
        names, emit = self.names, self.emit
        out = np.zeros((len(layout.places), len(self.tags)))
        for row, (line, at) in enumerate(layout.places):
            known = [names[name] for name in lines[line][at] if name in names]
            if known:
                out[row] = emit[known].sum(0)
        return out, layout

    def tagged(self, lines: Sequence[Line]) -> list[list[str]]:
        """The best tags of each line."""
        if not lines:
            return []
        scores, layout = self.scores(lines)
        fixed, start, end = allowed(self.tags)
        return [[self.tags[k] for k in path] for path in best_paths(scores, self.steps + fixed, start, end, layout)]

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
        head = json.dumps({"tags": self.tags, "names": [name for name, _ in used]}, ensure_ascii=False)
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
