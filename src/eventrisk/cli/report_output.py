"""What ``train``, ``evaluate`` and ``compare`` share: the report as a page and as a file."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from eventrisk.cli.stream import say
from eventrisk.errors import OutputError
from eventrisk.export.overwriting import refuse_inputs
from eventrisk.export.target import replacing, writing

if TYPE_CHECKING:
    from eventrisk.show.blocks import Block
    from eventrisk.training.compare import Comparison
    from eventrisk.training.report import Report

    Judged = Report | Comparison


PAPER = 140  # columns


def shown(blocks: Iterable[Block], *, folded: bool = False) -> None:
    """Prints a report; where it goes to a file or a pipe, on paper wide enough for its tables."""
    from rich.console import Console

    from eventrisk.show.tables import tables

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = PAPER
    console.print(tables(blocks, folded=folded))


def checked(out: Path | None, files: Iterable[Path | None]) -> None:
    """Raises OutputError for an ending that is no report's, and for one of the files that are read,
    before any work is done.
    """
    if out is None:
        return
    if out.suffix.lower() not in FORMS:
        raise OutputError(f"{out}: reports are written as {', '.join(FORMS)}; name the file so")
    refuse_inputs([out], files)


def written(found: Judged, out: Path) -> None:
    """Writes a report by its ending, and the pictures its Markdown names beside it. Raises
    OutputError.
    """
    ending = out.suffix.lower()
    pictures = (
        {out.with_name(name): svg for name, svg in found.pictures().items()}
        if ending == ".md"
        else {}
    )
    for path, text in {out: FORMS[ending](found), **pictures}.items():
        with replacing(path) as part, writing(path):
            part.write_text(text, encoding="utf-8", newline="\n")
    say(f"wrote {', '.join(str(path) for path in (out, *pictures))}")


def _json(found: Judged) -> str:
    return json.dumps(found.to_dict(), ensure_ascii=False, indent=1) + "\n"


def _csv(found: Judged) -> str:
    """The rows of ``to_frame`` as CSV; needs no pandas."""
    from eventrisk.export.writers import csv_cell, csv_rows

    out = io.StringIO()
    rows = csv_rows(out)
    rows.writerow(found.columns)
    rows.writerows([csv_cell(cell) for cell in row] for row in found.rows())
    return out.getvalue()


FORMS: Mapping[str, Callable[[Judged], str]] = {
    ".md": lambda found: found.card(),
    ".html": lambda found: found.html(),
    ".tex": lambda found: found.to_latex(),
    ".json": _json,
    ".csv": _csv,
}
