"""The rule layer of the risk factors: what a clause says in the set phrases of the genre."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from eventrisk.errors import LexiconError
from eventrisk.labels import RiskCategory
from eventrisk.lexicon import Rule, rules

LEXICON = "risk_rules.toml"


@dataclass(frozen=True)
class RiskRule:
    """A pattern that names a category; it is tried only on clauses that hold one of ``words``."""

    id: str
    category: str
    words: tuple[str, ...]
    regex: re.Pattern[str]

    def search(self, clause: str) -> re.Match[str] | None:
        """The first match in a lower-cased clause."""
        return self.regex.search(clause) if any(word in clause for word in self.words) else None


@dataclass(frozen=True)
class Hit:
    """A rule that matched; half-open offsets into the clause."""

    rule: str
    category: str
    start: int
    end: int


def made(rule: Rule) -> RiskRule:
    """A checked rule. Raises LexiconError where the category is none of ours or no guarding word is given."""
    category, words = rule.keys.get("category"), rule.keys.get("words")
    if category not in list(RiskCategory) or not words:
        raise LexiconError(
            f"{rule.file}, rule {rule.id!r}: a category of RiskCategory and at least one word are needed"
        )
    return RiskRule(rule.id, str(category), tuple(words), rule.regex)


@lru_cache(maxsize=1)
def risk_rules() -> tuple[RiskRule, ...]:
    """All rules of the lexicon, compiled on first use."""
    return tuple(made(rule) for rule in rules(LEXICON))


def match(clause: str, among: Sequence[RiskRule]) -> list[Hit]:
    """Every rule that matches a clause, in order of the lexicon."""
    low = clause.lower()
    if len(low) != len(clause):  # a few letters change length in lower case; offsets matter more than those letters
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in clause)
    found = ((rule, rule.search(low)) for rule in among)
    return [Hit(rule.id, rule.category, m.start(), m.end()) for rule, m in found if m]
