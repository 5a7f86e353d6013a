"""A page as a list of blocks: said once, drawn as Markdown, as HTML and on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True)
class Heading:
    """``level`` 1 is the title of the page."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Sentences of ours; words of a user's data in them are plain text."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows under a head; ``folded`` tables may be shut on a page that can unfold them, under
    ``title``.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    folded: bool = False


@dataclass(frozen=True)
class Picture:
    """An SVG of ours, with words for those who do not see it; ``name`` is its file's where it is
    kept in one.
    """

    svg: str
    caption: str
    name: str


Block = Heading | Paragraph | Table | Picture


def table(
    head: Sequence[str], rows: Iterable[Sequence[Cell]], title: str = "", *, folded: bool = False
) -> Table:
    """A table from any sequences."""
    return Table(tuple(head), tuple(tuple(row) for row in rows), title, folded)


def number(value: float) -> str:
    """A share or figure with three decimal places."""
    return f"{value:.3f}"


def ranged(value: float, ends: Sequence[float] | None) -> str:
    """A figure with its 95 % interval, where it has one: ``0.922 [0.905, 0.938]``."""
    return number(value) + (f" [{number(ends[0])}, {number(ends[1])}]" if ends else "")
