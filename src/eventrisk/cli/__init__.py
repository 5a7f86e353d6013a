"""The command line: a verb of the library each, a file each.

Exit codes: 0 all is well; 1 some release could not be read, the others were; 2 wrong usage, nothing
could be read, or an error of the model or of the output. Results go to stdout or the file asked
for, everything else to stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from eventrisk import __version__
from eventrisk.cli.analyze import analyze
from eventrisk.cli.check import check
from eventrisk.cli.compare import compare
from eventrisk.cli.convert import convert
from eventrisk.cli.evaluate import evaluate
from eventrisk.cli.score import score
from eventrisk.cli.stream import warnings_said
from eventrisk.cli.suggest import suggest
from eventrisk.cli.train import train
from eventrisk.errors import EventRiskError

EPILOG = (
    "Exit codes: 0 all is well; 1 some release could not be read; 2 wrong usage, nothing read, "
    "or a model error."
)
app = typer.Typer(
    epilog=EPILOG, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False
)
for verb in (analyze, score, check, convert, train, evaluate, compare, suggest):
    app.command(epilog=EPILOG, no_args_is_help=True)(verb)


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point; ends with SystemExit. An error that is meant for the user is one line on
    stderr.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        with warnings_said():
            app(args=arguments, prog_name="eventrisk")
    except EventRiskError as error:
        print(f"eventrisk: {error}", file=sys.stderr)
        sys.exit(2)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"eventrisk {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and end."
        ),
    ] = False,
) -> None:
    """Reads biotech regulatory news: votes, events, dated catalysts, sentiment and risk factors."""
