"""A span without what does not belong to its words: spaces, stray brackets and quotation marks,
loose stops.
"""

from __future__ import annotations

import re

BRACKETS = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»"}
ENTITY = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
)  # its ";" is no stop
STRAY = ",;:\"'“”«»"  # a full stop may belong to an abbreviation and stays

Ends = tuple[int, int]


def trim(text: str, start: int, end: int) -> Ends | None:
    """Half-open ends without spaces, unmatched brackets and loose stops around the words; None if
    no word is left.
    """
    while start < end:
        first, last = text[start], text[end - 1]
        if first.isspace() or (first in STRAY and not _pairs(text, start, end)):
            start += 1
        elif last.isspace() or (
            last in STRAY and not _pairs(text, start, end) and not _ends_entity(text, start, end)
        ):
            end -= 1
        elif _encloses(text, start, end):
            start, end = start + 1, end - 1
        elif first in BRACKETS.values() or _opens_alone(text, start, end):
            start += 1
        elif last in BRACKETS or _closes_alone(text, start, end):
            end -= 1
        else:
            break
    return (start, end) if any(c.isalnum() for c in text[start:end]) else None


def _ends_entity(text: str, start: int, end: int) -> bool:
    """Whether the last signs are a character written as ``&eacute;``."""
    position = text.rfind("&", max(start, end - 34), end)
    return position >= 0 and ENTITY.fullmatch(text, position, end) is not None


def _pairs(text: str, start: int, end: int) -> bool:
    """Whether a quotation mark at an end has its partner inside the words, so that both belong to
    them.
    """
    words = text[start:end]
    for sign in (words[0], words[-1]):
        partner = BRACKETS.get(sign) or {v: k for k, v in BRACKETS.items()}.get(sign, sign)
        if (
            sign in '"“”«»'
            and words.count(sign) + (words.count(partner) if partner != sign else 0) >= 2
        ):
            return not (words[0] in '"“«' and words[-1] in '"”»')
    return False


def _depths(text: str, start: int, end: int, pair: tuple[str, str]) -> list[int]:
    """How many brackets are open after each character."""
    depth, out = 0, []
    for char in text[start:end]:
        depth += (char == pair[0]) - (char == pair[1])
        out.append(depth)
    return out


def _encloses(text: str, start: int, end: int) -> bool:
    """Whether one pair of brackets stands around all the words."""
    close = BRACKETS.get(text[start])
    if close is None or text[end - 1] != close or end - start < 3:
        return False
    return min(_depths(text, start, end - 1, (text[start], close))) > 0


def _opens_alone(text: str, start: int, end: int) -> bool:
    close = BRACKETS.get(text[start])
    return close is not None and min(_depths(text, start, end, (text[start], close))) > 0


def _closes_alone(text: str, start: int, end: int) -> bool:
    opener = next((o for o, c in BRACKETS.items() if c == text[end - 1]), None)
    return opener is not None and _depths(text, start, end, (opener, text[end - 1]))[-1] < 0
