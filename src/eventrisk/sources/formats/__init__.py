"""Labelled releases in files of many formats: each format is a reader and a writer, and a list of
what it cannot hold.

A reader yields what it reads record by record, with its place; a record that cannot be read is a
``DataError`` in its place, so that a check can list every problem and a training can stop at the
first. A writer returns what was lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NamedTuple, Protocol

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed

Read = Iterator[Placed | DataError]
Columns = Mapping[
    str, str
]  # what a file calls it → what it is called here, such as {"body": "text"}
AS_NAMED: Columns = MappingProxyType({})


class Loss(NamedTuple):
    """What a format could not hold of a record: ``what`` in words, such as ``tone`` or ``entity [0,
    7, 'drug']``.
    """

    record: str  # its id
    what: str
    why: str


class Reader(Protocol):
    """Reads a file; ``columns`` names columns or keys that the file calls otherwise."""

    def __call__(self, path: Path, columns: Columns = AS_NAMED) -> Read: ...


class Side(NamedTuple):
    """A file that stands beside another of the same name: its ending, and how to write it."""

    suffix: str
    write: Callable[[Sequence[Labelled], Path], None]

    def of(self, path: Path) -> Path:
        """Where it stands."""
        return path.with_suffix(self.suffix)


def no_advice(records: Sequence[Labelled]) -> list[str]:
    """Nothing to say."""
    return []


class Format(NamedTuple):
    """A format: its name, the endings of its files, and how to read and write one.

    ``side`` is written beside it; ``advice`` says what the tool needs to take the records in.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    write: Callable[[Iterable[Labelled], Path], list[Loss]]
    side: Side | None = None
    advice: Callable[[Sequence[Labelled]], list[str]] = no_advice


WHOLE = "the whole record"
SURROGATE = "it holds half of a surrogate pair, which UTF-8 cannot"


@contextmanager
def opening(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes. Raises DataError when they cannot be had."""
    try:
        with path.open("rb") as handle:
            yield handle
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error})") from error


def decoded(line: bytes, number: int, where: str) -> str:
    """A line as text; the first of a file may begin with a byte order mark. Raises DataError for
    other encodings.
    """
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise DataError(not_utf8(where, error)) from error


def not_utf8(where: str, error: UnicodeDecodeError) -> str:
    """What is wrong with bytes that are no UTF-8, and what to do."""
    return f"{where}: is not UTF-8 ({error.reason} at byte {error.start}); save the file as UTF-8"


def encodable(text: str) -> bool:
    """Whether UTF-8 can hold it, which has no place for half a surrogate pair."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
