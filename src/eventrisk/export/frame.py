"""Results as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from eventrisk.errors import MissingExtraError
from eventrisk.export.columns import columns
from eventrisk.export.meta import MetaColumns, fitted
from eventrisk.export.rows import Result, each, rows

if TYPE_CHECKING:
    import pandas
    from pandas import (
        DataFrame as DataFrame,  # what others name in annotations: pandas is known here only
    )

DTYPES: dict[type, Any] = {str: "string", int: "Int64", float: "Float64", bool: "boolean"}


def to_frame(
    results: Iterable[Result] | Result,
    *,
    table: str = "scores",
    keep: Iterable[str] | str | None = None,
) -> pandas.DataFrame:
    """A table as DataFrame; our columns and dtypes are the same for no results, failures only, or a
    million releases.

    ``results`` are analyses and failures, as ``analyze_many`` yields them, or a single one.
    ``table`` is ``scores`` (a row a result) or a long one: entities, events, votes, catalysts or
    risk_factors, a row a record, whose ``start`` and ``end`` count characters of the release from
    0. Days are ``datetime64`` in the unit in which pandas reads dates. Behind our columns stand the
    further keys of the records (``meta``): all of them, or those that ``keep`` names, in its order;
    none for ``keep=()``. A key that is called as a column of ours gets ``meta_`` in front. Raises
    OutputError for an unknown table or a key that no record has, DataError for what is no result,
    and MissingExtraError without pandas.
    """
    declared, meta = columns(table), MetaColumns(keep)
    values: list[tuple[Any, ...]] = []
    further: list[tuple[Any, ...]] = []
    for result in each(results, "and no file: to_frame(analyze_many(records))"):
        cells = meta.cells(result.meta)
        for row in rows(result, table):
            values.append(row)
            further.append(cells)
    meta.check()
    types = {**{column.name: column.type_ for column in declared}, **meta.whole_types}
    more = list(meta.whole_types.values())
    whole = [(*row, *_padded(cells, more)) for row, cells in zip(values, further, strict=True)]
    return frame_of(types, whole)


def _padded(cells: Sequence[Any], types: Sequence[type]) -> list[Any]:
    """The cells as their columns hold them, with empty ones for keys that came up later."""
    padded = [*cells, *[None] * (len(types) - len(cells))]
    return [fitted(cell, type_) for cell, type_ in zip(padded, types, strict=True)]


def frame_of(types: Mapping[str, type], values: Sequence[Sequence[Any]]) -> pandas.DataFrame:
    """Rows as a DataFrame whose columns have the types given (str, int, float, bool, date,
    datetime), rows or none.

    Raises MissingExtraError without pandas.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtraError("pandas", "frame", "to_frame") from error
    day: Any = pd.to_datetime(["2000-01-01"]).dtype  # merge_asof wants one unit on both sides
    dtypes = {**DTYPES, date: day, datetime: day}
    cells: Iterable[tuple[Any, ...]] = zip(*values, strict=True) if values else [()] * len(types)
    series = {
        name: pd.array(list(column), dtype=dtypes[type_])
        for (name, type_), column in zip(types.items(), cells, strict=True)
    }
    return pd.DataFrame(series)
