"""How far a long call has come, whoever listens: the terminal, a function of the user's, nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

Progress = bool | Callable[[int, int | None], object]
"""What every call that takes long accepts as ``progress``.

True shows bars on stderr where that is a terminal, and nothing elsewhere; False is silent. A
function is called with the pieces done and their number, which is None where it is not known. Work
may have several stages: each begins with a call that says 0 are done.
"""


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


class Calling(Silent):
    """Calls a function with the pieces done and their number."""

    def __init__(self, call: Callable[[int, int | None], object]) -> None:
        self._call = call
        self._total: int | None = None

    def stage(self, words: str, total: int | None = None) -> None:
        """None of the pieces are done."""
        self._total = total
        self.advance(0)

    def advance(self, done: int) -> None:
        """So many of them are done."""
        self._call(done, self._total)


def listening(progress: Progress) -> AbstractContextManager[Listener]:
    """Who listens, for as long as the work takes."""
    if callable(progress):
        return nullcontext(Calling(progress))
    if not progress:
        return nullcontext(Silent())
    from eventrisk.show.progress import TerminalProgress

    return TerminalProgress()
