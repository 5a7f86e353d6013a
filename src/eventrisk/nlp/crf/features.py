"""The features of each token, as short strings: its letters, its neighbours, the finders' hints and
the text around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from eventrisk.nlp.crf.view import View
from eventrisk.nlp.crf.weights import Line

AFFIXES = (2, 3, 4, 5, 6)  # letters
GRAMS = (3, 4)
NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
NEAR = 2  # words away; of those nearer, endings and kinds are read too
MANY = 20_000  # words whose features are kept
DIGITS = re.compile(r"\d+")
REPEATED = re.compile(r"(.)\1+")
EDGE = "<>"  # beyond the sentence


@lru_cache(maxsize=MANY)
def word_features(word: str) -> tuple[str, ...]:
    """What can be read off a word alone."""
    low, form = word.lower(), shape(word)
    out = [
        "bias",
        f"w={word}",
        f"l={low}",
        f"n={DIGITS.sub('0', low)}",
        f"s={form[:12]}",
        f"k={kind(word)}",
    ]
    for size in AFFIXES:
        if len(low) > size:
            out += [f"p{size}={low[:size]}", f"u{size}={low[-size:]}"]
    if len(low) > 2:
        whole = f"^{low}$"
        out += [
            f"c={whole[at : at + size]}" for size in GRAMS for at in range(len(whole) - size + 1)
        ]
    return tuple(dict.fromkeys(out))


@lru_cache(maxsize=MANY)
def shape(word: str) -> str:
    """Capitals as X, small letters as x, digits as d; other signs as they are."""
    return "".join(
        "d" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in word
    )


@lru_cache(maxsize=MANY)
def kind(word: str) -> str:
    """The shape with repeats taken once: ``Xx``, ``X-d``."""
    return REPEATED.sub(r"\1", shape(word))[:8]


def features(seen: View) -> Iterator[Line]:
    """For each line of the text, for each of its tokens, the features in groups, the same tuples
    for the same words.
    """
    lows = [word.lower() for word in seen.words]
    elsewhere = _elsewhere(lows, seen.hints)
    for start, end in seen.lines:
        yield [
            (
                word_features(seen.words[at]),
                *(
                    neighbour(k, seen.words[at + k] if start <= at + k < end else EDGE)
                    for k in NEIGHBOURS
                ),
                _hints(seen.hints, at, start, end),
                _pairs(lows, at, start, end),
                _document(seen, lows, elsewhere, at),
            )
            for at in range(start, end)
        ]


@lru_cache(maxsize=MANY)
def neighbour(distance: int, word: str) -> tuple[str, ...]:
    """What a word says of the one so far before (−) or behind it."""
    low = word.lower()
    if abs(distance) > NEAR or word == EDGE:
        return (f"l{distance}={low}",)
    return (
        f"l{distance}={low}",
        f"u3{distance}={low[-3:]}",
        f"u4{distance}={low[-4:]}",
        f"k{distance}={kind(word)}",
    )


def _elsewhere(lows: list[str], hints: list[str]) -> dict[str, str]:
    """The first hint that each word gets anywhere in the text."""
    out: dict[str, str] = {}
    for low, hint in zip(lows, hints, strict=True):
        if hint != "O":
            out.setdefault(low, hint)
    return out


def _pairs(lows: list[str], at: int, start: int, end: int) -> tuple[str, ...]:
    two, one, here, next_, then = (
        lows[k] if start <= k < end else EDGE for k in (at - 2, at - 1, at, at + 1, at + 2)
    )
    return (
        f"a={one}|{here}",
        f"b={here}|{next_}",
        f"e={one}|{next_}",
        f"f={two}|{one}",
        f"g={next_}|{then}",
    )


def _hints(hints: list[str], at: int, start: int, end: int) -> tuple[str, ...]:
    two, one, here, next_, then = (
        hints[k] if start <= k < end else EDGE for k in (at - 2, at - 1, at, at + 1, at + 2)
    )
    alone = (f"h-2={two}", f"h-1={one}", f"h={here}", f"h1={next_}", f"h2={then}")
    return (*alone, f"h-={one}|{here}", f"h+={here}|{next_}", "first" if at == start else "later")


def _document(seen: View, lows: list[str], elsewhere: dict[str, str], at: int) -> tuple[str, ...]:
    """What the rest of the text says: hints at other mentions, the long form of an abbreviation."""
    out = (f"d={elsewhere[lows[at]]}",) if seen.hints[at] == "O" and lows[at] in elsewhere else ()
    if long := seen.longs.get(seen.words[at]):
        last = long.lower().split()[-1]
        return (*out, f"al={last}", f"au={last[-3:]}", f"ah={elsewhere.get(last, 'O')}")
    return out
