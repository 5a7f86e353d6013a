"""Rules as guarded patterns: what the event, assertion and reason rules share.

Patterns are written in lower case and run over *folded* text of the same length, so offsets hold.
``{name}`` in a pattern stands for a word class of ``events/words.toml``. The ``needs`` of a rule
are literals of which one must stand in the text: a plain ``in`` costs a hundredth of the regex, and
most rules fail it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from eventrisk.errors import LexiconError
from eventrisk.lexicon import read_text, rules

WORDS = "events/words.toml"
PLAIN = str.maketrans(
    {"‐": "-", "‑": "-", "‒": "-", "–": "-", "’": "'", "‘": "'", "\u00a0": " ", "\n": " "}
)
CLASS = re.compile(r"\{([a-z_]+)\}")
START = 3  # letters by which needs are looked up
SHORTEST = 2  # letters of a guard literal
# characters a pattern sees at once; longer sentences are read in pieces, so time stays linear
LONGEST = 1_500


def fold(text: str) -> str:
    """The text in lower case with plain hyphens, quotes and blanks, every character in its
    place.
    """
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when lowered (İ); those stay as they are
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lower.translate(PLAIN)


@lru_cache(maxsize=1)
def word_classes() -> Mapping[str, str]:
    """The word classes, each as one non-capturing group; later ones may use earlier ones."""
    table: dict[str, str] = {}
    for name, pattern in tomllib.loads(read_text(WORDS))["words"].items():
        table[name] = f"(?:{expand(str(pattern), table)})"
    return table


def expand(pattern: str, table: Mapping[str, str] | None = None) -> str:
    """A pattern with its word classes filled in. Raises LexiconError for a class nobody defined."""
    known = word_classes() if table is None else table

    def fill(match: re.Match[str]) -> str:
        if match[1] not in known:
            raise LexiconError(
                f"{WORDS}: no word class {match[1]!r}, wanted by the pattern {pattern!r}"
            )
        return known[match[1]]

    return CLASS.sub(fill, pattern)


@dataclass(frozen=True)
class Pattern:
    """One rule ready to run; ``keys`` holds what the rule says beside its pattern."""

    id: str
    pattern: str
    needs: tuple[str, ...]
    hit: str
    miss: str
    keys: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled on first use: most rules never meet their guard."""
        try:
            return re.compile(expand(self.pattern))
        except re.error as error:
            raise LexiconError(
                f"rule {self.id!r}: the pattern does not compile: {error}"
            ) from error

    def guards(self, folded: str) -> bool:
        """Whether the pattern can match at all."""
        return any(need in folded for need in self.needs)

    def spans(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where it matches in folded text; of a pattern with groups ``cue…``, the one that took
        part.
        """
        if not self.guards(folded):
            return
        groups = sorted(name for name in self.regex.groupindex if name.startswith("cue"))
        for match in self.regex.finditer(folded):
            taken = next((name for name in groups if match[name] is not None), None)
            start, end = match.span(taken) if taken else match.span()
            if end > start:
                yield start, end


@lru_cache(maxsize=32)
def patterns(*names: str) -> tuple[Pattern, ...]:
    """The patterns of packaged rule files, in order. Raises LexiconError for a rule without
    ``needs``.
    """
    made: list[Pattern] = []
    for name in names:
        for rule in rules(name):
            needs = tuple(str(need) for need in rule.keys.get("needs", ()))
            if not needs or min(map(len, needs)) < SHORTEST:
                raise LexiconError(
                    f"{name}, rule {rule.id!r}: needs must be literals of {SHORTEST} letters "
                    f"or more"
                )
            made.append(Pattern(rule.id, rule.pattern, needs, rule.hit, rule.miss, rule.keys))
    return tuple(made)


class Guard:
    """Tells which patterns may match a sentence, from the first three letters of what each of them
    needs.
    """

    def __init__(self, given: Sequence[Pattern]) -> None:
        self.given = tuple(given)
        wanted: dict[str, list[int]] = {}
        for number, pattern in enumerate(self.given):
            for need in pattern.needs:
                wanted.setdefault(need, []).append(number)
        self._short = sorted(
            (need, numbers) for need, numbers in wanted.items() if len(need) < START
        )
        self._by_start: dict[str, list[tuple[str, list[int]]]] = {}
        for need, numbers in sorted(wanted.items()):
            if len(need) >= START:
                self._by_start.setdefault(need[:START], []).append((need, numbers))

    def candidates(self, folded: str) -> list[Pattern]:
        """The patterns of which one need stands in the folded text, in their order."""
        starts = {folded[i : i + START] for i in range(len(folded) - START + 1)}
        found: set[int] = set()
        for likely in (
            self._short,
            *(self._by_start[start] for start in starts & self._by_start.keys()),
        ):
            for need, numbers in likely:
                if need in folded:
                    found.update(numbers)
        return [self.given[number] for number in sorted(found)]


def pieces(start: int, end: int, folded: str) -> Iterator[tuple[int, int]]:
    """A stretch cut at blanks into pieces of at most ``LONGEST`` characters."""
    while end - start > LONGEST:
        cut = folded.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end
