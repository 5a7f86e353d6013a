"""Results as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from eventrisk.errors import MissingExtraError
from eventrisk.export.columns import columns
from eventrisk.export.kept import Kept, fitted
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
    declared, kept = columns(table), Kept(keep)
    found: list[tuple[Any, ...]] = []
    brought: list[tuple[Any, ...]] = []
    for result in each(results):
        cells = kept.cells(result.meta)
        for row in rows(result, table):
            found.append(row)
            brought.append(cells)
    kept.check()
    kinds = {**{column.name: column.kind for column in declared}, **kept.kinds}
    more = list(kept.kinds.values())
    whole = [(*row, *_padded(cells, more)) for row, cells in zip(found, brought, strict=True)]
    return frame_of(kinds, whole)


def _padded(cells: Sequence[Any], kinds: Sequence[type]) -> list[Any]:
    """The cells as their columns hold them, with empty ones for keys that came up later."""
    padded = [*cells, *[None] * (len(kinds) - len(cells))]
    return [fitted(cell, kind) for cell, kind in zip(padded, kinds, strict=True)]


def frame_of(kinds: Mapping[str, type], found: Sequence[Sequence[Any]]) -> pandas.DataFrame:
    """Rows as a DataFrame whose columns have the kinds named (str, int, float, bool, date,
    datetime), rows or none.

    Raises MissingExtraError without pandas.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtraError("pandas", "frame", "to_frame") from error
    day: Any = pd.to_datetime(["2000-01-01"]).dtype  # merge_asof wants one unit on both sides
    dtypes = {**DTYPES, date: day, datetime: day}
    cells: Iterable[tuple[Any, ...]] = zip(*found, strict=True) if found else [()] * len(kinds)
    series = {
        name: pd.array(list(values), dtype=dtypes[kind])
        for (name, kind), values in zip(kinds.items(), cells, strict=True)
    }
    return pd.DataFrame(series)
