"""Unlabelled releases from wherever they lie, each once, in an order that does not depend on the
one given.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError, InputWarning, NotTextError
from eventrisk.labelled import Labelled, parse_record
from eventrisk.results import Failure
from eventrisk.sources.folders import TEXTS, find_files
from eventrisk.sources.formats import AS_NAMED, Columns
from eventrisk.sources.formats.guess import known
from eventrisk.sources.records import stream
from eventrisk.sources.rows import TEXT
from eventrisk.training.data import FORMATS, entries

Texts = str | Path | Iterable[str | Path | Labelled | Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Pool:
    """The releases to choose from; ``duplicates`` counts those left out since their words are
    another's.
    """

    records: tuple[Labelled, ...]
    duplicates: int
    failures: tuple[Failure, ...]


def gather(texts: Texts, columns: Columns = AS_NAMED, format: str | None = None) -> Pool:
    """Every release with an id of its own, in the order of its words' sha256. Raises DataError
    where there is none.

    That order is as good as drawn by lot, and the same however the releases were given. A string
    within a list is a release, a ``Path`` a file or a folder; a string alone is a path. What cannot
    be read is a Failure. Of releases with the same words the one of the first id is kept, and an id
    given to several gets a number behind it. ``columns`` maps names in tables and records to ours:
    ``{"body": "text"}``; ``format`` names the format of files, where their endings do not tell.
    """
    form = None if format is None else known(format, (TEXT, *FORMATS.values()))
    records: list[Labelled] = []
    failures: list[Failure] = []
    for item in _items(texts, columns, form):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            records.append(item)
    different: dict[str, Labelled] = {}
    for mark, record in sorted(
        ((_mark(" ".join(r.text.split())), r) for r in records),
        key=lambda m: (m[0], m[1].id, m[1].date or "", m[1].text),
    ):
        different.setdefault(mark, record)
    if not different:
        first = f"; the first that could not be read: {failures[0].error}" if failures else ""
        raise DataError(
            f"there is no release to choose from{first}; give texts, files or folders of releases"
        )
    return Pool(
        tuple(_named_apart(different.values())), len(records) - len(different), tuple(failures)
    )


def _items(texts: Texts, columns: Columns, form: str | None) -> Iterator[Labelled | Failure]:
    if isinstance(texts, str | Path):
        yield from _below(Path(texts), columns, form)
        return
    for number, item in enumerate(texts, 1):
        if isinstance(item, Path):
            yield from _below(item, columns, form)
        elif isinstance(item, Labelled):
            yield item
        else:
            yield _record(item, f"record {number}")


def _below(path: Path, columns: Columns, form: str | None) -> Iterator[Labelled | Failure]:
    """The releases of a file, or of all files of a folder and below it. Raises InputError where
    there are none.
    """
    listed = find_files([path])
    if listed.passed_over:
        warnings.warn(listed.said(), InputWarning, stacklevel=2)
    endings = {ending for each in FORMATS.values() for ending in each.suffixes} - {*TEXTS}
    for file in listed.files:
        if form != TEXT.name and (form is not None or file.suffix.lower() in endings):
            yield from _labelled(file, columns, form)
        else:
            for item in stream(file, form):
                yield item if isinstance(item, Failure) else _record(item, str(file))


def _labelled(file: Path, columns: Columns, form: str | None) -> Iterator[Labelled | Failure]:
    try:
        for entry in entries(file, form, columns):
            if isinstance(entry, DataError):
                yield Failure(file.as_posix(), str(entry), type(entry).__name__)
            else:
                yield entry.record
    except DataError as error:
        yield Failure(file.as_posix(), str(error), type(error).__name__)


def _record(item: Any, where: str) -> Labelled | Failure:
    """A release from a text or a mapping; without an id it is called by its words, as in
    ``Analysis.doc_id``.
    """
    if not isinstance(item, str | Mapping):
        return Failure(where, str(NotTextError(item)), NotTextError.__name__)
    plain = {"text": item} if isinstance(item, str) else {**item}
    text = plain.get("text")
    name = plain.pop("doc_id", None) if "id" not in plain else None
    mark = _mark(text)[:12] if isinstance(text, str) else where
    try:
        return parse_record(plain, where, default_id=mark if name is None else str(name))
    except DataError as error:
        return Failure(str(plain.get("id") or where), str(error), type(error).__name__)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _named_apart(records: Iterable[Labelled]) -> Iterator[Labelled]:
    listed = list(records)
    taken, numbers = {record.id for record in listed}, dict[str, Iterator[int]]()
    for record in listed:
        if record.id not in numbers:
            numbers[record.id] = count(2)
            yield record
            continue
        name = next(name for n in numbers[record.id] if (name := f"{record.id}-{n}") not in taken)
        taken.add(name)
        yield replace(record, id=name)
