"""Which names of a sentence a statement can be about: no comparators, earlier or background
treatment, reference products, contraindications, and nothing a company says of itself. Pure.

The words are rules of ``links/rules.toml``, matched on folded text; all offsets are half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from eventrisk.labels import EntityLabel
from eventrisk.reading import Mention, Sentence
from eventrisk.rules import Rule, rules

FILE = "links/rules.toml"
WINDOW_CHARS = 90  # read before or behind a name
LISTED = re.compile(r"(?:,? (?:and|or|and/or) |/)(?:the )?|\s?\(\s?|\)(?:,|,? (?:and|or)) ")
COMMA, OWNER = ", ", "'s "


def usable(
    folded: str, sentence: Sentence, mentions: Sequence[Mention], never: frozenset[str]
) -> list[Mention]:
    """The drugs and diseases among the mentions of a sentence that it can be about.

    ``never`` holds folded words that name a company or trial and no drug. A name listed behind one
    that is left out (*after A, B or C*) is left out too.
    """
    asides = list(_asides(folded, sentence))
    kept: list[Mention] = []
    refused: Mention | None = None
    for m, following in zip(mentions, [*mentions[1:], None], strict=True):
        is_listed = refused is not None and _is_listed(folded, refused, m, following)
        if (
            is_listed
            or folded[m.start : m.end] in never
            or _is_owner(folded, m, following)
            or _is_beside(folded, sentence, m, asides)
        ):
            refused = m
        else:
            kept.append(m)
    return kept


def _is_listed(folded: str, refused: Mention, m: Mention, following: Mention | None) -> bool:
    """Whether a name goes on the list that one left out begins; behind a comma a further one must
    follow.
    """
    if refused.label != m.label:
        return False
    if LISTED.fullmatch(folded, refused.end, m.start):
        return True
    return (
        folded[refused.end : m.start] == COMMA
        and following is not None
        and following.label == m.label
        and (
            LISTED.fullmatch(folded, m.end, following.start) is not None
            or folded[m.end : following.start] == COMMA
        )
    )


def _is_owner(folded: str, m: Mention, following: Mention | None) -> bool:
    """Whether a name is that of a product's owner (*Norvexa's Orvadine*)."""
    return (
        following is not None
        and m.label == following.label == EntityLabel.DRUG
        and folded[m.end : following.start] == OWNER
    )


def _asides(folded: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    words = folded[sentence.start : sentence.end]
    for rule in rules(FILE, "aside"):
        for start, end in rule.spans(words):
            yield sentence.start + start, sentence.start + end


def _is_beside(
    folded: str, sentence: Sentence, m: Mention, asides: Sequence[tuple[int, int]]
) -> bool:
    """Whether a statement that holds the name is not about it."""
    if any(start <= m.start < end for start, end in asides) or _is_class(folded, m):
        return True
    before = folded[max(sentence.start, m.start - WINDOW_CHARS) : m.start]
    after = folded[m.end : min(sentence.end, m.end + WINDOW_CHARS)]
    before_rules, after_rules = _of_label(m.label)
    return any(rule.regex.search(before) for rule in before_rules) or any(
        rule.regex.match(after) for rule in after_rules
    )


def _is_class(folded: str, m: Mention) -> bool:
    words = folded[m.start : m.end]
    return m.label == EntityLabel.INDICATION and any(
        rule.regex.search(words) for rule in rules(FILE, "class")
    )


@lru_cache(maxsize=4)
def _of_label(label: str) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules of the words before and behind a name of this label."""
    before, after = (
        tuple(rule for rule in rules(FILE, role) if label in rule.keys["of"])
        for role in ("before", "after")
    )
    return before, after
