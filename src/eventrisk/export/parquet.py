"""Parquet, a row group at a time; needs pyarrow."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any

from eventrisk.errors import MissingExtraError
from eventrisk.export.columns import columns
from eventrisk.export.endings import checked_target
from eventrisk.export.meta import Cell, fitted
from eventrisk.export.rows import Result, rows
from eventrisk.export.target import writing
from eventrisk.export.writers import Keep, Writer, drain

BATCH = 2_000  # rows of one row group


def to_parquet(
    results: Iterable[Result] | Result,
    out: str | Path,
    *,
    table: str = "scores",
    keep: Keep = None,
) -> int:
    """Writes a table as Parquet and returns its number of rows; days are of Parquet's type DATE.

    ``results``, which may be a stream, ``table`` and ``keep`` are those of ``to_frame``; ``out`` is
    the file, which is replaced when all is written. Raises OutputError, DataError, and
    MissingExtraError without pyarrow.
    """
    return drain(
        results, ParquetWriter(checked_target(results, out, "to_parquet"), table, keep=keep)
    )


class ParquetWriter(Writer):
    """Parquet with the declared types; needs pyarrow (MissingExtraError names the extra).

    The columns of what the records brought take the type that holds all their values: where a later
    row group needs a wider one, or has a new key, or the words of a CSV turn out to be numbers, the
    groups are written again at the end.
    """

    call = "to_parquet"

    def _open(self, part: Path, stack: ExitStack) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as error:
            raise MissingExtraError("pyarrow", "parquet", "to_parquet") from error
        self._pa, self._pq = pa, pq
        self._types = {
            str: pa.string(),
            int: pa.int64(),
            float: pa.float64(),
            bool: pa.bool_(),
            date: pa.date32(),
            datetime: pa.timestamp("us"),
        }
        self._batch: list[tuple[Cell, ...]] = []
        self._part, self._drafts = part, list[Path]()
        self._scrap = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        with writing(self.path):
            part.open("wb").close()  # a folder that is missing is reported before anything is read
        self._file: Any = None
        stack.push(self._finish)

    def add(self, result: Result) -> None:
        """Writes the rows of one result when a row group is full. Raises OutputError."""
        cells = self.meta.cells(result.meta)
        for row in rows(result, self.table):
            self._batch.append((*row, *cells))
            self.written += 1
        if len(self._batch) >= BATCH:
            with writing(self.path):
                self._flush(self.meta.types)

    def _finish(self, error_type: type[BaseException] | None, *_: object) -> None:
        with writing(self.path):
            if error_type is None:
                self._flush(self.meta.types if self._file else self.meta.whole_types)
                self.meta.check()
            if self._file is not None:
                self._file.close()
            if error_type is None:
                self._rewrite()

    def _column_types(self, further: dict[str, type]) -> dict[str, type]:
        return {**{c.name: c.type_ for c in columns(self.table)}, **further}

    def _schema(self, types: dict[str, type]) -> Any:
        return self._pa.schema([(name, self._types[type_]) for name, type_ in types.items()])

    def _flush(self, further: dict[str, type]) -> None:
        declared = self._column_types(further)
        schema = self._schema(declared)
        if self._file is None or self._file.schema != schema:
            self._begin(schema)
        if not self._batch:
            return
        types, width = list(declared.values()), len(declared)
        padded = [(*row, *[None] * (width - len(row))) for row in self._batch]
        arrays = [
            self._pa.array([_held(cell, type_) for cell in cells], type=field.type)
            for cells, type_, field in zip(zip(*padded, strict=True), types, schema, strict=True)
        ]
        self._file.write_batch(self._pa.RecordBatch.from_arrays(arrays, schema=schema))
        self._batch.clear()

    def _begin(self, schema: Any) -> None:
        """Opens the file, or a further draft where what is written has another schema."""
        if self._file is not None:
            self._file.close()
            self._drafts = self._drafts or [self._moved()]
            self._drafts.append(self._scrap / str(len(self._drafts)))
        self._file = self._pq.ParquetWriter(
            self._drafts[-1] if self._drafts else self._part, schema
        )

    def _moved(self) -> Path:
        """The first draft, where the file cannot be in its way."""
        draft = self._scrap / "0"
        draft.write_bytes(self._part.read_bytes())
        return draft

    def _rewrite(self) -> None:
        """Writes the drafts as one file, and a single one again where its words are numbers."""
        schema = self._schema(self._column_types(self.meta.whole_types))
        if not self._drafts and self._file.schema != schema:
            self._drafts = [self._moved()]
        if not self._drafts:
            return
        with self._pq.ParquetWriter(self._part, schema) as file:
            for draft in self._drafts:
                for batch in self._pq.ParquetFile(draft).iter_batches(BATCH):
                    file.write_batch(self._conformed(batch, schema))

    def _conformed(self, batch: Any, schema: Any) -> Any:
        arrays = [
            batch.column(field.name).cast(field.type)
            if field.name in batch.schema.names
            else self._pa.nulls(batch.num_rows, field.type)
            for field in schema
        ]
        return self._pa.RecordBatch.from_arrays(arrays, schema=schema)


def _held(cell: Cell, type_: type) -> Cell:
    """A cell as Arrow takes it; our days are ISO strings."""
    if type_ is date and isinstance(cell, str):
        return date.fromisoformat(cell)
    return fitted(cell, type_)
