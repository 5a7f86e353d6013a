"""Blocks as Markdown with GitHub's tables. Words from data are escaped: they are words, never
markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eventrisk.show.blocks import Block, Cell, Heading, Paragraph, Picture, Table, number, ranged
from eventrisk.show.quotes import printable

MARKUP = re.compile(
    r"[\\`*<>|~&]|(?<!\w)_|_(?!\w)|(?<=\])[(\[:]"
)  # what could begin markup anywhere
OPENING = re.compile(r"^(\d*)([#+.)=-])")  # and what could at the beginning of a line
EVERY = 5  # of the risk-coverage curve's points is printed, with the one chosen
SAID = {"macro_f1": "macro-F1", "wrong_sign": "wrong sign", "f1": "F1"}


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
    return title + table(
        [escaped(name) for name in block.head], (tuple(map(_cell, line)) for line in block.rows)
    )


def _cell(value: Cell) -> str:
    return (
        number(value) if isinstance(value, float) else "" if value is None else escaped(str(value))
    )


def row(cells: Iterable[Any]) -> str:
    """One line of a table; floats have three decimal places."""
    return "| " + " | ".join(number(c) if isinstance(c, float) else str(c) for c in cells) + " |"


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A whole table, of cells that are Markdown."""
    return "\n".join([row(head), "|" + "---|" * len(head), *map(row, rows)])


def figure(m: Mapping[str, Any], key: str) -> str:
    """A figure of a report's part with its interval."""
    return ranged(m[key], m.get("intervals", {}).get(key))


def confusion(classes: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
    """True classes in rows, given ones in columns."""
    return table(
        ("true ↓ given →", *classes),
        ([name, *line] for name, line in zip(classes, counts, strict=True)),
    )


def by_form(
    parts: Mapping[str, Mapping[str, Any]], keys: Sequence[str], first: str = "form"
) -> str:
    """Figures of each part, the largest part first."""
    ordered = sorted(parts, key=lambda part: (-parts[part]["n"], part))
    head = (first, "n", *(SAID.get(key, key) for key in keys))
    return table(
        head,
        ([part, parts[part]["n"], *(figure(parts[part], key) for key in keys)] for part in ordered),
    )


def coverage(curve: Sequence[Sequence[float]], chosen: float) -> str:
    """The risk-coverage curve: every so many points, and the one chosen in bold."""
    shown = [
        point for number, point in enumerate(curve) if number % EVERY == 0 or point[0] == chosen
    ]
    rows = [
        (
            f"**{confidence:.2f}**" if confidence == chosen else f"{confidence:.2f}",
            kept,
            right,
            1 - right,
        )
        for confidence, kept, right in shown
    ]
    return table(("probability at least", "texts kept", "right of these", "wrong of these"), rows)
