"""What is read is never written over."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol
from weakref import WeakSet

from eventrisk.errors import OutputError


class Reading(Protocol):
    """Something that reads files as it is asked to, and may not have come to their end."""

    @property
    def files(self) -> tuple[Path, ...]:
        """All that it reads."""
        ...


STDIN = "-"
READING: WeakSet[Reading] = WeakSet()  # what has not come to its end and is still held by someone
KEPT: set[Path] = set()  # files of terms: a table of results is never meant to take their place


def refuse_what_is_read(target: Path) -> None:
    """Raises OutputError for a file that some stream of records is reading. Nothing is opened."""
    if (READING or KEPT) and target.exists():
        being_read = [path for reading in [*READING] for path in reading.files]
        refuse_inputs([target], [*being_read, *KEPT])


def refuse_inputs(targets: Iterable[Path], inputs: Iterable[Path | None]) -> None:
    """Raises OutputError for a target that is one of the inputs, by whatever name: the same path, a
    link, a hard link; ``-`` is the file that stdin comes from. Nothing is opened; None is no input.
    """
    given = [path for path in inputs if path is not None]
    read = {identity: path for path in given if (identity := _source(path)) is not None}
    for target in targets:
        identity = _identity(target)
        source = None if identity is None else read.get(identity)
        if source is not None:
            name = "<stdin>" if str(source) == STDIN else str(source)
            same = "" if name == str(target) else f" (it is the same file as {name})"
            raise OutputError(
                f"{target}: is read as input{same} and would be overwritten; write to another file"
            )


def _source(path: Path) -> tuple[int, int] | None:
    """What tells an input from all other files; None where stdin comes from no file."""
    if str(path) != STDIN:
        return _identity(path)
    try:
        status = os.fstat(sys.stdin.fileno())
    except (OSError, ValueError, AttributeError):  # closed, or not of the operating system
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file that exists from all others, whatever it is called."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
