"""A text as the pipeline sees it: the little that the rules ask of it, and a plain stand-in that
needs no pipeline.
"""

from __future__ import annotations

import re
from typing import Protocol

WORD = re.compile(r"\w")


class View(Protocol):
    """One text with its cleaning and its words."""

    def whole(self, start: int, end: int) -> tuple[int, int] | None:
        """The span extended to whole words of the pipeline, the same where it is whole, None where
        cleaning removes it.

        Half-open offsets into the text as it was given.
        """

    def stated_date(self) -> str | None:
        """The release's own day (ISO) as its dateline states it."""

    def is_blank(self) -> bool:
        """Whether nothing is left of the text when markup is off."""


class PlainView:
    """Words are runs of letters and digits; no dateline is read."""

    def __init__(self, text: str) -> None:
        self._text = text

    def whole(self, start: int, end: int) -> tuple[int, int] | None:
        """The span extended over the letters and digits that it cuts off."""
        text = self._text
        while start > 0 and WORD.match(text[start]) and WORD.match(text[start - 1]):
            start -= 1
        while end < len(text) and WORD.match(text[end - 1]) and WORD.match(text[end]):
            end += 1
        return start, end

    def stated_date(self) -> str | None:
        """Always None."""
        return None

    def is_blank(self) -> bool:
        """Whether there is no letter and no digit."""
        return not WORD.search(self._text)
