"""Dataclasses into plain values and back, by their own fields and annotations."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from eventrisk.errors import DataError

ADDED = {
    "added": True
}  # marks a field that a schema gained later: records without it are read with its default


def plain(value: Any) -> Any:
    """A record as a dict, a tuple as a list, and so on through all that it holds."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return str(value) if isinstance(value, str) else value


def arguments(record: type, data: Mapping[str, Any]) -> dict[str, Any]:
    """What the record's constructor takes, of a dict of plain values; keys it has no field for are
    passed over. Raises DataError for a missing key.
    """
    missing = [f.name for f in fields(record) if f.name not in data and "added" not in f.metadata]
    if missing:
        raise DataError(
            f"{record.__name__}: the key {', '.join(missing)} is missing; was the record cut "
            f"or edited?"
        )
    hints = get_type_hints(record)
    return {f.name: _rebuilt(hints[f.name], data[f.name]) for f in fields(record) if f.name in data}


def _rebuilt(hint: Any, value: Any) -> Any:
    """A value as its annotation wants it: records from dicts, tuples from lists."""
    if value is None:
        return None
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(arg for arg in get_args(hint) if arg is not type(None))
    if is_dataclass(hint) and isinstance(hint, type):
        return hint(**arguments(hint, value))
    if get_origin(hint) is tuple:
        return tuple(_rebuilt(get_args(hint)[0], item) for item in value)
    return dict(value) if get_origin(hint) is dict else value
