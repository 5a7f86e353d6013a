"""The rule layer of the risk factors: what a clause says in the set phrases of the genre."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from eventrisk.errors import LexiconError
from eventrisk.labels import RiskCategory
from eventrisk.lexicon import Rule, rules

LEXICON = "risk/rules.toml"


@dataclass(frozen=True)
class RiskRule:
    """A pattern that names a category; it is worth trying only on clauses that hold one of
    ``words``.
    """

    id: str
    category: str
    words: tuple[str, ...]
    regex: re.Pattern[str]


@dataclass(frozen=True)
class Hit:
    """A rule that matched; half-open offsets into the clause."""

    rule: str
    category: str
    start: int
    end: int


def made(rule: Rule) -> RiskRule:
    """A checked rule. Raises LexiconError where the category is none of ours or no guarding word is
    given.
    """
    category, words = rule.keys.get("category"), rule.keys.get("words")
    if category not in list(RiskCategory) or not words:
        raise LexiconError(
            f"{rule.file}, rule {rule.id!r}: a category of RiskCategory and at least one "
            f"word are needed"
        )
    return RiskRule(rule.id, str(category), tuple(words), rule.regex)


class Matcher:
    """Tries on a clause only those rules that have a word in it: 200 words are looked up, not 90
    patterns.
    """

    def __init__(self, among: Sequence[RiskRule]) -> None:
        self.rules = tuple(among)
        guarded: dict[str, list[int]] = {}
        for number, rule in enumerate(self.rules):
            for word in rule.words:
                guarded.setdefault(word, []).append(number)
        self._guarded = tuple((word, tuple(numbers)) for word, numbers in guarded.items())

    def match(self, clause: str) -> list[Hit]:
        """Every rule that matches, in order of the lexicon, at its first place in the clause."""
        low = _lower(clause)
        worth = sorted(
            {number for word, numbers in self._guarded if word in low for number in numbers}
        )
        found = ((self.rules[number], self.rules[number].regex.search(low)) for number in worth)
        return [Hit(rule.id, rule.category, m.start(), m.end()) for rule, m in found if m]


@lru_cache(maxsize=1)
def matcher() -> Matcher:
    """The rules of the lexicon, compiled on first use."""
    return Matcher([made(rule) for rule in rules(LEXICON)])


def _lower(clause: str) -> str:
    """Lower case of the same length: the few letters that would change it stay, since offsets
    matter more.
    """
    low = clause.lower()
    return (
        low
        if len(low) == len(clause)
        else "".join(c.lower() if len(c.lower()) == 1 else c for c in clause)
    )
