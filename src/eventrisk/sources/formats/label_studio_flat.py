"""Label Studio's flat exports, where what was labelled stands beside the text: a task of JSON_MIN,
or a row of CSV and TSV, whose cells hold JSON where a value is no string.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from eventrisk.labelled import ALIAS
from eventrisk.sources.formats import Columns
from eventrisk.sources.formats.choices import HEADS, MANY, OWN, SINGLE
from eventrisk.sources.formats.jsonl import renamed
from eventrisk.sources.formats.regions import is_region, region_of

EXTRA = "extra"
FLAT = (  # the tool's own keys
    "id",
    "annotator",
    "annotation_id",
    "created_at",
    "updated_at",
    "lead_time",
)


class Task(NamedTuple):
    """A task as one person labelled it: its data, the labels, by whom and when (seconds since
    1970), whether offsets were moved by line breaks, what is to be said of it, whether nobody
    annotated it, and whether the data stands apart from the labels (``whole``).
    """

    data: dict[str, Any]
    labels: dict[str, Any]
    annotator: str | None = None
    time: float | None = None
    shifted: bool = False
    note: str | None = None
    unseen: bool = False
    whole: bool = False


def flat(task: dict[str, Any], columns: Columns, where: str) -> Task:
    """A flat task or row. Raises DataError, ValueError and TypeError."""
    named = {key: value for key, value in task.items() if key not in FLAT}
    names = {name: ours for name, ours in columns.items() if ours != EXTRA}
    data = {"id": task.get("id"), **renamed(named, names, where)}
    labels: dict[str, Any] = {}
    shifted = _take_regions(data, labels, text_of(data))
    for head in (*HEADS, ALIAS):
        if head in data:
            choose(labels, data, head, head, _chosen(data.pop(head)))
    who, unseen = task.get("annotator"), task.get("annotation_id", "") is None
    time = seconds(task.get("updated_at") or task.get("created_at"))
    return Task(data, labels, None if who is None else str(who), time, shifted, unseen=unseen)


def _take_regions(data: dict[str, Any], labels: dict[str, Any], text: str) -> bool:
    """Moves lists of regions from the data to the labels, and choices out of their wrapping;
    whether any region was shifted.
    """
    shifted = False
    for key, value in [*data.items()]:
        if isinstance(value, list) and value and all(map(is_region, value)):
            regions = [region_of(one, text) for one in data.pop(key)]
            labels.setdefault("entities", []).extend(row for one in regions for row in one.rows)
            shifted |= any(one.shifted for one in regions)
        elif isinstance(value, dict) and isinstance(value.get("choices"), list):
            data[key] = value["choices"]
    return shifted


def _chosen(value: Any) -> list[Any]:
    """Several choices are a list, one is a string."""
    return value if isinstance(value, list) else [value]


def of_cells(row: dict[str, str]) -> dict[str, Any]:
    """A row of a table as a task of JSON_MIN; an empty cell holds nothing."""
    held = {key: _value(key, cell) for key, cell in row.items() if cell}
    number = held.get("id", "")
    ours = {"id": int(number)} if number.isdecimal() else {}
    return {"annotation_id": None, **held, **ours}


def _value(key: str, cell: str) -> Any:
    if cell[0] not in "[{" or key in ("text", OWN):
        return cell
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    is_labels = isinstance(found, list) and found and all(map(is_region, found))
    is_choice = isinstance(found, dict) and found.keys() == {"choices"}
    return found if is_labels or is_choice else cell


def text_of(data: dict[str, Any]) -> str:
    """The text of a task. Raises ValueError that lists what there is."""
    if not isinstance(data.get("text"), str):
        keys = ", ".join(repr(key) for key in data if key != "id")
        raise ValueError(
            f"there is no 'text'; the keys are {keys}. Name the one that holds it: "
            f"columns={{'its name': 'text'}}"
        )
    return str(data["text"])


def choose(
    labels: dict[str, Any], data: dict[str, Any], head: str, control: str, chosen: list[Any]
) -> None:
    """Puts choices where they belong. Raises ValueError for a control of nothing known, and for two
    where one is possible.
    """
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


def seconds(stamp: Any) -> float | None:
    """A time in seconds since 1970, from ISO 8601; None for what is none."""
    try:
        return datetime.fromisoformat(stamp).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
