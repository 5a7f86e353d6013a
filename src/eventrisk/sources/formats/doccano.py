"""doccano's examples, as JSON Lines, as one JSON array, or as the CSV of a project of classes.

``label`` (``labels``) holds ``[start, end, label]`` or strings, or there are ``entities`` with
``cats``. Which of these is for the whole file to say, as a project has one type: strings are labels
of the whole release, as ``choices`` reads them. date, form, company and split are metadata, which
doccano keeps beside the text.

doccano writes an empty list for what nobody opened, and a proposal as it writes a label. So an
empty list is *not labelled* unless we wrote labels there (then somebody took them away), and a
proposal that came back as it was is none either. In an export of approved examples alone
(``doccano_approved``) both are answers, unless no example of the file tells whether spans or
classes were looked for. A file that is not called ``all`` holds the labels of one person, whose
name it bears: what was empty before it was imported is nobody's answer there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from eventrisk.errors import DataError
from eventrisk.labelled import LABEL_KEYS, Placed, parse_record
from eventrisk.sources.formats import AS_NAMED, Columns, Format, Read, opening
from eventrisk.sources.formats.array import elements
from eventrisk.sources.formats.choices import (
    LABEL,
    MANY,
    OWN,
    as_list,
    as_object,
    from_choices,
    together,
    unpacked,
)
from eventrisk.sources.formats.doccano_examples import JOINT, PROPOSED, advice, held, write
from eventrisk.sources.formats.foreign import COMMENTS as EXPORTED
from eventrisk.sources.formats.jsonl import objects, renamed
from eventrisk.sources.formats.separated import header_of, refused, table, tool_of

LABELS = ("label", "labels")
SHARED = "all"  # the name of a file that holds the labels of all people
NATIVE = (
    *LABELS,
    "entities",
    "cats",
    "relations",
    EXPORTED,
    "comments",
    "annotation_approver",
    "meta",
    OWN,
    "id",
)
UNOPENED = (
    "doccano writes an empty list for what nobody opened: not labelled; where somebody did look, "
    "export approved examples alone and read them as doccano_approved"
)
OF_ONE = (
    "an empty list in the file of one person says nothing: not labelled; if this file holds the "
    "labels of all people, call it {name}"
)
NO_KIND = (
    "no example of the file has a label, so none tells what was looked for: not labelled; export "
    "them together with examples that have labels"
)
UNCHANGED = (
    "the proposal came back as it was, and doccano does not say whether somebody looked: not "
    "labelled; export approved examples alone and read them as doccano_approved"
)


class _Project(NamedTuple):
    """What the whole file says: whether ``label`` holds spans (None where nothing tells), whether
    risk factors are chosen, and whether all examples are approved.
    """

    spans: bool | None
    risks: bool
    approved: bool


def read(path: Path, columns: Columns = AS_NAMED, *, approved: bool = False) -> Read:
    """Every example. Raises DataError when the file cannot be opened."""
    examples = list(_examples(path))
    objects = [found for _, found in examples if isinstance(found, dict)]
    project = _Project(_holds_spans(objects), any(map(_has_risks, objects)), approved)
    for number, found in examples:
        where = f"{path}, line {number}"
        try:
            plain, note = _plain(found, columns, project, path, where)
            annotator = path.stem if _is_of_one(found, path) else None
            record = parse_record(plain, where, default_id=f"{path.stem}-{number}")
            yield Placed(record, str(path), number, annotator, note=note)
        except DataError as error:
            yield error


def _examples(path: Path) -> Iterator[tuple[int, Any]]:
    with opening(path) as handle:
        first = next((line for line in handle if line.strip()), b"")
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"["):
        yield from elements(path)
    elif first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") or path.suffix.lower() != ".csv":
        yield from objects(path)
    else:
        if tool_of(header_of(path)) == "label_studio":
            yield 1, refused("label_studio", f"{path}, line 1")
            return
        for number, row in table(path):
            yield number, _of_cells(row) if isinstance(row, dict) else row


def _of_cells(row: dict[str, str]) -> dict[str, Any]:
    """A row of doccano's CSV as an example."""
    found: dict[str, Any] = {key: cell if cell else None for key, cell in row.items()}
    found["label"] = row["label"].split(JOINT) if row.get("label") else []
    found["id"] = int(row["id"]) if row.get("id", "").isdecimal() else found.get("id")
    return found


def _is_of_one(example: Any, path: Path) -> bool:
    """Whether this is from the file of one person."""
    return isinstance(example, dict) and EXPORTED in example and path.stem != SHARED


def _holds_spans(examples: Iterable[dict[str, Any]]) -> bool | None:
    """Whether ``label`` holds spans: the first that is not empty tells, else what goes along; None
    where neither does.
    """
    known = False
    for example in examples:
        if label := _label(example):
            return isinstance(label, list) and isinstance(label[0], list | dict)
        known = known or _has_spans(example)
    return True if known else None


def _has_spans(example: dict[str, Any]) -> bool:
    """Whether entities have a place of their own here, or were imported."""
    try:
        own = unpacked(example.get(OWN))
        proposed = as_object(own.get(PROPOSED), PROPOSED)
    except (ValueError, TypeError):
        return False  # said where it is read
    return "entities" in {**example, **own} or bool(proposed.get("entities"))


def _has_risks(example: dict[str, Any]) -> bool:
    """Whether there are risk factors among its choices."""
    chosen = [example.get("cats"), _label(example)]
    listed = (one for many in chosen if isinstance(many, list) for one in many)
    return any(isinstance(one, str) and one.startswith(f"{MANY}:") for one in listed)


def _label(example: dict[str, Any]) -> Any:
    return next((example[key] for key in LABELS if example.get(key) is not None), None)


def _plain(
    example: Any, columns: Columns, project: _Project, path: Path, where: str
) -> tuple[Any, str | None]:
    """An example as the plain values of a record, and what is to be said of it."""
    if isinstance(example, DataError):
        raise example
    if not isinstance(example, dict):
        return example, None
    example = renamed(
        example, {key: name for key, name in columns.items() if key not in LABELS}, where
    )
    try:
        own = unpacked(example.get(OWN))
        proposed = own.pop(PROPOSED, None)
        labels = _labels(example, columns, project.spans is not False)
        labels, note = _answered(labels, own, proposed, project, _is_of_one(example, path))
        note = note.format(name=f"{SHARED}{path.suffix}") if note else None
        told = _told(example, unlabelled=note is not None)
        return together(told, _name(example, path), labels, own, _given(labels)), note
    except (ValueError, TypeError) as error:
        raise DataError(f"{where}: {error}") from error


def _name(example: dict[str, Any], path: Path) -> dict[str, Any]:
    """The id; doccano counts, in each project anew."""
    given = example.get("id")
    name = f"{path.stem}-{given}" if isinstance(given, int) else given
    return {} if given is None else {"id": name}


def _told(example: dict[str, Any], *, unlabelled: bool) -> dict[str, Any]:
    """What was imported beside the text; a label there is nobody's answer."""
    rest = {key: value for key, value in example.items() if key not in NATIVE}
    told = {**rest, **as_object(example.get("meta"), "meta")}
    passed = LABEL_KEYS if unlabelled and EXPORTED in example else ()
    return {key: value for key, value in told.items() if key not in passed}


def _given(labels: dict[str, Any]) -> dict[str, Any]:
    """Those that are not empty."""
    return {key: value for key, value in labels.items() if value}


def _answered(
    labels: dict[str, Any], own: dict[str, Any], proposed: Any, project: _Project, of_one: bool
) -> tuple[dict[str, Any], str | None]:
    """What of the labels is a person's answer; ``own`` loses what says nothing here."""
    if project.approved:
        return _approved(labels, own, project)
    if proposed is not None and _unchanged(labels, proposed):
        _take_empty(own)
        return {}, UNCHANGED
    found = _given(labels)
    if of_one and _take_empty(own) - found.keys():  # what was written belongs to who imported it
        return found, OF_ONE
    known = {"entities", MANY} & own.keys()
    empty = labels.get("entities") == [] and "entities" not in known
    return found, UNOPENED if empty or not (found or known) else None


def _approved(
    labels: dict[str, Any], own: dict[str, Any], project: _Project
) -> tuple[dict[str, Any], str | None]:
    """The same of an example that somebody approved: what is not there is *none there*."""
    if project.spans is None and not _given(labels):
        return {}, None if MANY in own else NO_KIND
    if project.spans or "entities" in labels:
        own["entities"] = []
    if project.risks:
        own[MANY] = []
    return labels, None


def _take_empty(own: dict[str, Any]) -> set[str]:
    """Takes away what says that labels were there, or that there are none; its keys."""
    return {key for key in ("entities", MANY) if own.pop(key, None) == []}


def _unchanged(labels: dict[str, Any], proposed: Any) -> bool:
    """Whether these are the labels proposed, or what doccano keeps of them where it refuses
    overlaps.
    """
    given = as_object(proposed, PROPOSED)
    spans = as_list(given.get("entities"), PROPOSED)
    choices = from_choices(as_list(given.get("choices"), PROPOSED), {})
    mine = _given(labels)
    back = sorted(map(list, mine.pop("entities", [])))
    mine = {key: sorted(value) if key == MANY else value for key, value in mine.items()}
    choices = {key: sorted(value) if key == MANY else value for key, value in choices.items()}
    return mine == choices and back in (sorted(spans), sorted(held(spans)))


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


DOCCANO = Format("doccano", (), read, write, advice=advice)
APPROVED = Format("doccano_approved", (), partial(read, approved=True), write, advice=advice)
