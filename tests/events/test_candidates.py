"""What rules propose to the model that decides: pairs of type and direction with named numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.api import load
from eventrisk.events import Chance, proposed, read_events
from eventrisk.events.candidates import NO_CUE, findings, likeliest, strongest
from eventrisk.events.zones import Placed, Zone, placed_cues
from eventrisk.labels import Assertion
from eventrisk.reading import Reading

APPROVED = "FDA Approves Norvena for Chronic Gout\nThe FDA approved Norvena today."


def read(text: str) -> Reading:
    return load()._reader.read(text)


def placed(type_: str = "approval", direction: str = "positive", **keys: object) -> Placed:
    values = {
        "type": type_,
        "direction": direction,
        "assertion": Assertion.OCCURRED,
        "start": 0,
        "end": 5,
        "zone": Zone.HEADLINE,
        "weight": 0.8,
        "rule": "approval.x",
    }
    return Placed(**(values | keys))


def test_a_pair_has_the_greatest_weight_of_its_cues_in_each_zone() -> None:
    cues = [placed(), placed(weight=0.6, start=10), placed(zone=Zone.BODY, weight=0.9, start=50)]
    numbers = findings(cues, cues[:1])["approval", "positive"]
    assert numbers["occurred@headline"] == 0.8
    assert numbers["occurred@body"] == 0.9
    assert numbers["cues"] == pytest.approx(0.6)
    assert numbers["rule_lead"] == 1.0
    assert numbers["rule=approval.x"] == 1.0


def test_what_did_not_occur_is_told_apart_by_its_assertion() -> None:
    cue = placed(assertion=Assertion.SCHEDULED)
    other = placed("business_other", "neutral", rule=NO_CUE)
    numbers = findings([cue], [other])["approval", "positive"]
    assert numbers["scheduled@front"] == 0.8
    assert numbers["rule=approval.x/scheduled"] == 1.0
    assert "occurred@headline" not in numbers
    assert findings([cue], [other])["business_other", "neutral"]["silent"] == 1.0


def test_a_hint_proposes_nothing() -> None:
    hint = placed("label_expansion", is_hint=True)
    assert set(findings([hint, placed()], [placed()])) == {("approval", "positive")}


def test_the_only_pair_in_front_is_alone() -> None:
    other = placed("refusal", "negative", start=9)
    assert findings([placed()], [placed()])["approval", "positive"]["alone"] == 1.0
    assert "alone" not in findings([placed(), other], [placed()])["approval", "positive"]


@given(st.lists(st.sampled_from([*Zone]), min_size=1, max_size=12), st.floats(0, 1))
def test_every_number_lies_between_0_and_1(zones: list[Zone], weight: float) -> None:
    cues = [placed(zone=zone, weight=weight, start=n) for n, zone in enumerate(zones)]
    for numbers in findings(cues, cues[:1]).values():
        assert all(0 <= value <= 1 for value in numbers.values())


def test_the_cue_an_event_stands_on_is_one_that_occurred_and_counts_most() -> None:
    far = placed(zone=Zone.BODY, start=90)
    planned = placed(assertion=Assertion.SCHEDULED, weight=1.0, start=30)
    assert strongest(("approval", "positive"), [planned, far, placed()]) == placed()
    assert strongest(("approval", "positive"), [planned]) == planned
    assert strongest(("refusal", "negative"), [planned]) is None


def test_of_equal_chances_the_first_of_the_alphabet_leads() -> None:
    even = Chance(0.5, 0.5)
    assert likeliest({("refusal", "negative"): even, ("approval", "positive"): even}) == (
        "approval",
        "positive",
    )


def test_a_reading_proposes_what_its_events_say() -> None:
    reading = read(APPROVED)
    lead = read_events(reading)[0]
    assert proposed(reading)[lead.type, lead.direction]["rule_lead"] == 1.0
    assert {(p.type, p.direction) for p in placed_cues(reading) if not p.is_hint} <= set(
        proposed(reading)
    )
