"""How likely an unknown name is a drug: its orthography and what is said around its mentions.
Pure.

All weights are log-odds. A name collects them over the document, each rule once; the logistic
function of the sum is the probability.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from eventrisk.names.drugs.words import Words
from eventrisk.rules import Rule

WINDOW_CHARS = 80  # read on either side of a name
MAX_LOG_ODDS = 6.0  # of all trigrams of a word together, either way
TRIGRAM_WEIGHT = 0.55  # 0…1; trigrams overlap and are not independent
MAX_MENTIONS = 12  # of one name that are read; later ones seldom add a rule

DENYING = -1.9  # log-odds of a rule that says what else a name is
DENIED_SUM = -1.2  # log-odds of all rules together, those that speak for a drug included
EVEN = 0.5  # 0…1; a name more likely a drug than not is not denied
OWN = frozenset(
    ("orthography", "trigrams", "common-word", "repeated", "technology")
)  # not of the words around


@dataclass
class Name:
    """One unknown name: its mentions as (first word, last word), and the weights collected so far
    by rule.
    """

    mentions: list[tuple[int, int]] = field(default_factory=list)
    weights: dict[str, float] = field(default_factory=dict)
    orthography: str = ""

    @property
    def denied(self) -> bool:
        """Whether the words around say what else it is, and say less that it is a drug."""
        said = [w for rule, w in self.weights.items() if rule not in OWN]
        said_more = min(said, default=0.0) <= DENYING and sum(said) <= DENIED_SUM
        return said_more and self.probability() < EVEN

    def probability(self) -> float:
        """0…1, from the sum of the weights."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, sum(self.weights.values())))))


class Contexts:
    """The rules of ``drugs/contexts.toml``, tried only where the word or sign beside the name calls
    for them.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._before = _by_neighbour(r for r in rules if r.keys["direction"] == "forward")
        self._after = _by_neighbour(r for r in rules if r.keys["direction"] == "backward")

    def fired(self, words: Words, first: int, last: int) -> Iterator[tuple[str, float]]:
        """Id and weight of each rule that fires at this mention."""
        text, start, end = words.text, words.starts[first], words.ends[last]
        before, after = text[max(0, start - WINDOW_CHARS) : start], text[end : end + WINDOW_CHARS]
        neighbours = {words.lows[first - 1] if first else "", before.rstrip(" \"'")[-1:]}
        for rule in _called(self._before, neighbours):
            if rule.regex.search(before):
                yield rule.id, float(rule.keys["weight"])
        neighbours = {words.lows[last + 1] if last + 1 < len(words) else "", after.lstrip(" ")[:1]}
        for rule in _called(self._after, neighbours):
            if rule.regex.match(after):
                yield rule.id, float(rule.keys["weight"])

    def read(self, words: Words, names: Iterable[Name]) -> None:
        """Adds to each name what is said around its mentions."""
        for name in names:
            for first, last in name.mentions[:MAX_MENTIONS]:
                name.weights.update(self.fired(words, first, last))


class CharacterTrigrams:
    """How much the letters of an unknown word are those of brand names; ``rows`` as in
    ``drugs/trigrams.tsv``.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._weights = {row["letters"]: float(row["weight"]) for row in rows}

    def log_odds(self, word: str) -> float:
        """Log-odds of a drug, summed over the trigrams of ``word`` (in lower case)."""
        framed = f"^{word}$"
        total = sum(self._weights.get(framed[i : i + 3], 0.0) for i in range(len(framed) - 2))
        return max(-MAX_LOG_ODDS, min(MAX_LOG_ODDS, total)) * TRIGRAM_WEIGHT


def _by_neighbour(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    table: dict[str, list[Rule]] = {"": []}
    for rule in rules:
        for word in rule.needs or ("",):
            table.setdefault(word, []).append(rule)
    return table


def _called(table: dict[str, list[Rule]], neighbours: set[str]) -> Iterator[Rule]:
    yield from table[""]
    for word in sorted(neighbours - {""}):
        yield from table.get(word, ())
