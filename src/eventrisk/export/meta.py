"""The further keys of records (``meta``) as columns behind ours: all as they come, or those asked
for.

Types are read off the values: ``bool``, ``int``, ``float``, ``date``, ``datetime``, else ``str``.
Words of a CSV are numbers where the whole column is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any

from eventrisk.errors import OutputError
from eventrisk.export.columns import TABLES, columns
from eventrisk.export.untyped import MAX_INT, NUMBERS, Untyped, narrowest, numbers_of

Cell = str | int | float | bool | date | None
SURROGATE = re.compile("[\ud800-\udfff]")
PREFIX = "meta_"  # before a name that one of our tables has
PROBED_RESULTS = 100  # in which a key that was asked for has to turn up


class MetaColumns:
    """Which keys become columns, under which name, and of which type their values are so far.

    ``keep`` are their names, in the order of the columns; None keeps every key, in the order they
    come, none at all an empty sequence. A name that a column of ours has gets ``meta_`` in front,
    in every table alike.
    """

    def __init__(self, keep: Iterable[str] | str | None = None) -> None:
        self._all = keep is None
        self._columns: dict[str, str] = {}
        self._types: dict[str, type | None] = {}
        self._numbers: dict[str, frozenset[type]] = {}  # types that hold all untyped words so far
        self._typed: set[str] = set()  # keys with a value whose type was given
        self._met: dict[str, None] = {}
        self._results = 0
        asked = keep.split(",") if isinstance(keep, str) else keep or ()
        for name in dict.fromkeys(str(name).strip() for name in asked):
            if name:
                self._take(name)

    @property
    def names(self) -> list[str]:
        """The columns, in their order."""
        return list(self._columns.values())

    @property
    def types(self) -> dict[str, type]:
        """The type of each column that holds the values as they came; without any value yet it is
        ``str``.
        """
        return {self._columns[key]: type_ or str for key, type_ in self._types.items()}

    @property
    def whole_types(self) -> dict[str, type]:
        """The type of each column once all results were met: untyped words are numbers where all
        of them are.
        """
        numbers = {
            self._columns[key]: narrowest(possible)
            for key, possible in self._numbers.items()
            if key not in self._typed
        }
        return {**self.types, **numbers}

    @property
    def renamed(self) -> dict[str, str]:
        """Keys whose column is called otherwise, with its name."""
        return {key: name for key, name in self._columns.items() if key != name}

    def cells(self, meta: Mapping[str, Any]) -> tuple[Cell, ...]:
        """The values of a result in the order of the columns; keys that are met first become new
        columns at the end.

        Raises OutputError where a key was asked for that none of many results has.
        """
        self._meet(meta)
        values = {str(k): plain_cell(v) for k, v in meta.items() if not _is_empty(v)}
        for key in self._columns:
            self._types[key] = _wider(self._types[key], values.get(key))
        for key, value in ((str(k), v) for k, v in meta.items()):
            if key in self._columns and values.get(key) is not None:
                self._narrow(key, value, values[key])
        return tuple(values.get(key) for key in self._columns)

    def of(self, meta: Mapping[str, Any]) -> dict[str, Any]:
        """The keys that become columns, with values that JSON can hold."""
        self._meet(meta)
        return {str(k): _json_value(v) for k, v in meta.items() if str(k) in self._columns}

    def check(self) -> None:
        """Raises OutputError where a key was asked for that no result has, though they have
        others.
        """
        missing = [key for key in self._columns if key not in self._met]
        if not missing or not self._met or self._all:
            return
        matches = get_close_matches(missing[0], self._met, n=1)
        hint = f"; did you mean {matches[0]!r}?" if matches else ""
        raise OutputError(
            f"keep: no record has the key {missing[0]!r}, they have {', '.join(self._met)}{hint}"
        )

    def _narrow(self, key: str, value: Any, cell: Cell) -> None:
        """Notes whether a value came with a type, otherwise which numbers hold it."""
        if not isinstance(value, Untyped):
            self._typed.add(key)
        elif possible := self._numbers.get(key, NUMBERS):
            self._numbers[key] = possible & numbers_of(str(cell))

    def _meet(self, meta: Mapping[str, Any]) -> None:
        self._results += 1
        for key in map(str, meta):
            self._met[key] = None
            if self._all and key not in self._columns:
                self._take(key)
        if self._results == PROBED_RESULTS:
            self.check()

    def _take(self, key: str) -> None:
        name, taken = SURROGATE.sub("\ufffd", key), {*self._columns.values(), *_ours()}
        while name in taken:
            name = PREFIX + name
        self._columns[key], self._types[key] = name, None


def fitted(cell: Cell, type_: type) -> Cell:
    """A cell as the type of its column holds it."""
    if cell is None or type_ is bool:
        return cell
    if type_ is str:
        return cell if isinstance(cell, str) else words_of_cell(cell)
    if type_ is datetime and isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime.combine(cell, time())
    if type_ is float and isinstance(cell, int | str):
        return float(cell)
    return int(cell) if type_ is int and isinstance(cell, str) else cell


def words_of_cell(cell: Cell) -> str:
    """A value as words: dates in ISO, truth as ``true`` and ``false``."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def plain_cell(value: Any) -> Cell:
    """A value of any library as one that tables hold; what is missing there is None here.

    A time at midnight is a day. Half a surrogate pair, which no file format can hold, becomes
    U+FFFD; lists and mappings become JSON.
    """
    if type(value).__name__ in ("NoneType", "NAType", "NaTType"):
        return None
    if hasattr(value, "tolist"):  # of numpy; days and times need a unit that Python has
        days = type(value).__name__ == "datetime64"
        value = (value.astype("datetime64[us]") if days else value).tolist()
    if value is None or value != value:
        return None
    if isinstance(value, datetime):
        return _day_or_time(value)
    if isinstance(value, bool | float | date):
        return value
    if isinstance(value, int):
        return value if abs(value) <= MAX_INT else str(value)
    if isinstance(value, Mapping | Sequence) and not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False, default=str)
    return SURROGATE.sub("\ufffd", str(value))


def _day_or_time(value: datetime) -> Cell:
    if value.tzinfo is not None:  # columns hold times of one zone or of none
        return value.isoformat()
    return value.date() if value.time() == time() else value


def _json_value(value: Any) -> Any:
    if isinstance(value, Mapping | list | tuple):
        return json.loads(json.dumps(value, default=str))
    cell = plain_cell(value)
    return cell.isoformat() if isinstance(cell, date) else cell


def _is_empty(value: Any) -> bool:
    """An empty cell of a CSV says nothing."""
    return isinstance(value, Untyped) and not value


def _wider(type_: type | None, cell: Cell) -> type | None:
    """The type that holds the values so far and this one."""
    if cell is None:
        return type_
    new = (
        datetime
        if isinstance(cell, datetime)
        else next(k for k in CELL_TYPES if isinstance(cell, k))
    )
    if type_ in (None, new):
        return new
    pair = {type_, new}
    if pair == {int, float}:
        return float
    return datetime if pair == {date, datetime} else str


CELL_TYPES = (bool, int, float, date, str)


def _ours() -> frozenset[str]:
    return frozenset(column.name for table in TABLES for column in columns(table))
