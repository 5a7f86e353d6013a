"""Results on stdout or in a file: for people, as JSON, as CSV, as HTML."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from eventrisk.cli.stream import Result, say
from eventrisk.errors import OutputError
from eventrisk.results import Analysis

if TYPE_CHECKING:
    from rich.console import Console

    from eventrisk.export.meta import MetaColumns

PAPER = 100  # columns of a text in a file


class Format(StrEnum):
    """How results are printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    TABLE = "table"
    HTML = "html"


ENDINGS = {
    ".txt": Format.TEXT,
    ".json": Format.JSON,
    ".jsonl": Format.JSON,
    ".csv": Format.CSV,
    ".html": Format.HTML,
    ".htm": Format.HTML,
}
WITH_KEYS = (Format.JSON, Format.CSV)
KeepOption = Annotated[
    str | None,
    typer.Option(
        metavar="A,B",
        help="Which further columns of the records the tables keep; else all, '' for none.",
    ),
]


def chosen(wanted: Format | None, out: Path | None) -> Format:
    """The format asked for, else the one that the file's ending names. Raises OutputError."""
    if wanted is not None:
        return wanted
    if out is None:
        return Format.TEXT
    if out.suffix.lower() not in ENDINGS:
        raise OutputError(
            f"{out}: results are written as {', '.join(ENDINGS)}; name the file so, or say --format"
        )
    return ENDINGS[out.suffix.lower()]


@contextmanager
def opened(out: Path | None) -> Iterator[TextIO]:
    """Where to print: stdout, or a file that is there when all is written. Raises OutputError."""
    if out is None:
        yield sys.stdout
        return
    from eventrisk.export.target import replacing, writing

    with replacing(out) as part:
        with writing(out):
            file = part.open("w", encoding="utf-8", newline="\n", errors="backslashreplace")
        with file:
            yield file
    say(f"wrote {out}")


def printed(
    results: Iterator[Result], form: Format, file: TextIO, *, text: bool, meta: MetaColumns
) -> None:
    """Prints results as they come; CSV when all have come, since their keys are its columns."""
    if form is Format.JSON:
        _json(results, file, meta)
    elif form is Format.CSV:
        _csv(results, file, meta)
    elif form is Format.HTML:
        from eventrisk.show.saved import document

        file.write(document(results))
    else:
        _for_people(results, form, file, text)


def say_renamed(meta: MetaColumns) -> None:
    """Says which columns of the records are called otherwise, and why."""
    for key, name in meta.renamed.items():
        say(f"the column {key!r} of the records is called {name!r}: one of ours has its name")


def _json(results: Iterable[Result], file: TextIO, meta: MetaColumns) -> None:
    from eventrisk.export.writers import json_line

    for result in results:
        print(json_line(result, meta), file=file)
    meta.check()


def _csv(results: Iterable[Result], file: TextIO, meta: MetaColumns) -> None:
    from eventrisk.export.columns import columns
    from eventrisk.export.rows import rows
    from eventrisk.export.writers import csv_cell, csv_rows, own_cell

    found: list[list[Any]] = []
    for result in results:
        brought = [own_cell(cell) for cell in meta.cells(result.meta)]
        found += [[*map(csv_cell, row), *brought] for row in rows(result)]
    meta.check()
    header = [*(column.name for column in columns()), *meta.names]
    writer = csv_rows(file)
    writer.writerow(header)
    writer.writerows([*row, *[None] * (len(header) - len(row))] for row in found)


def _for_people(results: Iterator[Result], form: Format, file: TextIO, text: bool) -> None:
    from eventrisk.show.terminal import overview, summary

    console = _console(file)
    if form is Format.TABLE:
        console.print(overview(results))
        return
    for number, result in enumerate(r for r in results if isinstance(r, Analysis)):
        if number:
            console.rule(style="dim")
        console.print(summary(result, text=text))


def _console(file: TextIO) -> Console:
    from rich.console import Console

    if file is sys.stdout:
        return Console(highlight=False)
    return Console(file=file, width=PAPER, color_system=None, highlight=False)
