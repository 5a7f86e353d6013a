"""``eventrisk analyze``: what one release says, or a few."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eventrisk.cli.convert import columns_of
from eventrisk.cli.printing import (
    WITH_KEYS,
    Format,
    KeepOption,
    chosen,
    opened,
    printed,
    say_renamed,
)
from eventrisk.cli.stream import ColumnOption, FromOption, Record, Tally, read
from eventrisk.cli.terms import OwnTerms
from eventrisk.errors import InputError
from eventrisk.results import Failure

if TYPE_CHECKING:
    from eventrisk.sources.formats import Columns

STDIN = "-"


def analyze(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…", help="Releases, tables of releases, folders; - reads one from stdin."
        ),
    ],
    date: Annotated[
        str | None, typer.Option(help="The release's own date, YYYY-MM-DD; else the dateline.")
    ] = None,
    output: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="json is one object a line, csv the rows of scores, html a page of cards; else "
            "what OUT's ending says, else text.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write to a file: .html, .txt, .json, .csv.")
    ] = None,
    keep: KeepOption = None,
    text: Annotated[
        bool, typer.Option("--text", help="Also print the release with its names in colour.")
    ] = False,
    model: Annotated[str, typer.Option(help="Name or folder of a model.")] = "default",
    terms: OwnTerms = None,
    format: FromOption = None,
    column: ColumnOption = None,
) -> None:
    """Print what happened, the vote, sentiment with its evidence, what comes next, and the risks
    named.
    """
    from eventrisk import api
    from eventrisk.dates import read_given
    from eventrisk.export.meta import MetaColumns

    form = chosen(output, out)
    _refuse_alone(form, text=text, keep=keep is not None)
    if date is not None:
        read_given(date)
    records = _records(files, format, columns_of(column or ()))
    tally, meta = Tally(), MetaColumns(keep)
    results = tally.watch(read(api.load(model, terms=terms), records, date))
    with opened(out) as file:
        printed(results, form, file, text=text, meta=meta)
    if form is Format.CSV:
        say_renamed(meta)
    tally.end()


def _refuse_alone(form: Format, *, text: bool, keep: bool) -> None:
    """Raises BadParameter for an option that its format knows nothing of."""
    if text and form is not Format.TEXT:
        raise typer.BadParameter("goes with --format text only", param_hint="--text")
    if keep and form not in WITH_KEYS:
        raise typer.BadParameter("goes with --format csv and json only", param_hint="--keep")


def _records(
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
        return _stdin()
    path = Path(name)
    if path.is_dir():
        return records_of([path], format, columns)
    return Stream([path], format, columns)  # a file that is not there is a Failure in its place


def _stdin() -> Iterator[Record | Failure]:
    """One text, called by its sha256."""
    from eventrisk.sources.encodings import say_if_fallback
    from eventrisk.sources.files import decode
    from eventrisk.sources.records import fingerprint

    try:
        text, encoding = decode(sys.stdin.buffer.read(), "<stdin>")
        say_if_fallback(encoding, "<stdin>")
        yield {"id": fingerprint(text), "text": text}
    except InputError as error:
        yield Failure("<stdin>", str(error), type(error).__name__)
