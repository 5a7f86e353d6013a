"""The words of a text as the drug finders see them: runs of letters and digits, and how they hang
together. Pure.

A *compound* is a run of words joined by hyphens (``LY-3819253``, ``KEYTRUDA-treated``). Lines in
capitals are known as such, because there a capital says nothing about a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left

WORD = re.compile(r"[^\W_]+")
HYPHENS = frozenset("-\u2010\u2011")
BROKEN = frozenset(("- ", " -", "\u2013", "-\n", "\u2010 ", "\u2011 "))
MAX_BREAK = 2  # characters between the parts of a broken code
CODE_LETTERS = re.compile(r"[A-Z]{2,5}")
CODE_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)\d{3,6}[A-Z]?")  # no year
JOINS = frozenset((" ", "-", "\u2010", "\u2011", "\u2013", "\n", "  "))
PARTED = re.compile(r" ?[-\u2010\u2011\u2013][ \n]?")
STOPS = frozenset('.!?:;\n\u2022\u2014\u2013"')
MIN_CAPITAL_SHARE = 0.7  # 0…1, of a line's letters, from which on it is in capitals
MIN_LINE_LETTERS = 12  # a line with fewer is a name or a heading, whose capitals say nothing


class Words:
    """Words in order; ``starts`` and ``ends`` are half-open character offsets, ``lows`` the words
    in lower case.
    """

    __slots__ = ("_all_caps", "ends", "glued", "lows", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        matches = list(WORD.finditer(text))
        self.words = [m.group() for m in matches]
        self.lows = [word.lower() for word in self.words]
        self.starts = [m.start() for m in matches]
        self.ends = [m.end() for m in matches]
        self.glued = [self._is_glued(i) for i in range(len(matches))]
        self._all_caps = _all_caps_lines(text)

    def __len__(self) -> int:
        return len(self.words)

    def _is_glued(self, i: int) -> bool:
        """Whether one hyphen, and nothing else, stands between word ``i`` and the one before; in a
        code (``TRN- 1222``) a blank may stand beside it.
        """
        if i == 0 or self.starts[i] - self.ends[i - 1] > MAX_BREAK:
            return False
        gap = self.text[self.ends[i - 1] : self.starts[i]]
        return gap in HYPHENS or (gap in BROKEN and self._is_broken_code(i))

    def _is_broken_code(self, i: int) -> bool:
        """Whether word ``i`` is the number of a code that a blank, a wrap or a dash has parted."""
        before, number = self.words[i - 1], self.words[i]
        return bool(CODE_LETTERS.fullmatch(before) and CODE_NUMBER.fullmatch(number))

    def gap(self, i: int) -> str:
        """What stands between word ``i`` and the next; a paragraph break at either end of the
        text.
        """
        if i < 0 or i + 1 >= len(self.words):
            return "\n"
        return self.text[self.ends[i] : self.starts[i + 1]]

    def compound_end(self, i: int) -> int:
        """Index of the last word of the compound that word ``i`` belongs to."""
        while i + 1 < len(self.glued) and self.glued[i + 1]:
            i += 1
        return i

    def compound_start(self, i: int) -> int:
        """Index of the first word of the compound that word ``i`` belongs to."""
        while self.glued[i]:
            i -= 1
        return i

    def opens_sentence(self, i: int) -> bool:
        """Whether word ``i`` begins a sentence, a line or a quotation, so that its capital says
        nothing.
        """
        return i == 0 or bool(STOPS & set(self.gap(i - 1)))

    def is_all_caps(self, i: int) -> bool:
        """Whether word ``i`` stands in a line of capitals."""
        start = self.starts[i]
        at = bisect_left(self._all_caps, (start + 1,)) - 1
        return at >= 0 and start < self._all_caps[at][1]

    def ending_at(self, offset: int) -> int | None:
        """Index of the word that ends at this offset, if there is one."""
        at = bisect_left(self.ends, offset)
        return at if at < len(self.ends) and self.ends[at] == offset else None


def unbroken(name: str) -> str:
    """A name with one plain hyphen where it was parted (``TRN- 1222``, ``TRN\u20131222``)."""
    return PARTED.sub("-", name)


def _all_caps_lines(text: str) -> list[tuple[int, int]]:
    """(start, end) of the lines in capitals."""
    out, at = [], 0
    for line in text.split("\n"):
        end = at + len(line)
        if len(line) < 400:
            upper = sum(map(str.isupper, line))
            letters = upper + sum(map(str.islower, line))
            if letters >= MIN_LINE_LETTERS and upper >= MIN_CAPITAL_SHARE * letters and " " in line:
                out.append((at, end))
        at = end + 1
    return out
