"""The records of one file as plain mappings with their names, whatever format it has.

Nothing is asked of them here but that they can be read: what is no text, or no date, is for the
analyzer to say, so that the record keeps its keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError, InputError
from eventrisk.export.untyped import Untyped
from eventrisk.labelled import Labelled
from eventrisk.sources.encodings import say_if_fallback
from eventrisk.sources.files import read_file
from eventrisk.sources.folders import TEXTS, is_table_of_results
from eventrisk.sources.formats import Columns, Format, jsonl, parquet, separated
from eventrisk.sources.formats.array import elements
from eventrisk.sources.formats.conll import CONLL
from eventrisk.sources.formats.doccano import DOCCANO
from eventrisk.sources.formats.guess import first_line, guess, known
from eventrisk.sources.formats.jsonl import JSONL
from eventrisk.sources.formats.label_studio import LABEL_STUDIO
from eventrisk.sources.formats.parquet import PARQUET
from eventrisk.sources.formats.prodigy import PRODIGY
from eventrisk.sources.formats.separated import CSV
from eventrisk.sources.keys import OURS, header, named
from eventrisk.sources.submission import release_documents, separate_texts

Rows = Iterator[tuple[str, dict[str, Any] | DataError]]
"""The name of each record, ``file#row`` where many stand in a file, and the record or what is wrong
with it.
"""
TEXT = Format("text", TEXTS, lambda path, columns=None: iter(()), lambda records, path: [])
TOOLS = {form.name: form for form in (PRODIGY, DOCCANO, LABEL_STUDIO, CONLL)}
FORMATS = {form.name: form for form in (TEXT, JSONL, CSV, PARQUET, *TOOLS.values())}
LABELS_ONLY = (".spacy",)  # of labelled releases alone
SHEETS = (".xlsx", ".xls", ".ods")


def checked_format(format: str | None) -> str | None:
    """The name of a format, as it is known here. Raises DataError that lists what is known."""
    return None if format is None else known(format, FORMATS.values())


def is_text(path: Path, format: str | None) -> bool:
    """Whether a file is one release, as far as its name tells."""
    return format == TEXT.name if format else path.suffix.lower() in TEXTS


def holds_text(path: Path) -> bool:
    """Whether a file is read as text, by its ending. Raises DataError for what is not read."""
    return _format_of(path, {}) == TEXT.name


def rows(path: Path, format: str | None, columns: Columns) -> Rows:
    """Every record of a file, in order.

    Raises InputError or DataError when the file cannot be read, or its format is not known.
    """
    if not (format or columns) and is_table_of_results(path):
        raise InputError(
            f"{path}: holds results that this library wrote, not releases; read what they were "
            f"made of, or say which column is the text with columns={{'title': 'text'}} (on the "
            f"command line: --column title=text)"
        )
    form = format or _format_of(path, columns)
    if form in TOOLS:
        return _labelled(path, TOOLS[form], columns)
    return READERS[form](path, columns)


def _format_of(path: Path, columns: Columns) -> str:
    """By the ending; a file of any other ending is a text."""
    suffix = path.suffix.lower()
    if suffix in LABELS_ONLY:
        raise DataError(
            f"{path}: a DocBin holds labelled releases; `eventrisk convert {path} "
            f"{path.with_suffix('.jsonl')}` makes records of it"
        )
    if suffix in SHEETS:
        raise DataError(f"{path}: is a spreadsheet; save its table as CSV")
    if suffix == ".json":
        return "json"
    if suffix == ".tsv":
        return guess(path, FORMATS.values(), columns)
    by_ending = {ending: form.name for form in FORMATS.values() for ending in form.suffixes}
    return by_ending.get(suffix, "text")


def _text(path: Path, columns: Columns) -> Rows:
    """A file's one release, or each release of a submission file."""
    found = read_file(path)
    say_if_fallback(found.encoding, path.as_posix())
    releases = release_documents(found.text)
    if len(releases) < 2:
        yield path.as_posix(), {"text": found.text}
        return
    for number, text in enumerate(separate_texts(found.text, releases), 1):
        yield f"{path.as_posix()}#{number}", {"text": text}


def _csv(path: Path, columns: Columns) -> Rows:
    """The cells of further columns have no type of their own."""
    found = _table(path, separated.rows_of(path, columns), columns, f"{path}, line {{}}")
    for name, record in found:
        yield name, record if isinstance(record, DataError) else _untyped(record)


def _untyped(record: dict[str, Any]) -> dict[str, Any]:
    return {
        key: Untyped(value) if isinstance(value, str) and key not in OURS else value
        for key, value in record.items()
    }


def _parquet(path: Path, columns: Columns) -> Rows:
    return _table(path, parquet.table(path), columns, f"{path}")


def _table(path: Path, table: Iterator[tuple[int, Any]], columns: Columns, where: str) -> Rows:
    """Rows counted from 1 below the header."""
    number, first = next(table, (0, None))
    if first is None:
        return
    if isinstance(first, DataError):
        raise first
    names = header(first, columns, where.format(number))
    for count, (_, row) in enumerate(table, 1):
        record = row if isinstance(row, DataError) else dict(zip(names, row, strict=True))
        yield f"{path.as_posix()}#{count}", record


def _json_lines(path: Path, columns: Columns) -> Rows:
    return _objects(path, jsonl.objects(path), columns)


def _json(path: Path, columns: Columns) -> Rows:
    """One array of objects, or JSON Lines; a task of Label Studio has its keys in ``data``."""
    if not first_line(path).lstrip().startswith("["):
        return _json_lines(path, columns)
    return _objects(path, elements(path), columns, counted=True)


def _objects(
    path: Path, found: Iterator[tuple[int, Any]], columns: Columns, *, counted: bool = False
) -> Rows:
    """Objects named by their lines, or by their count where many stand in one line."""
    unused = set(columns)
    for count, (line, value) in enumerate(found, 1):
        number, where = count if counted else line, f"{path}, line {line}"
        record: dict[str, Any] | DataError
        if isinstance(value, DataError):
            record = value
        elif not isinstance(value, dict):
            record = DataError(f'{where}: is no object; one object with a "text" is a record')
        else:
            plain = _flat(value)
            unused -= plain.keys()
            try:
                record = named(plain, columns, where)
            except DataError as error:
                record = error
        yield f"{path.as_posix()}#{number}", record
    if unused:
        raise DataError(f"{path}: no record has the key {min(unused)!r} named in columns")


def _flat(value: Mapping[str, Any]) -> dict[str, Any]:
    data = value.get("data")
    if isinstance(data, dict) and "text" not in value:
        return {**{key: kept for key, kept in value.items() if key != "data"}, **data}
    return dict(value)


def _labelled(path: Path, form: Format, columns: Columns) -> Rows:
    """The releases of a labelling tool, without their labels."""
    for count, entry in enumerate(form.read(path, columns), 1):
        name = f"{path.as_posix()}#{count}"
        if isinstance(entry, DataError):
            yield name, entry
        else:
            yield name, _plain(entry.record)


def _plain(record: Labelled) -> dict[str, Any]:
    return {**record.extra, "id": record.id, "text": record.text, "date": record.date}


READERS: Mapping[str, Callable[[Path, Columns], Rows]] = {
    "text": _text,
    "csv": _csv,
    "parquet": _parquet,
    "jsonl": _json_lines,
    "json": _json,
}
