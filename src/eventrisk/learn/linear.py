"""Linear models over blocks of weighted terms, held as plain arrays.

scikit-learn fits them (``fit/linear.py``); what is kept is a list of terms, their weights and the
coefficients, so that a model needs neither scikit-learn nor its version to be read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from eventrisk.errors import ModelError

Floats = NDArray[np.float32]
Features = Mapping[str, Mapping[str, float]]  # block name → term → count or value


@dataclass(frozen=True)
class Block:
    """The terms of one part of the input; ``scale`` ``(n_terms,)`` is each term's idf, ``weight``
    that of the block.

    With ``norm="l2"`` the values of a text are brought to L2 norm ``weight``, since texts differ in
    length; with None they are taken as given, times ``weight`` (event features).
    """

    name: str
    terms: tuple[str, ...]
    scale: Floats
    weight: float = 1.0
    norm: str | None = "l2"
    index: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", {term: number for number, term in enumerate(self.terms)})

    def vector(self, counts: Mapping[str, float]) -> tuple[NDArray[np.int32], Floats]:
        """Positions (from 0) and values of the known terms, both ``(n_known_terms,)``, in the order
        of the counts (above 0).
        """
        index = self.index
        known = {index[term]: count for term, count in counts.items() if term in index}
        at = np.fromiter(known.keys(), np.int32, len(known))
        values = np.fromiter(known.values(), np.float32, len(known))
        if self.norm and len(known):
            values = (np.float32(1) + np.log(values)) * self.scale[at]
            return at, (values * (self.weight / np.sqrt(np.sum(values * values)))).astype(
                np.float32
            )
        return at, (values * self.scale[at] * self.weight if len(known) else values).astype(
            np.float32
        )


@dataclass(frozen=True)
class Linear:
    """Scores for labels: ``coef`` is ``(n_labels, n_terms)``, terms block after block, and
    ``intercept`` ``(n_labels,)``, both in log-odds.
    """

    labels: tuple[str, ...]
    blocks: tuple[Block, ...]
    coef: Floats
    intercept: Floats

    def scores(self, features: Features) -> NDArray[np.float64]:
        """The raw scores ``(n_labels,)`` of one text: the log-odds of the model, not yet
        calibrated.
        """
        total = self.intercept.astype(np.float64)
        for at, values in self.columns(features):
            total = total + self.coef[:, at].astype(np.float64) @ values.astype(np.float64)
        return total

    def columns(self, features: Features) -> Iterable[tuple[NDArray[np.int32], Floats]]:
        """For each block the columns of ``coef`` that the input touches, and the values there, both
        ``(n_known_terms,)``.
        """
        first = 0
        for block in self.blocks:
            at, values = block.vector(features.get(block.name, {}))
            yield at + first, values
            first += len(block.terms)

    def contributions(
        self, features: Features, direction: NDArray[np.float64]
    ) -> dict[str, dict[str, float]]:
        """What each term adds along ``direction``, ``(n_labels,)`` weights of the scores: block →
        term → contribution (log-odds).
        """
        result: dict[str, dict[str, float]] = {}
        first = 0
        for block in self.blocks:
            at, values = block.vector(features.get(block.name, {}))
            pull: Any = (
                (direction @ self.coef[:, at + first].astype(np.float64)) * values
                if len(at)
                else []
            )
            result[block.name] = {block.terms[i]: float(p) for i, p in zip(at, pull, strict=True)}
            first += len(block.terms)
        return result

    def to_state(self) -> dict[str, Any]:
        """Strings and arrays only, for ``store.py``."""
        state: dict[str, Any] = {
            "labels": "\n".join(self.labels),
            "coef": self.coef,
            "intercept": self.intercept,
        }
        state["blocks"] = "\n".join(
            f"{b.name} {b.weight!r} {int(b.norm is not None)}" for b in self.blocks
        )
        for block in self.blocks:
            state[f"{block.name}.terms"] = "\n".join(block.terms)
            state[f"{block.name}.scale"] = block.scale
        return state

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Self:
        """The inverse. Raises ModelError where parts are missing or sizes do not agree."""
        try:
            blocks = tuple(
                Block(
                    name,
                    _lines(state[f"{name}.terms"]),
                    state[f"{name}.scale"],
                    float(weight),
                    "l2" if normed == "1" else None,
                )
                for name, weight, normed in (line.split() for line in _lines(state["blocks"]))
            )
            made = cls(_lines(state["labels"]), blocks, state["coef"], state["intercept"])
        except (KeyError, ValueError, AttributeError) as error:
            raise ModelError(
                f"the model lacks or garbles {error}; rebuild the bundle with `make models`"
            ) from error
        width = sum(len(b.terms) for b in made.blocks)
        if made.coef.shape != (len(made.labels), width) or any(
            len(b.terms) != len(b.scale) for b in made.blocks
        ):
            raise ModelError(
                "the model's terms and weights differ in number; rebuild the bundle with "
                "`make models`"
            )
        return made


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities (0…1) of classes that exclude one another, of log-odds of the same shape:
    ``(n_classes,)`` or ``(n_texts, n_classes)``.
    """
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    proba: NDArray[np.float64] = powers / np.sum(powers, axis=-1, keepdims=True)
    return proba


def sigmoid(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities (0…1) of labels that stand each for itself, of log-odds of the same shape, such
    as ``(n_texts, n_labels)``; beyond ±30 they count as 30.
    """
    proba: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30)))
    return proba


def feature_matrix(rows: Sequence[Features], blocks: Sequence[Block]) -> Any:
    """The inputs, one a text, as one CSR matrix ``(n_texts, n_terms)`` of float32, columns as in
    ``Linear.coef``.
    """
    from scipy.sparse import csr_matrix

    pointers, columns, values = [0], [], []
    frame = Linear((), tuple(blocks), np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
    for features in rows:
        for at, value in frame.columns(features):
            columns.append(at)
            values.append(value)
        pointers.append(pointers[-1] + sum(len(c) for c in columns[len(columns) - len(blocks) :]))
    width = sum(len(b.terms) for b in blocks)
    return csr_matrix(
        (np.concatenate(values), np.concatenate(columns), pointers), shape=(len(rows), width)
    )
