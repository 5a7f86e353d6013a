"""The rule layer of the risk factors: what a clause says in the set phrases of the genre."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from eventrisk.errors import LexiconError
from eventrisk.labels import RiskCategory
from eventrisk.rules import Rule, RuleSet, fold, rules

LEXICON = "risk/rules.toml"


@dataclass(frozen=True)
class Hit:
    """A rule that matched; half-open offsets into the clause."""

    rule: str
    category: str
    start: int
    end: int


class Matcher:
    """Finds what clauses are about; tries only the rules that have one of their needs in a clause.

    Raises LexiconError for a rule whose category is no RiskCategory.
    """

    def __init__(self, given: Iterable[Rule]) -> None:
        self.rules = RuleSet(given)
        for rule in self.rules.rules:
            if rule.keys.get("category") not in list(RiskCategory):
                raise LexiconError(f"{rule.file}, rule {rule.id!r}: no category of RiskCategory")

    def match(self, clause: str) -> list[Hit]:
        """Every rule that matches, in order of the lexicon, at its first place in the clause."""
        folded = fold(clause)
        found = ((rule, rule.regex.search(folded)) for rule in self.rules.candidates(folded))
        return [Hit(rule.id, str(rule.keys["category"]), *m.span()) for rule, m in found if m]


@lru_cache(maxsize=1)
def matcher() -> Matcher:
    """The rules of the lexicon, made ready on first use."""
    return Matcher(rules(LEXICON))
