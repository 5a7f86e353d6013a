"""Blocks as HTML: self-contained, everything escaped, no script, readable on light and dark
grounds.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from eventrisk.show.blocks import Block, Cell, Heading, Paragraph, Picture, Table, number
from eventrisk.show.html import style
from eventrisk.show.quotes import printable


def page(blocks: Iterable[Block]) -> str:
    """The page as one ``<div>``; this is what a notebook shows."""
    return (
        f'<div class="er-card '
        f'er-report"><style>{style()}</style>{"".join(map(_block, blocks))}</div>'
    )


def document(title: str, blocks: Iterable[Block]) -> str:
    """The page as a file of its own."""
    head = f'<meta charset="utf-8"><title>{_shown(title)}</title>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{page(blocks)}</body></html>\n'


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        style_class = "er-title" if block.level == 1 else "er-part"
        return f'<div class="{style_class}">{_shown(block.text)}</div>'
    if isinstance(block, Paragraph):
        return f'<div class="er-small">{_shown(block.text)}</div>'
    if isinstance(block, Picture):
        return f'<div class="er-picture" title="{_shown(block.caption)}">{block.svg}</div>'
    return _table(block)


def _table(block: Table) -> str:
    head = "".join(f"<th>{_shown(name)}</th>" for name in block.head)
    body = "".join(f"<tr>{''.join(map(_cell, line))}</tr>" for line in block.rows)
    drawn = (
        '<div class="er-wide"><table class="er-rows er-figures">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    if block.folded:
        return f"<details><summary>{_shown(block.title)}</summary>{drawn}</details>"
    return (f'<div class="er-head">{_shown(block.title)}</div>' if block.title else "") + drawn


def _cell(value: Cell) -> str:
    shown = number(value) if isinstance(value, float) else "" if value is None else str(value)
    return f"<td>{_shown(shown)}</td>"


def _shown(text: str) -> str:
    return escape(" ".join(printable(text).split()))
