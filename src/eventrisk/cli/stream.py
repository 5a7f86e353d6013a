"""From named files to a stream of results, with what goes wrong said on stderr and kept in its
place.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from eventrisk.results import Analysis, Failure
from eventrisk.show.quotes import printable

if TYPE_CHECKING:
    from eventrisk.api import Analyzer

Record = Mapping[str, Any]
Result = Analysis | Failure


class Tally:
    """Counts what was read and what was not, and says each failure in one line on stderr."""

    def __init__(self) -> None:
        self.read = self.failed = 0

    def watch(self, results: Iterable[Result]) -> Iterator[Result]:
        """Lets the results through."""
        for result in results:
            if isinstance(result, Failure):
                self.failed += 1
                say(
                    result.error
                    if result.doc_id in result.error
                    else f"{result.doc_id}: {result.error}"
                )
            else:
                self.read += 1
            yield result


def say(message: str) -> None:
    """One line on stderr; names of files and words of releases cannot steer the terminal."""
    print(f"eventrisk: {' '.join(printable(message).split())}", file=sys.stderr, flush=True)


def read(
    analyzer: Analyzer, records: Iterable[Record | Failure], date: str | None = None
) -> Iterator[Result]:
    """What the analyzer makes of each record; one that could not even be opened stays the Failure
    it is.

    ``date`` is for records without a date of their own.
    """
    for record in records:
        if isinstance(record, Failure):
            yield record
            continue
        if record.get("encoding") == "cp1252":
            say(f"{record.get('id', '<stdin>')}: is not UTF-8 and was read as Windows-1252")
        yield from analyzer.many([{**record, "date": record.get("date") or date}])
