"""Writers that stream: one result at a time, nothing held, the file in its place only when all of
it is written.
"""

from __future__ import annotations

import csv
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from eventrisk.errors import MissingExtraError
from eventrisk.export.columns import columns
from eventrisk.export.rows import Cell, Result, rows
from eventrisk.export.target import replacing, writing
from eventrisk.results import SCHEMA, Analysis

DIGITS = 6  # decimal places of a float in CSV; JSON Lines and Parquet keep all
BATCH = 2_000  # rows of one Parquet row group
FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "'",
)  # what a spreadsheet may take for a formula, and the sign against it


class Writer(ABC):
    """What the writers share: opening beside the target, counting rows, putting the file in its
    place.
    """

    def __init__(self, path: str | Path, table: str = "scores") -> None:
        self.path, self.table, self.written = Path(path), table, 0
        self._stack = ExitStack()
        columns(table)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._open(stack.enter_context(replacing(self.path)), stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, at)

    @abstractmethod
    def _open(self, part: Path, stack: ExitStack) -> None: ...

    @abstractmethod
    def add(self, result: Result) -> None:
        """Writes the rows of one result. Raises OutputError."""


class CsvWriter(Writer):
    """CSV as in RFC 4180, in UTF-8, with ``\\n`` at the end of lines and a header in any case."""

    def __init__(
        self, path: str | Path, table: str = "scores", *, spreadsheet: bool = False
    ) -> None:
        super().__init__(path, table)
        self._guard = spreadsheet

    def _open(self, part: Path, stack: ExitStack) -> None:
        with writing(self.path):
            handle = part.open("w", encoding="utf-8", newline="")
        stack.callback(self._close, handle)
        self._rows = csv_rows(handle)
        self._put([column.name for column in columns(self.table)])

    def _close(self, handle: TextIO) -> None:
        with writing(self.path):
            handle.close()

    def _put(self, cells: Iterable[Any]) -> None:
        with writing(self.path):
            self._rows.writerow(cells)

    def add(self, result: Result) -> None:
        """Writes the rows of one result. Raises OutputError."""
        for row in rows(result, self.table):
            self._put(csv_cell(cell, guard=self._guard) for cell in row)
            self.written += 1


class JsonLinesWriter(Writer):
    """One JSON object a line: ``Analysis.to_dict()``, or ``doc_id``, ``error`` and ``kind`` of a
    Failure.
    """

    def _open(self, part: Path, stack: ExitStack) -> None:
        with writing(self.path):
            self._handle = part.open("w", encoding="utf-8", newline="\n", errors="backslashreplace")
        stack.callback(self._close)

    def _close(self) -> None:
        with writing(self.path):
            self._handle.close()

    def add(self, result: Result) -> None:
        """Writes one line. Raises OutputError."""
        with writing(self.path):
            self._handle.write(json_line(result) + "\n")
        self.written += 1


class ParquetWriter(Writer):
    """Parquet with the declared types, in row groups; needs pyarrow (MissingExtraError names the
    extra).
    """

    def _open(self, part: Path, stack: ExitStack) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as error:
            raise MissingExtraError("pyarrow", "parquet", "to_parquet") from error
        types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
        self._schema = pa.schema(
            [(column.name, types[column.kind]) for column in columns(self.table)]
        )
        self._batch: list[tuple[Cell, ...]] = []
        self._group = pa.RecordBatch.from_arrays
        self._array = pa.array
        with writing(self.path):
            self._file = pq.ParquetWriter(part, self._schema)
        stack.push(self._finish)

    def _finish(self, kind: type[BaseException] | None, *_: object) -> None:
        with writing(self.path):
            if kind is None:
                self._flush()
            self._file.close()

    def _flush(self) -> None:
        if not self._batch:
            return
        arrays = [
            self._array(list(values), type=field.type)
            for values, field in zip(zip(*self._batch, strict=True), self._schema, strict=True)
        ]
        self._file.write_batch(self._group(arrays, schema=self._schema))
        self._batch.clear()

    def add(self, result: Result) -> None:
        """Writes the rows of one result when a row group is full. Raises OutputError."""
        for row in rows(result, self.table):
            self._batch.append(row)
            self.written += 1
        if len(self._batch) >= BATCH:
            with writing(self.path):
                self._flush()


def to_csv(
    results: Iterable[Result],
    out: str | Path,
    *,
    table: str = "scores",
    spreadsheet: bool = False,
) -> int:
    """Writes a table as CSV and returns its number of rows; floats are rounded to six places.

    ``results``, which may be a stream, and ``table`` are those of ``to_frame``; ``out`` is the
    file, which is replaced when all is written. Cells hold what the release says, to the character.
    A spreadsheet may take a cell that begins with ``= + - @`` for a formula: with ``spreadsheet``
    such cells, and those that begin with an apostrophe, get an apostrophe in front; taking off one
    leading apostrophe gives the words back. Raises OutputError.
    """
    return _drain(results, CsvWriter(out, table, spreadsheet=spreadsheet))


def to_jsonl(results: Iterable[Result], out: str | Path) -> int:
    """Writes one JSON object a line, failures included, and returns the number of lines.

    ``results`` may be a stream; ``out`` is the file, which is replaced when all is written. A line
    is ``Analysis.to_dict()``, or the fields of a Failure. Raises OutputError.
    """
    return _drain(results, JsonLinesWriter(out))


def to_parquet(results: Iterable[Result], out: str | Path, *, table: str = "scores") -> int:
    """Writes a table as Parquet and returns its number of rows.

    ``results``, which may be a stream, and ``table`` are those of ``to_frame``; ``out`` is the
    file, which is replaced when all is written. Raises OutputError, and MissingExtraError without
    pyarrow.
    """
    return _drain(results, ParquetWriter(out, table))


def _drain(results: Iterable[Result], writer: Writer) -> int:
    with writer:
        for result in results:
            writer.add(result)
    return writer.written


class _LineFeeds:
    """Lets ``csv`` quote carriage returns, which it does only when they end its lines, and ends
    lines with ``\\n``.
    """

    def __init__(self, handle: TextIO) -> None:
        self._handle = handle

    def write(self, line: str) -> int:
        return self._handle.write(line.removesuffix("\r\n") + "\n")


def csv_rows(handle: TextIO) -> Any:
    """A ``csv`` writer onto a text stream: RFC 4180 quoting, ``\\n`` at the end of lines."""
    return csv.writer(_LineFeeds(handle), lineterminator="\r\n")


def csv_cell(cell: Cell, *, guard: bool = False) -> Cell:
    """A cell as CSV holds it: floats rounded, truth as ``true`` and ``false``, nothing as an empty
    cell.
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return round(cell, DIGITS) + 0.0  # + 0.0 turns −0.0 into 0.0
    return f"'{cell}" if guard and isinstance(cell, str) and cell.startswith(FORMULA) else cell


def json_line(result: Result) -> str:
    """A result as one line of JSON."""
    if isinstance(result, Analysis):
        return json.dumps(result.to_dict(), ensure_ascii=False)
    return json.dumps(
        {"schema": SCHEMA, "doc_id": result.doc_id, "error": result.error, "kind": result.kind},
        ensure_ascii=False,
    )
