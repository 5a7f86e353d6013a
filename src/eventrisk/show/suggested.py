"""Suggestions as a table, in a notebook and on the terminal; the words of releases are shown, never
obeyed.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from eventrisk.markup import visible
from eventrisk.show.html import style
from eventrisk.show.quotes import cut, one_line
from eventrisk.show.story import SIGN

if TYPE_CHECKING:
    from rich.table import Table

BEGINNING_CHARS = 140  # of a release that are shown
ID_CHARS = 60  # of a release's id; longer ones are cut
MAX_REASONS = 2  # that the terminal has room for
MARKUP_CHARS = 1_000  # in which the beginning is looked for: markup is left out


class Row(NamedTuple):
    """A suggestion as it is shown; ``score`` in 0…1, ``why`` the reasons in words, the greatest
    first.
    """

    id: str
    text: str
    score: float
    sentiment: str
    why: tuple[str, ...]


def beginning(text: str) -> str:
    """The first words of a release on one line, without markup."""
    return "".join(
        piece.text for piece in cut(visible(text[:MARKUP_CHARS]).text, (), BEGINNING_CHARS)
    )


def html(rows: Sequence[Row], summary: str) -> str:
    """The table as one ``<div>``, with everything escaped."""
    body = "".join(_row(number, row) for number, row in enumerate(rows, 1))
    heading = f'<div class="er-mast">{escape(one_line(summary))}</div>'
    return (
        f'<div class="er-card"><style>{style()}</style>{heading}<table '
        f'class="er-rows">{body}</table></div>'
    )


def _row(number: int, row: Row) -> str:
    why = "".join(f'<div class="er-small">{escape(one_line(reason))}</div>' for reason in row.why)
    label = f"er-{row.sentiment}" if row.sentiment in SIGN else "er-neutral"
    return (
        f"<tr><td>{number}. {escape(one_line(row.id, ID_CHARS))}<div "
        f'class="er-small">{row.score:.3f}</div></td>'
        f'<td class="{label}"><span class="er-what">{escape(one_line(row.sentiment))}</span>'
        f"{escape(beginning(row.text))}{why}</td></tr>"
    )


def table(rows: Sequence[Row]) -> Table:
    """One release a row, with its first reasons, for rich."""
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, header_style="dim")
    shown.add_column("#", justify="right")
    for name in ("release", "score", "begins", "why"):
        shown.add_column(name, overflow="fold", ratio=None if name == "score" else 1)
    for number, row in enumerate(rows, 1):
        cells = (
            one_line(row.id, ID_CHARS),
            f"{row.score:.3f}",
            beginning(row.text),
            "\n".join(map(one_line, row.why[:MAX_REASONS])),
        )
        shown.add_row(str(number), *(Text(cell) for cell in cells))
    return shown
