"""Copies of readings in which some of the rules that spoke are silent."""

from __future__ import annotations

from dataclasses import replace

from eventrisk.labels import Assertion
from eventrisk.learn.fit.silenced import silenced
from eventrisk.reading import Cue, Reading
from training_set import NEWS, reading


def spoken(rules: int) -> Reading:
    """A reading with two cues of each of so many rules."""
    cues = [
        Cue(f"r{n}", "approval", "positive", Assertion.OCCURRED, 4, 11, 0)
        for n in range(rules)
        for _ in range(2)
    ]
    return replace(reading(*NEWS["positive"]), cues=tuple(cues))


def test_the_same_name_draws_the_same_rules() -> None:
    assert silenced(spoken(9), "a") == silenced(spoken(9), "a")
    assert silenced(spoken(40), "a") != silenced(spoken(40), "b")


def test_about_half_of_the_rules_are_silent_with_all_their_cues() -> None:
    left = [cue.rule for cue in silenced(spoken(200), "a").cues]
    assert 70 < len(set(left)) < 130
    assert all(left.count(rule) == 2 for rule in set(left))


def test_nothing_else_changes() -> None:
    whole = spoken(9)
    assert replace(silenced(whole, "a"), cues=whole.cues, votes=whole.votes) == whole
