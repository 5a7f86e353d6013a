"""The cover of a form filed with the SEC (8-K, 6-K, 10-Q …) above its words, line by line, and the
address above the words of a letter.

What a cover holds is data (``structure/covers.toml``). It ends where an item begins, a paragraph,
or the headline of a release that stands in the form itself. Offsets are half-open, into the clean
text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from eventrisk.labels import SectionKind
from eventrisk.rules import rules
from eventrisk.structure.dateline import opens_line

NAME = "structure/covers.toml"
FIRST_ROWS = 12  # of a text, among which its form is named
PARAGRAPH_CHARS = 60  # of a line that ends with a full stop and is none of the cover's
NEWS_CHARS = 40  # behind a dateline on its own line


class Front(NamedTuple):
    """The kinds of the lines above a form's or letter's words."""

    kinds: tuple[SectionKind, ...]
    is_letter: bool


def front_lines(rows: Sequence[str]) -> Front:
    """What the first lines of a text are where they are a form's cover or a letter's head, in which
    a line of capitals says what the letter is; none of another text.
    """
    letter = address_length(rows)
    kinds = [SectionKind.EXHIBIT_HEADER] * (letter or cover_length(rows))
    for index in range(letter):
        if _is(rows[index], "subject"):
            kinds[index] = SectionKind.HEADLINE
    return Front(tuple(kinds), bool(letter))


def cover_length(rows: Sequence[str]) -> int:
    """How many of the lines with words are the cover; 0 where none begins the text."""
    if not any(_is(row, "form") for row in rows[:FIRST_ROWS]):
        return 0
    last = 0
    for index, row in enumerate(rows):
        if _is(row, "item") or _is_paragraph(row):
            return index
        if _is_dated_news(row):
            return last
        if _is(row, "cover") or _is(row, "form"):
            last = index + 1
    return len(rows) if last > len(rows) // 2 else last


def address_length(rows: Sequence[str]) -> int:
    """How many lines stand above a letter's words, the salutation included; 0 where a text begins
    otherwise.
    """
    most_rows, row_chars = 30, 90
    for index, row in enumerate(rows[:most_rows]):
        if _is(row, "salutation"):
            return index + 1
        if len(row) > row_chars:
            break
    return 0


def opens_letter(row: str) -> bool:
    """Whether a line is the first sentence of a letter that stands without its head."""
    return _is(row, "opening")


def begins_item(row: str) -> bool:
    """Whether a line is the heading of an item of a form."""
    return _is(row, "item")


def _is(row: str, role: str) -> bool:
    return any(rule.regex.match(row) for rule in rules(NAME, role))


def _is_paragraph(row: str) -> bool:
    is_long = len(row) >= PARAGRAPH_CHARS and row.rstrip().endswith((".", '."', ".)"))
    return is_long and not _is(row, "cover") and not _is_dated_news(row)


def _is_dated_news(row: str) -> bool:
    line = opens_line(row, 0, len(row))
    return line is not None and line.dated and len(row) - line.end >= NEWS_CHARS
