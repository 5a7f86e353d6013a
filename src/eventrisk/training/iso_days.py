"""Dates of labelled releases as people have them, stored as ISO days: ``2010-03-01 08:00`` is read
by the reader that ``analyze_many`` has for its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from eventrisk.dates import read_given
from eventrisk.errors import DataError, DateError
from eventrisk.labelled import Labelled, Placed

Rows = tuple[dict[str, Any], ...]


def with_iso_days(entries: Iterable[Placed | DataError]) -> Iterator[Placed | DataError]:
    """The records with their days as ``YYYY-MM-DD``, a time of day left off; what is no day, and a
    year or month alone, stays as it is written.
    """
    for entry in entries:
        if isinstance(entry, DataError):
            yield entry
        else:
            yield entry._replace(record=_with_iso_days(entry.record))


def _with_iso_days(record: Labelled) -> Labelled:
    return replace(
        record,
        date=_iso(record.date),
        events=_rows(record.events, ("date",)),
        catalysts=_rows(record.catalysts, ("earliest", "latest")),
    )


def _rows(rows: Rows | None, keys: Iterable[str]) -> Rows | None:
    if rows is None:
        return None
    return tuple({**row, **{key: _iso(row[key]) for key in keys if key in row}} for row in rows)


def _iso(value: Any) -> Any:
    if not isinstance(value, str | int | date):
        return value
    try:
        day = read_given(value).day
    except DateError:
        return value
    return value if day is None else day.isoformat()
