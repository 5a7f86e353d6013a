"""The rules of committee votes, compiled: word classes, number words and the readings of
``votes/readings.toml``.

Everything is read on first use and kept; patterns are lower case and run over folded text
(``eventrisk.patterns``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from eventrisk.errors import LexiconError
from eventrisk.lexicon import Rule, read_text, rules, terms
from eventrisk.patterns import expand

RULES, NUMBERS, READINGS = "votes/outcomes.toml", "votes/numbers.tsv", "votes/readings.toml"


@dataclass(frozen=True, slots=True)
class Wording:
    """One compiled rule of the wording of votes, with its guards.

    ``committee``: a committee must be named in the sentence or just before it. ``after``: a vote
    must stand earlier in the sentence. ``subject``: ``regex`` follows the committee's name.
    ``pair``: two numbers must stand in the sentence. ``loud``: the sentence must be a headline.
    ``direction``: what the rule alone says of the direction, or None.
    """

    id: str
    regex: re.Pattern[str]
    needs: tuple[str, ...]
    committee: bool
    after: bool
    subject: bool
    pair: bool
    loud: bool
    direction: str | None


@lru_cache(maxsize=1)
def numbers() -> Mapping[str, int]:
    """Number words and their values."""
    return {row["term"]: int(row["value"]) for row in terms(NUMBERS)}


@lru_cache(maxsize=1)
def word_classes() -> Mapping[str, str]:
    """The word classes of the vote rules, each one non-capturing group; later ones may use earlier
    ones.
    """
    words = sorted(numbers(), key=len, reverse=True)
    table = {"n": rf"(?:\d{{1,2}}|{'|'.join(words)})(?!\d|\.\d|%)"}
    for name, pattern in tomllib.loads(read_text(RULES))["words"].items():
        table[name] = f"(?:{expand(str(pattern), table)})"
    return table


def compiled(rule: Rule) -> re.Pattern[str]:
    """The rule's pattern with its word classes filled in. Raises LexiconError when it does not
    compile.
    """
    return _compiled(
        rule, rf"\b{{subj}}{rule.pattern}" if rule.keys.get("subject") else rule.pattern
    )


def _compiled(rule: Rule, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(expand(pattern, word_classes()))
    except re.error as error:
        raise LexiconError(
            f"{rule.file}, rule {rule.id!r}: the pattern does not compile: {error}"
        ) from error


@lru_cache(maxsize=1)
def wordings() -> tuple[Wording, ...]:
    """All rules of the wording of votes; those that follow another vote come last."""
    made = [
        Wording(
            id=rule.id,
            regex=_compiled(rule, rule.pattern),
            needs=tuple(rule.keys["needs"]),
            committee=bool(rule.keys.get("committee") or rule.keys.get("subject")),
            after=bool(rule.keys.get("after")),
            subject=bool(rule.keys.get("subject")),
            pair=bool(rule.keys.get("pair")),
            loud=bool(rule.keys.get("loud")),
            direction=rule.keys.get("direction"),
        )
        for rule in rules(RULES)
    ]
    return tuple(sorted(made, key=lambda wording: wording.after))


@lru_cache(maxsize=1)
def committee_hints() -> tuple[str, ...]:
    """Literals of which a text that names a committee holds one: the guard of ``committee()``."""
    return tuple(tomllib.loads(read_text(RULES))["guards"]["committee"])


@lru_cache(maxsize=1)
def committee() -> re.Pattern[str]:
    """Names and paraphrases of committees."""
    return re.compile(rf"\b{word_classes()['subj']}\b")


@lru_cache(maxsize=1)
def pair() -> re.Pattern[str]:
    """Two numbers of which a tally may be made: the guard of the rules with ``pair``."""
    return re.compile(expand(r"\b{n}(?: votes?| members?)?{sep}", word_classes()))


@lru_cache(maxsize=16)
def readings(kind: str) -> tuple[tuple[re.Pattern[str], Mapping[str, object]], ...]:
    """The compiled reading rules of one kind with their own keys, in order of the file."""
    return tuple(
        (compiled(rule), rule.keys) for rule in rules(READINGS) if rule.keys["kind"] == kind
    )


def says(kind: str, words: str) -> str | None:
    """The words in which a rule of this kind speaks, or None. ``words`` are folded."""
    for pattern, _ in readings(kind):
        match = pattern.search(words)
        if match:
            return match.group()
    return None
