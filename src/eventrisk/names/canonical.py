"""One name for one thing: brand, generic, code name and abbreviation joined. Pure functions.

Two mentions of a drug are one thing where the text sets one beside the other in brackets (``BRAND
(generic)``, ``ABC-123 (generic)``) or says ``formerly``; an abbreviation is its long form; the
lexicons know the rest.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

from eventrisk.names.candidates import Candidate
from eventrisk.names.vocabulary import TERM_SOURCE

APPOSITION = re.compile(
    r" ?[(\[] ?(?:(?:formerly|previously|also known as|known as|or) )?|,? (?:formerly|also) "
    r"(?:known as )?"
)
MAX_GAP_CHARS = 24  # between two names in apposition


def canonical_names(
    text: str, entities: Sequence[Candidate], abbreviations: Mapping[str, str]
) -> list[Candidate]:
    """The entities with ``canonical`` joined; ``entities`` are in order of the text and free of
    overlaps.
    """
    names = [f._replace(canonical=_own_name(f, text, abbreviations)) for f in entities]
    given = {_key(f) for f in entities if f.source == TERM_SOURCE and f.canonical}
    parent: dict[tuple[str, str], tuple[str, str]] = {}

    def root(key: tuple[str, str]) -> tuple[str, str]:
        while parent.get(key, key) != key:
            key = parent[key]
        return key

    for left, right in pairwise(names):
        if _are_apposed(text, left, right) and not (_key(left) in given and _key(right) in given):
            one, two = root(_key(left)), root(_key(right))
            if one != two:
                keep, drop = _preferred(one, two, given)
                parent[drop] = keep
    return [f._replace(canonical=root(_key(f))[1]) for f in names]


def _key(entity: Candidate) -> tuple[str, str]:
    return entity.label, entity.canonical


def _own_name(entity: Candidate, text: str, abbreviations: Mapping[str, str]) -> str:
    """The lexicon's name, else the long form of an abbreviation, else the words themselves in lower
    case.
    """
    if entity.canonical:
        return entity.canonical
    words = text[entity.start : entity.end]
    return abbreviations.get(words, words).lower()


def _are_apposed(text: str, left: Candidate, right: Candidate) -> bool:
    if (
        left.label != right.label
        or left.label not in ("drug", "indication")
        or right.start - left.end > MAX_GAP_CHARS
    ):
        return False
    return APPOSITION.fullmatch(text[left.end : right.start]) is not None


def _preferred(
    one: tuple[str, str], two: tuple[str, str], given: Container[tuple[str, str]]
) -> tuple[tuple[str, str], tuple[str, str]]:
    """Keep the name that the user has given, then the name without digits (a generic) over a code;
    of two such, the longer, then the first in the alphabet.
    """
    ranked = sorted(
        (one, two),
        key=lambda key: (key not in given, any(c.isdigit() for c in key[1]), -len(key[1]), key[1]),
    )
    return ranked[0], ranked[1]
