"""Senses of words: what a word of a title tells of an event (it refuses, delays, harms, succeeds),
so that a wording that no rule knows is like those that were learnt from.

The list is ``lexicons/events/senses.tsv``; kinds of names (``learn.features.MASKED``) are senses of
their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from eventrisk.learn.features import MASKED, words
from eventrisk.lexicon import terms

TABLE = "events/senses.tsv"
ANY_ENDING = "*"
REACH = 6  # words, within which the order of two senses counts
NAMES = frozenset(MASKED.values())

Senses = frozenset[str]
NONE: Senses = frozenset()


def sense_terms(tokens: Sequence[str]) -> Counter[str]:
    """The senses of words in order, and pairs of senses that stand near one another."""
    found = senses(tokens)
    counts: Counter[str] = Counter(sense for here in found for sense in here)
    for at, here in enumerate(found):
        for sense in here:
            for later in found[at + 1 : at + 1 + REACH]:
                counts.update(f"{sense} {other}" for other in later if other != sense)
    return counts


def senses(tokens: Sequence[str]) -> list[Senses]:
    """The senses of each word, none for most; two words with a sense of their own have it at the
    first of them.
    """
    whole, pairs, stems = _table()
    found: list[Senses] = []
    for at, token in enumerate(tokens):
        both = pairs.get(f"{token} {tokens[at + 1]}", NONE) if at + 1 < len(tokens) else NONE
        found.append(both | _of_word(token, whole, stems))
    return found


def _of_word(token: str, whole: Mapping[str, Senses], stems: Mapping[str, Senses]) -> Senses:
    if token in NAMES:
        return frozenset({token})
    known = whole.get(token, NONE)
    endings = (stems[token[:n]] for n in range(3, len(token) + 1) if token[:n] in stems)
    return known.union(*endings)


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, Senses], dict[str, Senses], dict[str, Senses]]:
    """Senses by word, by two words with a blank between them, and by stem."""
    tables: list[dict[str, set[str]]] = [defaultdict(set) for _ in range(3)]
    whole, pairs, stems = tables
    for row in terms(TABLE):
        key = " ".join(words(row["word"].removesuffix(ANY_ENDING)))
        is_stem = row["word"].endswith(ANY_ENDING)
        table = stems if is_stem else pairs if " " in key else whole
        table[key].add(row["sense"])
    frozen = [{key: frozenset(found) for key, found in t.items()} for t in tables]
    return frozen[0], frozen[1], frozen[2]
