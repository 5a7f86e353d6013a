"""Records as Label Studio's tasks, and the project that they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from eventrisk.labelled import Labelled
from eventrisk.sources.formats import Loss
from eventrisk.sources.formats.array import dump_array
from eventrisk.sources.formats.choices import MANY, OWN, SINGLE, carried, judged, packed
from eventrisk.sources.formats.regions import choice, region

META = ("date", "company", "form", "split")
CANCELLED = "was_cancelled"
BY_USE = ("entities", MANY)  # what is *none there* where other tasks have it


def write(records: Iterable[Labelled], path: Path, *, answered: bool = True) -> list[Loss]:
    """One array of tasks; nothing is lost. Without ``answered`` labels are predictions for a person
    to correct.
    """
    dump_array((_as_task(record, answered) for record in records), path)
    return []


def _as_task(record: Labelled, answered: bool) -> dict[str, Any]:
    annotated = record.entities is not None or judged(record)
    skipped = not annotated and record.extra.get(CANCELLED) is True
    meta = {key: value for key in META if (value := getattr(record, key)) is not None}
    own = carried(record, (*META, CANCELLED) if skipped else META)[OWN]
    if annotated:
        own |= _empty(record, answered)
    # The id stands in both: JSON_MIN puts its own number in the place of the first.
    data = {"text": record.text, "id": record.id, **meta, OWN: packed(own)}
    task: dict[str, Any] = {"data": data}
    if answered:
        # The server marks what is imported as ground truth unless it is told otherwise.
        annotation = {"result": [*_results(record)], CANCELLED: skipped, "ground_truth": False}
        task["annotations"] = [annotation] if annotated or skipped else []
    elif annotated:
        task["predictions"] = [{"result": [*_results(record)]}]
    return task


def _empty(record: Labelled, answered: bool) -> dict[str, Any]:
    """What a task without a region or a choice says: none there, where labels stood or were said to
    be none; null, *not labelled*, where they were not.
    """
    found: dict[str, Any] = {}
    for key in BY_USE:
        value = getattr(record, key)
        if value or answered:
            found[key] = None if value is None else []
    return found


def _results(record: Labelled) -> Iterator[dict[str, Any]]:
    for number, span in enumerate(record.entities or (), 1):
        yield region(span, record.text, number)
    for head in SINGLE:
        if (label := getattr(record, head)) is not None:
            yield choice(head, [label])
    if record.risk_factors:
        yield choice(MANY, list(record.risk_factors))


def advice(records: Sequence[Labelled]) -> list[str]:
    """The project that Label Studio needs for these records, in words."""
    return [
        "Label Studio: paste the interface that stands beside the file (.xml) into the project "
        "(Labeling Interface, Code), import the file, export JSON"
    ]
