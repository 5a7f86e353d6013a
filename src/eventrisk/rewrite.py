"""A text rewritten by one pattern, with the way back from every new offset to the old ones."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable


class Rewritten:
    """The new text and where each stretch of it came from. Memory grows with the edits, not with
    the text.
    """

    __slots__ = ("_copied", "_new", "_old", "_old_end", "text")

    def __init__(self, old: str, edits: Iterable[tuple[int, int, str]]) -> None:
        """``edits`` are (start, end, new words) in order and free of overlaps."""
        self._new, self._old, self._old_end, self._copied = (
            array("q"),
            array("q"),
            array("q"),
            bytearray(),
        )
        parts: list[str] = []
        at = length = 0
        for start, end, words in edits:
            length = self._add(parts, old[at:start], at, start, length, copied=True)
            length = self._add(parts, words, start, end, length, copied=False)
            at = end
        self._add(parts, old[at:], at, len(old), length, copied=True)
        self.text = "".join(parts)

    def _add(
        self, parts: list[str], words: str, start: int, end: int, length: int, *, copied: bool
    ) -> int:
        if not words:
            return length
        parts.append(words)
        self._new.append(length)
        self._old.append(start)
        self._old_end.append(end)
        self._copied.append(copied)
        return length + len(words)

    def old_span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open offsets of the old text from which ``text[start:end]`` was made; what was
        deleted stays outside.
        """
        if start >= end:
            raise ValueError(f"a span needs at least one character, not {start} to {end}")
        return self._old_place(start)[0], self._old_place(end - 1)[1]

    def new_span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open offsets of the new text that hold what was made of ``old[start:end]``; words
        that stand in place of a stretch count as a whole. Both are alike where nothing is left.
        """
        first = bisect_right(self._old, start) - 1
        low = self._new_place(first, start)
        if start >= end:
            return low, low
        if first >= 0 and not self._copied[first] and start < self._old_end[first]:
            low = self._new[first]
        high = self._new_place(bisect_left(self._old, end) - 1, end)
        return low, max(low, high)

    def _new_place(self, index: int, old: int) -> int:
        """Where the stretch of that index, as far as it comes before an old offset, ends."""
        if index < 0:
            return 0
        after = self._new[index + 1] if index + 1 < len(self._new) else len(self.text)
        if not self._copied[index]:
            return after
        return min(after, self._new[index] + old - self._old[index])

    def _old_place(self, new: int) -> tuple[int, int]:
        index = bisect_right(self._new, new) - 1
        if not self._copied[index]:
            return self._old[index], self._old_end[index]
        old = self._old[index] + new - self._new[index]
        return old, old + 1


class Composed:
    """Rewritings one after the other, with the way from the first text to the last and back."""

    __slots__ = ("_stages", "text")

    def __init__(self, *stages: Rewritten) -> None:
        """``stages`` each rewrite the text of the one before; at least one."""
        self._stages = stages
        self.text = stages[-1].text

    def old_span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open offsets of the first text; see ``Rewritten.old_span``."""
        for stage in reversed(self._stages):
            start, end = stage.old_span(start, end)
        return start, end

    def new_span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open offsets of the last text; see ``Rewritten.new_span``."""
        for stage in self._stages:
            start, end = stage.new_span(start, end)
        return start, end


def substitute(
    old: str, pattern: re.Pattern[str], words: Callable[[re.Match[str]], str]
) -> Rewritten:
    """Every match replaced by what ``words`` makes of it."""
    return Rewritten(old, ((m.start(), m.end(), words(m)) for m in pattern.finditer(old)))
