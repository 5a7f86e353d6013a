"""What a check says of annotations: on what people differ, how far they agree, and what a reader
made of records that nobody labelled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eventrisk.checking import Problem, Severity
from eventrisk.checking.agreement import Agreement
from eventrisk.labelled import Placed
from eventrisk.training.annotators import HOW, Settled

NAMED = 5  # records that a note names
UNLABELLED = "not labelled"  # how a reader's note ends, or says in passing
SETTLE = "let them decide together, or choose what counts: conflicts='latest', 'majority' or 'drop'"


def annotation_problems(found: Settled, placed: Sequence[Placed], rule: str) -> Iterator[Problem]:
    """``placed`` are the records as they were settled by ``rule``."""
    numbers = {id(entry): number for number, entry in enumerate(placed)}
    for conflict in found.conflicts:
        at, number = conflict.placed, numbers[id(conflict.placed)]
        message = f"annotators differ, and {HOW[rule]}; {conflict}"
        yield Problem(
            at.file,
            at.line,
            at.record.id,
            "annotators differ",
            Severity.WARNING,
            message,
            SETTLE,
            number=number,
        )
    if placed:
        yield from _agreement(found.agreement, placed[0].file)
        yield from _notes(placed)


def _agreement(rows: Sequence[Agreement], file: str) -> Iterator[Problem]:
    for said in told(rows):
        fix = "low figures mean that the task is not clear to people: write down what each label is"
        yield Problem(file, None, None, "agreement", Severity.NOTE, said, fix)


def told(rows: Sequence[Agreement]) -> list[str]:
    """The agreement of people in a line a head."""
    lines = []
    for row in rows:
        if row.label is None:
            labels = [str(r) for r in rows if r.head == row.head and r.label is not None]
            texts = f"{row.texts:,} text{'s' * (row.texts != 1)}"
            lines.append(
                f"{row.head}, {texts} labelled by two people: {row}; by label: {'; '.join(labels)}"
            )
    return lines


def _notes(placed: Sequence[Placed]) -> Iterator[Problem]:
    notes: dict[str, list[Placed]] = {}
    for entry in placed:
        if entry.note:
            notes.setdefault(entry.note, []).append(entry)
    for note, found in notes.items():
        message, _, fix = note.partition("; ")
        named = ", ".join(entry.record.id for entry in found[:NAMED])
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        kind = UNLABELLED if UNLABELLED in message else "as read"
        yield Problem(
            found[0].file,
            None,
            None,
            kind,
            Severity.NOTE,
            f"{len(found):,} record{'s' * (len(found) != 1)} ({named}{more}): {message}",
            fix or "nothing to do if that is meant",
        )
