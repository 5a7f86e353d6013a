"""Spoken words in the body: from an opening quotation mark to its closing one, or to the end of the
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from eventrisk.structure.headings import lines

MIN_CHARS = 40  # of a quotation; shorter ones are terms, names and scare quotes
OPENING = re.compile(r"(?:(?<=[\s(\[–—:,-])|^)\"(?=[\w$'(\[])", re.MULTILINE)
CLOSING = re.compile(r"(?<=\S)\"(?!\w)")
TITLED = re.compile(
    r"(?:titled|named|called|headed|caption|heading|headings|article|abstract|poster|paper),?:?\s$"
)


def quotes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open spans, marks included, of the quotations in ``text[start:end]``; those under 40
    characters and titles of works stay out.
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
        if at - first >= MIN_CHARS and not TITLED.search(text[max(start, first - 12) : first]):
            yield first, at
