"""Spoken words in the body: from an opening quotation mark to its closing one, or to the end of the
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from eventrisk.structure.headings import lines

SHORTEST = (
    40  # characters a quotation needs to be one; shorter ones are terms, names and scare quotes
)
OPENING = re.compile(r"(?:(?<=[\s(\[–—:,-])|^)\"(?=[\w$'(\[])", re.MULTILINE)
CLOSING = re.compile(r"(?<=\S)\"(?!\w)")
TITLED = re.compile(
    r"(?:titled|named|called|headed|caption|heading|headings|article|abstract|poster|paper),?:?\s$"
)


def quotes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open spans, marks included, of quotations of at least ``SHORTEST`` characters; titles of
    works stay out.
    """
    for line_start, line_end in lines(text, start, end):
        if '"' in text[line_start:line_end]:
            yield from _in_line(text, line_start, line_end)


def _in_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while opening := OPENING.search(text, at, end):
        first = opening.start()
        closing = CLOSING.search(text, first + 1, end)
        at = closing.end() if closing else end
        if at - first >= SHORTEST and not TITLED.search(text[max(start, first - 12) : first]):
            yield first, at
