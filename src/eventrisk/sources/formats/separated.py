"""CSV and its kin, read as a stream: commas, semicolons, tabs or bars, as the header shows; written
with commas.

The encoding is that of the byte order mark, else UTF-8, else Windows-1252. A line that is in
another one than the rest or has NUL characters spoils its own row only; a quote that is never
closed ends the reading, since nothing after it can be trusted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from eventrisk.errors import DataError
from eventrisk.export.writers import csv_rows
from eventrisk.labelled import Labelled, Placed
from eventrisk.sources.encodings import FALLBACK, UTF8, encoding_of, say_if_fallback
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

    def __init__(self, handle: BinaryIO, path: Path, encoding: str) -> None:
        self._handle, self._path, self._encoding = handle, path, encoding
        self._bad = dict[int, DataError]()

    def __iter__(self) -> Iterator[str]:
        for number, text in enumerate(self._texts(), 1):
            if "\0" in text:
                where = f"{self._path}, line {number}"
                self._bad.setdefault(
                    number,
                    DataError(f"{where}: holds a NUL character; save the file as UTF-8 text"),
                )
            if "\ufffd" in text and self._encoding not in (UTF8, FALLBACK):
                where = f"{self._path}, line {number}"
                wrong = f"is not all {self._encoding}; save the file as UTF-8"
                self._bad.setdefault(number, DataError(f"{where}: {wrong}"))
            yield text

    def _texts(self) -> Iterator[str]:
        if self._encoding != UTF8:
            yield from TextIOWrapper(self._handle, self._encoding, errors="replace", newline="")
            return
        for number, line in enumerate(self._handle, 1):
            try:
                yield line.decode(UTF8 if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                self._bad[number] = DataError(not_utf8(f"{self._path}, line {number}", error))
                yield line.decode("utf-8", "replace")

    def taken(self) -> DataError | None:
        """The first error of the lines read since the last call."""
        first = self._bad[min(self._bad)] if self._bad else None
        self._bad.clear()
        return first


def read(path: Path, columns: Columns = AS_NAMED) -> Read:
    """Every row that is not blank. Raises DataError when the file cannot be opened."""
    header: Header | None = None
    for number, row in rows_of(path, columns):
        try:
            if isinstance(row, DataError):
                yield row
            elif header is None:
                _refuse_tool(row, f"{path}, line {number}")
                header = Header(row, columns, f"{path}, line {number}")
            else:
                where = f"{path}, line {number}"
                record = header.record(row, where, f"{path.stem}-{number}")
                yield Placed(record, str(path), number)
        except DataError as error:
            yield error
            if header is None:
                return


def rows_of(path: Path, columns: Columns = AS_NAMED) -> Iterator[tuple[int, list[str] | DataError]]:
    """The header and every row that is not blank, as long as the header, with the line it begins
    on; what cannot be read is a DataError in its place.

    Raises DataError when the file cannot be opened.
    """
    encoding = encoding_of(path)
    say_if_fallback(encoding, str(path))
    with opening(path) as handle:
        yield from _rows(_Lines(handle, path, encoding), path, columns)


def table(path: Path) -> Iterator[tuple[int, dict[str, str] | DataError]]:
    """Every row by the names of the header, with the line it begins on; for the tables of tools,
    whose columns are no names of ours. Raises DataError when the file cannot be opened.
    """
    names: list[str] | None = None
    for number, row in rows_of(path):
        if isinstance(row, DataError):
            yield number, row
        elif names is None:
            names = row
        else:
            yield number, dict(zip(names, row, strict=True))


def header_of(path: Path) -> tuple[str, ...]:
    """The names of the columns as they stand, none where they cannot be read."""
    encoding = encoding_of(path)
    with opening(path) as handle:
        _, row = next(_rows(_Lines(handle, path, encoding), path, AS_NAMED), (0, []))
    return () if isinstance(row, DataError) else tuple(row)


def tool_of(names: Iterable[str]) -> str | None:
    """Whose table this is, by the columns that a labelling tool adds; None for any other."""
    given = set(names)
    return next((tool for tool, signs in TOOLS.items() if signs <= given), None)


def refused(tool: str, where: str) -> DataError:
    """What is said of a tool's table that is read as another's."""
    return DataError(
        f"{where}: is a table that {tool} wrote; read it as {tool} (format={tool!r}, --from {tool})"
    )


def _refuse_tool(names: Iterable[str], where: str) -> None:
    if tool := tool_of(names):
        raise refused(tool, where)


def _rows(
    lines: _Lines, path: Path, columns: Columns
) -> Iterator[tuple[int, list[str] | DataError]]:
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    stream, above = iter(lines), list[str]()
    while (first := next(stream, "")) and not first.strip():
        above.append(first)
    rows = csv.reader(
        chain(above, [first], stream), delimiter=delimiter(first, columns), strict=True
    )
    width = 0
    while True:
        number = rows.line_num + 1
        row, error = _next(rows, path, number)
        error = lines.taken() or error
        if error and (not width or row is None):
            yield number, error  # nothing after it can be trusted
            return
        if row is None:
            return
        if row:
            width = width or len(row)
            yield number, error or _of_width(row, width, f"{path}, line {number}")


def _next(rows: Any, path: Path, number: int) -> tuple[list[str] | None, DataError | None]:
    """The next row, None after the last one; or what is wrong with it."""
    try:
        return next(rows, None), None
    except csv.Error as error:
        hint = next((hint for words, hint in HINTS.items() if words in str(error)), "")
        return None, DataError(f"{path}, line {number}: is not CSV ({error}){hint}")


def _of_width(row: list[str], width: int, where: str) -> list[str] | DataError:
    if len(row) == width:
        return row
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
