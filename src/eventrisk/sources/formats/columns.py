"""Tables by their columns: what each column is called here, a row as a record, and a record as a
row.

Columns are ``text`` and any of the others: ``id``, ``date``, ``form``, ``company``, ``split``,
``sentiment``, ``tone``; ``risk_factors`` joined by ``; `` or as a JSON list; ``entities``,
``risk_clauses``, ``events``, ``votes``, ``catalysts`` as JSON; or one event as ``event_type`` and
``event_direction``. An empty cell is *not labelled*, ``[]`` is *labelled, none there*. Any other
column goes to ``extra``, and so do the keys of a column ``extra`` of JSON objects.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from eventrisk.errors import DataError
from eventrisk.labelled import KEYS, Labelled, parse_record, to_plain
from eventrisk.sources.formats import Columns, encodable

ALIASES = {"doc_id": "id", "company_name": "company", "risks": "risk_factors"}
EVENT = ("event_type", "event_direction")
EXTRA = "extra"
KNOWN = (*KEYS, *EVENT, EXTRA)
JSON = ("entities", "risk_clauses", "events", "votes", "catalysts")
PARTS = {"entities": ("start", "end", "label"), "risk_clauses": ("start", "end", "categories")}
JOINT = "; "
NEAR = 0.85  # how alike a column's name and a known one are for it to be a slip


class Header:
    """The columns of one table, in its order. Raises DataError for names that are not clear;
    ``where`` begins it.
    """

    def __init__(self, given: Sequence[str], columns: Columns, where: str) -> None:
        self._given = [str(name) for name in given]
        self._names = [self._name(name, columns, where) for name in self._given]
        self._refuse_twins(where)
        if missing := [source for source in columns if source not in self._given]:
            raise DataError(
                f"{where}: there is no column {missing[0]!r}; the columns are {self._listed()}"
            )
        if "text" not in self._names:
            raise DataError(
                f"{where}: there is no column 'text'; the columns are {self._listed()}. "
                f"Rename the one that holds the "
                "texts, or name it with columns={'its name': 'text'} (on the command line: "
                "--column 'its name=text')"
            )
        if len(found := [name for name in EVENT if name in self._names]) == 1:
            raise DataError(
                f"{where}: {found[0]} is there alone; an event needs both {EVENT[0]} and {EVENT[1]}"
            )

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self._given)

    def _listed(self) -> str:
        return ", ".join(map(repr, self._given)) or "none"

    def _name(self, name: str, columns: Columns, where: str) -> str | None:
        """What a column is called here, None for one that is kept as it is."""
        wanted = columns.get(name)
        if wanted is not None:
            if wanted not in (*KNOWN, *ALIASES):
                raise DataError(
                    f"{where}: column {name!r}: {wanted!r} is no name here; known are "
                    f"{', '.join(KNOWN)}"
                )
            return ALIASES.get(wanted, wanted)
        taken = {*self._given, *columns.values()}
        if name in KNOWN:
            return name
        if name in ALIASES:
            return None if ALIASES[name] in taken else ALIASES[name]
        near = nearest(name)
        if near and near not in taken and ALIASES.get(near, near) not in taken:
            raise DataError(
                (
                    f"{where}: the column {name!r} is not known; did you mean {near!r}? Name it "
                    f"so, or "
                )
                + _how(name, near)
            )
        return None

    def _refuse_twins(self, where: str) -> None:
        for names in (
            self._given,
            [name for name in self._names if name is not None and name != EXTRA],
        ):
            for name in names:
                if names.count(name) > 1:
                    raise DataError(
                        f"{where}: the column {name!r} is there twice; keep one of them"
                    )

    def record(self, cells: Sequence[Any], where: str, default_id: str) -> Labelled:
        """One row as a record. Raises DataError."""
        known: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for given, name, cell in zip(self._given, self._names, cells, strict=True):
            if _is_empty(cell):
                continue
            if name is None or name == EXTRA:
                extra.update(_extra(given, cell))
                continue
            try:
                known[name] = _value(name, cell)
            except (ValueError, TypeError, RecursionError) as error:
                raise DataError(f"{where}: column {given!r}: {error}") from error
        event = {name.removeprefix("event_"): known.pop(name) for name in EVENT if name in known}
        if len(event) == 1:
            raise DataError(f"{where}: {EVENT[0]} and {EVENT[1]} are filled together or not at all")
        if event and "events" not in known:
            known["events"] = [event]
        return replace(parse_record(known, where, default_id), extra=extra)


def nearest(name: str) -> str | None:
    """The known name of which this one may be a slip."""
    plain = "_".join(name.casefold().replace("-", " ").split())
    near = get_close_matches(plain, (*KNOWN, *ALIASES), n=1, cutoff=NEAR)
    return near[0] if near else None


def _how(name: str, near: str) -> str:
    return f"give columns={{{name!r}: {near!r}}} (on the command line: --column '{name}={near}')"


def _is_empty(cell: Any) -> bool:
    return cell is None or cell == "" or (isinstance(cell, float) and cell != cell)


def _value(name: str, cell: Any) -> Any:
    """A cell that is not empty as the plain value of a record."""
    if name in JSON or (name == "risk_factors" and str(cell).lstrip().startswith("[")):
        value = _listed(cell)
        return [_triple(item, PARTS[name]) for item in value] if name in PARTS else value
    if name == "risk_factors" and isinstance(cell, str):
        return [part.strip() for part in cell.split(JOINT.strip()) if part.strip()]
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell) if name == "id" else cell


def _listed(cell: Any) -> list[Any]:
    """A list, or the JSON of one."""
    try:
        value = json.loads(cell) if isinstance(cell, str) else cell
    except ValueError as error:
        raise ValueError(f"is not JSON ({error})") from error
    if not isinstance(value, list):
        raise TypeError(f"a list is needed, not {value!r}")
    return value


def _triple(item: Any, parts: tuple[str, str, str]) -> Any:
    return [item.get(part) for part in parts] if isinstance(item, dict) else item


def _extra(given: str, cell: Any) -> dict[str, Any]:
    if given == EXTRA:
        value = cell
        if isinstance(cell, str):
            try:
                value = json.loads(cell)
            except (ValueError, RecursionError):
                return {given: cell}
        if isinstance(value, dict):
            return value
    return {given: cell.isoformat() if isinstance(cell, datetime | date) else cell}


def used(records: Sequence[Labelled]) -> list[str]:
    """The columns that hold something of these records: ours in their order, then own ones, then
    ``extra``.
    """
    plain = [
        name for name in KEYS if any(getattr(record, name) is not None for record in records)
    ] or ["id", "text"]
    own = dict.fromkeys(key for record in records for key in record.extra)
    alone = [key for key in own if all(_stands_alone(key, record) for record in records)]
    return [*plain, *alone, *([EXTRA] if len(alone) < len(own) else [])]


def _stands_alone(key: str, record: Labelled) -> bool:
    """Whether an own key can be a column: a name that is not taken for one of ours, and words in
    its cells.
    """
    if key not in record.extra:
        return True
    value = record.extra[key]
    clear = (
        key.strip() == key
        and key.isprintable()
        and key not in (*KNOWN, *ALIASES)
        and nearest(key) is None
    )
    return clear and bool(key) and isinstance(value, str) and value != ""


def cells(record: Labelled, names: Iterable[str]) -> list[Any]:
    """A record's cells, strings and None only, for columns as ``used`` gave them."""
    names = list(names)
    plain = to_plain(replace(record, extra={}))
    rest = {
        key: value
        for key, value in record.extra.items()
        if key not in names or key in (*KNOWN, *ALIASES)
    }
    row: list[Any] = []
    for name in names:
        if name == EXTRA:
            row.append(_dumped(rest) if rest else None)
        elif name not in KEYS:
            row.append(record.extra.get(name))
        elif name in JSON and name in plain:
            row.append(_dumped(plain[name]))
        elif name == "risk_factors" and name in plain:
            row.append(_joined(plain[name]))
        else:
            row.append(plain.get(name))
    return row


def _joined(labels: list[str]) -> str:
    joined = JOINT.join(labels)
    simple = (
        bool(labels)
        and not joined.lstrip().startswith("[")
        and _value("risk_factors", joined) == labels
    )
    return joined if simple else _dumped(labels)


def _dumped(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if encodable(text) else json.dumps(value)
