"""Labels of the whole release as choices, as the labelling tools know them, and what no tool has a
place for.

A choice is ``sentiment:positive``, ``tone:neutral`` or ``risk_factors:safety``. One without such a
prefix is a sentiment, unless ``columns={"label": "tone"}`` (or ``"risk_factors"``) says otherwise.
What has no place in a tool travels under the key ``eventrisk``; null there means *not labelled*.
doccano and Label Studio get it as a string of JSON, which their tables keep to the character;
objects come back from these as something else, if at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eventrisk.heads import CLASS_KEYS
from eventrisk.labelled import ALIAS, KEYS, Labelled, to_plain
from eventrisk.sources.formats import Columns

SINGLE = CLASS_KEYS
MANY = "risk_factors"
HEADS = (*SINGLE, MANY)
LABEL = "label"  # what ``columns`` calls choices without a prefix
OWN = "eventrisk"  # the key of what a tool has no place for


def to_choices(record: Labelled) -> list[str]:
    """The labels of the whole release, prefixed."""
    single = [f"{head}:{value}" for head in SINGLE if (value := getattr(record, head)) is not None]
    return [*single, *(f"{MANY}:{value}" for value in record.risk_factors or ())]


def judged(record: Labelled) -> bool:
    """Whether any label of the whole release is given."""
    return any(getattr(record, head) is not None for head in HEADS)


def all_choices(records: Iterable[Labelled]) -> list[str]:
    """Every choice in use, by head and then by name."""
    used = {choice for record in records for choice in to_choices(record)}
    return sorted(used, key=lambda choice: (HEADS.index(choice.partition(":")[0]), choice))


def from_choices(choices: Sequence[Any], columns: Columns) -> dict[str, Any]:
    """The keys of a record that choices stand for. Raises ValueError for two where one is
    possible.
    """
    plain = head_of(columns)
    found: dict[str, list[str]] = {}
    for choice in choices:
        if not isinstance(choice, str):
            raise TypeError(f"a choice is a string, not {choice!r}")
        prefix, colon, label = choice.partition(":")
        head = MANY if prefix == ALIAS else prefix
        known = bool(colon) and head in HEADS
        found.setdefault(head if known else plain, []).append(label if known else choice)
    for head in SINGLE:
        if len(found.get(head, ())) > 1:
            raise ValueError(
                f"{found[head]} are labels of the {head} and there can be one; if they are "
                f"of something else, say so "
                f"with columns={{{LABEL!r}: {MANY!r}}}, or by a prefix such as '{MANY}:'"
            )
    return {head: labels if head == MANY else labels[0] for head, labels in found.items()}


def head_of(columns: Columns) -> str:
    """What choices without a prefix are labels of. Raises ValueError for a name that is no head."""
    head = columns.get(LABEL, SINGLE[0])
    head = MANY if head == ALIAS else head
    if head not in HEADS:
        raise ValueError(f"choices may be labels of {', '.join(HEADS)}, not of {head!r}")
    return head


def carried(
    record: Labelled, placed: Iterable[str], explicit: Iterable[str] = ()
) -> dict[str, Any]:
    """What a tool has no place for: all keys but ``placed``; of ``explicit`` ones whether *none
    there* or unknown.
    """
    rest = {
        key: value
        for key, value in to_plain(record).items()
        if key not in {*placed, "text", "entities", *HEADS}
    }
    for key in explicit:
        if not getattr(record, key):
            rest[key] = None if getattr(record, key) is None else []
    return {OWN: rest} if rest else {}


def packed(own: Mapping[str, Any]) -> str:
    """What a tool has no place for, as one string."""
    return json.dumps(own)


def unpacked(value: Any) -> dict[str, Any]:
    """The inverse; objects are taken as they are. Raises ValueError, TypeError."""
    if isinstance(value, str) and value.strip():
        try:
            value = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"{OWN}: is not JSON ({error})") from error
    return as_object(value or None, OWN)


def together(*parts: Mapping[str, Any]) -> dict[str, Any]:
    """One record's keys from several places, later ones first; null takes back what an earlier
    place said.
    """
    whole: dict[str, Any] = {}
    for part in parts:
        whole.update(part)
    return {key: value for key, value in whole.items() if value is not None or key not in KEYS}


def as_list(value: Any, key: str) -> list[Any]:
    """The value of ``key`` if it is a list, an empty one for null. Raises TypeError."""
    if value is not None and not isinstance(value, list):
        raise TypeError(f"{key}: a list is needed, not {value!r}")
    return value or []


def as_object(value: Any, key: str) -> dict[str, Any]:
    """The value of ``key`` if it is an object, an empty one for null. Raises TypeError."""
    if value is not None and not isinstance(value, dict):
        raise TypeError(f"{key}: an object is needed, not {value!r}")
    return value or {}
