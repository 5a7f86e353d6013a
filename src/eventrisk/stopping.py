"""When a training stops, and what is kept of it: early stopping, a budget of time, and the user's
Ctrl-C.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Kept = TypeVar("Kept")
Scores = Mapping[str, float]  # p, r, f
Report = Callable[
    [int, float, Scores | None], None
]  # number of the step or epoch, loss, scores on the dev texts


def silent(step: int, loss: float, scores: Scores | None) -> None:
    """Reports nothing."""


@dataclass(frozen=True)
class Trained:
    """How a training went. ``step`` is the one whose weights were kept, ``scores`` are its scores
    on the dev texts.

    ``ended`` is ``done`` (all steps were made), ``patience``, ``budget`` or ``interrupt``.
    """

    step: int
    scores: dict[str, float]
    ended: str
    history: list[tuple[int, float, dict[str, float]]] = field(default_factory=list)


@dataclass
class Watch(Generic[Kept]):
    """Keeps the best of what it is shown. ``patience`` counts looks without a better one;
    ``budget`` is in seconds.
    """

    patience: int
    budget: float | None = None
    report: Report = silent
    clock: Callable[[], float] = time.monotonic
    step: int = 0
    best: Kept | None = None
    scores: dict[str, float] = field(default_factory=dict)
    history: list[tuple[int, float, dict[str, float]]] = field(default_factory=list)
    ended: str = "done"
    since: int = 0
    begun: float = field(init=False)

    def __post_init__(self) -> None:
        self.begun = self.clock()

    def offer(self, step: int, loss: float, scores: Scores, state: Callable[[], Kept]) -> bool:
        """A look at the dev texts: keeps the state if it is the best so far. Returns whether to
        stop.
        """
        self.history.append((step, loss, dict(scores)))
        self.report(step, loss, scores)
        if self.best is None or scores["f"] > self.scores["f"]:
            self.best, self.scores, self.step, self.since = state(), dict(scores), step, 0
        else:
            self.since += 1
        if self.since >= self.patience:
            self.ended = "patience"
        return self.since >= self.patience

    def see(self, step: int, loss: float, scores: Scores | None, state: Kept) -> bool:
        """Like ``offer``, where there may be no dev texts: the latest state is then the one to
        keep.
        """
        if scores is not None:
            return self.offer(step, loss, scores, lambda: state) or self.ended == "budget"
        self.report(step, loss, None)
        self.best, self.step = state, step
        return self.ended == "budget"

    def late(self) -> bool:
        """Whether the budget is used up."""
        late = self.budget is not None and self.clock() - self.begun >= self.budget
        if late:
            self.ended = "budget"
        return late

    def trained(self) -> Trained:
        """How it went."""
        return Trained(self.step, self.scores, self.ended, self.history)
