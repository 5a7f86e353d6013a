"""Which cues of one type state different events: about different products, with different outcomes
for different diseases or trials, or by bodies of different countries.

What a cue's own words name counts here, not what they leave unsaid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eventrisk.events.facts import Facts
from eventrisk.events.zones import Placed, Zone

TITLES = (Zone.HEADLINE, Zone.SUBHEADLINE)


class Apart:
    """Compares the cues of one release."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def __call__(self, one: Placed, other: Placed) -> bool:
        """Whether two cues of one type state two events."""
        if one.start < other.end and other.start < one.end:
            return False
        a, b = self._facts.links(one), self._facts.links(other)
        if (a.start, a.end) == (b.start, b.end):
            return False
        diseases = differ(a.told_indications, b.told_indications)
        trials = self._have_two_trials(one, other)
        if differ(a.told_drugs, b.told_drugs):
            return self._are_two_products(a.told_drugs, b.told_drugs, diseases or trials)
        if _are_opposed(one, other):
            return diseases or trials
        return _is_one_place(one, other) and self._have_two_bodies(one, other)

    def _are_two_products(self, names: Sequence[str], others: Sequence[str], apart: bool) -> bool:
        """Whether the release tells the products apart, so that they are no two names of one: by
        sentences that name both, or ``apart``, by their diseases or trials; and combines none.
        """
        return all(self._facts.are_two(a, b, apart=apart) for a in names for b in others)

    def _have_two_trials(self, one: Placed, other: Placed) -> bool:
        mine, theirs = self._facts.trials(one), self._facts.trials(other)
        return bool(mine and theirs) and not mine & theirs

    def _have_two_bodies(self, one: Placed, other: Placed) -> bool:
        mine, theirs = self._facts.country(one), self._facts.country(other)
        return bool(mine and theirs) and mine != theirs


def differ(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether both name something, and no two of them are one thing said at more or less length."""
    mine, theirs = [_words(n) for n in names], [_words(n) for n in others]
    return bool(mine and theirs) and not any(a <= b or b <= a for a in mine for b in theirs)


def _words(name: str) -> set[str]:
    return set(name.lower().split())


def _is_one_place(one: Placed, other: Placed) -> bool:
    """Whether two cues stand so near that they do not repeat one another."""
    return one.sentence == other.sentence or (one.zone is other.zone and one.zone not in TITLES)


def _are_opposed(one: Placed, other: Placed) -> bool:
    return {one.direction, other.direction} == {"positive", "negative"}
