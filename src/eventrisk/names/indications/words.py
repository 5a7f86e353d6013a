"""The words of a text as the disease finders compare them: case, accents, British spelling and
plural folded away.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from eventrisk.lexicon import terms

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]|\n")
HYPHENS = frozenset("-\u2010\u2011\u2012\u2013")
JOINERS = HYPHENS | {"/"}
MIN_PLURAL = 4  # shorter words that end in "s" are rarely plurals


class Word(NamedTuple):
    """A word, a punctuation mark or a line break; ``key`` is what is looked up."""

    start: int
    end: int
    text: str
    key: str


def words(text: str) -> list[Word]:
    """The words of a text in order, with clean-text offsets."""
    return [Word(m.start(), m.end(), m[0], folded(m[0])) for m in WORD.finditer(text)]


def keys(term: str) -> tuple[str, ...]:
    """The look-up keys of a term, its hyphens and slashes left out."""
    return tuple(folded(m[0]) for m in WORD.finditer(term) if m[0] not in JOINERS)


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """A word without case, accents, possessive, British spelling and plural.

    >>> folded("Leukaemias"), folded("Sjögren's"), folded("Keratoses")
    ('leukemia', 'sjogren', 'keratosis')
    """
    if not word[0].isalnum():
        return word
    key = word.lower()
    if not key.isascii():
        key = (
            "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))
            or word
        )
    key = key.removesuffix("'s")
    inner, endings = _spellings()
    for british, american in inner:
        if british in key:
            key = key.replace(british, american)
    for ending, singular in endings:
        if key.endswith(ending) and len(key) > len(ending) + 2:
            return key.removesuffix(ending) + singular
    return _singular(key)


def _singular(key: str) -> str:
    if len(key) > MIN_PLURAL and key[-1] == "s" and key[-2] not in "sui":
        return key[:-1]
    return key


@lru_cache(maxsize=1)
def _spellings() -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Replacements within words, and replacements of endings."""
    rows = terms("indications/spellings.tsv")
    inner = tuple((row["spelling"], row["folded"]) for row in rows if row["where"] == "inside")
    return inner, tuple((row["spelling"], row["folded"]) for row in rows if row["where"] == "end")
