"""Parquet, row group by row group; needs pyarrow. Columns are those of ``columns``, lists and
structs taken as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError, MissingExtraError
from eventrisk.labelled import Labelled, Placed
from eventrisk.sources.formats import (
    AS_NAMED,
    SURROGATE,
    WHOLE,
    Columns,
    Format,
    Loss,
    Read,
    encodable,
    opening,
)
from eventrisk.sources.formats.columns import Header, cells, used

BATCH = 1_000  # rows held at a time
SPAN = ("start", "end", "label")


def read(path: Path, columns: Columns = AS_NAMED) -> Read:
    """Every row. Raises DataError when the file cannot be opened, MissingExtraError without
    pyarrow.
    """
    header: Header | None = None
    for number, row in table(path):
        where = f"{path}, row {number}"
        try:
            if isinstance(row, DataError):
                yield row
            elif header is None:
                header = Header(row, columns, str(path))
            else:
                yield Placed(header.record(row, where, f"{path.stem}-{number}"), where, None)
        except DataError as error:
            yield error
            if header is None:
                return


def table(path: Path) -> Iterator[tuple[int, Sequence[Any] | DataError]]:
    """The names of the columns, numbered 0, and every row, numbered from 1; a DataError for what
    cannot be read is the last.

    Raises DataError when the file cannot be opened, MissingExtraError without pyarrow.
    """
    _, pq = _pyarrow()
    with opening(path):
        pass
    try:
        file = pq.ParquetFile(path)
        names: Sequence[str] = file.schema_arrow.names
    except (ValueError, OSError) as error:  # pyarrow's own errors derive from these
        yield (
            0,
            DataError(
                f"{path}: is not Parquet, or not all of it ({_brief(error)}); write or copy the "
                f"file again"
            ),
        )
        return
    yield 0, names
    with file:
        yield from _rows(file, path)


def _rows(file: Any, path: Path) -> Iterator[tuple[int, Sequence[Any] | DataError]]:
    number = 0
    try:
        for batch in file.iter_batches(batch_size=BATCH):
            listed = [column.to_pylist() for column in batch.columns]
            for row in zip(*listed, strict=True):
                number += 1
                yield number, row
    except (ValueError, OSError) as error:
        yield (
            number,
            DataError(
                f"{path}: cannot be read after row {number} ({_brief(error)}); write or copy the "
                f"file again"
            ),
        )


def write(records: Iterable[Labelled], path: Path) -> list[Loss]:
    """The columns in use; entities as structs, risk factors as lists, other nested labels as
    JSON.
    """
    pa, pq = _pyarrow()
    held = list(records)
    names = used(held)
    losses = [Loss(r.id, WHOLE, SURROGATE) for r in held if not _fits(r, names)]
    rest = [record for record in held if _fits(record, names)] if losses else held
    span = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("label", pa.string())])
    types = {"entities": pa.list_(span), "risk_factors": pa.list_(pa.string())}
    schema = pa.schema([(name, types.get(name, pa.string())) for name in names])
    with pq.ParquetWriter(path, schema) as writer:
        for begin in range(0, len(rest), BATCH):
            rows = [_row(record, names) for record in rest[begin : begin + BATCH]]
            arrays = [
                pa.array(list(c), type=f.type)
                for c, f in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))
    return losses


def _row(record: Labelled, names: list[str]) -> list[Any]:
    row = cells(record, names)
    for at, name in enumerate(names):
        if name == "entities" and record.entities is not None:
            row[at] = [
                dict(zip(SPAN, (s.start, s.end, s.label), strict=True)) for s in record.entities
            ]
        elif name == "risk_factors" and record.risk_factors is not None:
            row[at] = list(record.risk_factors)
    return row


def _fits(record: Labelled, names: list[str]) -> bool:
    labels = (*(span.label for span in record.entities or ()), *(record.risk_factors or ()))
    return all(
        encodable(cell) for cell in (*cells(record, names), *labels) if isinstance(cell, str)
    )


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet", "reading and writing Parquet") from error
    return pa, pq


def _brief(error: Exception) -> str:
    return str(error).split("\n")[0]


PARQUET = Format("parquet", (".parquet", ".pq"), read, write)
