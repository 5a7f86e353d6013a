"""Our own format: JSON Lines, one record a line (``data/schema.json``); holds everything.

The labelling tools write JSON Lines too: ``objects`` and ``dump`` serve all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed, parse_record, to_plain
from eventrisk.sources.formats import (
    AS_NAMED,
    Columns,
    Format,
    Loss,
    Read,
    decoded,
    encodable,
    opening,
)
from eventrisk.sources.formats.foreign import is_of_doccano, of_doccano


def read(path: Path, columns: Columns = AS_NAMED) -> Read:
    """Every line that is not blank; at the end a DataError for a name in ``columns`` that no record
    had. At an example that doccano wrote a DataError, which is the last.

    Raises DataError when the file cannot be opened.
    """
    unused = set(columns)
    for number, found in objects(path):
        if is_of_doccano(found):
            yield of_doccano(f"{path}, line {number}")
            return
        unused -= found.keys() if isinstance(found, dict) else set()
        try:
            yield _record(found, path, number, columns)
        except DataError as error:
            yield error
    if unused:
        yield DataError(
            f"{path}: no record has the key {min(unused)!r} that is to be read as "
            f"{columns[min(unused)]!r}"
        )


def _record(found: Any, path: Path, number: int, columns: Columns) -> Placed:
    if isinstance(found, DataError):
        raise found
    where = f"{path}, line {number}"
    plain = renamed(found, columns, where) if isinstance(found, dict) else found
    return Placed(parse_record(plain, where, default_id=f"{path.stem}-{number}"), str(path), number)


def objects(path: Path) -> Iterator[tuple[int, Any]]:
    """The value of every line that is not blank, with the line's number from 1; a DataError for one
    that is no JSON.
    """
    with opening(path) as handle:
        for number, line in enumerate(handle, 1):
            if line.strip():
                yield number, _value(line, number, f"{path}, line {number}")


def _value(line: bytes, number: int, where: str) -> Any:
    try:
        return json.loads(decoded(line, number, where))
    except DataError as error:
        return error
    except (ValueError, RecursionError) as error:
        return DataError(f"{where}: is not JSON ({error}); one object a line is read")


def renamed(found: Mapping[str, Any], columns: Columns, where: str) -> dict[str, Any]:
    """The object with its keys as they are called here. Raises DataError when two would be called
    the same.
    """
    plain: dict[str, Any] = {}
    for key, value in found.items():
        name = columns.get(key, key)
        if name in plain:
            raise DataError(
                f"{where}: two keys are to be read as {name!r}; name only one of them so"
            )
        plain[name] = value
    return plain


def write(records: Iterable[Labelled], path: Path) -> list[Loss]:
    """One line a record; nothing is lost."""
    dump((to_plain(record) for record in records), path)
    return []


def dump(rows: Iterable[Any], path: Path) -> None:
    """One line of JSON a row, readable where UTF-8 can hold it, escaped where not (half surrogate
    pairs).
    """
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        for row in rows:
            line = json.dumps(row, ensure_ascii=False)
            handle.write((line if encodable(line) else json.dumps(row)) + "\n")


JSONL = Format("jsonl", (".jsonl", ".ndjson"), read, write)
