"""Releases in files: text of any usual encoding, HTML and Markdown as they are, JSON Lines record
by record.

Line ends are kept as they stand, so that offsets of a result count the characters of the file as
decoded.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from eventrisk.errors import DataError, InputError
from eventrisk.results import Failure

SUFFIXES = (".txt", ".htm", ".html", ".md", ".jsonl")  # what is taken from a folder
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FALLBACK = "cp1252"
SIGNATURES = (
    (b"%PDF", "a PDF file", "extract its text first, for example with pdftotext"),
    (b"PK\x03\x04", "a zip archive or an Office document", "unpack it, or save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as plain text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"{\\rtf", "a Rich Text file", "save it as plain text"),
)


class Decoded(NamedTuple):
    """A file's text and the encoding it was read with."""

    text: str
    encoding: str


def read_release(path: str | Path) -> str:
    """The text of one file; markup is left for the analyzer to clean. Raises InputError for what is
    no text.
    """
    return read_file(path).text


def read_file(path: str | Path) -> Decoded:
    """The same, with the encoding. Raises InputError naming the file, what is wrong and what to
    do.
    """
    if Path(path).is_dir():
        raise InputError(f"{path}: is a folder, not a release; `eventrisk score` reads folders")
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    return decode(data, str(path))


def decode(data: bytes, name: str) -> Decoded:
    """Bytes as text: by their byte order mark, else UTF-8, else Windows-1252. Raises InputError for
    binary data.
    """
    for signature, what, advice in SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{name}: is {what}, not text; {advice}")
    marked = next((encoding for bom, encoding in BOMS if data.startswith(bom)), None)
    for encoding in (marked,) if marked else ("utf-8", FALLBACK):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise InputError(
                f"{name}: holds NUL characters, so it is binary or UTF-16 without a mark; "
                f"save it as UTF-8"
            )
        return Decoded(text, encoding)
    raise InputError(f"{name}: is neither UTF-8 nor Windows-1252 text; save it as UTF-8")


def read_records(path: str | Path) -> Iterator[dict[str, Any]]:
    """The records ``{"text", "date", "id"}`` of a JSON Lines file, one at a time; blank lines are
    passed over.

    Without an ``id`` a record is called by file and line. Raises InputError when the file cannot be
    read and DataError, with file and line, for a line that is no such record.
    """
    for _, item in _lines(Path(path)):
        if isinstance(item, DataError):
            raise item
        yield item


def find_files(paths: list[Path]) -> list[Path]:
    """The files named, and those of ``SUFFIXES`` in the folders named and below, sorted; hidden
    ones are passed over.

    Raises InputError for a path that does not exist and a folder with nothing to read.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_within(path) if path.is_dir() else [_existing(path)]))
    return [*found]


def stream(path: Path) -> Iterator[dict[str, Any] | Failure]:
    """The records of one file, called by its path; what cannot be read is a Failure in its place.

    A record has ``id``, ``text``, in JSON Lines ``date``, in other files the ``encoding`` they were
    read with.
    """
    try:
        if path.suffix.lower() != ".jsonl":
            yield {"id": path.as_posix(), **read_file(path)._asdict()}
            return
        for line, item in _lines(path):
            yield (
                _failed(item, f"{path.as_posix()}#{line}") if isinstance(item, DataError) else item
            )
    except InputError as error:
        yield _failed(error, path.as_posix())


def _failed(error: Exception, name: str) -> Failure:
    return Failure(name, str(error), type(error).__name__)


def _existing(path: Path) -> Path:
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    return path


def _within(folder: Path) -> list[Path]:
    below = sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    seen = [
        p for p in below if not any(part.startswith(".") for part in p.relative_to(folder).parts)
    ]
    if not seen:
        raise InputError(
            f"{folder}: holds no release; files ending in {', '.join(SUFFIXES)} are read"
        )
    return seen


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any] | DataError]]:
    """Every line that is not blank, with its number from 1."""
    try:
        with path.open("rb") as handle:
            for number, line in enumerate(handle, 1):
                if line.strip():
                    yield number, _record(line, path, number)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error


def _record(line: bytes, path: Path, number: int) -> dict[str, Any] | DataError:
    """One record, or the error that says what is wrong with it."""
    place = f"{path}, line {number}"
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return DataError(f"{place}: is not JSON in UTF-8 ({error}); one object a line is read")
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        return DataError(f'{place}: needs an object with a "text" that is a string')
    date = data.get("date")
    if date is not None and not isinstance(date, str):
        return DataError(f'{place}: "date" must be a string such as "2008-02-27", or null')
    name = data.get("id", data.get("doc_id"))
    return {
        "id": f"{path.as_posix()}#{number}" if name is None else str(name),
        "text": data["text"],
        "date": date,
    }
