"""``eventrisk evaluate``: how good a model is on labelled releases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eventrisk.cli.convert import columns_of, labels_of
from eventrisk.cli.report_output import checked, shown, written
from eventrisk.cli.stream import LabelOption, NamesOption
from eventrisk.cli.terms import OwnTerms


def evaluate(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Labelled releases, in any format we read."),
    ],
    model: Annotated[str, typer.Option(help="Name or folder of a model.")] = "default",
    terms: OwnTerms = None,
    head: Annotated[
        list[str] | None,
        typer.Option(help="Judge this head only: sentiment, tone, entities, events, lead, risk."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Also write the report: .md, .html, .tex, .json or .csv."),
    ] = None,
    format: Annotated[
        str | None, typer.Option("--from", help="The format, where the ending does not tell.")
    ] = None,
    column: NamesOption = None,
    label: LabelOption = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="Print the worst errors and all long tables too.")
    ] = False,
) -> None:
    """Measure a model on labelled releases: precision, recall and F1 with intervals, baseline,
    confusions, errors.
    """
    from eventrisk.training import evaluate as evaluation

    checked(out, [*files, terms])
    names, ours = columns_of(column or ()), labels_of(label or ())
    data = files[0] if len(files) == 1 else files
    report = evaluation.evaluate(
        data,
        model=model,
        heads=head or "auto",
        format=format,
        columns=names,
        labels=ours,
        terms=terms,
    )
    shown(report.blocks(), folded=errors)
    if out is not None:
        written(report, out)
