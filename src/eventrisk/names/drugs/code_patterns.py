"""Code names by their pattern (``LY3819253``, ``NP-1``, ``EPC 2407``) and what only looks like one.
Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from eventrisk.names.drugs.words import Words, unbroken
from eventrisk.rules import Rule

REFUSE = "refuse"
MAX_CHARS = 24  # of a code; longer compounds are words of prose
MAX_WORDS = 8  # of a compound that are read as one code
MAX_PREFIX_CHARS = 8  # before the space of a code written in two words


class CodeMatch(NamedTuple):
    """A compound that looks like a code: its words, the rule that says so and the log-odds it
    starts with.
    """

    first: int
    last: int
    rule: str
    weight: float


class CodePatterns:
    """Finds codes; the rules are tried in order and the first that fits counts."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._single = [_compiled(rule) for rule in rules if not rule.says("pair")]
        self._pair = [_compiled(rule) for rule in rules if rule.says("pair")]
        self._verdicts: dict[str, tuple[str, float] | None] = {}

    def find(self, words: Words) -> Iterator[CodeMatch]:
        """Codes in order of the text; compounds without a digit are none."""
        done = -1
        for i, word in enumerate(words.words):
            if i <= done or word.isalpha():
                continue
            first, done = words.compound_start(i), words.compound_end(i)
            match = self._one(words, first, done)
            if match is not None:
                yield match

    def refuses(self, name: str) -> bool:
        """Whether the name is written like something that is no drug (``CD19``, ``10-K``)."""
        return any(pattern.fullmatch(name) for pattern, _, weight in self._single if weight is None)

    def _one(self, words: Words, first: int, last: int) -> CodeMatch | None:
        for end in range(min(last, first + MAX_WORDS), first - 1, -1):
            name = unbroken(words.text[words.starts[first] : words.ends[end]])
            if len(name) > MAX_CHARS or (end < last and not words.words[end + 1].islower()):
                continue
            verdict = self._verdict(name)
            if verdict is not None:
                return CodeMatch(first, end, *verdict)
        return self._two(words, first, last) if first == last else None

    def _two(self, words: Words, first: int, last: int) -> CodeMatch | None:
        """A code in two words, the number of which is the compound given."""
        before = first - 1
        if (
            before < 0
            or words.glued[before]
            or len(words.words[before]) > MAX_PREFIX_CHARS
            or words.gap(before) != " "
        ):
            return None
        name = words.text[words.starts[before] : words.ends[last]]
        for pattern, rule, weight in self._pair:
            if weight is not None and pattern.fullmatch(name):
                return CodeMatch(before, last, rule, weight)
        return None

    def _verdict(self, name: str) -> tuple[str, float] | None:
        """Rule and weight of a name, None where no rule fits or one refuses; remembered, since
        names recur.
        """
        if name not in self._verdicts:
            if len(self._verdicts) > 20_000:
                self._verdicts.clear()
            fits = next((rule for rule in self._single if rule[0].fullmatch(name)), None)
            self._verdicts[name] = (
                (fits[1], fits[2]) if fits is not None and fits[2] is not None else None
            )
        return self._verdicts[name]


def _compiled(rule: Rule) -> tuple[re.Pattern[str], str, float | None]:
    weight = rule.keys["weight"]
    return rule.regex, rule.id, None if weight == REFUSE else float(weight)
