"""Frames as records, a row each: of pandas and Polars by their own rows, of anything else that
hands out Arrow data (pyarrow, DuckDB, …) through pyarrow. None of them is imported unless needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from eventrisk.errors import DataError, MissingExtraError

Row = dict[str, Any]


class Frame(Protocol):
    """A table in memory with named columns: pandas, Polars, Arrow, or of another library that hands
    out Arrow data.
    """

    @property
    def columns(self) -> Any:
        """Its columns, or their names."""
        ...


def frame_of(value: Any) -> Any:
    """The value if it is a table with named columns, collected if it is lazy; None for anything
    else, a single column among them.
    """
    if hasattr(value, "collect") and hasattr(value, "collect_schema"):
        return value.collect()
    return value if hasattr(type(value), "columns") or _is_arrow_reader(value) else None


def names(frame: Any) -> list[Any]:
    """The names of the columns, in order. Raises DataError for one that is there twice."""
    if _is_arrow(frame) or _is_arrow_reader(frame):
        given = [*frame.schema.names]
    elif _is_pandas(frame):
        given = [*_index_names(frame), *frame.columns]
    else:
        given = [*frame.columns]
    for name in given:
        if given.count(name) > 1:
            raise DataError(f"the frame has two columns {name!r}; rename or drop one of them")
    return given


def rows(frame: Any) -> Iterator[Row]:
    """The rows as mappings by column. Raises MissingExtraError where pyarrow is needed and is not
    there.
    """
    if _is_pandas(frame):
        return _of_pandas(frame)
    if type(frame).__module__.partition(".")[0] == "polars":  # DuckDB has ``iter_rows`` too
        return _of_polars(frame)
    if _is_arrow(frame):
        return _of_batches(frame.to_batches() if hasattr(frame, "to_batches") else [frame])
    if _is_arrow_reader(frame):
        return _of_batches(frame)
    return _of_batches(_batches(frame))


def _is_pandas(frame: Any) -> bool:
    return hasattr(frame, "itertuples") and hasattr(frame, "index")


def _is_arrow(frame: Any) -> bool:
    return hasattr(frame, "schema") and hasattr(frame, "to_pylist")


def _is_arrow_reader(value: Any) -> bool:
    return hasattr(value, "schema") and hasattr(value, "read_next_batch")


def _index_names(frame: Any) -> list[Any]:
    """The levels of an index that have names, such as a ticker; the others only count rows."""
    return [name for name in frame.index.names if name is not None]


def _of_pandas(frame: Any) -> Iterator[Row]:
    """Values as pandas hands them out: Python's own, Timestamp, nan for what is missing."""
    levels = _index_names(frame)
    index = [frame.index.get_level_values(level) for level in levels]
    columns = [*levels, *frame.columns]
    values = (*index, *(frame.iloc[:, at] for at in range(len(frame.columns))))
    for row in zip(*values, strict=True):
        yield dict(zip(columns, row, strict=True))


def _of_polars(frame: Any) -> Iterator[Row]:
    yield from frame.iter_rows(named=True)


def _of_batches(batches: Any) -> Iterator[Row]:
    for batch in batches:
        yield from batch.to_pylist()


def _batches(frame: Any) -> Any:
    """The record batches of anything that speaks Arrow's C stream, or the older DataFrame
    interchange protocol.
    """
    kind = type(frame).__name__
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet", f"reading the rows of a {kind}") from error
    try:
        if hasattr(frame, "__arrow_c_stream__"):
            return pa.RecordBatchReader.from_stream(frame)
        if hasattr(frame, "__dataframe__"):
            from pyarrow.interchange import from_dataframe

            return from_dataframe(frame).to_batches()
    except (ValueError, TypeError, NotImplementedError) as error:  # pyarrow's own derive from these
        raise DataError(
            f"the rows of a {kind} cannot be had ({error}); turn it into a pandas or Polars "
            f"DataFrame or an Arrow table first"
        ) from error
    raise DataError(
        f"a {kind} has columns, but hands out no rows; give a DataFrame, an Arrow table, or a list "
        f"of mappings"
    )
