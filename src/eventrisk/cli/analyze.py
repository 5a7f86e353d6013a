"""``eventrisk analyze``: what one release says, or a few."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eventrisk.cli.convert import columns_of
from eventrisk.cli.inputs import named_records
from eventrisk.cli.printing import (
    WITH_KEYS,
    Format,
    KeepOption,
    chosen,
    opened,
    printed,
    say_renamed,
)
from eventrisk.cli.stream import ColumnOption, FromOption, Tally, read
from eventrisk.cli.terms import OwnTerms


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
    from eventrisk.export.overwriting import refuse_inputs

    form = chosen(output, out)
    _refuse_alone(form, text=text, keep=keep is not None)
    if date is not None:
        read_given(date)
    if out is not None:
        refuse_inputs([out], [*map(Path, files), terms])
    records = named_records(files, format, columns_of(column or ()))
    tally, meta = Tally(), MetaColumns(keep)
    results = tally.watch(read(api.load(model, terms=terms), records, date))
    with opened(out) as file:
        printed(results, form, file, text=text, meta=meta)
        if out is not None:
            tally.refuse_nothing()
    if form is Format.CSV:
        say_renamed(meta)
    tally.end()


def _refuse_alone(form: Format, *, text: bool, keep: bool) -> None:
    """Raises BadParameter for an option that its format knows nothing of."""
    if text and form is not Format.TEXT:
        raise typer.BadParameter("goes with --format text only", param_hint="--text")
    if keep and form not in WITH_KEYS:
        raise typer.BadParameter("goes with --format csv and json only", param_hint="--keep")
