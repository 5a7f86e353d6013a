"""Records from wherever they come: files, folders, frames, mappings, bare texts. One reader for
every call and command that takes unlabelled releases.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

from eventrisk.errors import DataError, EmptyTextError, InputError, InputWarning
from eventrisk.export.overwriting import READING
from eventrisk.results import Failure
from eventrisk.sources import frames
from eventrisk.sources.file_names import is_file_name, refuse_addresses
from eventrisk.sources.files import read_file
from eventrisk.sources.folders import find_files
from eventrisk.sources.formats import AS_NAMED, Columns
from eventrisk.sources.frames import Frame
from eventrisk.sources.keys import (
    OURS,
    checked_columns,
    header,
    is_missing,
    named,
    names_of,
    way_to_text,
)
from eventrisk.sources.rows import checked_format, holds_text, is_text, rows

Record = str | Path | Mapping[str, Any] | Failure
"""A release: its text; a mapping with ``text`` and, where known, ``title``, ``date`` and ``id``; or
the ``Path`` of a file or folder. A Failure stands for a release that could not be read before.
"""
Records = Iterable[Record] | Path | Frame
"""Many releases: any iterable of them, a file or folder, or a frame with a row each."""

OPENING = 1_500  # characters at the start of a text, in which its headline may stand already


class Release(NamedTuple):
    """A record's parts: ``text`` and ``date`` as they were given, None for what is not there;
    ``meta`` are its further keys, ``keys`` all of them by the names they came with.
    """

    doc_id: str | None
    text: Any
    date: Any
    meta: Mapping[str, Any]
    keys: tuple[str, ...] = ()

    @property
    def has_keys(self) -> bool:
        """Whether it came as a record, and not as a bare text."""
        return bool(self.keys)


class Stream(Iterator[dict[str, Any] | Failure]):
    """The records of files, read as they are asked for."""

    def __init__(self, files: Iterable[Path], format: str | None, columns: Columns) -> None:
        self.files, self._format = (*files,), format
        self._found = (one for file in self.files for one in stream(file, format, columns))
        READING.add(self)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> dict[str, Any] | Failure:
        try:
            return next(self._found)
        except StopIteration:
            READING.discard(self)
            raise

    def __length_hint__(self) -> int:
        """How many records there are, where each file is one; else 0, which says nothing."""
        return len(self.files) if all(is_text(file, self._format) for file in self.files) else 0


def read(
    path: str | Path | Iterable[str | Path],
    *,
    format: str | None = None,
    columns: Columns = AS_NAMED,
) -> Iterator[dict[str, Any] | Failure]:
    """The releases of a file, or of all files of a folder and below it, as records for
    ``analyze_many``, one at a time.

    ``path`` is a text, HTML or Markdown file (one record; of a submission file of EDGAR a record
    for each release among its documents, with offsets into the file), CSV, Parquet or JSON Lines (a
    record a row), a folder, or a list of such paths. A record is a mapping with ``id``, ``text``,
    ``title`` and ``date``, as far as the file has them, and all further keys. Without an ``id`` it
    is called by its file, in tables by file and row (``news.csv#3``, in JSON Lines by the line).
    What cannot be read is a Failure in its place. ``format`` says what the files are written in,
    where their endings do not tell (``text``, ``csv``, ``jsonl``, ``parquet``, or a labelling
    tool's); ``columns`` maps their names to ours: ``{"body": "text", "headline": "title"}``. Files
    of a folder that are passed over are named in an InputWarning. Raises InputError where there is
    nothing to read, and DataError for a format or name that is not known.
    """
    return records_of(_paths(path), format, columns)


def _paths(given: Any) -> list[Path]:
    """Raises InputError for what is neither a path nor a list of them."""
    listed = [given] if isinstance(given, str | Path) or not isinstance(given, Iterable) else given
    paths = [*listed]
    if wrong := [path for path in paths if not isinstance(path, str | Path)]:
        raise InputError(
            f"read takes the path of a file or folder, or a list of paths, not a "
            f"{type(wrong[0]).__name__}; texts and records go to eventrisk.analyze_many as they are"
        )
    refuse_addresses(paths)
    return [Path(path) for path in paths]


def records_of(
    paths: Iterable[Path], format: str | None = None, columns: Columns = AS_NAMED
) -> Stream:
    """The records of several files and folders; see ``read``."""
    found = find_files(paths)
    if found.passed_over:
        warnings.warn(found.said(), InputWarning, stacklevel=3)
    return Stream(found.files, checked_format(format), checked_columns(columns))


def stream(
    path: Path, format: str | None = None, columns: Columns = AS_NAMED
) -> Iterator[dict[str, Any] | Failure]:
    """The records of one file; what cannot be read is a Failure in its place."""
    empty = True
    try:
        for name, found in rows(path, format, columns):
            empty = False
            if isinstance(found, DataError):
                yield Failure(name, str(found), type(found).__name__)
            elif "#" in name and (own := _empty(found, {o: n for n, o in columns.items()})):
                yield _without_text(name, found, own)
            else:
                yield {**found, "id": name if is_missing(found.get("id")) else found["id"]}
        if empty:
            raise InputError(f"{path}: holds no record")
    except (InputError, DataError) as error:
        yield Failure(path.as_posix(), str(error), type(error).__name__)


def _empty(ours: Mapping[str, Any], own: Mapping[str, Any]) -> list[str]:
    """What is known to hold a record's text and title, by its ``own`` names, where all of it is
    empty.
    """
    parts = [part for part in ("text", "title") if part in ours]
    return [str(own.get(p, p)) for p in parts] if all(is_missing(ours[p]) for p in parts) else []


def _without_text(name: str, ours: Mapping[str, Any], empty: Sequence[str]) -> Failure:
    """A record of which only keys are there."""
    doc_id = None if is_missing(ours.get("id")) else _as_id(ours["id"])
    called = name if doc_id is None else f"{name} (id {doc_id})"
    said = f"{called}: {' and '.join(map(repr, empty))} {'are' if len(empty) > 1 else 'is'} empty"
    return Failure(doc_id or name, said, EmptyTextError.__name__, _meta(ours))


def _meta(ours: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in ours.items() if key not in OURS}


def one_release(path: Path) -> Release:
    """The release of a file that holds one. Raises InputError for a folder and a file of many, and
    what else keeps it from being read.
    """
    way = f"read it with eventrisk.analyze_many(eventrisk.read({str(path)!r}))"
    if path.is_dir():
        raise InputError(f"{path}: is a folder, not a release; {way}")
    found = [*_first_two(path)]
    if len(found) > 1 and holds_text(path):  # a submission: its first release is read
        found = [(path.as_posix(), {"text": read_file(path).text})]
    if not found:
        raise InputError(f"{path}: holds no record")
    if len(found) > 1:
        raise InputError(f"{path}: holds many releases; {way}")
    name, record = found[0]
    if isinstance(record, DataError):
        raise record
    release = release_of(record)
    return release if release.doc_id is not None else release._replace(doc_id=name)


def _first_two(path: Path) -> Iterator[tuple[str, dict[str, Any] | DataError]]:
    for _, found in zip(range(2), rows(path, None, AS_NAMED), strict=False):
        yield found


def releases(records: Records, columns: Columns = AS_NAMED) -> Iterator[Release | Failure]:
    """The parts of every record, lazily.

    Raises InputError at once for what is no stream of records, and DataError for a name in
    ``columns`` that is not known.
    """
    checked_columns(columns)
    if isinstance(records, Path):
        return _each(records_of([records], None, columns), AS_NAMED)
    if (frame := frames.frame_of(records)) is not None:
        header(frames.names(frame), columns, f"the {type(frame).__name__}")
        return _each(frames.rows(frame), columns)
    return _each(_iterable(records), columns)


def _iterable(records: Any) -> Iterable[Any]:
    if isinstance(records, str):
        what = "one string" if not is_file_name(records) else f"the name {records!r}"
        raise InputError(
            f"records are wanted, not {what}: a text goes to eventrisk.analyze(text), texts into a "
            f"list, a file or folder into eventrisk.read(path)"
        )
    if isinstance(records, Mapping):
        raise InputError("records are wanted, not one mapping; put it into a list: [record]")
    if isinstance(records, bytes) or not isinstance(records, Iterable):
        raise InputError(
            f"records are wanted, not {type(records).__name__}: give a list or another iterable of "
            f"texts or mappings, a frame, or eventrisk.read(path)"
        )
    return records


def _each(records: Iterable[Any], columns: Columns) -> Iterator[Release | Failure]:
    for number, item in enumerate(records):
        plain = item.as_py() if hasattr(item, "as_py") else item  # of a column of Arrow's
        if isinstance(plain, Path):
            yield from _each(records_of([plain], None, columns), AS_NAMED)
        elif isinstance(plain, Mapping):
            yield _one(plain, columns, f"record-{number}")
        elif isinstance(plain, Failure):
            yield plain
        else:
            yield Release(None, plain, None, {})


def _one(record: Mapping[Any, Any], columns: Columns, name: str) -> Release | Failure:
    try:
        names = names_of(record, columns, "the record")
        ours = {names[key]: value for key, value in record.items()}
        if empty := _empty(ours, {ours: key for key, ours in names.items()}):
            return _without_text(name, ours, empty)
        return release_of(record, columns)
    except DataError as error:
        return Failure(name, str(error), type(error).__name__)


def release_of(record: Mapping[Any, Any], columns: Columns = AS_NAMED) -> Release:
    """The parts of a mapping; a ``title`` stands above the text, unless the text begins with it.
    Raises DataError.
    """
    ours = named(record, columns, "the record")
    doc_id, text, title, date = (
        None if is_missing(ours.get(key)) else ours[key] for key in ("id", "text", "title", "date")
    )
    return Release(
        doc_id=None if doc_id is None else _as_id(doc_id),
        text=_headed(text, title) if title is not None else ours.get("text"),
        date=date,
        meta=_meta(ours),
        keys=tuple(map(str, record)) or ("",),
    )


def _headed(text: Any, title: Any) -> Any:
    if not isinstance(title, str) or (text is not None and not isinstance(text, str)):
        return text
    if not text or not text.strip():
        return title
    plain = " ".join(title.split()).casefold()
    opening = " ".join(text[:OPENING].split()).casefold()
    return text if plain in opening else f"{title}\n\n{text}"


def _as_id(value: Any) -> str:
    """An id in words; whole numbers that a column with gaps has made floats are whole again."""
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if whole else value)


def fingerprint(text: str) -> str:
    """Twelve hex digits that stay the same for the same text; lone surrogates count as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def advice_on(release: Release) -> str | None:
    """What to do about a record whose text is none; None for a bare text."""
    if not release.has_keys:
        return None
    if release.text is not None:
        return "the text of a record is a string"
    listed = ", ".join(map(repr, release.keys))
    return f"the text of this record is missing, its keys are {listed}; {way_to_text(release.keys)}"
