"""Words of a file that has no types, as CSV: what they are is decided over a whole column."""

from __future__ import annotations

import re

MAX_INT = 2**63 - 1  # that Parquet and frames hold
MAX_EXACT = 2**53  # up to which a float holds every whole number
FLOAT = re.compile(r"-?\d+\.\d+", re.ASCII)
NUMBERS: frozenset[type] = frozenset({int, float})


class Untyped(str):
    """A cell of such a file: a string in every way, but tables may hold it as the number it is."""

    __slots__ = ()


def numbers_of(words: str) -> frozenset[type]:
    """The types that hold the words without a loss: ``int``, ``float``, both or none.

    Both ways have to lead to the same words: ``00123``, ``+1`` and ``1.50`` are no numbers here,
    for they may be names.
    """
    if FLOAT.fullmatch(words):
        return frozenset({float}) if repr(float(words)) == words else frozenset()
    if len(words) > len(str(-MAX_INT)) or not words.isascii():
        return frozenset()
    whole = int(words) if words.removeprefix("-").isdigit() else None
    if whole is None or str(whole) != words or abs(whole) > MAX_INT:
        return frozenset()
    return NUMBERS if abs(whole) <= MAX_EXACT else frozenset({int})


def narrowest(possible: frozenset[type]) -> type:
    """The type of a column whose words all of these types hold; ``str`` where there is none."""
    return next((type_ for type_ in (int, float) if type_ in possible), str)
