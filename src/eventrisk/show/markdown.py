"""Blocks as Markdown with GitHub's tables. Words from data are escaped: they are words, never
markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from eventrisk.show.blocks import Block, Cell, Heading, Paragraph, Picture, Table, number
from eventrisk.show.quotes import printable

# what could begin markup anywhere, and what could at the beginning of a line
MARKUP = re.compile(r"[\\`*<>|~&]|(?<!\w)_|_(?!\w)|(?<=\])[(\[:]")
OPENING = re.compile(r"^(\d*)([#+.)=-])")


def markdown(blocks: Iterable[Block]) -> str:
    """The page; pictures are named, not held."""
    return "\n\n".join(_block(block) for block in blocks) + "\n"


def escaped(text: str) -> str:
    """Words on one line without any power over the page."""
    return MARKUP.sub(r"\\\g<0>", " ".join(printable(text).split()))


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {escaped(block.text)}"
    if isinstance(block, Paragraph):
        return OPENING.sub(r"\1\\\2", escaped(block.text))
    if isinstance(block, Picture):
        return f"![{escaped(block.caption)}]({block.name})"
    return _table(block)


def _table(block: Table) -> str:
    title = f"**{escaped(block.title)}**\n\n" if block.title else ""
    head, rule = _line(map(escaped, block.head)), "|---" * len(block.head) + "|"
    return title + "\n".join([head, rule, *(_line(map(_cell, row)) for row in block.rows)])


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return number(value) if isinstance(value, float) else escaped(str(value))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
