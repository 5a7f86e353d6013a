"""A file that is there as a whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from eventrisk.errors import OutputError
from eventrisk.export.overwriting import refuse_what_is_read


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns what the operating system refuses into an OutputError that says what, where and what to
    do.
    """
    try:
        yield
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(
            f"{path}: cannot be written ({error.strerror or error}); {_advice(path)}"
        ) from error


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Where to write: a file beside the target that takes its place when all went well and is
    removed when not.

    A target that exists and is no regular file (a pipe, a terminal) is written directly. Raises
    OutputError, also for a file that is being read.
    """
    refuse_what_is_read(Path(path))
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise OutputError(
            f"{path}: is a folder; name a file in it, such as {Path(path) / 'scores.csv'}"
        )
    if target.exists() and not target.is_file():
        yield Path(path)
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        with writing(target):
            os.replace(part, target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _advice(path: Path) -> str:
    if not path.parent.is_dir():
        return f"the folder {path.parent} does not exist: create it first"
    return (
        "check that the folder may be written to and that the disk is not full, or choose "
        "another place"
    )
