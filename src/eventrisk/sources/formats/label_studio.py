"""Label Studio's exports: JSON (tasks with ``data`` and ``annotations``), and the flat ones, an
annotation a row: JSON_MIN, CSV and TSV.

Regions of ``Labels`` are the entities; ``Choices`` of the controls ``sentiment``, ``tone`` and
``risk_factors`` the labels of the whole release. Other controls are named with
``columns={"verdict": "sentiment"}``, or ``"extra"`` to keep them apart. Every annotation that was
not cancelled is a record with its annotator and time; ``ground_truth`` says nothing, as the server
sets it on all that is imported. Predictions never count. A task that was skipped is read without
labels, which ``extra`` says, and so is one that nobody annotated. A label in the data of a task is
what somebody imported, and no answer: it is told and not taken. Regions and risk factors that
other tasks of the file have are *none there* in a task that was annotated without them; texts typed
in and ratings are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError
from eventrisk.labelled import ALIAS, LABEL_KEYS, Placed, parse_record
from eventrisk.sources.formats import AS_NAMED, Columns, Format, Read, Side, opening
from eventrisk.sources.formats.array import elements
from eventrisk.sources.formats.choices import MANY, OWN, as_list, as_object, together, unpacked
from eventrisk.sources.formats.foreign import is_of_doccano, of_doccano
from eventrisk.sources.formats.interface import write_interface_of
from eventrisk.sources.formats.jsonl import renamed
from eventrisk.sources.formats.label_studio_flat import (
    Task,
    choose,
    flat,
    of_cells,
    seconds,
    text_of,
)
from eventrisk.sources.formats.label_studio_tasks import BY_USE, CANCELLED, advice, write
from eventrisk.sources.formats.regions import is_region, region_of
from eventrisk.sources.formats.separated import table

SHIFTED = (
    "offsets counted each CRLF as one character, as browsers do; they were moved by the line "
    "breaks before them"
)
UNSEEN = "nobody annotated it: not labelled"
SKIPPED = "it was skipped: not labelled"
IMPORTED = (
    "the data of the task holds a label that nobody chose: not labelled; to take it as an answer, "
    "import it as an annotation (convert writes such tasks)"
)
ANSWERS = (*LABEL_KEYS, ALIAS)  # what is a person's to say


def read(path: Path, columns: Columns = AS_NAMED) -> Read:
    """Every annotation. Raises DataError when the file cannot be opened."""
    tasks = [
        (line, task)
        for line, found in _rows(path)
        for task in _tasks(found, columns, f"{path}, line {line}")
    ]
    whole = [task for _, task in tasks if not isinstance(task, DataError)]
    used = [key for key in BY_USE if any(task.labels.get(key) for task in whole)]
    for line, task in tasks:
        yield task if isinstance(task, DataError) else _placed(task, used, path, line)


def _rows(path: Path) -> Iterator[tuple[int, Any]]:
    """The tasks of an array, or the rows of a table."""
    with opening(path) as handle:
        first = next((line for line in handle if line.strip()), b"")
    names = first.decode("utf-8-sig", "replace").lstrip()
    if "annotation_id" not in names or names[:1] in "[{":
        for line, found in elements(path):
            if is_of_doccano(found):
                yield line, of_doccano(f"{path}, line {line}")
                return
            yield line, found
        return
    for line, row in table(path):
        yield line, of_cells(row) if isinstance(row, dict) else row


def _placed(task: Task, used: list[str], path: Path, line: int) -> Placed | DataError:
    where = f"{path}, line {line}"
    try:
        plain = _plain(task, used, path)
        record = parse_record(plain, where, default_id=f"{path.stem}-{line}")
    except DataError as error:
        return error
    except (ValueError, TypeError) as error:
        return DataError(f"{where}: {error}")
    imported = task.whole and any(_is_unsaid(task, key) for key in ANSWERS)
    note = task.note or (IMPORTED if imported else None)
    return Placed(record, str(path), line, task.annotator, task.time, note)


def _plain(task: Task, used: list[str], path: Path) -> dict[str, Any]:
    """A task as the plain values of a record; what is ``used`` in the file is *none there* in one
    that somebody annotated without it.
    """
    number, own = task.data.get("id"), unpacked(task.data.get(OWN))
    name = {"id": f"{path.stem}-{number}"} if type(number) is int else {}
    unlabelled = task.note in (UNSEEN, SKIPPED)
    passed = {OWN, *ANSWERS} if unlabelled or task.whole else {OWN}
    rest = {key: value for key, value in task.data.items() if key not in passed}
    if unlabelled:
        return together(rest, name, {key: own[key] for key in own if key not in BY_USE})
    none_there = {key: list[Any]() for key in used}
    return together(none_there, rest, name, own, task.labels)


def _is_unsaid(task: Task, key: str) -> bool:
    """Whether the data has a label where the person gave none."""
    ours = MANY if key == ALIAS else key
    return bool(task.data.get(key)) and not task.labels.get(ours)


def _tasks(found: Any, columns: Columns, where: str) -> Iterator[Task | DataError]:
    try:
        if isinstance(found, DataError):
            raise found
        task = as_object(found, "a task")
        if isinstance(task.get("data"), dict):
            yield from _whole(task, columns, where)
        else:
            one = flat(task, columns, where)
            yield one._replace(note=UNSEEN) if one.unseen else _said(one)
    except DataError as error:
        yield error
    except (ValueError, TypeError) as error:
        yield DataError(f"{where}: {error}")


def _said(task: Task) -> Task:
    return task._replace(note=SHIFTED) if task.shifted else task


def _whole(task: dict[str, Any], columns: Columns, where: str) -> Iterator[Task]:
    """A task, once for each of its annotations."""
    data = {"id": task.get("id"), **renamed(task["data"], columns, where)}
    text = text_of(data)
    given = as_list(task.get("annotations", task.get("completions")), "annotations")
    annotations = [as_object(one, "annotation") for one in given]
    valid = [one for one in annotations if not one.get(CANCELLED)]
    if not valid:
        skipped = {CANCELLED: True} if given else {}
        yield Task({**data, **skipped}, {}, note=SKIPPED if given else UNSEEN, whole=True)
    for one in valid:
        yield _said(_annotated(one, dict(data), text, columns))


def _annotated(one: dict[str, Any], data: dict[str, Any], text: str, columns: Columns) -> Task:
    labels: dict[str, Any] = {}
    shifted = False
    for result in as_list(one.get("result"), "result"):
        value = as_object(as_object(result, "result").get("value"), "value")
        if is_region(value):
            region = region_of(value, text)
            labels.setdefault("entities", []).extend(region.rows)
            shifted |= region.shifted
        elif result.get("type") == "choices" and "start" not in value:
            control = str(result.get("from_name"))
            chosen = as_list(value.get("choices"), "choices")
            choose(labels, data, columns.get(control, control), control, chosen)
    who = one.get("completed_by")
    who = who.get("email") or who.get("id") if isinstance(who, dict) else who
    time = seconds(one.get("updated_at") or one.get("created_at"))
    return Task(data, labels, None if who is None else str(who), time, shifted, whole=True)


LABEL_STUDIO = Format(
    "label_studio", (".json",), read, write, Side(".xml", write_interface_of), advice
)
