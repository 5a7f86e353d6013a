"""Blocks on the terminal, with rich; words from data are never read as markup or as control
codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from eventrisk.show.blocks import Block, Cell, Heading, Paragraph, Table, number
from eventrisk.show.quotes import one_line

SOFT = "dim"


def tables(blocks: Iterable[Block], *, folded: bool = False) -> RenderableType:
    """The page for a terminal: no pictures, and what a page would fold only where ``folded`` asks
    for it.
    """
    return Group(*(part for block in blocks for part in _block(block, folded)))


def _block(block: Block, folded: bool) -> Iterator[RenderableType]:
    if isinstance(block, Heading):
        yield Text(f"{'' if block.level == 1 else chr(10)}{one_line(block.text)}", "bold")
    elif isinstance(block, Paragraph):
        yield Text(one_line(block.text, len(block.text)), SOFT)
    elif isinstance(block, Table) and (folded or not block.folded):
        if block.title:
            yield Text(f"\n{one_line(block.title)}", SOFT)
        yield _grid(block)


def _grid(block: Table) -> Grid:
    grid = Grid(box=None, pad_edge=False, header_style=SOFT)
    for name in block.head:
        grid.add_column(Text(one_line(name)), overflow="fold")
    for line in block.rows:
        grid.add_row(*map(_cell, line))
    return grid


def _cell(value: Cell) -> Text:
    return Text(
        number(value) if isinstance(value, float) else "" if value is None else one_line(str(value))
    )
