"""The rules of committee votes, compiled: word classes, number words and the readings of
``votes/readings.toml`` and ``votes/objects.toml``.

Everything is read on first use; patterns are lower case and run over folded text
(``eventrisk.rules``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from eventrisk.lexicon import read_tables, terms
from eventrisk.rules import Rule, expand, rules, word_classes

RULES, NUMBERS, READINGS = "votes/outcomes.toml", "votes/numbers.tsv", "votes/readings.toml"
OBJECTS = "votes/objects.toml"


@lru_cache(maxsize=1)
def numbers() -> Mapping[str, int]:
    """Number words and their values."""
    return {row["term"]: int(row["value"]) for row in terms(NUMBERS)}


@lru_cache(maxsize=1)
def wordings() -> tuple[Rule, ...]:
    """All rules of the wording of votes, those that follow another vote (``after``) last; their
    keys are explained in the head of the file.
    """
    return tuple(sorted(rules(RULES), key=lambda rule: rule.says("after")))


@lru_cache(maxsize=1)
def committee_needs() -> tuple[str, ...]:
    """Literals of which every text that ``committee_pattern()`` matches holds one."""
    return tuple(read_tables(RULES)["needs"]["committee"])


@lru_cache(maxsize=1)
def committee_pattern() -> re.Pattern[str]:
    """Names and paraphrases of committees."""
    return re.compile(rf"\b{word_classes(RULES)['subj']}\b")


@lru_cache(maxsize=1)
def pair_pattern() -> re.Pattern[str]:
    """Two numbers of which a tally may be made: the rules with ``pair`` need them."""
    return re.compile(expand(r"\b{n}(?: votes?| members?)?{sep}", word_classes(RULES)))


def readings(role: str) -> tuple[Rule, ...]:
    """The reading rules of one role, in order of the file."""
    return rules(READINGS, role)


def objects(role: str) -> tuple[Rule, ...]:
    """The rules of one role about what was voted on, in order of the file."""
    return rules(OBJECTS, role)


def matched(role: str, words: str) -> str | None:
    """The words that the first rule of this role to match matches, or None; ``words`` are
    folded.
    """
    for rule in readings(role):
        match = rule.regex.search(words)
        if match:
            return match.group()
    return None
