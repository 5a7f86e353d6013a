"""doccano's JSON Lines: ``label`` (``labels``) as ``[start, end, label]`` or as strings, or
``entities`` with ``cats``.

Which of these is for the whole file to say, as a project has one type: strings are labels of the
whole release, as ``choices`` reads them. An empty list in a project of spans means *none there*.
date, form, company and split are metadata, which doccano keeps, in a key ``meta`` or beside the
text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed, parse_record
from eventrisk.sources.formats import AS_NAMED, Columns, Format, Loss, Read
from eventrisk.sources.formats.choices import (
    LABEL,
    MANY,
    OWN,
    as_list,
    as_object,
    carried,
    from_choices,
    judged,
    to_choices,
    together,
)
from eventrisk.sources.formats.jsonl import dump, objects, renamed

META = ("date", "form", "company", "split")  # beside the text, where people see it
LABELS = ("label", "labels")
NATIVE = (
    *LABELS,
    "entities",
    "cats",
    "relations",
    "Comments",
    "comments",
    "annotation_approver",
    "meta",
    OWN,
    "id",
)


def read(path: Path, columns: Columns = AS_NAMED) -> Read:
    """Every example. Raises DataError when the file cannot be opened."""
    spans = _holds_spans(path)
    for number, found in objects(path):
        where = f"{path}, line {number}"
        try:
            plain = _plain(found, columns, spans, path, where)
            yield Placed(
                parse_record(plain, where, default_id=f"{path.stem}-{number}"), str(path), number
            )
        except DataError as error:
            yield error


def _holds_spans(path: Path) -> bool:
    """Whether ``label`` holds spans: the first that is not empty tells; where all are, they are
    spans.
    """
    for _, found in objects(path):
        label = _label(found) if isinstance(found, dict) else None
        if label:
            return isinstance(label, list) and isinstance(label[0], list | dict)
    return True


def _label(example: dict[str, Any]) -> Any:
    return next((example[key] for key in LABELS if example.get(key) is not None), None)


def _plain(example: Any, columns: Columns, spans: bool, path: Path, where: str) -> Any:
    """An example as the plain values of a record."""
    if isinstance(example, DataError):
        raise example
    if not isinstance(example, dict):
        return example
    example = renamed(
        example, {key: name for key, name in columns.items() if key not in LABELS}, where
    )
    rest = {key: value for key, value in example.items() if key not in NATIVE}
    given = example.get("id")
    name = (
        {} if given is None else {"id": f"{path.stem}-{given}" if isinstance(given, int) else given}
    )
    try:
        labels = _labels(example, columns, spans)
        kept = {key: value for key, value in labels.items() if value}
        return together(
            rest,
            as_object(example.get("meta"), "meta"),
            name,
            labels,
            as_object(example.get(OWN), OWN),
            kept,
        )
    except (ValueError, TypeError) as error:
        raise DataError(f"{where}: {error}") from error


def _labels(example: dict[str, Any], columns: Columns, spans: bool) -> dict[str, Any]:
    label = _label(example)
    entities = example.get("entities", label if spans else None)
    choices = [] if spans or label is None else label
    found = (
        {}
        if entities is None
        else {"entities": [_span(span) for span in as_list(entities, "entities")]}
    )
    choices = [
        *([choices] if isinstance(choices, str) else as_list(choices, "label")),
        *as_list(example.get("cats"), "cats"),
    ]
    heads = [columns[key] for key in LABELS if key in columns]
    return {**found, **from_choices(choices, {LABEL: heads[0]} if heads else {})}


def _span(span: Any) -> Any:
    """A span; exports of projects with relations call its borders otherwise."""
    return (
        [span.get("start_offset"), span.get("end_offset"), span.get("label")]
        if isinstance(span, dict)
        else span
    )


def write(records: Iterable[Labelled], path: Path) -> list[Loss]:
    """One example a line, for a project of spans, of classes, or of both, as the records need;
    nothing is lost.
    """
    dump(examples(list(records)), path)
    return []


def examples(records: Sequence[Labelled]) -> Iterator[dict[str, Any]]:
    """Records as examples."""
    spans = any(record.entities is not None for record in records)
    classes = any(to_choices(record) for record in records)
    for record in records:
        example: dict[str, Any] = {"text": record.text}
        if spans and record.entities is not None:
            example["entities" if classes else "label"] = [
                [s.start, s.end, s.label] for s in record.entities
            ]
        if classes and judged(record):
            example["cats" if spans else "label"] = to_choices(record)
        meta = {key: value for key in META if (value := getattr(record, key)) is not None}
        yield {**example, **meta, **carried(record, META, (MANY,) if judged(record) else ())}


DOCCANO = Format("doccano", (), read, write)
