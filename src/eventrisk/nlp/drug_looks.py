"""Unknown words that may be names of drugs by their look: capitals, a capital inside, a trade mark behind them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from eventrisk.nlp.drug_words import Words

# Log-odds a look starts with, before the context is read (measured on the labelled releases; SOURCES.md).
LOOKS = {"marked": 3.0, "capitals": -0.8, "mixed": -1.6, "title": -2.6, "opening": -3.4, "shouted": -4.0}
COMMON = -3.5  # the same word stands in small letters elsewhere in the document
REPEATED = 0.6  # the name stands three times or more
FEWEST_CAPITALS = 4
FEWEST_LETTERS = 5
LONGEST = 20


def looking(words: Words, taken: Collection[int], refused: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """(first word, last word, look) of each unknown word; words in ``taken`` are known already."""
    for i, word in enumerate(words.words):
        if word[0].islower() and word[1:2].islower():
            continue
        if i not in taken and word.isalpha() and words.lows[i] not in refused:
            look = _look(words, i, word)
            if look is not None and not (
                words.glued[i] and words.words[i - 1].islower() and len(words.words[i - 1]) < 4
            ):
                yield i, i, look


def _look(words: Words, i: int, word: str) -> str | None:
    if not FEWEST_CAPITALS <= len(word) <= LONGEST:
        return None
    if words.shouts(i):
        return "shouted" if len(word) > FEWEST_CAPITALS else None
    if word.isupper():
        return "capitals"
    if len(word) < FEWEST_LETTERS:
        return None
    if not word[1:].islower():
        return "mixed"
    if not word[0].isupper():
        return None
    return "opening" if words.opens_sentence(i) else "title"


def marked(words: Words, marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(first word, last word) of each name that ends where a trade mark stood.

    A number or one or two letters (``PNEUMOVAX 23``, ``TELVORA XR``) take the word before them along.
    """
    for offset in marks:
        last = words.ending_at(offset)
        if last is None or words.shouts(last) and len(words.words[last]) > LONGEST:
            continue
        first = last
        while words.glued[first]:
            first -= 1
        short = words.words[last].isdigit() or len(words.words[last]) <= 2
        if first == last and short and first and words.gap(first - 1) == " " and words.words[first - 1][0].isupper():
            first -= 1
        yield first, last
