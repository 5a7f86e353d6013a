"""Labelled releases in files of many formats: each format is a reader and a writer, and a list of what it cannot hold.

A reader yields what it reads record by record, with its place; a record that cannot be read is a ``DataError`` in its
place, so that a check can list every problem and a training can stop at the first. A writer returns what was lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed

Read = Iterator[Placed | DataError]


class Loss(NamedTuple):
    """What a format could not hold of a record: ``what`` in words, such as ``tone`` or ``entity [0, 7, 'drug']``."""

    record: str  # its id
    what: str
    why: str


class Format(NamedTuple):
    """A format: its name, the endings of its files, and how to read and write one."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], Read]
    write: Callable[[Iterable[Labelled], Path], list[Loss]]
