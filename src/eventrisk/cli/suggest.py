"""``eventrisk suggest``: which releases to label next, and why; pre-annotated for a labelling
tool.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eventrisk.cli.conflicts import Conflicts, Rule
from eventrisk.cli.convert import columns_of, say_what_was_lost
from eventrisk.cli.stream import NamesOption, say, say_failure
from eventrisk.cli.terms import OwnTerms
from eventrisk.errors import OutputError
from eventrisk.heads import KEYS_OF

if TYPE_CHECKING:
    from eventrisk.training.suggest.suggestions import Suggestions

TOOLS = "prodigy, doccano, label_studio, jsonl, or any other that convert knows"
PARTS = ", ".join(KEYS_OF)
NARROW = 100  # columns of a table that is not shown on a terminal


Texts = Annotated[
    list[Path],
    typer.Argument(
        metavar="DIR|FILE…", help="Folders (and all below) or files of unlabelled releases."
    ),
]
Known = Annotated[
    list[Path] | None,
    typer.Option(help="What is labelled already: texts near to it are suggested last."),
]
Parts = Annotated[
    list[str] | None, typer.Option(help=f"What will be labelled, if not all: {PARTS}.")
]
Format = Annotated[
    str | None,
    typer.Option("--from", help="The format of DIR|FILE, where the endings do not tell."),
]
MaxTexts = Annotated[
    int, typer.Option(min=1, help="Of more releases than this so many are read, unlike ones first.")
]


def suggest(
    paths: Texts,
    n: Annotated[int, typer.Option("-n", min=1, help="How many to suggest.")] = 50,
    to: Annotated[str | None, typer.Option(help=f"The format of OUT: {TOOLS}.")] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Where to write them, with the model's labels."),
    ] = None,
    model: Annotated[str, typer.Option(help="Name or folder of a model.")] = "default",
    terms: OwnTerms = None,
    labelled: Known = None,
    head: Parts = None,
    max_texts: MaxTexts = 2_000,
    format: Format = None,
    column: NamesOption = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace OUT if it exists.")
    ] = False,
    conflicts: Conflicts = Rule.LATEST,
) -> None:
    """Rank unlabelled releases by what the model would learn most from, each with the reasons
    why.
    """
    from rich.console import Console

    from eventrisk.show.suggested import table
    from eventrisk.training.suggest.run import suggest as chosen

    if out is not None:  # said now, not after minutes of reading
        _check(out, to, overwrite, [*paths, *(labelled or ())], terms)
    elif to is not None:
        raise OutputError(
            "--to names a format; say with --out where to write, such as --out tasks.jsonl"
        )
    found = chosen(
        paths,
        n=n,
        model=model,
        labelled=labelled,
        heads=head or "auto",
        max_texts=max_texts,
        format=format,
        columns=columns_of(column or ()),
        terms=terms,
        conflicts=conflicts,
    )
    for failure in found.failures:
        say_failure(failure)
    console = Console()
    console = console if console.is_terminal else Console(width=max(NARROW, console.width))
    console.print(table(found.rows()))
    say(found.summary)
    for said in found.agreement:
        say(f"agreement of annotators: {said}")
    if out is not None:
        _write(found, out, to, overwrite)
    if found.failures:
        raise typer.Exit(1)


def _check(
    out: Path, to: str | None, overwrite: bool, read: list[Path], terms: Path | None
) -> None:
    """Raises OutputError for what cannot be written, or is read; DataError for a format."""
    from eventrisk.export.overwriting import refuse_inputs
    from eventrisk.sources.folders import find_files
    from eventrisk.training.suggest.suggestions import files_of, writable

    refuse_inputs(files_of(out, to), [*find_files(read).files, terms])
    writable(out, to, overwrite)


def _write(found: Suggestions, out: Path, to: str | None, overwrite: bool) -> None:
    from eventrisk.training.suggest.suggestions import files_of

    say_what_was_lost(found.export(out, to=to, overwrite=overwrite))
    _, *beside = files_of(out, to)
    more = "".join(f", what stands beside them to {path}" for path in beside)
    say(f"wrote {len(found)} pre-annotated releases to {out}{more}")
    for line in found.advice(out, to):
        say(line)
