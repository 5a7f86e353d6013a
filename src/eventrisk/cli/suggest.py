"""``eventrisk suggest``: which releases to label next, and why; pre-annotated for a labelling tool."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eventrisk.cli.convert import columns_of
from eventrisk.cli.flow import say
from eventrisk.errors import OutputError

if TYPE_CHECKING:
    from eventrisk.training.suggestions import Suggestions

TOOLS = "prodigy, doccano, label_studio, jsonl, or any other that convert knows"
NARROW = 100  # columns of a table that is not shown on a terminal


def suggest(
    paths: Annotated[
        list[Path], typer.Argument(metavar="DIR|FILE…", help="Folders (and all below) or files of unlabelled releases.")
    ],
    n: Annotated[int, typer.Option("-n", min=1, help="How many to suggest.")] = 50,
    to: Annotated[str | None, typer.Option(help=f"The format of OUT: {TOOLS}.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Where to write them, pre-annotated with the model's labels.")
    ] = None,
    model: Annotated[str, typer.Option(help="Name or folder of a model.")] = "default",
    labelled: Annotated[
        list[Path] | None, typer.Option(help="What is labelled already: texts near to it are not suggested.")
    ] = None,
    aspect: Annotated[
        list[str] | None,
        typer.Option(help="What will be labelled, if not all: sentiment, events, entities, risk_factors, tone."),
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(metavar="NAME=OURS", help="What the files call otherwise: body=text.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace OUT if it exists.")] = False,
    most: Annotated[
        int, typer.Option(min=1, help="Of more releases than this, so many are read, chosen for variety.")
    ] = 2_000,
) -> None:
    """Rank unlabelled releases by what the model would learn most from, each with the reasons why."""
    from rich.console import Console

    from eventrisk.show.suggested import table
    from eventrisk.training.convert import format_for, refuse_existing
    from eventrisk.training.suggestions import LABEL_STUDIO, interface_of

    if to is not None and out is None:
        raise OutputError("--to names a tool; say with --out where to write, such as --out tasks.jsonl")
    if out is not None:  # said now, not after minutes of reading
        format_for(out, to)
        refuse_existing(out, overwrite)
    options = {"labelled": labelled, "aspects": aspect, "most": most, "columns": columns_of(column or ())}
    found = _chosen(paths, n, model, options)
    for failure in found.failures:
        say(failure.error if failure.doc_id in failure.error else f"{failure.doc_id}: {failure.error}")
    console = Console()
    console = console if console.is_terminal else Console(width=max(NARROW, console.width))
    console.print(table(found.rows()))
    say(found.summary)
    if out is not None:
        for loss in found.export(out, to, overwrite=overwrite):
            say(f"{loss.record}: {loss.what} is left out: {loss.why}")
        beside = interface_of(out)
        interface = (
            f", the project's labelling interface to {beside}" if format_for(out, to).name == LABEL_STUDIO else ""
        )
        say(f"wrote {len(found)} pre-annotated releases to {out}{interface}")
    if found.failures:
        raise typer.Exit(1)


def _chosen(paths: list[Path], n: int, model: str, options: dict[str, Any]) -> Suggestions:
    """The suggestions, with a progress bar where a person is watching."""
    from rich.console import Console
    from rich.progress import Progress

    from eventrisk.training import suggest as suggesting

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading", total=None)

        def told(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        return suggesting.suggest(paths, n, model, progress=told, **options)
