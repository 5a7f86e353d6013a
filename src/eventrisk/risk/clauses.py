"""Cuts a sentence of forward-looking text into clauses, each naming one risk. Pure; offsets are
half-open, into the text that is passed in.

A list with semicolons is cut at these, any other sentence at commas, colons and the words that open
a list; a piece that only continues the one before it (``which …``, ``if …``, ``or at all``) is
joined to it again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from eventrisk.rules import pieces

LONGEST_CHARS = 600  # a longer piece is cut at a space, so that no rule sees a whole document
LONG_CHARS = 300  # a longer item between semicolons is cut at its commas too

STRONG = re.compile(r";|:(?=\s)|(?<=\s)[•·▪◦*+–—-](?=\s)|\n")
COMMA = re.compile(
    r"(?<!\d),|,(?!\d)|\s(?=(?:and|or)\s(?:that|whether|the risks?|risks|our|its|we|to)\b)"
)
CONTINUES = re.compile(
    r"\W*(?:which|who|whose|when|where|if|as|or at all|at all|in which|any of "
    r"which|among|by|with|even|including"
    r"|however|thereby|resulting|such|in each case|and (?:if|when)|inc|ltd|llc|corp)\b",
    re.IGNORECASE,
)
EDGE = re.compile(
    r"\W*(?:(?:and|or|that|as well as|\d{1,2}|[a-z]|[ivx]{1,4})(?=[\s)\].])\W*){0,4}", re.IGNORECASE
)
TAIL = re.compile(r"[\s,;:.•·*–—-]*(?:\b(?:and|or)\b[\s,;]*)?\Z", re.IGNORECASE)

Offsets = tuple[int, int]


def split_clauses(
    text: str, start: int, end: int, opens: re.Pattern[str] | None = None
) -> list[Offsets]:
    """The clauses of ``text[start:end]``, trimmed, in order; ``opens`` matches the words after
    which a list begins.
    """
    strong = [m.span() for m in STRONG.finditer(text, start, end)]
    openings = [m.span() for m in opens.finditer(text, start, end)] if opens is not None else []
    is_list = sum(text[a] == ";" for a, _ in strong) >= 2
    commas = [m.span() for m in COMMA.finditer(text, start, end)]
    if is_list:  # an item far too long is a list of its own
        long = [(a, b) for a, b in _between(sorted(strong), start, end) if b - a > LONG_CHARS]
        commas = [cut for cut in commas if _within(cut, long)]
    commas = [cut for cut in commas if not _within(cut, openings)]
    cuts = sorted([*strong, *commas, *((right, right) for _, right in openings)])
    parts = list(_between(cuts, start, end))
    return _words_of(text, parts if is_list else _joined(text, parts))


def _words_of(text: str, stretches: list[Offsets]) -> list[Offsets]:
    """Stretches cut to ``LONGEST_CHARS`` and trimmed; those without a letter are left out."""
    cut = (part for stretch in stretches for part in pieces(*stretch, text, limit=LONGEST_CHARS))
    trimmed = (_trimmed(text, s, e) for s, e in cut)
    return [(s, e) for s, e in trimmed if any(c.isalpha() for c in text[s:e])]


def _within(cut: Offsets, stretches: list[Offsets]) -> bool:
    """Whether a cut falls inside one of the stretches, which are in order."""
    number = bisect_right(stretches, cut)
    return any(left <= cut[0] < right for left, right in stretches[max(0, number - 1) : number + 1])


def _between(cuts: list[Offsets], start: int, end: int) -> Iterator[Offsets]:
    """What is left of ``start``…``end`` between the cuts, which are in order of their start."""
    position = start
    for left, right in cuts:
        if left > position:
            yield position, left
        position = max(position, right)
    if end > position:
        yield position, end


def _joined(text: str, pieces: list[Offsets]) -> list[Offsets]:
    """Pieces that only continue the one before are joined to it."""
    joined: list[Offsets] = []
    for start, end in pieces:
        comma_before = joined and text[joined[-1][1] : start].strip() in (",", "")
        if comma_before and text[joined[-1][1] : start] and CONTINUES.match(text, start, end):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _trimmed(text: str, start: int, end: int) -> Offsets:
    """Without the bullet, number or ``and that`` before it and the punctuation after it."""
    words = text[start:end]
    edge = EDGE.match(words)
    left = edge.end() if edge else 0
    tail = TAIL.search(words, left)
    right = tail.start() if tail else len(words)
    return (start + left, start + right) if right > left else (start, start)
