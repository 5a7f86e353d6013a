"""A problem of a data set: where it stands, what it is, and what to do, in words and where possible
as an edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from eventrisk.labelled import Placed


class Severity(StrEnum):
    """The severity of a problem; only errors make a data set unfit for training."""

    ERROR = "error"  # a label would be lost, or teach something false
    WARNING = "warning"  # training works, the model or its figures will be worse
    NOTE = "note"  # good to know


class Edit(NamedTuple):
    """A change of the plain form of a record (``to_plain``): the value at ``path`` becomes
    ``value``.

    ``("entities", 3, 0)`` is the start of the fourth entity. A row of a list that becomes None is
    taken out; an empty path with None takes out the record.
    """

    path: tuple[str | int, ...]
    value: Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem; ``number`` is that of the record among those that could be read, from 0, None
    for the whole set.

    ``kind`` is the rule's name, ``fix`` says what to do, ``edits`` do it; there are none where a
    person must decide.
    """

    file: str
    line: int | None
    record: str | None
    kind: str
    severity: Severity
    message: str
    fix: str
    edits: tuple[Edit, ...] = ()
    number: int | None = None

    @property
    def where(self) -> str:
        """Place and record as messages name them."""
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return place if self.record is None else f"{place} ({self.record})"

    def __str__(self) -> str:
        return f"{self.where}: {self.severity}: {self.message}; {self.fix}"


class Entry(NamedTuple):
    """A record with its number (from 0) among those that could be read; makes its problems."""

    number: int
    placed: Placed

    def problem(
        self, kind: str, severity: Severity, message: str, fix: str, edits: Sequence[Edit] = ()
    ) -> Problem:
        """A problem of this record."""
        placed = self.placed
        return Problem(
            placed.file,
            placed.line,
            placed.record.id,
            kind,
            severity,
            message,
            fix,
            tuple(edits),
            self.number,
        )

    def of_set(self, kind: str, severity: Severity, message: str, fix: str) -> Problem:
        """A problem of the whole set that this record is the first to show."""
        return Problem(self.placed.file, None, None, kind, severity, message, fix)


def quoted(text: str, max_chars: int = 60) -> str:
    """Words on one line in quotes; of more than ``max_chars`` characters the middle is left out."""
    line = " ".join(text.split())
    return repr(line if len(line) <= max_chars else f"{line[: max_chars - 25]} … {line[-22:]}")
