"""Events of other sectors are none of a medicine."""

from __future__ import annotations

import pytest

import eventrisk
from eventrisk.events.medicine import NAME
from eventrisk.rules import Rule, fold, rules


@pytest.mark.parametrize(
    "text",
    [
        "Brantwell Mining Receives Environmental Approval for Copper Project",
        "Committee votes 12-3 to recommend zoning change",
        "Judge lifts hold on pipeline permit",
        "Phase 2 of the Brantwell mine expansion approved",
        "Norvel withdraws application for broadcasting licence",
    ],
)
def test_an_event_without_a_medicine_in_reach_is_business(text: str) -> None:
    result = eventrisk.analyze(text)
    assert [event.type for event in result.events] == ["business_other"]
    assert result.votes == ()


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Regulator Approves Norvena's Migraine Pill", "approval"),
        ("Norvena Begins Phase 2 Study", "trial_status"),
        ("The company filed.\nThe FDA accepted the application.", "filing_accepted"),
    ],
)
def test_one_word_of_medicine_in_reach_is_enough(text: str, event: str) -> None:
    assert event in [e.type for e in eventrisk.analyze(text).events]


@pytest.mark.parametrize("rule", rules(NAME), ids=lambda rule: rule.id)
def test_a_rule_hits_its_hits_and_misses_its_miss(rule: Rule) -> None:
    assert all(rule.compiled(one.match).search(fold(one.hit)) for one in rule.alternatives)
    assert not rule.regex.search(fold(rule.miss))
