"""The features of each token, as short strings: its letters, its neighbours, its gazetteer tags and
the text around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from eventrisk.nlp.crf.view import View
from eventrisk.nlp.crf.weights import Line

AFFIX_LETTERS = (2, 3, 4, 5, 6)  # lengths of prefixes and suffixes
NGRAM_LETTERS = (3, 4)  # lengths of character n-grams
NEIGHBOURS = (-3, -2, -1, 1, 2, 3)  # distances in tokens
NEAR_TOKENS = 2  # up to here endings and short shapes of neighbours are features too
CACHED_WORDS = 20_000  # words whose features are held in memory at once
DIGITS = re.compile(r"\d+")
REPEATED = re.compile(r"(.)\1+")
EDGE = "<>"  # beyond the sentence


@lru_cache(maxsize=CACHED_WORDS)
def word_features(word: str) -> tuple[str, ...]:
    """The features of a word by itself."""
    low, form = word.lower(), shape(word)
    out = [
        "bias",
        f"w={word}",
        f"l={low}",
        f"n={DIGITS.sub('0', low)}",
        f"s={form[:12]}",
        f"k={short_shape(word)}",
    ]
    for size in AFFIX_LETTERS:
        if len(low) > size:
            out += [f"p{size}={low[:size]}", f"u{size}={low[-size:]}"]
    if len(low) > 2:
        whole = f"^{low}$"
        out += [
            f"c={whole[at : at + size]}"
            for size in NGRAM_LETTERS
            for at in range(len(whole) - size + 1)
        ]
    return tuple(dict.fromkeys(out))


@lru_cache(maxsize=CACHED_WORDS)
def shape(word: str) -> str:
    """Capitals as X, small letters as x, digits as d; other signs as they are."""
    return "".join(
        "d" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in word
    )


@lru_cache(maxsize=CACHED_WORDS)
def short_shape(word: str) -> str:
    """The shape with repeats taken once, 8 characters at most: ``Xx``, ``X-d``."""
    return REPEATED.sub(r"\1", shape(word))[:8]


def features(view: View) -> Iterator[Line]:
    """For each line of the text, for each of its tokens, the features in groups.

    The same word gives the same tuple each time, so that ``weights`` can cache groups.
    """
    lows = [word.lower() for word in view.words]
    elsewhere = _elsewhere(lows, view.gazetteer)
    for start, end in view.lines:
        yield [
            (
                word_features(view.words[at]),
                *(
                    neighbour(k, view.words[at + k] if start <= at + k < end else EDGE)
                    for k in NEIGHBOURS
                ),
                _gazetteer_features(view.gazetteer, at, start, end),
                _pairs(lows, at, start, end),
                _document(view, lows, elsewhere, at),
            )
            for at in range(start, end)
        ]


@lru_cache(maxsize=CACHED_WORDS)
def neighbour(distance: int, word: str) -> tuple[str, ...]:
    """The features that a word gives to the token ``distance`` before (−) or behind it."""
    low = word.lower()
    if abs(distance) > NEAR_TOKENS or word == EDGE:
        return (f"l{distance}={low}",)
    return (
        f"l{distance}={low}",
        f"u3{distance}={low[-3:]}",
        f"u4{distance}={low[-4:]}",
        f"k{distance}={short_shape(word)}",
    )


def _elsewhere(lows: list[str], tags: list[str]) -> dict[str, str]:
    """The first gazetteer tag that each word gets anywhere in the text."""
    out: dict[str, str] = {}
    for low, tag in zip(lows, tags, strict=True):
        if tag != "O":
            out.setdefault(low, tag)
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


def _gazetteer_features(tags: list[str], at: int, start: int, end: int) -> tuple[str, ...]:
    two, one, here, next_, then = (
        tags[k] if start <= k < end else EDGE for k in (at - 2, at - 1, at, at + 1, at + 2)
    )
    alone = (f"h-2={two}", f"h-1={one}", f"h={here}", f"h1={next_}", f"h2={then}")
    return (*alone, f"h-={one}|{here}", f"h+={here}|{next_}", "first" if at == start else "later")


def _document(view: View, lows: list[str], elsewhere: dict[str, str], at: int) -> tuple[str, ...]:
    """What the rest of the text says: gazetteer tags of other mentions, the long form of an
    abbreviation.
    """
    out = (
        (f"d={elsewhere[lows[at]]}",) if view.gazetteer[at] == "O" and lows[at] in elsewhere else ()
    )
    if long := view.longs.get(view.words[at]):
        last = long.lower().split()[-1]
        return (*out, f"al={last}", f"au={last[-3:]}", f"ah={elsewhere.get(last, 'O')}")
    return out
