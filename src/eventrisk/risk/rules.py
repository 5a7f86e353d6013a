"""The rule layer of the risk factors: what a clause says in the set phrases of the genre."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from eventrisk.errors import LexiconError
from eventrisk.labels import RiskCategory
from eventrisk.rules import Rule, RuleSet, fold, rules

FILE = "risk/rules.toml"


@dataclass(frozen=True)
class Match:
    """A match of a rule; half-open offsets into the clause."""

    rule: str
    category: str
    start: int
    end: int


def find_matches(clause: str) -> list[Match]:
    """The first match of every rule, in order of the file."""
    folded = fold(clause)
    matches = ((rule, rule.regex.search(folded)) for rule in risk_rules().candidates(folded))
    return [Match(rule.id, str(rule.keys["category"]), *m.span()) for rule, m in matches if m]


@lru_cache(maxsize=1)
def risk_rules() -> RuleSet:
    """The packaged rules, read on first use."""
    return checked(rules(FILE))


def checked(rules: Iterable[Rule]) -> RuleSet:
    """Rules as a set. Raises LexiconError for one whose category is no RiskCategory."""
    made = RuleSet(rules)
    for rule in made.rules:
        if rule.keys.get("category") not in list(RiskCategory):
            raise LexiconError(f"{rule.file}, rule {rule.id!r}: no category of RiskCategory")
    return made
