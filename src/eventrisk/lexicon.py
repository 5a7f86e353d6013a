"""Reads and checks the packaged term lists (TSV) and tables (TOML); errors name file and line.

A term list is a TSV file whose first line names its columns; lines that start with ``#`` are
comments. What is made of the rule files is said in ``rules``.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from eventrisk.errors import LexiconError

PACKAGE = "eventrisk.lexicons"


def read_text(name: str) -> str:
    """The content of one packaged lexicon file. Raises LexiconError when there is none of that
    name.
    """
    path = files(PACKAGE).joinpath(name)
    if not path.is_file():
        raise LexiconError(f"{name}: no such lexicon in {PACKAGE}")
    return path.read_text(encoding="utf-8")


def parse_terms(text: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of a term list as dicts. Raises LexiconError naming file and line where a row does
    not fit.
    """
    for number, row in table_rows(text, name)[1]:
        if not next(iter(row.values())):
            raise LexiconError(
                f"{name}, line {number}: the first column is empty; give the term or delete "
                f"the line"
            )
        yield row


def table_rows(
    text: str, name: str
) -> tuple[tuple[int, list[str]] | None, Iterator[tuple[int, dict[str, str]]]]:
    """The header of a term list with its line (None for a list without lines), and its rows with
    theirs, from 1.

    Raises LexiconError naming file and line where a row has more or fewer columns, and where the
    header has a name twice.
    """
    lines = (
        (number, [cell.strip() for cell in line.split("\t")])
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    )
    header = next(lines, None)
    if header and (twice := [column for column, n in Counter(header[1]).items() if n > 1]):
        raise LexiconError(
            f"{name}, line {header[0]}: the column {', '.join(twice)} is given twice; rename one"
        )
    return header, _rows(lines, header[1] if header else [], name)


def _rows(
    lines: Iterator[tuple[int, list[str]]], columns: list[str], name: str
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in lines:
        if len(cells) != len(columns):
            wrong = f"{len(cells)} columns where {len(columns)} are declared"
            line = "\t".join(cells)
            raise LexiconError(f"{name}, line {number}: {wrong}: {line!r}")
        yield number, dict(zip(columns, cells, strict=True))


@lru_cache(maxsize=32)
def terms(name: str) -> tuple[Mapping[str, str], ...]:
    """All rows of a packaged term list, read once."""
    return tuple(parse_terms(read_text(name), name))


def listed_terms(given: Any, where: str) -> list[str]:
    """The first column of a packaged term list: of all rows, for the name of its file, or of those
    that ``{ file = "file.tsv", where = { column = ["value", …] } }`` selects, a value a column.

    Raises LexiconError that begins with ``where`` for any other form, a column the list has not,
    and a selection without a row.
    """
    table = {"file": given} if isinstance(given, str) else given
    if not isinstance(table, Mapping) or not isinstance(table.get("file"), str):
        raise LexiconError(f'{where}: names no file; write file = "….tsv", not {given!r}')
    file, selected = str(table["file"]), _selected(table.get("where", {}), where)
    rows = terms(file)
    if unknown := [column for column in selected if column not in rows[0]]:
        raise LexiconError(f"{where}: {file} has no column {', '.join(unknown)}")
    words = [
        next(iter(row.values()))
        for row in rows
        if all(row[column] in values for column, values in selected.items())
    ]
    if not words:
        raise LexiconError(f"{where}: no row of {file} has these values: {selected}")
    return words


def _selected(given: Any, where: str) -> Mapping[str, list[str]]:
    """The values that are selected, by column; a text would select every part of itself."""
    if not isinstance(given, Mapping):
        raise LexiconError(f"{where}, where: no table of columns but {given!r}")
    for column, values in given.items():
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise LexiconError(
                f'{where}, where {column!r}: must be a list of texts, as in ["…"], not {values!r}'
            )
    return given


@lru_cache(maxsize=64)
def read_tables(name: str) -> Mapping[str, Any]:
    """The tables of a packaged TOML file, read once. Raises LexiconError for broken TOML."""
    try:
        return tomllib.loads(read_text(name))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}: {error}") from error
