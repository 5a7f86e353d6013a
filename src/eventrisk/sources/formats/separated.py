"""CSV and its kin, read as a stream: commas, semicolons, tabs or bars, as the header shows; written
with commas.

A line in another encoding or with NUL characters spoils its own row only; a quote that is never
closed ends the reading, since nothing after it can be trusted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError
from eventrisk.export.writers import csv_rows
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
    not_utf8,
    opening,
)
from eventrisk.sources.formats.columns import ALIASES, KNOWN, Header, cells, used

DELIMITERS = (",", ";", "\t", "|")
HINTS = {  # what csv says → what to do
    "expected after": "; is a quote within a cell not doubled?",
    "end of data": "; is a quote never closed?",
    "new-line character": "; end lines with a line feed",
}
TOOLS = {  # the columns by which a labelling tool's table is known
    "label_studio": {"annotation_id", "annotator", "lead_time"},
    "doccano": {"id", "text", "label", "Comments"},
}
LONGEST_CELL = 2**31 - 1  # characters; the most that csv takes on every platform


class _Lines:
    """A file's lines as text; what is wrong with one is kept until its row is asked for."""

    def __init__(self, handle: Iterable[bytes], path: Path) -> None:
        self._lines, self._path, self._bad = enumerate(handle, 1), path, dict[int, DataError]()

    def __iter__(self) -> Iterator[str]:
        for number, line in self._lines:
            where = f"{self._path}, line {number}"
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                self._bad[number] = DataError(not_utf8(where, error))
                text = line.decode("utf-8", "replace")
            if "\0" in text:
                self._bad.setdefault(
                    number,
                    DataError(f"{where}: holds a NUL character; save the file as UTF-8 text"),
                )
            yield text

    def taken(self) -> DataError | None:
        """The first error of the lines read since the last call."""
        first = self._bad[min(self._bad)] if self._bad else None
        self._bad.clear()
        return first


def read(path: Path, columns: Columns = AS_NAMED) -> Read:
    """Every row that is not blank. Raises DataError when the file cannot be opened."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    with opening(path) as handle:
        lines = _Lines(handle, path)
        try:
            yield from _rows(lines, path, columns)
        except DataError as error:
            yield error


def table(path: Path) -> Iterator[tuple[int, dict[str, str] | DataError]]:
    """Every row by the names of the header, with the line it begins on; for the tables of tools,
    whose columns are no names of ours. Raises DataError when the file cannot be opened.
    """
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    with opening(path) as handle:
        names: list[str] | None = None
        try:
            for number, row in _cells(_Lines(handle, path), path, AS_NAMED):
                if isinstance(row, DataError):
                    yield number, row
                elif names is None:
                    names = row
                elif len(row) != len(names):
                    yield number, _too_many(row, len(names), f"{path}, line {number}")
                else:
                    yield number, dict(zip(names, row, strict=True))
        except DataError as error:
            yield 1, error


def header_of(path: Path) -> tuple[str, ...]:
    """The names of the columns as they stand, none where they cannot be read."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    with opening(path) as handle:
        try:
            _, row = next(_cells(_Lines(handle, path), path, AS_NAMED), (0, []))
        except DataError:
            return ()
    return () if isinstance(row, DataError) else tuple(row)


def _cells(
    lines: _Lines, path: Path, columns: Columns
) -> Iterator[tuple[int, list[str] | DataError]]:
    """Rows that are not blank, the header first. Raises DataError for what makes all further rows
    unreadable.
    """
    stream, above, begun = iter(lines), list[str](), False
    while (first := next(stream, "")) and not first.strip():
        above.append(first)
    rows = csv.reader(
        chain(above, [first], stream), delimiter=delimiter(first, columns), strict=True
    )
    while True:
        number = rows.line_num + 1
        row, error = _next(rows, path, number)
        error = lines.taken() or error
        if error and (not begun or row is None):
            raise error
        if row is None:
            return
        if row:
            begun = True
            yield number, error or row


def _rows(lines: _Lines, path: Path, columns: Columns) -> Read:
    """The records below the header."""
    header: Header | None = None
    for number, row in _cells(lines, path, columns):
        where = f"{path}, line {number}"
        if isinstance(row, DataError):
            yield row
        elif header is None:
            if tool := tool_of(row):
                raise DataError(
                    f"{where}: is a table that {tool} wrote; read it as {tool} (format={tool!r}, "
                    f"--from {tool})"
                )
            header = Header(row, columns, where)
        else:
            yield _record(header, row, path, number)


def tool_of(names: Iterable[str]) -> str | None:
    """Whose table this is, by the columns that a labelling tool adds; None for any other."""
    given = set(names)
    return next((tool for tool, signs in TOOLS.items() if signs <= given), None)


def _next(rows: Any, path: Path, number: int) -> tuple[list[str] | None, DataError | None]:
    """The next row, None after the last one; or what is wrong with it."""
    try:
        return next(rows, None), None
    except csv.Error as error:
        hint = next((hint for words, hint in HINTS.items() if words in str(error)), "")
        return None, DataError(f"{path}, line {number}: is not CSV ({error}){hint}")


def _record(header: Header, row: list[str], path: Path, number: int) -> Placed | DataError:
    where = f"{path}, line {number}"
    if len(row) != header.width:
        return _too_many(row, header.width, where)
    try:
        return Placed(header.record(row, where, f"{path.stem}-{number}"), str(path), number)
    except DataError as error:
        return error


def _too_many(row: list[str], width: int, where: str) -> DataError:
    wrong = f"has {len(row)} cells where the header has {width}"
    return DataError(f"{where}: {wrong}; is a comma not quoted, or the line cut off?")


def delimiter(first: str, columns: Columns = AS_NAMED) -> str:
    """What parts the cells of a header: the sign that yields most names we know, then most
    names.
    """

    def worth(sign: str) -> tuple[int, int]:
        try:
            names = next(csv.reader([first], delimiter=sign), [])
        except csv.Error:
            return 0, 0
        return sum(name in known for name in names), len(names)

    known = {*KNOWN, *ALIASES, *columns}
    return max(DELIMITERS, key=worth)


def write(records: Iterable[Labelled], path: Path) -> list[Loss]:
    """A header of the columns in use, and one row a record; what UTF-8 or CSV cannot hold is left
    out.
    """
    held, losses = list(records), []
    names = used(held)
    with path.open("w", encoding="utf-8", newline="") as handle:
        rows = csv_rows(handle)
        rows.writerow(names)
        for record in held:
            row = cells(record, names)
            why = next(
                (why for cell in row if isinstance(cell, str) and (why := _unfit(cell))), None
            )
            if why:
                losses.append(Loss(record.id, WHOLE, why))
            else:
                rows.writerow(row)
    return losses


def _unfit(cell: str) -> str | None:
    if "\0" in cell:
        return "it holds a NUL character, which CSV cannot"
    return None if encodable(cell) else SURROGATE


CSV = Format("csv", (".csv",), read, write)
