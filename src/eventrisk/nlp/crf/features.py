"""The features of each token, as short strings: its letters, its neighbours, the finders' hints and the text around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from eventrisk.nlp.crf.view import View

AFFIXES = (2, 3, 4, 5, 6)  # letters
GRAMS = (3, 4)
NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
NEAR = (-2, -1, 1, 2)
DIGITS = re.compile(r"\d+")
REPEATED = re.compile(r"(.)\1+")
EDGE = "<>"  # beyond the sentence


@lru_cache(maxsize=100_000)
def word_features(word: str) -> tuple[str, ...]:
    """What can be read off a word alone."""
    low, form = word.lower(), shape(word)
    out = [f"w={word}", f"l={low}", f"n={DIGITS.sub('0', low)}", f"s={form[:12]}", f"k={kind(word)}"]
    for size in AFFIXES:
        if len(low) > size:
            out += [f"p{size}={low[:size]}", f"u{size}={low[-size:]}"]
    if len(low) > 2:
        whole = f"^{low}$"
        out += [f"c={whole[at : at + size]}" for size in GRAMS for at in range(len(whole) - size + 1)]
    return tuple(dict.fromkeys(out))


@lru_cache(maxsize=100_000)
def shape(word: str) -> str:
    """Capitals as X, small letters as x, digits as d; other signs as they are."""
    return "".join("d" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in word)


@lru_cache(maxsize=100_000)
def kind(word: str) -> str:
    """The shape with repeats taken once: ``Xx``, ``X-d``."""
    return REPEATED.sub(r"\1", shape(word))[:8]


def features(seen: View) -> Iterator[list[list[str]]]:
    """For each line of the text, for each of its tokens, the features."""
    lows = [word.lower() for word in seen.words]
    elsewhere = _elsewhere(lows, seen.hints)
    for start, end in seen.lines:
        yield [
            [
                "bias",
                *word_features(seen.words[at]),
                *_around(lows, at, start, end),
                *_hints(seen.hints, at, start, end),
                *_near(seen.words, lows, at, start, end),
                *_document(seen, lows, elsewhere, at),
            ]
            for at in range(start, end)
        ]


def _elsewhere(lows: list[str], hints: list[str]) -> dict[str, str]:
    """The first hint that each word gets anywhere in the text."""
    out: dict[str, str] = {}
    for low, hint in zip(lows, hints, strict=True):
        if hint != "O":
            out.setdefault(low, hint)
    return out


def _around(lows: list[str], at: int, start: int, end: int) -> list[str]:
    """The neighbours, alone and in pairs."""
    two, one, here, next_, then = (lows[k] if start <= k < end else EDGE for k in (at - 2, at - 1, at, at + 1, at + 2))
    pairs = [f"a={one}|{here}", f"b={here}|{next_}", f"e={one}|{next_}", f"f={two}|{one}", f"g={next_}|{then}"]
    return [*pairs, *(f"l{k}={lows[at + k] if start <= at + k < end else EDGE}" for k in NEIGHBOURS)]


def _hints(hints: list[str], at: int, start: int, end: int) -> list[str]:
    before, here, after = (hints[k] if start <= k < end else EDGE for k in (at - 1, at, at + 1))
    near = [f"h{k}={hints[at + k] if start <= at + k < end else EDGE}" for k in NEAR]
    return [f"h={here}", f"h-={before}|{here}", f"h+={here}|{after}", *near]


def _near(words: list[str], lows: list[str], at: int, start: int, end: int) -> list[str]:
    """Endings and kinds of the nearest words."""
    out = ["first" if at == start else "later"]
    for k in NEAR:
        if start <= at + k < end:
            low = lows[at + k]
            out += [f"u3{k}={low[-3:]}", f"u4{k}={low[-4:]}", f"k{k}={kind(words[at + k])}"]
    return out


def _document(seen: View, lows: list[str], elsewhere: dict[str, str], at: int) -> list[str]:
    """What the rest of the text says: hints at other mentions, the long form of an abbreviation."""
    out = []
    if seen.hints[at] == "O" and lows[at] in elsewhere:
        out.append(f"d={elsewhere[lows[at]]}")
    if long := seen.longs.get(seen.words[at]):
        last = long.lower().split()[-1]
        out += [f"al={last}", f"au={last[-3:]}", f"ah={elsewhere.get(last, 'O')}"]
    return out
