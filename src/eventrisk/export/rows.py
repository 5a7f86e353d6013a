"""Results as rows of plain cells, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from eventrisk.export.columns import FAILURE, columns
from eventrisk.results import Analysis, Failure

Result = Analysis | Failure
Cell = str | int | float | bool | None
SURROGATE = re.compile("[\ud800-\udfff]")


def rows(result: Result, table: str = "scores") -> Iterator[tuple[Cell, ...]]:
    """The rows of one result, cells in the order of ``columns(table)``.

    In ``scores`` every result is one row, a Failure with its error and otherwise empty; a long
    table has a row for each record and none for a Failure.
    """
    declared = columns(table)
    if table == "scores":
        yield _failed(result, declared) if isinstance(result, Failure) else _row(result, declared)
    elif isinstance(result, Analysis):
        for record in getattr(result, table):
            yield _row((result, record), declared)


def _row(source: Any, declared: tuple[Any, ...]) -> tuple[Cell, ...]:
    return tuple(_cell(column.value(source)) for column in declared)


def _failed(failure: Failure, declared: tuple[Any, ...]) -> tuple[Cell, ...]:
    filled = dict(zip(FAILURE, (failure.doc_id, failure.error, failure.kind), strict=True))
    return tuple(_cell(filled.get(column.name)) for column in declared)


def _cell(value: Any) -> Cell:
    """A plain value; half a surrogate pair, which no file format can hold, becomes U+FFFD."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if text.isascii() else SURROGATE.sub("\ufffd", text)
