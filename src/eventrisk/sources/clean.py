"""A copy of the text fit for reading, with the way back: offsets in the copy lead to the text as it
was passed in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from eventrisk.markup import strip_markup
from eventrisk.rewrite import Rewritten, substitute
from eventrisk.sources.lines import join_lines

# A mark with the blank before it; (R)- before a letter is a chemist's prefix and stays. No word is
# so long; splitting punctuation off a run takes time that grows with the square of its length.
RUN = re.compile(r"\S{200}(?=\S)")
MARK = re.compile(r" ?(?:[®™℠]|\((?:R|TM|SM|tm|sm)\)(?!-\w))")


@dataclass(frozen=True)
class CleanText:
    """A text without markup, marks and hard line wraps; paragraphs are separated by one line break.

    ``marks`` are the offsets in ``text`` directly after a name that carried ®, ™ or the like.
    """

    raw: str
    text: str
    marks: tuple[int, ...]
    _stages: tuple[Rewritten, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open offsets into ``raw`` of ``text[start:end]``; markup and marks after the last
        character stay out.

        Raises ValueError for an empty span.
        """
        for stage in reversed(self._stages):
            start, end = stage.old_span(start, end)
        return start, end


def clean(raw: str) -> CleanText:
    """Entities decoded, tags, Markdown and marks off, quotes straight, lines joined, endless runs
    parted.

    Never raises on a ``str``.
    """
    plain = strip_markup(raw)
    joined = join_lines(plain.text)
    unmarked = substitute(joined.text, MARK, lambda m: _in_place_of(m, joined.text))
    ends = [match.end() for match in RUN.finditer(unmarked.text)]
    parted = Rewritten(unmarked.text, ((end, end, " ") for end in ends))
    marks = tuple(mark + bisect_left(ends, mark) for mark in _marks(joined.text))
    return CleanText(raw, parted.text, marks, (plain, joined, unmarked, parted))


def _in_place_of(mark: re.Match[str], text: str) -> str:
    """Nothing, or a space where a word or number follows directly."""
    return " " if text[mark.end() : mark.end() + 1].isalnum() else ""


def _marks(text: str) -> tuple[int, ...]:
    """Where the marks would stand in the unmarked text: directly after the name."""
    out, removed = [], 0
    for match in MARK.finditer(text):
        out.append(match.start() - removed)
        removed += len(match.group()) - len(_in_place_of(match, text))
    return tuple(out)
