"""Records as doccano's examples, and what its project has to be to take them in.

Every line has the same keys: doccano imports nothing of a file whose lines differ in what is no
label. Longer spans come first, as doccano keeps the first of those that begin at one place where
its project does not allow overlaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from eventrisk.labelled import Labelled
from eventrisk.sources.formats import Loss
from eventrisk.sources.formats.choices import MANY, OWN, all_choices, carried, packed, to_choices
from eventrisk.sources.formats.jsonl import dump

META = ("date", "form", "company", "split")  # beside the text, where people see it
SPANS, CLASSES = "Sequence Labeling", "Text Classification"
BOTH = "Intent Detection and Slot Filling"
UNLESS = "doccano drops it unless the project allows overlapping spans; it overlaps"
NEVER = f"doccano drops it, as no project of the type {BOTH} allows overlapping spans; it overlaps"
JOINT = "#"  # between the classes of a cell
PROPOSED = "as_proposed"  # what was proposed, to be compared with what comes back


def write(records: Iterable[Labelled], path: Path, *, answered: bool = True) -> list[Loss]:
    """One example a line, for a project of spans, of classes, or of both, as the records need.

    The file holds all; what is listed is what doccano drops of it. Without ``answered`` labels are
    proposals that nobody has accepted yet.
    """
    given = list(records)
    dump(examples(given, answered=answered), path)
    why = NEVER if _kind(given) == BOTH else UNLESS
    return [loss for record in given for loss in _dropped(record, why)]


def examples(records: Sequence[Labelled], *, answered: bool = True) -> Iterator[dict[str, Any]]:
    """Records as examples."""
    spans, classes = _used(records)
    used = [key for key in META if any(getattr(record, key) is not None for record in records)]
    for record in records:
        example: dict[str, Any] = {"text": record.text}
        if spans:
            example["entities" if classes else "label"] = _rows(record)
        if classes:
            example["cats" if spans else "label"] = to_choices(record) or None
        example |= {key: getattr(record, key) for key in used}
        yield {**example, OWN: packed(_own(record, answered))}


def _rows(record: Labelled) -> list[list[Any]] | None:
    if record.entities is None:
        return None
    ordered = sorted(record.entities, key=lambda span: (span.start, -span.end))
    return [[span.start, span.end, span.label] for span in ordered]


def _own(record: Labelled, answered: bool) -> dict[str, Any]:
    """What doccano has no place for; an empty list says that labels were there, or that there are
    none.
    """
    own: dict[str, Any] = carried(record, META).get(OWN, {})
    for key in ("entities", MANY):
        value = getattr(record, key)
        if value or (answered and value is not None):
            own[key] = []
    if not answered:
        own[PROPOSED] = {"entities": _rows(record) or [], "choices": to_choices(record)}
    return own


def held(spans: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The spans that a project keeps that does not allow overlaps."""
    kept: list[list[Any]] = []
    for span in sorted(spans, key=lambda row: row[0]):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(list(span))
    return kept


def _dropped(record: Labelled, why: str) -> Iterator[Loss]:
    rows = _rows(record) or []
    left = held(rows)
    for row in rows:
        what = f"entity {row}"
        if row in left:
            left.remove(row)
        else:
            over = next(one for one in held(rows) if one[0] < row[1] and row[0] < one[1])
            yield Loss(record.id, what, f"{why} {over}")


def _used(records: Sequence[Labelled]) -> tuple[bool, bool]:
    """Whether these records have entities, and whether they have classes."""
    return (
        any(record.entities is not None for record in records),
        any(to_choices(record) for record in records),
    )


def _kind(records: Sequence[Labelled]) -> str:
    """The type of project that these records need."""
    spans, classes = _used(records)
    return BOTH if spans and classes else CLASSES if classes else SPANS


def advice(records: Sequence[Labelled]) -> list[str]:
    """The project that doccano needs for these records, in words."""
    kind = _kind(records)
    said = [f"doccano: make a project of the type {kind}, and import the file as JSONL"]
    rows = [_rows(record) or [] for record in records]
    if any(len(held(found)) < len(found) for found in rows):
        said.append(
            f"doccano: a project of the type {kind} cannot hold overlapping spans; to keep what is "
            f"listed, write records without classes, for a project of the type {SPANS}"
            if kind == BOTH
            else "doccano: let the project allow overlapping spans, or what is listed is lost"
        )
    if kind == CLASSES and any(JOINT in choice for choice in all_choices(records)):
        said.append(
            f"doccano: a class holds {JOINT!r}, which parts classes in its CSV: export JSONL"
        )
    return said
