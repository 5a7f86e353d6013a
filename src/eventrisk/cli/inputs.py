"""The records of what a command line names: files, folders, stdin."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from eventrisk.cli.stream import Record
from eventrisk.errors import InputError
from eventrisk.export.overwriting import STDIN
from eventrisk.results import Failure

if TYPE_CHECKING:
    from eventrisk.sources.formats import Columns


def named_records(
    names: Sequence[str], format: str | None, columns: Columns
) -> Iterator[Record | Failure]:
    """The records of files named one by one, and of folders; ``-`` is stdin. Raises DataError for a
    format or a name that is not known.
    """
    from eventrisk.sources.keys import checked_columns
    from eventrisk.sources.rows import checked_format

    form, renamed = checked_format(format), checked_columns(columns)
    parts = [_of(name, form, renamed) for name in names]  # known before anything is written
    return chain.from_iterable(parts)


def _of(name: str, format: str | None, columns: Columns) -> Iterator[Record | Failure]:
    from eventrisk.sources.records import Stream, records_of

    if name == STDIN:
        return stdin_record()
    path = Path(name)
    if path.is_dir():
        return records_of([path], format, columns)
    return Stream([path], format, columns)  # a file that is not there is a Failure in its place


def stdin_record() -> Iterator[Record | Failure]:
    """The text that stdin holds, called by its sha256."""
    from eventrisk.sources.encodings import say_if_fallback
    from eventrisk.sources.files import decode
    from eventrisk.sources.records import fingerprint

    try:
        text, encoding = decode(sys.stdin.buffer.read(), "<stdin>")
        say_if_fallback(encoding, "<stdin>")
        yield {"id": fingerprint(text), "text": text}
    except InputError as error:
        yield Failure("<stdin>", str(error), type(error).__name__)
