"""Unknown words that may be names of drugs by their orthography: capitals, a capital inside, a
trade mark behind. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence, Set

from eventrisk.names.drugs.words import Words

# Log-odds by orthography, before the context is read (measured on the labelled releases;
# SOURCES.md).
LOG_ODDS = {
    "marked": 2.6,
    "capitals": -3.2,
    "mixed": -2.2,
    "title": -2.8,
    "opening": -3.5,
    "all_caps": -2.7,
    "pair": -1.0,
    "small_pair": -3.0,
}
# Of these the character trigrams count too.
WITH_TRIGRAMS = frozenset(("capitals", "mixed", "title", "opening", "all_caps", "small_pair"))
# Log-odds of what else is known of a word.
COMMON_LOG_ODDS = -1.5  # the same word stands in small letters elsewhere in the document
TECHNOLOGY_LOG_ODDS = -3.5  # a marked name that is called a platform, test or device somewhere
REPEATED_LOG_ODDS = 0.5  # the name stands MIN_REPEATS times or more
PROTOCOL_LOG_ODDS = -4.0  # a code or pair that is a trial's
MIN_PROTOCOL_PARTS = 3  # of a protocol's number: company, disease, number
SURE_FROM = 0.8  # 0…1, probability of a name that says what stands beside it
MIN_REPEATS = 3  # mentions
MIN_CAPITALS = 4  # letters of a name in capitals
MIN_LETTERS = 5  # of any other name
MAX_LETTERS = 20  # of a name
SMALL_FIRST, SMALL_SECOND = range(3, 7), range(3, 5)  # letters of the halves of ``tarvi-vec``
MIN_HALF, MAX_HALF = 2, 5  # letters in either half of a code without digits (``GVX-MVA``)
ROMAN = re.compile(r"[IVX]+[A-C]?")


def unknown_words(
    words: Words, taken: Collection[int], refused: frozenset[str], plain: Set[str]
) -> Iterator[tuple[int, int, str]]:
    """(first word, last word, orthography) of each unknown word; those in ``taken`` are known, and
    ``plain`` ones are halves of ordinary compounds.
    """
    for i, word in enumerate(words.words):
        if i in taken or not word.isalpha():
            continue
        if word[0].islower() and word[1:2].islower():
            if _is_small_pair(words, i, plain):
                yield i, i + 1, "small_pair"
            continue
        if _is_pair(words, i, refused):
            yield i, i + 1, "pair"
        elif words.lows[i] not in refused and not (words.glued[i] and words.words[i - 1].islower()):
            orthography = _orthography(words, i, word)
            if orthography is not None:
                yield i, i, orthography


def _is_pair(words: Words, i: int, refused: frozenset[str]) -> bool:
    """Whether a code of two halves in capitals begins here."""
    if (
        words.glued[i]
        or i + 1 >= len(words)
        or not words.glued[i + 1]
        or words.compound_end(i) != i + 1
    ):
        return False
    halves = words.words[i], words.words[i + 1]
    fit = all(h.isupper() and h.isalpha() and MIN_HALF <= len(h) <= MAX_HALF for h in halves)
    return (
        fit
        and not words.is_all_caps(i)
        and refused.isdisjoint((*map(str.lower, halves), "-".join(halves).lower()))
    )


def _is_small_pair(words: Words, i: int, plain: Set[str]) -> bool:
    """Whether a short form of two halves in small letters begins here (``axi-cel``)."""
    alone = not words.glued[i] and i + 1 < len(words) and words.compound_end(i) == i + 1
    if not alone:
        return False
    first, second = words.words[i], words.words[i + 1]
    fit = len(first) in SMALL_FIRST and len(second) in SMALL_SECOND
    return fit and second.isalpha() and second.islower() and plain.isdisjoint((first, second))


def _orthography(words: Words, i: int, word: str) -> str | None:
    if not MIN_CAPITALS <= len(word) <= MAX_LETTERS or ROMAN.fullmatch(word):
        return None
    if words.is_all_caps(i):
        return "all_caps" if len(word) > MIN_CAPITALS else None
    if word.isupper():
        return "capitals"
    if len(word) < MIN_LETTERS:
        return None
    if not word[1:].islower():
        return "mixed"
    if not word[0].isupper():
        return None
    return "opening" if words.opens_sentence(i) else "title"


def marked(words: Words, marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(first word, last word) of each name that ends where a trade mark stood.

    A number or one or two letters before it (``PNEUMOVAX 23``, ``TELVORA XR``) take the word before
    them along; what follows the mark is no part of the name.
    """
    for offset in marks:
        last = words.ending_at(offset)
        if last is None:
            continue
        first = words.compound_start(last)
        short = words.words[last].isdigit() or len(words.words[last]) <= 2
        if (
            first == last
            and short
            and first
            and words.gap(first - 1) == " "
            and words.words[first - 1][0].isupper()
        ):
            first -= 1
        yield first, last
