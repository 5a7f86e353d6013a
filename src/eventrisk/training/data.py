"""Labelled releases from wherever they come: a file of any format we read, several files, or records in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed, parse_record
from eventrisk.sources.formats import Format
from eventrisk.sources.formats.jsonl import JSONL

Data = str | Path | Iterable[str | Path | Labelled | Mapping[str, Any]]
FORMATS: dict[str, Format] = {"jsonl": JSONL}


def entries(data: Data, form: str | None = None) -> Iterator[Placed | DataError]:
    """Every record with its place, one that cannot be read as a DataError in its place.

    ``form`` names the format of files; without it their ending, and if need be their first line, tells.
    """
    if isinstance(data, str | Path):
        yield from _file(Path(data), form)
        return
    for number, item in enumerate(data, 1):
        if isinstance(item, str | Path):
            yield from _file(Path(item), form)
        elif isinstance(item, Labelled):
            yield Placed(item, f"record {number}", None)
        else:
            yield _mapping(item, f"record {number}")


def records(data: Data, form: str | None = None) -> list[Labelled]:
    """All records. Raises the first DataError, and one for data without a record and for ids given twice."""
    found: list[Labelled] = []
    seen: dict[str, str] = {}
    for entry in entries(data, form):
        if isinstance(entry, DataError):
            raise entry
        if entry.record.id in seen:
            raise DataError(
                f"{entry.where}: the id {entry.record.id!r} was used in {seen[entry.record.id]}; ids must differ"
            )
        seen[entry.record.id] = entry.where
        found.append(entry.record)
    if not found:
        raise DataError(f"{_named(data)}: holds no record; at least one labelled release is needed")
    return found


def _file(path: Path, form: str | None) -> Iterator[Placed | DataError]:
    by_ending = {suffix: name for name, known in FORMATS.items() for suffix in known.suffixes}
    name = form or by_ending.get(path.suffix.lower())
    if name not in FORMATS:
        raise DataError(f"{path}: no format of labelled releases is known by {name or path.suffix!r}")
    yield from FORMATS[name].read(path)


def _mapping(item: Any, where: str) -> Placed | DataError:
    try:
        return Placed(parse_record(item, where, default_id=where.replace(" ", "-")), where, None)
    except DataError as error:
        return error


def _named(data: Data) -> str:
    return str(data) if isinstance(data, str | Path) else "the records given"
