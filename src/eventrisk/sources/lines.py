"""Which line breaks of a text end a paragraph, and which only a line: hard-wrapped exhibits made
running text.

Exhibits are wrapped at 60 to 100 columns; page numbers, ``<PAGE>`` marks and ruled lines fall into
the middle of sentences. A line was wrapped when the next line's first word would not have fitted
into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from eventrisk.rewrite import Rewritten

WIDEST = 100  # columns; a longer line was not wrapped
SLACK = 10  # columns by which a typist's line may fall short of the block's widest
NEAR = 4  # lines around that show whether a text is wrapped
NARROW = 30  # columns a line needs at least to be taken for a wrapped one
BULLET = re.compile(r"(?:[•·▪◦●■–—*-]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)])\s", re.IGNORECASE)
PAGE = re.compile(
    r"[-–—\s]*(?:<PAGE>|(?:page\s+)?\d{1,3}(?:\s+of\s+\d{1,3})?)[-–—\s]*", re.IGNORECASE
)
RULE = re.compile(r"[\s=_*~.–—-]{3,}")
CLOSED = re.compile(r"[.!?:;][\"')\]]*$")


class Line(NamedTuple):
    """One line: where its words start and end, and how far it was indented."""

    start: int
    end: int
    words: str
    indent: int


def join_lines(text: str) -> Rewritten:
    """Paragraphs on one line each, a single line break between them, no blank or page lines, single
    spaces.
    """
    return Rewritten(text, _edits(text))


def _edits(text: str) -> Iterator[tuple[int, int, str]]:
    lines = [*_lines(text)]
    at, previous = 0, -1
    for index, line in enumerate(lines):
        if not line.words or PAGE.fullmatch(line.words) or RULE.fullmatch(line.words):
            continue
        glue = "" if previous < 0 else _glue(lines, previous, index)
        if text[at : line.start] != glue:
            yield at, line.start, glue
        yield from _single_spaces(text, line)
        at, previous = line.end, index
    if at < len(text):
        yield at, len(text), ""


def _lines(text: str) -> Iterator[Line]:
    at = 0
    for row in text.split("\n"):
        words = row.strip()
        indent = len(row) - len(row.lstrip()) if words else 0
        yield Line(at + indent, at + indent + len(words), words, indent)
        at += len(row) + 1


def _single_spaces(text: str, line: Line) -> Iterator[tuple[int, int, str]]:
    if "  " not in line.words:
        return
    for match in re.finditer(" {2,}", line.words):
        yield line.start + match.start(), line.start + match.end(), " "


def _glue(lines: list[Line], previous: int, index: int) -> str:
    """What stands between two lines of words: a paragraph's end, a space, or nothing after a
    hyphen.
    """
    one, two = lines[previous], lines[index]
    goes_on = two.words[:1].islower() or two.words[:1].isdigit()
    if index - previous > 1:
        between = [line for line in lines[previous + 1 : index] if line.words]
        paged = any(PAGE.fullmatch(line.words) for line in between)
        joined = paged and goes_on and not CLOSED.search(one.words)
    else:
        joined = _was_wrapped(lines, previous, index)
    if not joined:
        return "\n"
    return "" if re.search(r"\w-$", one.words) and two.words[:1].isalnum() else " "


def _was_wrapped(lines: list[Line], previous: int, index: int) -> bool:
    one, two = lines[previous], lines[index]
    if len(one.words) > WIDEST or len(two.words) > WIDEST or BULLET.match(two.words):
        return False
    if one.indent >= 8 and two.indent >= 8 and not BULLET.match(one.words):
        return True  # a centred heading of several lines
    if len(one.words) >= NARROW and two.words[:1].islower() and not CLOSED.search(one.words):
        return True
    if any(len(line.words) > WIDEST for line in lines[max(0, previous - NEAR) : index + NEAR]):
        return False  # lines this long stand where nothing is wrapped
    first_word = two.words.split(" ", 1)[0]
    width = one.indent + len(one.words) + 1 + len(first_word)
    return len(one.words) >= NARROW and width > _block_width(lines, previous) - SLACK


def _block_width(lines: list[Line], index: int) -> int:
    """Columns of the widest line near by, as far as lines follow one another; at least 60."""
    low, high = max(0, index - 12), index + 12
    widths = [
        line.indent + len(line.words) for line in lines[low:high] if len(line.words) <= WIDEST
    ]
    return max([60, *widths])
