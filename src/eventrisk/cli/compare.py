"""``eventrisk compare``: which of two models is better on labelled releases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eventrisk.cli.convert import columns_of, labels_of
from eventrisk.cli.report_output import checked, shown, written
from eventrisk.cli.stream import LabelOption, NamesOption
from eventrisk.cli.terms import OwnTerms


def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="Name or folder of a model.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Name or folder of another.")],
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Labelled releases, in any format we read."),
    ],
    head: Annotated[
        list[str] | None,
        typer.Option(help="Compare this head only: sentiment, tone, entities, events, lead, risk."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="Also write the comparison: .md, .html, .tex, .json or .csv."
        ),
    ] = None,
    format: Annotated[
        str | None, typer.Option("--from", help="The format, where the ending does not tell.")
    ] = None,
    column: NamesOption = None,
    terms: OwnTerms = None,
    label: LabelOption = None,
) -> None:
    """Say which of two models is better on labelled releases, and whether that is more than
    chance.
    """
    from eventrisk.training import compare as comparison

    checked(out, [*files, terms])
    names, ours = columns_of(column or ()), labels_of(label or ())
    data = files[0] if len(files) == 1 else files
    found = comparison.compare(
        a,
        b,
        data,
        heads=head or "auto",
        format=format,
        columns=names,
        labels=ours,
        terms=terms,
    )
    shown(found.blocks())
    if out is not None:
        written(found, out)
