"""Results as rows of plain cells, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import GeneratorType
from typing import Any

from eventrisk.errors import DataError
from eventrisk.export.columns import FAILURE, columns
from eventrisk.export.meta import Cell, plain_cell
from eventrisk.results import Analysis, Failure

Result = Analysis | Failure


TO_FILE = "then where to write: to_csv(analyze_many(records), 'scores.csv')"


def each(results: Iterable[Result] | Result, way: str = TO_FILE) -> Iterator[Result]:
    """The results one by one; a single one is a list of one.

    Raises DataError for what is none; ``way`` is its last words, how to call what is called.
    """
    if isinstance(results, Analysis | Failure):
        results = (results,)
    if isinstance(results, str | Path | Mapping) or not isinstance(results, Iterable):
        raise DataError(
            f"results are what analyze and analyze_many give, not {_called(results)}; they come "
            f"first, {way}"
        )
    if isinstance(results, GeneratorType) and results.gi_frame is None:
        raise DataError(
            "this stream of results was read to its end before; keep results that are wanted twice "
            "in a list: results = list(analyze_many(records))"
        )
    for result in results:
        if not isinstance(result, Analysis | Failure):
            raise DataError(
                f"a result is an Analysis or a Failure, not {_called(result)}; texts and records "
                f"go through analyze_many first"
            )
        yield result


def _called(value: object) -> str:
    type_name = type(value).__name__
    return (
        f"the {type_name} {str(value)[:40]!r}"
        if isinstance(value, str | Path)
        else f"a {type_name}"
    )


def rows(result: Result, table: str = "scores") -> Iterator[tuple[Cell, ...]]:
    """The rows of one result, cells in the order of ``columns(table)``; days are ISO strings.

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
    """A plain value; an ASCII string, as most are, is one already."""
    return value if isinstance(value, str) and value.isascii() else plain_cell(value)
