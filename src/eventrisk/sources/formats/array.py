"""A file that is one JSON array, element by element, each with the line it begins on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError
from eventrisk.sources.formats import encodable, opening

BLANK = " \t\r\n"  # white space of JSON


def elements(path: Path) -> Iterator[tuple[int, Any]]:
    """Every element and its line from 1; at the first thing that is no JSON a DataError, which is
    the last.
    """
    text = _text(path)
    if isinstance(text, DataError):
        yield 1, text
        return
    decoder, at, line, counted, closed = json.JSONDecoder(), _after_blanks(text, 0), 1, 0, False
    if text[at : at + 1] != "[":
        yield 1, DataError(f"{path}, line 1: is not a JSON array; one [ … ] with all tasks is read")
        return
    at = _after_blanks(text, at + 1)
    closed = text[at : at + 1] == "]"
    while not closed:
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, at = decoder.raw_decode(text, at)
            at = _after_blanks(text, at)
            closed = text[at : at + 1] == "]"
            if not closed and text[at : at + 1] != ",":
                raise json.JSONDecodeError("Expecting ',' or ']'; is the file cut off?", text, at)
        except (ValueError, RecursionError) as error:
            yield (
                line,
                DataError(f"{path}, line {getattr(error, 'lineno', line)}: is not JSON ({error})"),
            )
            return
        yield line, value
        at = at if closed else _after_blanks(text, at + 1)


def _text(path: Path) -> str | DataError:
    with opening(path) as handle:
        data = handle.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return DataError(
            f"{path}, line {line}: is not UTF-8 ({error.reason}); save the file as UTF-8"
        )


def _after_blanks(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in BLANK:
        at += 1
    return at


def dump_array(rows: Iterable[Any], path: Path) -> None:
    """One array, an element a line."""
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write("[")
        for number, row in enumerate(rows):
            text = json.dumps(row, ensure_ascii=False)
            handle.write(
                (",\n" if number else "\n") + (text if encodable(text) else json.dumps(row))
            )
        handle.write("\n]\n")
