"""Results as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from eventrisk.errors import MissingExtraError
from eventrisk.export.columns import columns
from eventrisk.export.rows import Result, rows

if TYPE_CHECKING:
    import pandas

DTYPES: dict[type, Any] = {str: "string", int: "Int64", float: "Float64", bool: "boolean"}


def to_frame(results: Iterable[Result], table: str = "scores") -> pandas.DataFrame:
    """A table as DataFrame; columns and dtypes are the same for no results, failures only, or a million releases.

    Dates are ISO strings, as in the results; ``pandas.to_datetime`` reads them. Raises OutputError for an unknown table
    and MissingExtraError without pandas.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtraError("pandas", "frame", "to_frame") from error
    declared = columns(table)
    found = [row for result in results for row in rows(result, table)]
    cells: Iterable[tuple[Any, ...]] = zip(*found, strict=True) if found else [()] * len(declared)
    series = {
        column.name: pd.array(list(values), dtype=DTYPES[column.kind])
        for column, values in zip(declared, cells, strict=True)
    }
    return pd.DataFrame(series)
