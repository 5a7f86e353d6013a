"""``eventrisk check``: what is wrong with labelled releases, before a model is trained on them."""

from __future__ import annotations

import csv
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eventrisk.cli.conflicts import Conflicts, Rule
from eventrisk.cli.convert import columns_of, labels_of
from eventrisk.cli.stream import LabelOption, NamesOption, say
from eventrisk.errors import OutputError

if TYPE_CHECKING:
    from eventrisk.training.check import Checked


class Shape(StrEnum):
    """How problems are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def check(
    paths: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Labelled releases, in any format read.")
    ],
    fix: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write a mended copy of the records there.")
    ] = None,
    shape: Annotated[
        Shape, typer.Option("--format", help="How the problems are written.")
    ] = Shape.TEXT,
    format: Annotated[
        str | None,
        typer.Option("--from", help="The format of FILE, where ending and first line do not tell."),
    ] = None,
    column: NamesOption = None,
    label: LabelOption = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Do not look for near-duplicates.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Show every problem, not the first of each kind.")
    ] = False,
    conflicts: Conflicts = Rule.LATEST,
) -> None:
    """List what is wrong with labelled releases: place, problem, fix. Ends with 1 if there is an
    error among them.
    """
    from eventrisk.training.check import check as checked_of

    if fix is not None:
        _refuse_taken(fix)
    columns = columns_of(column or ())
    checked = checked_of(
        paths,
        format=format,
        columns=columns,
        labels=labels_of(label or ()),
        quick=quick,
        conflicts=conflicts,
    )
    _print(checked, shape, every)
    say(f"checked {len(checked.placed):,} records: {checked.summary}")
    if fix is not None:
        _write(checked, fix)
    if not checked.ok:
        raise typer.Exit(1)


def _print(checked: Checked, shape: Shape, every: bool) -> None:
    from eventrisk.training.check import COLUMNS

    if shape is Shape.JSON:
        for row in checked.rows():
            print(json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False))
    elif shape is Shape.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([COLUMNS, *checked.rows()])
    elif checked.problems:
        from rich.console import Console

        from eventrisk.show.checked import MAX_PLACES, listing

        Console(soft_wrap=True, highlight=False).print(
            listing(checked.problems, None if every else MAX_PLACES)
        )


def _refuse_taken(out: Path) -> None:
    """The original is never overwritten, nor anything else. Raises OutputError, also for an unknown
    ending.
    """
    from eventrisk.training.convert import format_for

    if out.exists():
        raise OutputError(f"{out}: exists; a mended copy is a new file, name another one")
    format_for(out)


def _write(checked: Checked, out: Path) -> None:
    from eventrisk.cli.convert import say_what_was_lost
    from eventrisk.sources.formats import WHOLE
    from eventrisk.training.check import counted
    from eventrisk.training.convert import convert

    if not checked.placed:
        say(f"{out}: not written, there is no record")
        return
    records = checked.fixed()
    losses = convert(records, out)
    say_what_was_lost(losses)
    written = len(records) - len({loss.record for loss in losses if loss.what == WHOLE})
    gone = len(checked.placed) - written
    left = f", {gone:,} left out" if gone else ""
    mended = counted(len(checked.fixable), "problem")
    say(f"wrote {out}: {counted(written, 'record')}{left}, {mended} mended")
