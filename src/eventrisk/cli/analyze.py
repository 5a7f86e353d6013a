"""``eventrisk analyze``: what one release says, or a few."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from eventrisk.cli.stream import Record, Result, Tally, read
from eventrisk.cli.terms import OwnTerms
from eventrisk.errors import InputError
from eventrisk.results import Analysis, Failure


class Format(StrEnum):
    """How the results are printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    TABLE = "table"


def analyze(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Releases; - reads one from stdin.")
    ],
    date: Annotated[
        str | None, typer.Option(help="The release's own date, YYYY-MM-DD; else the dateline.")
    ] = None,
    output: Annotated[
        Format,
        typer.Option("--format", help="json prints one object a line, csv the rows of scores."),
    ] = Format.TEXT,
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

    if text and output is not Format.TEXT:
        raise typer.BadParameter("goes with --format text only", param_hint="--text")
    if date is not None:
        parse_iso(date)
    tally = Tally()
    _print(tally.watch(read(api.load(model, terms=terms), _records(files), date)), output, text)
    if tally.failed:
        raise typer.Exit(1 if tally.read else 2)


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


def _print(results: Iterator[Result], output: Format, text: bool) -> None:
    if output is Format.JSON:
        _print_json(results)
    elif output is Format.CSV:
        _print_csv(results)
    else:
        _print_for_people(results, output, text)


def _print_json(results: Iterator[Result]) -> None:
    from eventrisk.export.writers import json_line

    for result in results:
        print(json_line(result))


def _print_csv(results: Iterator[Result]) -> None:
    from eventrisk.export.columns import columns
    from eventrisk.export.rows import rows
    from eventrisk.export.writers import csv_cell, csv_rows

    writer = csv_rows(sys.stdout)
    writer.writerow([column.name for column in columns()])
    for result in results:
        writer.writerows([csv_cell(cell) for cell in row] for row in rows(result))


def _print_for_people(results: Iterator[Result], output: Format, text: bool) -> None:
    from rich.console import Console

    from eventrisk.show.terminal import overview, summary

    console = Console(highlight=False)
    if output is Format.TABLE:
        console.print(overview(results))
        return
    for number, result in enumerate(r for r in results if isinstance(r, Analysis)):
        if number:
            console.rule(style="dim")
        console.print(summary(result, text=text))
