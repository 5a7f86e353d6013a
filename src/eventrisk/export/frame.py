"""Results as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from eventrisk.errors import MissingExtraError
from eventrisk.export.columns import columns
from eventrisk.export.rows import Result, rows

if TYPE_CHECKING:
    import pandas
    from pandas import (
        DataFrame as DataFrame,  # what others name in annotations: pandas is known here only
    )

DTYPES: dict[type, Any] = {str: "string", int: "Int64", float: "Float64", bool: "boolean"}


def to_frame(results: Iterable[Result], *, table: str = "scores") -> pandas.DataFrame:
    """A table as DataFrame; columns and dtypes are the same for no results, failures only, or a
    million releases.

    ``results`` are analyses and failures, as ``analyze_many`` yields them. ``table`` is ``scores``
    (a row a result) or a long one: entities, events, votes, catalysts or risk_factors, a row a
    record, whose ``start`` and ``end`` count characters of the release from 0. Dates are ISO
    strings, as in the results; ``pandas.to_datetime`` reads them. Raises OutputError for an unknown
    table and MissingExtraError without pandas.
    """
    declared = columns(table)
    found = [row for result in results for row in rows(result, table)]
    return frame_of({column.name: column.kind for column in declared}, found)


def frame_of(kinds: Mapping[str, type], found: Sequence[Sequence[Any]]) -> pandas.DataFrame:
    """Rows as a DataFrame whose columns have the kinds named (str, int, float, bool), rows or none.

    Raises MissingExtraError without pandas.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtraError("pandas", "frame", "to_frame") from error
    cells: Iterable[tuple[Any, ...]] = zip(*found, strict=True) if found else [()] * len(kinds)
    series = {
        name: pd.array(list(values), dtype=DTYPES[kind])
        for (name, kind), values in zip(kinds.items(), cells, strict=True)
    }
    return pd.DataFrame(series)
