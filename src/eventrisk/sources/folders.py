"""Which files of a folder are releases, and why the others are passed over."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from eventrisk.errors import DataError, EventRiskError, InputError
from eventrisk.sources.files import advice_on_name, refusal
from eventrisk.sources.formats import parquet, separated
from eventrisk.sources.formats.guess import first_line

TEXTS = (".txt", ".htm", ".html", ".md")  # a release a file
TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".pq")  # a release a row
SUFFIXES = (*TEXTS, *TABLES)  # what is taken from a folder
SHOWN = 3  # names of each kind of file that is passed over
RESULTS = (  # names that stand together only in tables this library wrote
    {"doc_id", "model_sha256"},
    {"doc_id", "quote", "start", "end"},
    {"schema", "doc_id", "provenance"},
    {"schema", "doc_id", "error", "kind"},
)


class Found(NamedTuple):
    """The files to be read, in order, and those passed over, each with the reason."""

    files: list[Path]
    passed_over: dict[Path, str]

    def said(self) -> str:
        """What was passed over, in one line: files by their reason, the first of each by name."""
        kinds: dict[str, list[Path]] = {}
        for path, why in self.passed_over.items():
            kinds.setdefault(why, []).append(path)
        parts = [f"{_listed(paths)} ({why})" for why, paths in kinds.items()]
        number = len(self.passed_over)
        return f"passed over {number:,} file{'' if number == 1 else 's'}: {'; '.join(parts)}"


def find_files(paths: Iterable[Path]) -> Found:
    """The files named, whatever they are, and those of ``SUFFIXES`` in the folders named and below,
    sorted; hidden ones are left out, and so are tables of results.

    Raises InputError for a path that does not exist and a folder with nothing to read.
    """
    files: dict[Path, None] = {}
    passed_over: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            below = _within(path)
            files.update(dict.fromkeys(below.files))
            passed_over.update(below.passed_over)
        elif path.exists():
            files[path] = None
        else:
            raise InputError(f"{path}: there is no such file or folder{advice_on_name(path)}")
    return Found([*files], {p: why for p, why in passed_over.items() if p not in files})


def _within(folder: Path) -> Found:
    found = Found([], {})
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        why = _why_not(path)
        if why is None:
            found.files.append(path)
        else:
            found.passed_over[path] = why
    if not found.files:
        said = f"; {found.said()}" if found.passed_over else ""
        raise InputError(
            f"{folder}: holds no release; files ending in {', '.join(SUFFIXES)} are read{said}"
        )
    return found


def _why_not(path: Path) -> str | None:
    """Why a file of a folder is no release."""
    suffix = path.suffix.lower()
    if suffix in TABLES:
        return "a table of results" if is_table_of_results(path) else None
    if suffix in TEXTS:
        return None
    try:
        with path.open("rb") as handle:
            named = refusal(handle.read(8))
    except OSError:
        named = None
    if named:
        return f"{named[0]}; {named[1]}"
    ending = f"files ending in {suffix}" if suffix else "files without an ending"
    return f"{ending} are read only when they are named themselves"


def is_table_of_results(path: Path) -> bool:
    """Whether this library wrote the table, as its first line tells; a text column makes it one of
    releases again.
    """
    suffix = path.suffix.lower()
    if suffix not in (*TABLES, ".json"):
        return False
    try:
        names = {str(name) for name in _names(path, suffix)}
    except (EventRiskError, ValueError, OSError, csv.Error):
        return False  # what is wrong with it is said when it is read
    return any(known <= names for known in RESULTS) and "text" not in names


def _names(path: Path, suffix: str) -> Iterable[object]:
    """The keys of the first record, or the names of the columns."""
    if suffix in (".parquet", ".pq"):
        _, first = next(parquet.table(path))
        return () if isinstance(first, DataError) else first
    line = first_line(path)
    if suffix in (".jsonl", ".ndjson", ".json"):
        found = json.loads(line)
        return found if isinstance(found, dict) else ()
    return next(csv.reader([line], delimiter=separated.delimiter(line)), [])


def _listed(paths: list[Path]) -> str:
    more = f" and {len(paths) - SHOWN:,} more" if len(paths) > SHOWN else ""
    return ", ".join(path.as_posix() for path in paths[:SHOWN]) + more
