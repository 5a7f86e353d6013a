"""Label Studio's JSON: tasks with ``data`` and ``annotations``, or the flat tasks of JSON-MIN.

Regions of ``Labels`` are the entities; ``Choices`` of the controls ``sentiment``, ``tone`` and
``risk_factors`` the labels of the whole release. Other controls are named with
``columns={"verdict": "sentiment"}``, or ``"extra"`` to keep them apart. Of several annotations the
ground truth counts, else the first that was not cancelled; predictions never do. A task that was
skipped is read without labels, which ``extra`` says. Regions and risk factors that other tasks of
the file have are *none there* in a task that was annotated without them; texts typed in and ratings
are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError
from eventrisk.labelled import ALIAS, Labelled, Placed, parse_record
from eventrisk.sources.formats import AS_NAMED, Columns, Format, Loss, Read
from eventrisk.sources.formats.array import dump_array, elements
from eventrisk.sources.formats.choices import (
    HEADS,
    MANY,
    OWN,
    SINGLE,
    as_list,
    as_object,
    carried,
    judged,
    together,
)
from eventrisk.sources.formats.jsonl import renamed
from eventrisk.sources.formats.regions import choice, is_region, region, spans

META = ("id", "date", "company", "form", "split")
CANCELLED = "was_cancelled"
EXTRA = "extra"
FLAT = (
    "id",
    "annotator",
    "annotation_id",
    "created_at",
    "updated_at",
    "lead_time",
)  # JSON-MIN's own keys
BY_USE = ("entities", MANY)  # what is *none there* where other tasks have it


def read(path: Path, columns: Columns = AS_NAMED) -> Read:
    """Every task. Raises DataError when the file cannot be opened."""
    tasks = [
        (line, _task(found, columns, f"{path}, line {line}")) for line, found in elements(path)
    ]
    used = {
        key
        for _, task in tasks
        if not isinstance(task, DataError)
        for key in BY_USE
        if task[1].get(key)
    }
    for line, task in tasks:
        where = f"{path}, line {line}"
        try:
            if isinstance(task, DataError):
                raise task
            plain, labels, annotated = task
            name = {"id": f"{path.stem}-{plain['id']}"} if type(plain.get("id")) is int else {}
            none_there = dict.fromkeys(used, ()) if annotated else {}
            own = as_object(plain.get(OWN), OWN)
            rest = {key: value for key, value in plain.items() if key != OWN}
            whole = together(
                rest, name, {key: list(value) for key, value in none_there.items()}, own, labels
            )
            yield Placed(
                parse_record(whole, where, default_id=f"{path.stem}-{line}"), str(path), line
            )
        except DataError as error:
            yield error
        except TypeError as error:
            yield DataError(f"{where}: {error}")


_Task = tuple[
    dict[str, Any], dict[str, Any], bool
]  # data, labels given by a person, whether a person did at all


def _task(found: Any, columns: Columns, where: str) -> _Task | DataError:
    try:
        if isinstance(found, DataError):
            raise found
        task = as_object(found, "a task")
        return (
            _whole(task, columns, where)
            if isinstance(task.get("data"), dict)
            else _flat(task, columns, where)
        )
    except DataError as error:
        return error
    except (ValueError, TypeError) as error:
        return DataError(f"{where}: {error}")


def _whole(task: dict[str, Any], columns: Columns, where: str) -> _Task:
    """A task with its annotations."""
    data = {"id": task.get("id"), **renamed(task["data"], columns, where)}
    text = _text(data)
    given = as_list(task.get("annotations", task.get("completions")), "annotations")
    valid = [
        as_object(one, "annotation")
        for one in given
        if not as_object(one, "annotation").get(CANCELLED)
    ]
    if given and not valid:
        return {**data, CANCELLED: True}, {}, False
    chosen = next((one for one in valid if one.get("ground_truth")), valid[0] if valid else {})
    labels: dict[str, Any] = {}
    for result in as_list(chosen.get("result"), "result"):
        value = as_object(result.get("value"), "value")
        if is_region(value):
            labels.setdefault("entities", []).extend(spans(value, text))
        elif result.get("type") == "choices":
            control = str(result.get("from_name"))
            _choose(
                labels,
                data,
                columns.get(control, control),
                control,
                as_list(value.get("choices"), "choices"),
            )
    return data, labels, bool(valid)


def _flat(task: dict[str, Any], columns: Columns, where: str) -> _Task:
    """A task of JSON-MIN: what was labelled stands beside the text."""
    named = {key: value for key, value in task.items() if key not in FLAT}
    data = {
        "id": task.get("id"),
        **renamed(named, {k: v for k, v in columns.items() if v != EXTRA}, where),
    }
    text = _text(data)
    labels: dict[str, Any] = {}
    for key, value in [*data.items()]:
        if isinstance(value, list) and value and all(map(is_region, value)):
            labels.setdefault("entities", []).extend(
                span for one in data.pop(key) for span in spans(one, text)
            )
        elif isinstance(value, dict) and isinstance(value.get("choices"), list):
            data[key] = value["choices"]
        if key in (MANY, ALIAS) and isinstance(data[key], str):
            data[key] = [data[key]]
    for head in HEADS:
        if head in data:
            _choose(
                labels,
                data,
                head,
                head,
                data[head] if isinstance(data[head], list) else [data.pop(head)],
            )
    return data, labels, "annotation_id" in task


def _text(data: dict[str, Any]) -> str:
    if not isinstance(data.get("text"), str):
        keys = ", ".join(repr(key) for key in data if key != "id")
        raise ValueError(
            f"there is no 'text'; the keys are {keys}. Name the one that holds it: "
            f"columns={{'its name': 'text'}}"
        )
    return str(data["text"])


def _choose(
    labels: dict[str, Any], data: dict[str, Any], head: str, control: str, chosen: list[Any]
) -> None:
    head = MANY if head == ALIAS else head
    if head == EXTRA:
        data[control] = chosen
    elif head == MANY:
        labels.setdefault(MANY, []).extend(chosen)
    elif head not in SINGLE:
        raise ValueError(
            f"choices of the control {control!r} are labels of nothing known; say of what: "
            f"columns={{{control!r}: "
            f"'sentiment'}} (or {', '.join(map(repr, HEADS[1:]))}, or 'extra' to keep them apart)"
        )
    elif len(chosen) > 1 or head in labels:
        raise ValueError(f"{chosen} were chosen at {control!r}, and there can be one {head}")
    elif chosen:
        labels[head] = chosen[0]


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
    own = carried(
        record, (*META, CANCELLED) if skipped else META, BY_USE if annotated and answered else ()
    )
    task: dict[str, Any] = {"data": {"text": record.text, **meta, **own}}
    if answered:
        task["annotations"] = (
            [{"result": [*_results(record)], CANCELLED: skipped}] if annotated or skipped else []
        )
    elif annotated:
        task["predictions"] = [{"result": [*_results(record)]}]
    return task


def _results(record: Labelled) -> Iterator[dict[str, Any]]:
    for number, span in enumerate(record.entities or (), 1):
        yield region(span, record.text, number)
    for head in SINGLE:
        if (label := getattr(record, head)) is not None:
            yield choice(head, [label])
    if record.risk_factors:
        yield choice(MANY, list(record.risk_factors))


LABEL_STUDIO = Format("label_studio", (".json",), read, write)
