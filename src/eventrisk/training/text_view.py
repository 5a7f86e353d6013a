"""Text view: a text as the pipeline reads it, for the rules of a check: its clean copy, its tokens,
and its dateline.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property, lru_cache

from eventrisk.checking import View
from eventrisk.labels import SectionKind
from eventrisk.sources.clean import CleanText, clean

HEAD_CHARS = 2000  # in which a dateline stands
WORD = re.compile(r"\w")
YEAR = re.compile(r"(?:19|20)\d\d")
# a run that cleaning leaves as it is
PLAIN = re.compile(r"(?!.*\((?:R|TM|SM|tm|sm)\))[!-%'-)+-Z^a-~]*")
LONGEST_RUN_CHARS = 200  # cleaning parts longer runs

Borders = Callable[[str], frozenset[int]]


def text_viewer() -> Callable[[str], View]:
    """The pipeline's view of any text; spaCy is loaded when the first word is cut."""
    borders = _borders()
    return lambda text: TextView(text, borders)


def _borders() -> Borders:
    """Where the pipeline's words begin and end in a run of characters without white space, at which
    it parts first.
    """

    @lru_cache(maxsize=1)
    def tokenizer() -> Callable[[str], frozenset[int]]:
        from eventrisk.nlp.pipeline import blank

        nlp = blank()

        def of(run: str) -> frozenset[int]:
            doc = nlp.make_doc(run)
            return frozenset({0, len(run), *(t.idx for t in doc), *(t.idx + len(t) for t in doc)})

        return of

    return lru_cache(maxsize=20_000)(lambda run: tokenizer()(run))


class TextView:
    """One text; nothing is cleaned before it is asked for."""

    def __init__(self, text: str, borders: Borders) -> None:
        self._text, self._borders = text, borders

    @cached_property
    def _clean(self) -> CleanText:
        return clean(self._text)

    def whole(self, start: int, end: int) -> tuple[int, int] | None:
        """The span grown to whole tokens; None where cleaning swallows it. Offsets into the text as
        given.
        """
        near = [run_around(self._text, at) for at in (start, end)]
        if self._plain and all(PLAIN.fullmatch(self._text, *run) for run in near):
            return self._border(self._text, start, near[0], -1), self._border(
                self._text, end, near[1], 1
            )
        clean_span = self._clean_span(start, end)
        if clean_span is None:
            return None
        text = self._clean.text
        first = self._border(text, clean_span[0], run_around(text, clean_span[0]), -1)
        last = self._border(text, clean_span[1], run_around(text, clean_span[1]), 1)
        if (first, last) == clean_span:
            return start, end
        low, high = self._clean.raw_span(first, last)
        return min(start, low), max(end, high)

    @cached_property
    def _plain(self) -> bool:
        return "<" not in self._text  # without tags no span can lie in markup

    def _border(self, text: str, at: int, run: tuple[int, int], step: int) -> int:
        """The nearest border of a token from ``at`` on in the direction of ``step``."""
        if at in run:
            return at
        borders = self._borders(text[slice(*run)])
        while at - run[0] not in borders:
            at += step
        return at

    def _clean_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the characters of a raw span stand in the clean text."""
        first = self._first(lambda at: self._clean.raw_span(at, at + 1)[1] > start)
        last = self._first(lambda at: self._clean.raw_span(at, at + 1)[0] >= end)
        return (first, last) if first < last else None

    def _first(self, beyond: Callable[[int], bool]) -> int:
        """The first offset of the clean text that lies beyond; cleaning keeps the order of
        characters.
        """
        return bisect_left(range(len(self._clean.text)), True, key=beyond)

    def stated_date(self) -> str | None:
        """The release's day as its dateline states it; the order of day and month must not be
        open.
        """
        head = self._text[:HEAD_CHARS]
        if not YEAR.search(head):
            return None
        from eventrisk.structure.header import find_header
        from eventrisk.structure.metadata import find_release_date

        text = clean(head).text
        opening = find_header(text)
        # A headline alone has no dateline: the day it ends with is the news.
        has_body = bool(opening) and opening[-1].kind is SectionKind.BODY
        return find_release_date(text, opening) if has_body else None

    def is_blank(self) -> bool:
        """Whether nothing but markup is there."""
        start = self._text[:HEAD_CHARS].lstrip()
        if start[:1].isalnum():
            return False
        return not WORD.search(clean(self._text[:HEAD_CHARS]).text) and not WORD.search(
            self._clean.text
        )


def run_around(text: str, at: int) -> tuple[int, int]:
    """The characters without white space around an offset; from it on, or up to it, where white
    space is beside it.
    """
    low = high = at
    while low > 0 and at - low < LONGEST_RUN_CHARS and not text[low - 1].isspace():
        low -= 1
    while high < len(text) and high - at < LONGEST_RUN_CHARS and not text[high].isspace():
        high += 1
    return low, high
