"""Labelled releases from wherever they come: a file of any format we read, several files, or
records in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed, parse_record
from eventrisk.sources.formats import AS_NAMED, Columns, Format, Loss, Read
from eventrisk.sources.formats.conll import CONLL, CONLL2003
from eventrisk.sources.formats.doccano import APPROVED, DOCCANO
from eventrisk.sources.formats.guess import guess, known
from eventrisk.sources.formats.jsonl import JSONL
from eventrisk.sources.formats.label_studio import LABEL_STUDIO
from eventrisk.sources.formats.parquet import PARQUET
from eventrisk.sources.formats.prodigy import PRODIGY
from eventrisk.sources.formats.separated import CSV
from eventrisk.sources.keys import refuse_no_mapping
from eventrisk.training.annotators import Settled, settled
from eventrisk.training.iso_days import with_iso_days
from eventrisk.training.relabel import AS_LABELLED, Labels, relabelled

FILES = 3  # that a message names

Data = str | Path | Iterable[str | Path | Labelled | Mapping[str, Any]]


def _read_docbin(path: Path, columns: Columns = AS_NAMED) -> Read:
    from eventrisk.nlp import docbin

    if columns:
        raise DataError(f"{path}: a DocBin has no names of columns")
    return docbin.read(path)


def _write_docbin(records: Iterable[Labelled], path: Path) -> list[Loss]:
    from eventrisk.nlp import docbin

    return [Loss(*lost) for lost in docbin.write(records, path)]


DOCBIN = Format(
    "docbin", (".spacy",), _read_docbin, _write_docbin
)  # spaCy is loaded when it is asked for
FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        JSONL,
        CSV,
        PARQUET,
        DOCBIN,
        PRODIGY,
        DOCCANO,
        APPROVED,
        LABEL_STUDIO,
        CONLL,
        CONLL2003,
    )
}


def entries(
    data: Data,
    format: str | None = None,
    columns: Columns = AS_NAMED,
    labels: Labels = AS_LABELLED,
) -> Iterator[Placed | DataError]:
    """Every record with its place, one that cannot be read as a DataError in its place; a text that
    several people labelled comes once for each of them.

    ``format`` names the format of files; without it their ending tells and, where several formats
    share one, their first line. ``columns`` maps names in files to ours: ``{"body": "text"}``;
    ``labels`` maps label values (see ``relabelled``). Dates are those that ``analyze_many`` takes,
    and stand in the records as ISO days. Raises DataError for a file that cannot be
    opened or whose format is not known.
    """
    refuse_no_mapping(columns)
    return with_iso_days(relabelled(_entries(data, format, columns), labels))


def _entries(data: Data, format: str | None, columns: Columns) -> Iterator[Placed | DataError]:
    if isinstance(data, str | Path):
        yield from _file(Path(data), format, columns)
        return
    for number, item in enumerate(data, 1):
        if isinstance(item, str | Path):
            yield from _file(Path(item), format, columns)
        elif isinstance(item, Labelled):
            yield Placed(item, f"record {number}", None)
        else:
            yield _mapping(item, f"record {number}")


def records(
    data: Data,
    format: str | None = None,
    columns: Columns = AS_NAMED,
    labels: Labels = AS_LABELLED,
    *,
    conflicts: str = "latest",
) -> list[Labelled]:
    """All records, one a text. Raises the first DataError, and one for data without a record and
    for ids given twice; ``conflicts`` is that of ``annotators.settled``.
    """
    found = settled(entries(data, format, columns, labels), conflicts)
    return [entry.record for entry in readable(found, data)]


def readable(found: Settled, data: Data) -> list[Placed]:
    """All entries of ``data``. Raises DataError as ``records`` does."""
    placed: list[Placed] = []
    seen: dict[str, str] = {}
    for entry in found.entries:
        if isinstance(entry, DataError):
            raise entry
        if entry.record.id in seen:
            raise DataError(
                f"{entry.where}: the id {entry.record.id!r} was used in "
                f"{seen[entry.record.id]}; ids must differ"
            )
        seen[entry.record.id] = entry.where
        placed.append(entry)
    if not placed:
        raise DataError(f"{named(data)}: holds no record; at least one labelled release is needed")
    return placed


def files_in(data: Data) -> list[Path]:
    """The files that are named in data, which is not a stream."""
    given = [data] if isinstance(data, str | Path) else data
    return [Path(item) for item in given if isinstance(item, str | Path)]


def format_of(path: Path, format: str | None = None, columns: Columns = AS_NAMED) -> Format:
    """The format of a file to be read. Raises DataError."""
    if path.is_dir():
        raise DataError(f"{path}: is a folder; name the files in it")
    named = (
        known(format, FORMATS.values())
        if format is not None
        else guess(path, FORMATS.values(), columns)
    )
    return FORMATS[named]


def _file(path: Path, format: str | None, columns: Columns) -> Read:
    return format_of(path, format, columns).read(path, columns)


def _mapping(item: Any, where: str) -> Placed | DataError:
    try:
        return Placed(parse_record(item, where, default_id=where.replace(" ", "-")), where, None)
    except DataError as error:
        return error


def named(data: Data) -> str:
    """Data as messages call them: their files, where they are nothing else."""
    if isinstance(data, str | Path):
        return str(data)
    given = list(data) if isinstance(data, Sequence) else []
    if not given or not all(isinstance(item, str | Path) for item in given):
        return "the records given"
    more = f" and {len(given) - FILES} more" if len(given) > FILES else ""
    return ", ".join(str(item) for item in given[:FILES]) + more
