"""A text cut at the borders of its spans: pure, for HTML and the terminal alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple


class Mark(NamedTuple):
    """A span to be shown: half-open offsets, what it is, and what to say about it."""

    start: int
    end: int
    label: str
    title: str = ""


class Segment(NamedTuple):
    """A stretch of text that lies in the same marks from its first to its last character, the
    shortest mark first.
    """

    text: str
    marks: tuple[Mark, ...]


def segments(text: str, marks: Iterable[Mark]) -> Iterator[Segment]:
    """The text in order, cut where a mark begins or ends; joined, the segments are the text.

    Marks may overlap and nest. What lies outside the text, and empty marks, are left out.
    """
    inside = sorted({m for m in marks if 0 <= m.start < m.end <= len(text)})
    borders = sorted({0, len(text), *(m.start for m in inside), *(m.end for m in inside)})
    waiting, active = iter([*inside, None]), list[Mark]()
    upcoming = next(waiting)
    for start, end in pairwise(borders):
        active = [mark for mark in active if mark.end > start]
        while upcoming is not None and upcoming.start <= start:
            active.append(upcoming)
            upcoming = next(waiting)
        yield Segment(text[start:end], tuple(sorted(active, key=lambda m: (m.end - m.start, m))))
