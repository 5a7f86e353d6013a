"""Reads and checks the packaged term lists (TSV) and tables (TOML); errors name file and line.

A term list is a TSV file whose first line names its columns; lines that start with ``#`` are
comments. What is made of the rule files is said in ``rules``.
"""

from __future__ import annotations

import tomllib
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

    Raises LexiconError naming file and line where a row has more or fewer columns.
    """
    lines = (
        (number, [cell.strip() for cell in line.split("\t")])
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    )
    header = next(lines, None)
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


@lru_cache(maxsize=64)
def read_tables(name: str) -> Mapping[str, Any]:
    """The tables of a packaged TOML file, read once. Raises LexiconError for broken TOML."""
    try:
        return tomllib.loads(read_text(name))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}: {error}") from error
