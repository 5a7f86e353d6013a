"""Writers that stream: one result at a time, nothing held, the file in its place only when all of
it is written.
"""

from __future__ import annotations

import csv
import json
import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self, TextIO

from eventrisk.errors import OutputError
from eventrisk.export.columns import columns
from eventrisk.export.endings import checked_target, refuse_other_endings
from eventrisk.export.meta import Cell, MetaColumns, words_of_cell
from eventrisk.export.rows import Result, each, rows
from eventrisk.export.target import replacing, writing
from eventrisk.results import SCHEMA, Analysis

DIGITS = 6  # decimal places of a float in CSV; JSON Lines and Parquet keep all
FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "'",
)  # what a spreadsheet may take for a formula, and the sign against it
Keep = Iterable[str] | str | None


class Writer(ABC):
    """What the writers share: opening beside the target, counting rows, putting the file in its
    place.

    ``keep`` names the further keys of the records (``meta``) that become columns; None keeps all.
    """

    call: ClassVar[str]  # the function that writes such a file

    def __init__(self, path: str | Path, table: str = "scores", *, keep: Keep = None) -> None:
        self.path, self.table, self.written = Path(path), table, 0
        self.meta = MetaColumns(keep)
        self._stack = ExitStack()
        columns(table)
        refuse_other_endings(self.path, self.call)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._open(stack.enter_context(replacing(self.path)), stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stack.__exit__(error_type, error, at)

    @abstractmethod
    def _open(self, part: Path, stack: ExitStack) -> None: ...

    @abstractmethod
    def add(self, result: Result) -> None:
        """Writes the rows of one result. Raises OutputError."""


class CsvWriter(Writer):
    """CSV as in RFC 4180, in UTF-8, with ``\\n`` at the end of lines and a header in any case."""

    call = "to_csv"

    def __init__(
        self,
        path: str | Path,
        table: str = "scores",
        *,
        keep: Keep = None,
        spreadsheet: bool = False,
    ) -> None:
        super().__init__(path, table, keep=keep)
        self._guard = spreadsheet
        self._widths: list[tuple[int, int]] = []  # number of a row, keys it and those after it have

    def _open(self, part: Path, stack: ExitStack) -> None:
        with writing(self.path):
            self._handle = part.open("w", encoding="utf-8", newline="")
        self._part, self._rows = part, csv_rows(self._handle)
        stack.push(self._finish)

    def _finish(self, error_type: type[BaseException] | None, *_: object) -> None:
        with writing(self.path):
            if error_type is None and not self._widths:
                self._begin()
            self._handle.close()
            if error_type is None:
                self.meta.check()
                self._widen()

    def add(self, result: Result) -> None:
        """Writes the rows of one result. Raises OutputError."""
        cells = self.meta.cells(result.meta)
        with writing(self.path):
            if not self._widths:
                self._begin()
            elif len(cells) > self._widths[-1][1]:
                self._grow(len(cells))
            for row in rows(result, self.table):
                ours = [csv_cell(cell, guard=self._guard) for cell in row]
                self._rows.writerow([*ours, *(own_cell(c, guard=self._guard) for c in cells)])
                self.written += 1

    def _begin(self) -> None:
        names = self.meta.names
        self._rows.writerow([*(column.name for column in columns(self.table)), *names])
        self._widths.append((0, len(names)))

    def _grow(self, width: int) -> None:
        if not self._part.is_file():  # a pipe holds the header already
            raise OutputError(
                f"{self.path}: the key {self.meta.names[-1]!r} came up after the header was "
                f"written; name the columns beforehand (keep), or write to a file"
            )
        self._widths.append((self.written, width))

    def _widen(self) -> None:
        """Gives the rows written before all keys were known empty cells for the later ones."""
        names = self.meta.names
        if self._widths[0][1] == len(names):
            return
        wide = self._part.with_name(f"{self._part.name}.wide")
        try:
            with (
                self._part.open(encoding="utf-8", newline="") as old,
                wide.open("w", encoding="utf-8", newline="") as new,
            ):
                csv_rows(new).writerow([*(c.name for c in columns(self.table)), *names])
                for number, row in enumerate(_records(old), -1):
                    missing = len(names) - self._width(number)
                    new.write("" if number < 0 else f"{row[:-1]}{',' * missing}\n")
            os.replace(wide, self._part)
        finally:
            wide.unlink(missing_ok=True)

    def _width(self, number: int) -> int:
        return next((w for first, w in reversed(self._widths) if first <= number), 0)


class JsonLinesWriter(Writer):
    """One JSON object a line: ``Analysis.to_dict()``, or ``doc_id``, ``error`` and ``kind`` of a
    Failure; ``meta`` at its end, where the record had further keys.
    """

    call = "to_jsonl"

    def _open(self, part: Path, stack: ExitStack) -> None:
        with writing(self.path):
            self._handle = part.open("w", encoding="utf-8", newline="\n", errors="backslashreplace")
        stack.push(self._finish)

    def _finish(self, error_type: type[BaseException] | None, *_: object) -> None:
        with writing(self.path):
            self._handle.close()
        if error_type is None:
            self.meta.check()

    def add(self, result: Result) -> None:
        """Writes one line. Raises OutputError."""
        line = json_line(result, self.meta)
        with writing(self.path):
            self._handle.write(line + "\n")
        self.written += 1


def to_csv(
    results: Iterable[Result] | Result,
    out: str | Path,
    *,
    table: str = "scores",
    keep: Keep = None,
    spreadsheet: bool = False,
) -> int:
    """Writes a table as CSV and returns its number of rows; our floats are rounded to six places.

    ``results``, which may be a stream, ``table`` and ``keep`` are those of ``to_frame``; ``out`` is
    the file, which is replaced when all is written. Cells hold what the release says, to the
    character. A spreadsheet may take a cell that begins with ``= + - @`` for a formula: with
    ``spreadsheet`` such cells, and those that begin with an apostrophe, get an apostrophe in front;
    taking off one leading apostrophe gives the words back. Raises OutputError and DataError.
    """
    target = checked_target(results, out, "to_csv")
    return drain(results, CsvWriter(target, table, keep=keep, spreadsheet=spreadsheet))


def to_jsonl(results: Iterable[Result] | Result, out: str | Path, *, keep: Keep = None) -> int:
    """Writes one JSON object a line, failures included, and returns the number of lines.

    ``results`` may be a stream; ``out`` is the file, which is replaced when all is written. A line
    is ``Analysis.to_dict()``, or the fields of a Failure; behind them stand the further keys of the
    record as an object ``meta``, all or those that ``keep`` names. Raises OutputError and
    DataError.
    """
    return drain(results, JsonLinesWriter(checked_target(results, out, "to_jsonl"), keep=keep))


def drain(results: Iterable[Result] | Result, writer: Writer) -> int:
    """Writes all results and returns the number of rows."""
    with writer:
        for result in each(results):
            writer.add(result)
    return writer.written


def _records(lines: Iterable[str]) -> Iterator[str]:
    """The records of a CSV as they stand, with their line breaks: one ends where no quotation is
    open.
    """
    record, quotes = "", 0
    for line in lines:
        record, quotes = record + line, quotes + line.count('"')
        if quotes % 2 == 0:
            yield record
            record = ""


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
    """A cell of ours as CSV holds it: floats rounded, truth as ``true`` and ``false``, None as an
    empty cell.
    """
    if isinstance(cell, float):
        return round(cell, DIGITS) + 0.0  # + 0.0 turns −0.0 into 0.0
    return own_cell(cell, guard=guard)


def own_cell(cell: Cell, *, guard: bool = False) -> Cell:
    """The same for a value the user brought: floats stay as they are, days and times are ISO."""
    if isinstance(cell, bool | date):
        return words_of_cell(cell)
    return f"'{cell}" if guard and isinstance(cell, str) and cell.startswith(FORMULA) else cell


def json_line(result: Result, meta: MetaColumns | None = None) -> str:
    """A result as one line of JSON, with the keys of its record that ``meta`` names, or all."""
    if isinstance(result, Analysis):
        data = result.to_dict()
    else:
        failure = {"doc_id": result.doc_id, "error": result.error, "kind": result.kind}
        data = {"schema": SCHEMA, **failure}
    values = (meta or MetaColumns()).of(result.meta)
    return json.dumps({**data, "meta": values} if values else data, ensure_ascii=False)
