"""What is read is never written over."""

from __future__ import annotations

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


READING: WeakSet[Reading] = WeakSet()  # what has not come to its end and is still held by someone


def refuse_what_is_read(target: Path) -> None:
    """Raises OutputError for a file that some stream of records is reading. Nothing is opened."""
    if READING and target.exists():
        refuse_inputs([target], [path for reading in [*READING] for path in reading.files])


def refuse_inputs(targets: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Raises OutputError for a target that is one of the inputs, by whatever name: the same path, a
    link, a hard link. Nothing is opened.
    """
    read = {identity: path for path in inputs if (identity := _identity(path)) is not None}
    for target in targets:
        identity = _identity(target)
        source = None if identity is None else read.get(identity)
        if source is not None:
            same = "" if str(source) == str(target) else f" (it is the same file as {source})"
            raise OutputError(
                f"{target}: is read as input{same} and would be overwritten; write to another file"
            )


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file that exists from all others, whatever it is called."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
