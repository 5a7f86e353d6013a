"""The rules of committee votes, compiled: word classes, number words and the readings of
``votes/readings.toml``.

Everything is read on first use and kept; patterns are lower case and run over folded text
(``eventrisk.rules``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from eventrisk.lexicon import read_tables, terms
from eventrisk.rules import Rule, expand, rules, word_classes

RULES, NUMBERS, READINGS = "votes/outcomes.toml", "votes/numbers.tsv", "votes/readings.toml"


@lru_cache(maxsize=1)
def numbers() -> Mapping[str, int]:
    """Number words and their values."""
    return {row["term"]: int(row["value"]) for row in terms(NUMBERS)}


@lru_cache(maxsize=1)
def wordings() -> tuple[Rule, ...]:
    """All rules of the wording of votes; those that follow another vote come last.

    Keys of theirs: ``committee``: a committee must be named in the sentence or just before it.
    ``after``: a vote must stand earlier in the sentence. ``subject``: the pattern follows the
    committee's name. ``pair``: two numbers must stand in the sentence. ``loud``: the sentence must
    be a headline. ``direction``: what the rule alone says of the direction.
    """
    return tuple(sorted(rules(RULES), key=lambda rule: rule.says("after")))


@lru_cache(maxsize=1)
def committee_hints() -> tuple[str, ...]:
    """Literals of which a text that names a committee holds one: the guard of ``committee()``."""
    return tuple(read_tables(RULES)["guards"]["committee"])


@lru_cache(maxsize=1)
def committee() -> re.Pattern[str]:
    """Names and paraphrases of committees."""
    return re.compile(rf"\b{word_classes(RULES)['subj']}\b")


@lru_cache(maxsize=1)
def pair() -> re.Pattern[str]:
    """Two numbers of which a tally may be made: the guard of the rules with ``pair``."""
    return re.compile(expand(r"\b{n}(?: votes?| members?)?{sep}", word_classes(RULES)))


def readings(role: str) -> tuple[Rule, ...]:
    """The reading rules of one role, in order of the file."""
    return rules(READINGS, role)


def says(role: str, words: str) -> str | None:
    """The words in which a rule of this role speaks, or None. ``words`` are folded."""
    for rule in readings(role):
        match = rule.regex.search(words)
        if match:
            return match.group()
    return None
