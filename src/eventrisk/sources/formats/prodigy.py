"""Prodigy's JSON Lines: ``spans`` are the entities; ``accept``, ``label`` or ``cats`` the labels of
the whole release.

``meta`` holds id, date, company, form and split. A task that was rejected or ignored says nothing
about what is right: it is read without its labels, its answer kept in ``extra``, so that no text is
lost and no label is made up. A task without an answer is taken as labelled, unless it is a
suggestion of ours that nobody has answered yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed, parse_record
from eventrisk.sources.formats import AS_NAMED, Columns, Format, Loss, Read
from eventrisk.sources.formats.choices import (
    LABEL,
    MANY,
    OWN,
    SINGLE,
    all_choices,
    as_list,
    as_object,
    carried,
    from_choices,
    judged,
    to_choices,
    together,
)
from eventrisk.sources.formats.jsonl import dump, objects, renamed

META = ("id", "date", "company", "form", "split")
BOOKKEEPING = (
    "tokens",
    "options",
    "config",
    "score",
    "priority",
    "relations",
    "html",
    "style",
    "versions",
)
NATIVE = ("text", "spans", "accept", LABEL, "cats", "answer", "meta", OWN, *BOOKKEEPING)
ANNOTATOR = ("_annotator_id", "_session_id")
NOT_LABELLED = ("reject", "ignore")
SUGGESTED = "suggested"  # what ``suggest`` notes on a task whose labels are a model's


def read(path: Path, columns: Columns = AS_NAMED) -> Read:
    """Every task. Raises DataError when the file cannot be opened."""
    for number, found in objects(path):
        where = f"{path}, line {number}"
        try:
            plain = _plain(found, columns, where)
            record = parse_record(plain, where, default_id=f"{path.stem}-{number}")
            yield Placed(record, str(path), number, *_by(found))
        except DataError as error:
            yield error


def _by(task: Any) -> tuple[str | None, float | None]:
    """Who labelled a task, and when; a session is named after the person."""
    who = next((task[key] for key in ANNOTATOR if isinstance(task.get(key), str)), None)
    time = task.get("_timestamp")
    return who, float(time) if type(time) in (int, float) else None


def _plain(task: Any, columns: Columns, where: str) -> Any:
    """A task as the plain values of a record."""
    if isinstance(task, DataError):
        raise task
    if not isinstance(task, dict):
        return task
    task = renamed(task, {key: name for key, name in columns.items() if key != LABEL}, where)
    own = {
        key: value for key, value in task.items() if key not in NATIVE and not key.startswith("_")
    }
    answer = task.get("answer")
    try:
        labels = {} if answer in NOT_LABELLED else _labels(task, columns)
        unanswered = dict.fromkeys(
            () if answer else _proposed(task)
        )  # nobody has said that it is so
        refused = {"answer": answer} if answer in NOT_LABELLED else {}
        kept = {
            key: value for key, value in labels.items() if value
        }  # a person's labels outweigh what went along
        meta, carried_on = as_object(task.get("meta"), "meta"), as_object(task.get(OWN), OWN)
        return together(
            own, labels, refused, meta, carried_on, kept, unanswered, {"text": task.get("text")}
        )
    except (ValueError, TypeError) as error:
        raise DataError(f"{where}: {error}") from error


def _proposed(task: dict[str, Any]) -> list[str]:
    """The parts whose labels are a model's, as ``suggest`` noted."""
    note = as_object(as_object(task.get(OWN), OWN).get(SUGGESTED), SUGGESTED)
    return [
        str(key)
        for key in as_list(note.get("proposed"), SUGGESTED)
        if key in (*SINGLE, MANY, "entities")
    ]


def _labels(task: dict[str, Any], columns: Columns) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if task.get("spans") is not None:
        found["entities"] = [_span(span) for span in as_list(task["spans"], "spans")]
    offered = [
        str(as_object(option, "options").get("id"))
        for option in as_list(task.get("options"), "options")
    ]
    if task.get("accept") is not None and any(choice.startswith(f"{MANY}:") for choice in offered):
        found[MANY] = []  # the person saw these choices and took none
    chosen = [
        *as_list(task.get("accept"), "accept"),
        *(() if task.get(LABEL) is None else (task[LABEL],)),
    ]
    likely = [name for name, share in as_object(task.get("cats"), "cats").items() if share > 0.5]
    return {**found, **from_choices([*chosen, *likely], columns)}


def _span(span: Any) -> list[Any]:
    if not isinstance(span, dict) or not {"start", "end", "label"} <= span.keys():
        raise ValueError(f"spans: {span!r} is not an object with start, end and label")
    return [span["start"], span["end"], span["label"]]


def write(
    records: Iterable[Labelled], path: Path, *, answered: bool = True, offered: Sequence[str] = ()
) -> list[Loss]:
    """One task a line; nothing is lost. Without ``answered`` labels are proposals that nobody has
    accepted yet.

    ``offered`` are the choices a person has, in their order; those in use are offered in any case.
    """
    held = list(records)
    dump(tasks(held, answered=answered, offered=offered), path)
    return []


def tasks(
    records: Sequence[Labelled], *, answered: bool = True, offered: Sequence[str] = ()
) -> Iterator[dict[str, Any]]:
    """Records as tasks; all choices ``offered`` or in use are offered in each."""
    options = [
        {"id": choice, "text": choice}
        for choice in dict.fromkeys((*offered, *all_choices(records)))
    ]
    for record in records:
        yield {**_shown(record, options), **_answer(record, answered)}


def _shown(record: Labelled, options: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """What a person sees of a record."""
    task: dict[str, Any] = {"text": record.text}
    if record.entities is not None:
        task["spans"] = [
            {"start": s.start, "end": s.end, "label": s.label} for s in record.entities
        ]
    if options:
        task["options"] = options
    if judged(record):
        task["accept"] = to_choices(record)
    task["meta"] = {key: value for key in META if (value := getattr(record, key)) is not None}
    return task


def _answer(record: Labelled, answered: bool) -> dict[str, Any]:
    """What a person said of it, and what goes along unseen."""
    whole = judged(record)
    labelled = record.entities is not None or whole
    refused = not labelled and record.extra.get("answer") in NOT_LABELLED
    own = carried(record, (*META, "answer") if refused else META, (MANY,) if whole else ())
    if refused:
        return {"answer": record.extra["answer"], **own}
    return {"answer": "accept", **own} if labelled and answered else own


PRODIGY = Format("prodigy", (), read, write)
