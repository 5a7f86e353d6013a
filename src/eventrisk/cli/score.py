"""``eventrisk score``: many releases into a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eventrisk.cli.convert import columns_of
from eventrisk.cli.inputs import stdin_record
from eventrisk.cli.printing import KeepOption, say_renamed
from eventrisk.cli.stream import ColumnOption, FromOption, Record, Tally, read, say
from eventrisk.cli.terms import OwnTerms
from eventrisk.errors import OutputError
from eventrisk.export.columns import LONG
from eventrisk.export.overwriting import STDIN
from eventrisk.results import Failure

if TYPE_CHECKING:
    from eventrisk.export.writers import Writer
    from eventrisk.sources.formats import Columns


def score(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR|FILE…", help="Folders (and all below) or files; - reads one from stdin."
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Where to write: .csv, .jsonl or .parquet.")
    ] = Path("scores.csv"),
    table: Annotated[
        list[str] | None,
        typer.Option(metavar="A,B", help=f"Also write long tables: {', '.join(LONG)}."),
    ] = None,
    keep: KeepOption = None,
    spreadsheet: Annotated[
        bool,
        typer.Option(
            "--spreadsheet", help="Put an apostrophe before CSV cells that begin like a formula."
        ),
    ] = False,
    model: Annotated[str, typer.Option(help="Name or folder of a model.")] = "default",
    terms: OwnTerms = None,
    format: FromOption = None,
    column: ColumnOption = None,
) -> None:
    """Read many releases into a table: files of text (.txt, .htm, .html, .md), and tables with a
    release a row (.csv, .parquet, .jsonl: text, title, date, id; other columns travel along).
    """
    from eventrisk import api
    from eventrisk.export.overwriting import refuse_inputs

    files, records = _records(paths, format, columns_of(column or ()))
    writers = [*_writers(out, _listed(table or ()), keep, spreadsheet)]
    refuse_inputs([writer.path for writer in writers], [*files, terms])
    analyzer, tally = api.load(model, terms=terms), Tally()
    with ExitStack() as stack:
        for writer in writers:
            stack.enter_context(writer)
        for result in tally.watch(read(analyzer, records, progress=True)):
            for writer in writers:
                writer.add(result)
        tally.refuse_nothing()
    _say_what_was_done(tally, writers)
    if out.suffix.lower() != ".jsonl":
        say_renamed(writers[0].meta)
    tally.end()


def _records(
    paths: Sequence[Path], format: str | None, columns: Columns
) -> tuple[Sequence[Path], Iterable[Record | Failure]]:
    """The files that are read, and their records; stdin's text stands behind them."""
    from eventrisk.sources.records import records_of

    named = [path for path in paths if str(path) != STDIN]
    if len(named) == len(paths):
        records = records_of(paths, format, columns)
        return records.files, records
    files = records_of(named, format, columns)
    return [*files.files, Path(STDIN)], chain(files, stdin_record())


def _listed(named: Sequence[str]) -> list[str]:
    """The tables of ``--table a,b`` and of the option given several times, each once."""
    names = (name.strip() for group in named for name in group.split(","))
    return [*dict.fromkeys(name for name in names if name)]


def _writers(
    out: Path, tables: Sequence[str], keep: str | None, spreadsheet: bool
) -> Iterator[Writer]:
    """A writer for ``out`` and one beside it for every long table: ``scores.csv``,
    ``scores_votes.csv``.
    """
    from eventrisk.export.parquet import ParquetWriter
    from eventrisk.export.writers import CsvWriter, JsonLinesWriter

    kind = out.suffix.lower()
    if kind == ".jsonl" and tables:
        raise OutputError(f"{out}: JSON Lines hold every table already; leave out --table")
    if kind not in (".csv", ".jsonl", ".parquet"):
        raise OutputError(
            f"{out}: tables are written as .csv, .jsonl or .parquet; name the file so"
        )
    for name in ("scores", *(name for name in tables if name != "scores")):
        path = out if name == "scores" else out.with_name(f"{out.stem}_{name}{out.suffix}")
        if kind == ".jsonl":
            yield JsonLinesWriter(path, keep=keep)
        elif kind == ".parquet":
            yield ParquetWriter(path, name, keep=keep)
        else:
            yield CsvWriter(path, name, keep=keep, spreadsheet=spreadsheet)


def _say_what_was_done(tally: Tally, writers: Sequence[Writer]) -> None:
    ending = f", {tally.failed} could not be read" if tally.failed else ""
    where = ", ".join(f"{writer.path} ({writer.written} rows)" for writer in writers)
    say(f"scored {tally.read} of {tally.read + tally.failed} releases{ending}: {where}")
