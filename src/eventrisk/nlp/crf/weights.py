"""The weights of a fitted chain, and how they are stored: a JSON list of names beside arrays, no
pickle.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from eventrisk.nlp.crf.chain import Layout, forward_backward, transition_constraints, viterbi

Group = tuple[str, ...]  # names of features that occur together again and again, as those of a word
Line = Sequence[tuple[Group, ...]]  # the features of each token of a line, in groups
CACHED_GROUPS = 20_000  # groups whose columns are held in memory; with more the cache starts anew
MIN_STORED_WEIGHT = 1e-3  # log-odds; features all of whose weights are smaller are not stored


class FeatureIndex:
    """Names of features → columns. Most groups occur again, so their columns are cached."""

    def __init__(self, columns: dict[str, int]) -> None:
        self.columns = columns
        self.cache: dict[Group, list[int]] = {}

    def of(self, tokens: Sequence[tuple[Group, ...]]) -> tuple[list[int], list[int]]:
        """The columns of all tokens one after the other, and where those of each token begin.

        A token without a known feature gets column −1.
        """
        if len(self.cache) > CACHED_GROUPS:
            self.cache.clear()
        cache, columns, flat, starts = self.cache, self.columns, list[int](), list[int]()
        for groups in tokens:
            starts.append(len(flat))
            for group in groups:
                known = cache.get(group)
                if known is None:
                    known = cache[group] = [columns[name] for name in group if name in columns]
                flat += known
            if len(flat) == starts[-1]:
                flat.append(-1)
        return flat, starts


@dataclass(frozen=True)
class Weights:
    """``columns`` numbers the features from 0; ``emissions`` ``(n_features, n_tags)`` and
    ``transitions`` ``(n_tags, n_tags)``, from tag to next tag, are log scores.
    """

    tags: list[str]
    columns: dict[str, int]
    emissions: Any
    transitions: Any
    index: FeatureIndex = field(init=False, compare=False, repr=False)
    # ``(n_features + 1, n_tags)``: a last row of zeros, for tokens without a known feature
    padded: Any = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", FeatureIndex(self.columns))
        zeros = np.zeros_like(self.transitions[:1], dtype=np.float32)
        object.__setattr__(self, "padded", np.concatenate([self.emissions, zeros]))

    def scores(self, lines: Sequence[Line]) -> tuple[Any, Layout]:
        """The log score of each tag at each token ``(n_tokens, n_tags)``, in rows of the layout."""
        layout = Layout.of([len(line) for line in lines])
        flat, starts = self.index.of([lines[line][at] for line, at in layout.places])
        return np.add.reduceat(self.padded[flat], starts, axis=0).astype(np.float64), layout

    def predict(self, lines: Sequence[Line]) -> list[list[str]]:
        """The best tags of each line."""
        if not lines:
            return []
        scores, layout = self.scores(lines)
        constraints, start, end = transition_constraints(self.tags)
        paths = viterbi(scores, self.transitions + constraints, start, end, layout)
        return [[self.tags[k] for k in path] for path in paths]

    def predict_proba(self, lines: Sequence[Line]) -> list[Any]:
        """For each line the marginal probability (0…1) of each tag at each token,
        ``(n_tokens, n_tags)``.
        """
        if not lines:
            return []
        scores, layout = self.scores(lines)
        constraints, start, end = transition_constraints(self.tags)
        sums = forward_backward(scores, self.transitions + constraints, start, end, layout)
        return layout.by_sequence(sums[1])

    def to_bytes(self) -> bytes:
        """The inverse of ``from_bytes``; features without any weight are left out."""
        largest = {name: np.abs(self.emissions[at]).max() for name, at in self.columns.items()}
        used = [name for name, weight in largest.items() if weight > MIN_STORED_WEIGHT]
        head = json.dumps({"tags": self.tags, "names": used}, ensure_ascii=False)
        emissions = self.emissions[[self.columns[name] for name in used]].astype(np.float16)
        file = io.BytesIO()
        text = np.frombuffer(head.encode(), dtype=np.uint8)
        np.savez_compressed(file, head=text, emit=emissions, steps=self.transitions)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Weights:
        """Raises ValueError where the data are not what ``to_bytes`` wrote."""
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            head = json.loads(file["head"].tobytes().decode())
            columns = {name: at for at, name in enumerate(head["names"])}
            return cls(head["tags"], columns, file["emit"].astype(np.float32), file["steps"])
