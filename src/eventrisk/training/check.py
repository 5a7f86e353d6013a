"""All that is wrong with labelled releases, before a model is trained on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from eventrisk.checking import Problem, Severity, View, find_problems, mended
from eventrisk.checking.agreement import Agreement
from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed
from eventrisk.sources.formats import AS_NAMED, Columns
from eventrisk.training.annotation_problems import annotation_problems
from eventrisk.training.annotators import Settled, settled
from eventrisk.training.data import Data, entries, named
from eventrisk.training.progress import Listener, Progress, Silent, listening
from eventrisk.training.relabel import AS_LABELLED, Labels
from eventrisk.training.text_view import text_viewer

if TYPE_CHECKING:
    from eventrisk.export.frame import DataFrame

PLACE = re.compile(r"(?P<file>.+?), (?:line|row) (?P<line>\d+): (?P<message>.+)", re.DOTALL)
SILENT = Silent()
ROUNDS = 8  # a mended label may make two spans one, and so on; two rounds are the rule
COLUMNS: dict[str, type] = {
    **dict.fromkeys(("file", "line", "record", "kind", "severity", "message", "fix"), str),
    "line": int,
    "fixable": bool,
}


def check(
    data: Data,
    *,
    format: str | None = None,
    columns: Columns = AS_NAMED,
    labels: Labels = AS_LABELLED,
    quick: bool = False,
    conflicts: str = "latest",
    progress: Progress = True,
) -> Checked:
    """Every problem of a data set, with its place and what to do.

    ``data`` is a file of labelled releases, several of them, or records. ``format`` names what the
    files are written in, where ending and first line do not tell; ``columns`` maps names in them to
    ours (``{"body": "text"}``), ``labels`` label values in them to others (``{"good":
    "positive"}``). ``quick`` leaves out the search for near-duplicates. Where several people
    labelled one text, ``conflicts`` says what counts of what they differ on: the ``latest``
    (without times, the one read last), what the ``majority`` says, or nothing (``drop``); how far
    they agree is among the problems, and in ``Checked.agreement``. ``progress`` (see ``Progress``)
    counts the records. Nothing is changed; ``Checked.fixed`` gives the mended records. Records that
    cannot be read are problems too, with their line from 1; only a file that cannot be opened
    raises DataError.
    """
    with listening(progress) as listener:
        found = settled(entries(data, format, columns, labels), conflicts)
        checked = check_settled(found, conflicts, quick=quick, listener=listener)
    if checked.placed:
        return checked
    message = "holds no record that can be read"
    fix = "at least one labelled release is needed"
    none = Problem(named(data), None, None, "no record", Severity.ERROR, message, fix)
    return Checked((), (*checked.problems, none))


def check_settled(
    found: Settled,
    conflicts: str = "latest",
    *,
    quick: bool = False,
    listener: Listener = SILENT,
) -> Checked:
    """The same for records that were read already, or could not be, and settled by
    ``conflicts``.
    """
    placed = [entry for entry in found.entries if isinstance(entry, Placed)]
    unreadable = [_unreadable(str(e)) for e in found.entries if isinstance(e, DataError)]
    told = annotation_problems(found, placed, conflicts)
    problems = find_problems(placed, _counting(len(placed), listener), quick=quick)
    return Checked(tuple(placed), (*unreadable, *told, *problems), tuple(found.agreement))


def _counting(total: int, listener: Listener) -> Callable[[str], View]:
    """``text_viewer``, and the listener hears of each text that it is asked for."""
    view, numbers = text_viewer(), count(1)
    listener.stage("checking", total)

    def counted(text: str) -> View:
        listener.advance(next(numbers))
        return view(text)

    return counted


def _unreadable(message: str) -> Problem:
    """The problem of a record that could not be read; the place is the beginning of the error's
    message.
    """
    match = PLACE.fullmatch(message)
    file, line = (
        (match["file"], int(match["line"])) if match else (message.partition(": ")[0], None)
    )
    words = match["message"] if match else message.partition(": ")[2] or message
    return Problem(
        file, line, None, "unreadable", Severity.ERROR, words, "correct the record, or take it out"
    )


@dataclass(frozen=True, slots=True, repr=False)
class Checked:
    """A data set that was checked: its records, each with its place, its problems in their order,
    and how far people agree who labelled the same texts.
    """

    placed: tuple[Placed, ...]
    problems: tuple[Problem, ...]
    agreement: tuple[Agreement, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is no error; warnings and notes do not keep from training."""
        return not self.of(Severity.ERROR)

    def of(self, severity: Severity) -> list[Problem]:
        """The problems that are so bad."""
        return [problem for problem in self.problems if problem.severity is severity]

    @property
    def fixable(self) -> list[Problem]:
        """The problems that ``fixed`` mends."""
        return [problem for problem in self.problems if problem.edits]

    def raise_for_errors(self) -> None:
        """Raises DataError that names the first error and how many more there are."""
        errors = self.of(Severity.ERROR)
        if errors:
            first = errors[0]
            more = (
                f" (and {len(errors) - 1} more; eventrisk.check lists them)"
                if len(errors) > 1
                else ""
            )
            raise DataError(f"{first.where}: {first.message}; {first.fix}{more}")

    def fixed(self) -> list[Labelled]:
        """The records with every edit made; what a person must decide stays as it is. The data is
        left alone.
        """
        return [entry.record for entry in _mended(self.placed, self.problems)]

    def to_frame(self) -> DataFrame:
        """One row a problem. Raises MissingExtraError without pandas."""
        from eventrisk.export.frame import frame_of

        return frame_of(COLUMNS, self.rows())

    def rows(self) -> list[tuple[Any, ...]]:
        """The problems as plain rows of ``COLUMNS``."""
        return [
            (p.file, p.line, p.record, p.kind, str(p.severity), p.message, p.fix, bool(p.edits))
            for p in self.problems
        ]

    def __repr__(self) -> str:
        return f"<Checked {counted(len(self.placed), 'record')}: {self.summary}>"

    @property
    def summary(self) -> str:
        """How many errors, warnings and notes, and how many of them can be mended; in words."""
        counts = Counter(problem.severity for problem in self.problems)
        said = ", ".join(counted(counts[s], s.value) for s in Severity if counts[s])
        mendable = f", {len(self.fixable)} can be mended" if self.fixable else ""
        return f"{said or 'no problem'}{mendable}"

    def _repr_html_(self) -> str:
        from eventrisk.show.checked import table

        return table(self.problems, repr(self)[1:-1])


def _mended(placed: Sequence[Placed], problems: Sequence[Problem]) -> Sequence[Placed]:
    """Edits are made until there are none left, since one may bring about another."""
    look = text_viewer()
    for _ in range(ROUNDS):
        if not any(problem.edits for problem in problems):
            break
        placed = mended(placed, problems)
        problems = find_problems(placed, look, quick=True)
    return placed


def counted(count: int, what: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{count:,} {what}{'s' * (count != 1)}"
