"""From named files to a stream of results, with what goes wrong said on stderr and kept in its
place.
"""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from eventrisk.errors import InputWarning
from eventrisk.results import Analysis, Failure
from eventrisk.show.quotes import printable

if TYPE_CHECKING:
    from eventrisk.api import Analyzer

SAID = 3  # failures of a kind that are said one by one
Record = Mapping[str, Any]
Result = Analysis | Failure

FromOption = Annotated[
    str | None,
    typer.Option(
        "--from", help="What FILE is written in, where its ending does not tell: csv, jsonl, text…"
    ),
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=OURS", help="What FILE calls otherwise: body=text, head=title."),
]
NamesOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=OURS", help="What FILE calls otherwise: body=text."),
]
LabelOption = Annotated[
    list[str] | None,
    typer.Option(metavar="LABEL=OURS", help="A label that FILE calls otherwise: good=positive."),
]


class Tally:
    """Counts what was read and what was not, and says failures on stderr, a line each: of every
    kind the first few, then how many more there are.
    """

    def __init__(self) -> None:
        self.read = self.failed = 0
        self._kinds: Counter[str] = Counter()

    def watch(self, results: Iterable[Result]) -> Iterator[Result]:
        """Lets the results through."""
        for result in results:
            if isinstance(result, Failure):
                self.failed += 1
                self._kinds[result.kind] += 1
                if self._kinds[result.kind] <= SAID:
                    say_failure(result)
            else:
                self.read += 1
            yield result
        for kind, number in self._kinds.items():
            if number > SAID:
                say(f"{number - SAID:,} more could not be read, of the same kind ({kind})")

    def refuse_nothing(self) -> None:
        """Ends the program where nothing could be read, so that no file is replaced by nothing."""
        if not self.read:
            say(f"read 0 of {self.failed:,} releases; nothing is written")
            raise typer.Exit(2)

    def end(self) -> None:
        """Ends the program where something could not be read: with 1, or 2 where nothing could."""
        if self.failed or not self.read:
            raise typer.Exit(1 if self.read else 2)


def say(message: str) -> None:
    """One line on stderr; names of files and words of releases cannot steer the terminal."""
    print(f"eventrisk: {' '.join(printable(message).split())}", file=sys.stderr, flush=True)


def say_failure(failure: Failure) -> None:
    """What could not be read, by its name, and why."""
    named = failure.doc_id in failure.error
    say(failure.error if named else f"{failure.doc_id}: {failure.error}")


@contextmanager
def warnings_said() -> Iterator[None]:
    """Within this, what the library warns of is one line on stderr, each time."""
    shown = warnings.showwarning

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if issubclass(category, InputWarning):
            say(str(message))
        else:
            shown(message, category, filename, lineno, file, line)

    with warnings.catch_warnings():
        warnings.simplefilter("always", InputWarning)
        warnings.showwarning = show
        yield


def read(
    analyzer: Analyzer,
    records: Iterable[Record | Failure],
    date: str | None = None,
    progress: bool = False,
) -> Iterator[Result]:
    """What the analyzer makes of each record; one that could not even be opened stays the Failure
    it is.

    ``date`` is for records without a date of their own.
    """
    dated = records if date is None else _dated(records, date)
    return analyzer.many(dated, progress=progress)


def _dated(records: Iterable[Record | Failure], date: str) -> Iterator[Record | Failure]:
    for record in records:
        if isinstance(record, Failure):
            yield record
        else:
            yield {**record, "date": record.get("date") or date}
