"""``eventrisk analyze``: what one release says, or a few."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from eventrisk.cli.printing import (
    WITH_KEYS,
    Format,
    KeepOption,
    chosen,
    opened,
    printed,
    say_renamed,
)
from eventrisk.cli.stream import Record, Tally, read
from eventrisk.cli.terms import OwnTerms
from eventrisk.errors import InputError
from eventrisk.results import Failure


def analyze(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Releases; - reads one from stdin.")
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
) -> None:
    """Print what happened, the vote, sentiment with its evidence, what comes next, and the risks
    named.
    """
    from eventrisk import api
    from eventrisk.dates import parse_iso
    from eventrisk.export.kept import Kept

    form = chosen(output, out)
    _refuse_alone(form, text=text, keep=keep is not None)
    if date is not None:
        parse_iso(date)
    tally, kept = Tally(), Kept(keep)
    results = tally.watch(read(api.load(model, terms=terms), _records(files), date))
    with opened(out) as file:
        printed(results, form, file, text=text, kept=kept)
    if form is Format.CSV:
        say_renamed(kept)
    if tally.failed:
        raise typer.Exit(1 if tally.read else 2)


def _refuse_alone(form: Format, *, text: bool, keep: bool) -> None:
    """Raises BadParameter for an option that its format knows nothing of."""
    if text and form is not Format.TEXT:
        raise typer.BadParameter("goes with --format text only", param_hint="--text")
    if keep and form not in WITH_KEYS:
        raise typer.BadParameter("goes with --format csv and json only", param_hint="--keep")


def _records(names: Iterable[str]) -> Iterator[Record | Failure]:
    """The records of files named one by one; ``-`` is stdin."""
    from eventrisk.sources.files import decode, stream

    for name in names:
        if name != "-":
            yield from stream(Path(name))
            continue
        try:
            yield decode(sys.stdin.buffer.read(), "<stdin>")._asdict()
        except InputError as error:
            yield Failure("<stdin>", str(error), type(error).__name__)
