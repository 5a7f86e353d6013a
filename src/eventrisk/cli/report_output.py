"""What ``train``, ``evaluate`` and ``compare`` share: the report as a page and as a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from eventrisk.cli.stream import say
from eventrisk.export.overwriting import refuse_inputs
from eventrisk.training.saving import Judged, checked_ending, save

if TYPE_CHECKING:
    from eventrisk.show.blocks import Block

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
    refuse_inputs([checked_ending(out)], files)


def written(found: Judged, out: Path) -> None:
    """Writes a report by its ending, and the pictures its Markdown names beside it. Raises
    OutputError.
    """
    say(f"wrote {', '.join(map(str, save(found, out)))}")
