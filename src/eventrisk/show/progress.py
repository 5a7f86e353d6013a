"""The progress of a long call on a terminal: a bar for each stage, live figures, nothing where
nobody watches.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)


class TerminalProgress:
    """Shows stages on stderr; within a notebook or a pipe it stays silent."""

    def __init__(self, console: Console | None = None) -> None:
        console = console or Console(stderr=True)
        self._shown = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[live]}"),
            console=console,
            disable=not console.is_terminal,
            # What is printed in the meantime stays on stdout where that is a file or a pipe.
            redirect_stdout=sys.stdout.isatty(),
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._shown.start()
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._shown.stop()

    def stage(self, words: str, total: int | None = None) -> None:
        """A new bar; the one before is full."""
        self._finish()
        self._task = self._shown.add_task(words, total=total, live="")

    def advance(self, done: int) -> None:
        """Moves the bar to ``done`` pieces."""
        if self._task is not None:
            self._shown.update(self._task, completed=done)

    def figures(self, step: int, loss: float, scores: Mapping[str, float] | None) -> None:
        """Puts step, loss and F1 behind the bar."""
        f1 = f", F1 {scores['f']:.3f}" if scores else ""
        if self._task is not None:
            self._shown.update(self._task, live=f"step {step}, loss {loss:.0f}{f1}")

    def _finish(self) -> None:
        if self._task is not None:
            task = next(task for task in self._shown.tasks if task.id == self._task)
            self._shown.update(self._task, total=task.total or 1, completed=task.total or 1)
