"""What a check says of annotations: on what people differ, how far they agree, and what a reader
made of records that nobody labelled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eventrisk.checking import Problem, Severity
from eventrisk.checking.agreement import Agreement
from eventrisk.labelled import Placed
from eventrisk.training.annotators import Settled

NAMED = 5  # records that a note names
UNLABELLED = "not labelled"  # how a reader's note ends, or says in passing
SETTLE = "let them decide together, or choose what counts: conflicts='latest', 'majority' or 'drop'"


def annotation_problems(found: Settled, placed: Sequence[Placed], rule: str) -> Iterator[Problem]:
    """``placed`` are the records as they were settled by ``rule``."""
    numbers = {id(entry): number for number, entry in enumerate(placed)}
    for conflict in found.conflicts:
        at, number = conflict.placed, numbers[id(conflict.placed)]
        message = f"annotators differ, and {conflict.how(rule)}; {conflict}"
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
        yield from _other_ids(found.other_ids, placed)


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
            texts = _counted(row.texts)
            lines.append(
                f"{row.head}, {texts} labelled by two people: {row}; by label: {'; '.join(labels)}"
            )
    return lines


def _other_ids(others: Mapping[str, Sequence[str]], placed: Sequence[Placed]) -> Iterator[Problem]:
    """Texts that people labelled under several ids, of which the first counts."""
    if others:
        file = next((p.file for p in placed if p.record.id in others), placed[0].file)
        pairs = [f"{', '.join(ids)} as {first}" for first, ids in others.items()]
        message = (
            f"{_counted(len(others))} labelled under several ids, of which the first counts: "
            f"{_some(pairs, '; ')}"
        )
        fix = "if they are different releases, give each its date or company, or take one out"
        yield Problem(file, None, None, "ids", Severity.NOTE, message, fix)


def _counted(texts: int) -> str:
    return f"{texts:,} text{'s' * (texts != 1)}"


def _some(names: Sequence[str], sign: str = ", ") -> str:
    """The first of many."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{sign.join(names[:NAMED])}{more}"


def _notes(placed: Sequence[Placed]) -> Iterator[Problem]:
    notes: dict[str, list[Placed]] = {}
    for entry in placed:
        if entry.note:
            notes.setdefault(entry.note, []).append(entry)
    for note, found in notes.items():
        message, _, fix = note.partition("; ")
        named = _some([entry.record.id for entry in found])
        kind = UNLABELLED if UNLABELLED in message else "as read"
        yield Problem(
            found[0].file,
            None,
            None,
            kind,
            Severity.NOTE,
            f"{len(found):,} record{'s' * (len(found) != 1)} ({named}): {message}",
            fix or "nothing to do if that is meant",
        )
