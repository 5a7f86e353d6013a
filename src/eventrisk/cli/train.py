"""``eventrisk train``: labelled releases into a model of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from eventrisk.cli.conflicts import Conflicts, Rule
from eventrisk.cli.convert import columns_of, labels_of
from eventrisk.cli.report_output import shown
from eventrisk.cli.stream import LabelOption, NamesOption, say
from eventrisk.cli.terms import OwnTerms

NOTHING = "none"
STOPPED = 130  # as shells say of a command ended by Ctrl-C
RULES = "by company and time, by company, by time, at random, as given"

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE…", help="Labelled releases, in any format we read.")
]
Out = Annotated[
    Path, typer.Option("--out", "-o", help="The new model's folder; it must not exist.")
]
Base = Annotated[
    str, typer.Option(help="Name or folder of a model, folder of a spaCy pipeline, or none.")
]
Head = Annotated[
    list[str] | None, typer.Option(help="Train this head only: entities, sentiment, tone or risk.")
]
Dev = Annotated[list[Path] | None, typer.Option(help="Texts that choose when taggers stop.")]
Test = Annotated[
    list[Path] | None, typer.Option(help="Texts that are measured on and never learnt from.")
]
Split = Annotated[str, typer.Option(help=f"What is measured on: {RULES}.")]
Seed = Annotated[int, typer.Option(help="Of all that is drawn by chance.")]
Folds = Annotated[
    int | None, typer.Option(help="Measure all releases, in so many parts in turn (2 or more).")
]
Minutes = Annotated[float | None, typer.Option(help="How long all taggers together may learn.")]
Format = Annotated[
    str | None, typer.Option("--from", help="The format, where the ending does not tell.")
]


def train(
    files: Files,
    out: Out,
    base: Base = "default",
    head: Head = None,
    dev: Dev = None,
    test: Test = None,
    split: Split = "by company and time",
    folds: Folds = None,
    seed: Seed = 0,
    minutes: Minutes = None,
    format: Format = None,
    column: NamesOption = None,
    terms: OwnTerms = None,
    conflicts: Conflicts = Rule.LATEST,
    label: LabelOption = None,
) -> None:
    """Train a model on labelled releases; what they do not label stays the base's. Ctrl-C keeps the
    best so far.
    """
    from eventrisk.training.train import run

    try:
        report = run.train(
            _data(files),
            out,
            base=None if base == NOTHING else base,
            heads=head or "auto",
            split=split,
            seed=seed,
            folds=folds,
            minutes=minutes,
            dev=_data(dev) if dev else None,
            test=_data(test) if test else None,
            format=format,
            columns=columns_of(column or ()),
            terms=terms,
            conflicts=conflicts,
            labels=labels_of(label or ()),
        )
    except KeyboardInterrupt:
        say("stopped before there was a model; nothing is saved")
        raise typer.Exit(STOPPED) from None
    shown(report.blocks())
    card = f"saved {out}; its card is {out / 'CARD.md'}"
    say(card if report.figures["heads"] else f"{card}; nothing was measured, the report says why")


def _data(files: Sequence[Path]) -> Path | Sequence[Path]:
    return files[0] if len(files) == 1 else files
