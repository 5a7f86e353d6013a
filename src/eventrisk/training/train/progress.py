"""What a training says of its progress, whoever listens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Listener(Protocol):
    """Hears of each stage, of the work done in it, and of live figures."""

    def stage(self, words: str, total: int | None = None) -> None:
        """A new stage begins: what is done, and of how many pieces it consists, if that is
        known.
        """
        ...

    def advance(self, done: int) -> None:
        """So many pieces of the stage are done."""
        ...

    def figures(self, step: int, loss: float, scores: Mapping[str, float] | None) -> None:
        """After a step of a tagger's training: its loss, and precision, recall and F1 on texts held
        out, if any.
        """
        ...


class Silent:
    """Hears nothing."""

    def stage(self, words: str, total: int | None = None) -> None:
        """Nothing is said."""

    def advance(self, done: int) -> None:
        """Nothing is said."""

    def figures(self, step: int, loss: float, scores: Mapping[str, float] | None) -> None:
        """Nothing is said."""
