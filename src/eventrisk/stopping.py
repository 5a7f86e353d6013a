"""When a training stops and which state is kept: early stopping, a time budget, and Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

State = TypeVar("State")
Scores = Mapping[str, float]  # precision "p", recall "r" and F1 "f", each 0…1
# called with the number of the step or epoch, the loss, and the scores on the dev texts
StepCallback = Callable[[int, float, Scores | None], None]


def ignore_step(step: int, loss: float, scores: Scores | None) -> None:
    """A callback that does nothing."""


@dataclass(frozen=True)
class TrainingRun:
    """How a training went.

    ``step`` is the one whose weights were kept, ``scores`` are its scores on the dev texts.
    ``ended`` is ``done`` (all steps were made), ``patience``, ``budget`` or ``interrupt``.
    ``history`` holds step, loss and scores of each evaluation.
    """

    step: int
    scores: dict[str, float]
    ended: str
    history: list[tuple[int, float, dict[str, float]]] = field(default_factory=list)


@dataclass
class EarlyStopping(Generic[State]):
    """Keeps the best checkpoint and says when to stop.

    ``patience`` is the number of evaluations in a row that may pass without a better F1;
    ``time_budget`` is in seconds, None for no limit.
    """

    patience: int
    time_budget: float | None = None
    callback: StepCallback = ignore_step
    clock: Callable[[], float] = time.monotonic
    step: int = 0
    best: State | None = None
    scores: dict[str, float] = field(default_factory=dict)
    history: list[tuple[int, float, dict[str, float]]] = field(default_factory=list)
    ended: str = "done"
    without_gain: int = 0  # evaluations since the best one
    started_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.started_at = self.clock()

    def checkpoint(
        self, step: int, loss: float, scores: Scores, state: Callable[[], State]
    ) -> bool:
        """Keeps the state if its F1 on the dev texts is the best so far.

        Returns whether the patience is used up. ``state`` is called only where it is kept.
        """
        self.history.append((step, loss, dict(scores)))
        self.callback(step, loss, scores)
        if self.best is None or scores["f"] > self.scores["f"]:
            self.best, self.scores, self.step, self.without_gain = state(), dict(scores), step, 0
        else:
            self.without_gain += 1
        if self.without_gain >= self.patience:
            self.ended = "patience"
        return self.without_gain >= self.patience

    def checkpoint_epoch(self, step: int, loss: float, scores: Scores | None, state: State) -> bool:
        """Like ``checkpoint``; without dev texts (``scores`` None) the latest state is kept.

        Returns whether to stop: the patience or the time budget is used up.
        """
        if scores is not None:
            return self.checkpoint(step, loss, scores, lambda: state) or self.ended == "budget"
        self.callback(step, loss, None)
        self.best, self.step = state, step
        return self.ended == "budget"

    def out_of_time(self) -> bool:
        """Whether the time budget is used up."""
        over = self.time_budget is not None and self.clock() - self.started_at >= self.time_budget
        if over:
            self.ended = "budget"
        return over

    def run(self) -> TrainingRun:
        """How the training went so far."""
        return TrainingRun(self.step, self.scores, self.ended, self.history)
