"""``eventrisk suggest``: which releases to label next, and why; pre-annotated for a labelling tool."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eventrisk.cli.flow import say
from eventrisk.errors import OutputError

if TYPE_CHECKING:
    from eventrisk.training.suggestions import Suggestions

TOOLS = "prodigy, doccano, label_studio or jsonl"
NARROW = 100  # columns of a table that is not shown on a terminal


def suggest(
    paths: Annotated[
        list[Path], typer.Argument(metavar="DIR|FILE…", help="Folders (and all below) or files of unlabelled releases.")
    ],
    n: Annotated[int, typer.Option("-n", min=1, help="How many to suggest.")] = 50,
    to: Annotated[str | None, typer.Option(help=f"For which tool: {TOOLS}.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write them, pre-annotated.")] = None,
    model: Annotated[str, typer.Option(help="Name or folder of a model.")] = "default",
    labelled: Annotated[
        list[Path] | None, typer.Option(help="What is labelled already: texts near to it are not suggested.")
    ] = None,
    aspect: Annotated[
        list[str] | None,
        typer.Option(help="What will be labelled, if not all: sentiment, events, entities, risk_factors, tone."),
    ] = None,
    most: Annotated[
        int, typer.Option(min=1, help="Of more releases than this, so many are read, chosen for variety.")
    ] = 2_000,
) -> None:
    """Rank unlabelled releases by what the model would learn most from, each with the reasons why."""
    from rich.console import Console

    from eventrisk.show.suggested import table

    if to is not None and out is None:
        raise OutputError("--to names a tool; say with --out where to write, such as --out tasks.jsonl")
    found = _chosen(paths, n, model, labelled, aspect, most)
    for failure in found.failures:
        say(failure.error if failure.doc_id in failure.error else f"{failure.doc_id}: {failure.error}")
    console = Console()
    console = console if console.is_terminal else Console(width=max(NARROW, console.width))
    console.print(table(found.rows()))
    say(found.summary)
    if out is not None:
        for loss in found.export(out, to):
            say(f"{loss.record}: {loss.what} is left out: {loss.why}")
        say(f"wrote {len(found)} pre-annotated releases to {out}")
    if found.failures:
        raise typer.Exit(1)


def _chosen(
    paths: list[Path], n: int, model: str, labelled: list[Path] | None, aspects: list[str] | None, most: int
) -> Suggestions:
    """The suggestions, with a progress bar where a person is watching."""
    from rich.console import Console
    from rich.progress import Progress

    from eventrisk.training import suggest as suggesting

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading", total=None)
        return suggesting.suggest(
            paths,
            n,
            model,
            labelled=labelled,
            aspects=aspects,
            most=most,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
