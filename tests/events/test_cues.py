"""The rules of events: each hits and misses what it says, and the traps of the field with their
near-miss twins.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.events.cues import BLOCKED, FILES, CueFinder
from eventrisk.labels import Assertion, Direction, EventType, SectionKind
from eventrisk.reading import Cue, Sentence
from eventrisk.rules import Rule, fold, rules

FINDER = CueFinder()
RULES = [rule for file in FILES for rule in rules(file)]
TODAY = date(2024, 6, 14)


def read(text: str, section: SectionKind = SectionKind.BODY) -> list[Cue]:
    return FINDER.find(text, [Sentence(0, len(text), section)], TODAY)


def predicted(text: str, section: SectionKind = SectionKind.BODY) -> set[tuple[str, str]]:
    return {
        (c.event, c.direction) for c in read(text, section) if c.assertion is Assertion.OCCURRED
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_hits_its_hit_and_misses_its_miss(rule: Rule) -> None:
    assert list(rule.spans(fold(rule.hit))), rule.hit
    assert not list(rule.spans(fold(rule.miss))), rule.miss


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_names_a_known_event_and_direction(rule: Rule) -> None:
    assert rule.keys["event"] in {*EventType, BLOCKED}
    assert rule.keys["direction"] in set(Direction)
    assert 0.0 < float(rule.keys["weight"]) <= 1.0


def test_rule_ids_are_unique_over_all_files() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_every_type_of_event_has_a_rule() -> None:
    assert set(EventType) <= {rule.keys["event"] for rule in RULES}


TWINS = [
    # a trap, its near-miss twin, and the type that only the twin states
    (
        "A complete response rate of 67% was seen.",
        "A complete response letter was issued.",
        "complete_response",
    ),
    ("There is no assurance of approval by the FDA.", "Today the FDA approved Lomera.", "approval"),
    (
        "The company is seeking approval by the FDA.",
        "The company received approval from the FDA.",
        "approval",
    ),
    (
        "If approved by the FDA, Lomera will be sold.",
        "Lomera was approved by the FDA today.",
        "approval",
    ),
    ("Lomera may be approved by the FDA.", "Lomera has been approved by the FDA.", "approval"),
    ("The FDA may impose a clinical hold.", "The FDA imposed a clinical hold.", "clinical_hold"),
    (
        "Norvena formed a Scientific Advisory Board.",
        "FDA Advisory Committee recommends Lomera.",
        "advisory_vote",
    ),
    (
        "There were no new safety signals.",
        "Dosing was paused after serious adverse events.",
        "safety_signal",
    ),
    (
        "The previously disclosed complete response letter.",
        "It got a complete response letter.",
        "complete_response",
    ),
    ("The board approves a merger.", "The FDA approves Lomera.", "approval"),
    ("It is the only FDA-approved therapy.", "The FDA approved the therapy.", "approval"),
    ("Norvena files a patent application.", "Norvena files a new drug application.", "submission"),
    (
        "Lomera reduced the risk of death by half.",
        "Two patient deaths were reported.",
        "safety_signal",
    ),
    (
        "Norvena withdraws its IPO.",
        "Norvena withdraws its NDA for Lomera.",
        "application_withdrawn",
    ),
    ("FDA has not accepted the NDA.", "FDA has accepted the NDA.", "filing_accepted"),
]


@pytest.mark.parametrize(("trap", "twin", "event"), TWINS, ids=lambda value: str(value)[:40])
def test_a_trap_states_no_event_and_its_twin_does(trap: str, twin: str, event: str) -> None:
    assert event not in {type_ for type_, _ in predicted(trap)}
    assert event in {type_ for type_, _ in predicted(twin)}


HEADLINES = [
    ("FDA Approves Lomera for Gout", "approval", "positive"),
    ("Norvena Wins FDA Nod for Lomera", "approval", "positive"),
    ("Lomera Approved in Japan", "approval", "positive"),
    ("Norvena Receives 510(k) Clearance for Its Pump", "approval", "positive"),
    ("FDA Grants Accelerated Approval to Lomera", "conditional_approval", "positive"),
    (
        "European Commission Grants Conditional Marketing Authorisation for Lomera",
        "conditional_approval",
        "positive",
    ),
    (
        "Norvena Receives Tentative Approval for Ramipril Capsules",
        "conditional_approval",
        "positive",
    ),
    ("FDA Approves New Indication for Lomera", "label_expansion", "positive"),
    ("FDA Issues Complete Response Letter for Lomera", "complete_response", "negative"),
    ("Norvena Receives Approvable Letter for Lomera", "complete_response", "negative"),
    ("Norvena Receives Not Approvable Letter From FDA", "complete_response", "negative"),
    ("FDA Rejects Norvena's Migraine Spray", "complete_response", "negative"),
    ("Norvena Receives Refusal to File Letter From FDA", "refuse_to_file", "negative"),
    ("European Commission Refuses Marketing Authorisation for Lomera", "refusal", "negative"),
    ("Norvena to Withdraw U.S. Indication for Lomera", "approval_withdrawn", "negative"),
    (
        "Norvena Withdraws Marketing Authorisation Application for Lomera",
        "application_withdrawn",
        "negative",
    ),
    ("Norvena Completes Rolling Submission of BLA for NV-110", "submission", "positive"),
    ("FDA Accepts NDA for Lomera", "filing_accepted", "positive"),
    ("EMA Validates MAA for Lomera", "filing_accepted", "positive"),
    ("FDA Grants Priority Review to Lomera", "priority_review", "positive"),
    ("Norvena Granted Orphan Drug Designation for NV-110", "designation", "positive"),
    ("FDA Extends Review Period for Lomera NDA", "goal_date_extended", "negative"),
    ("FDA Misses PDUFA Date for Lomera", "goal_date_missed", "negative"),
    (
        "FDA Advisory Committee to Review Lomera on November 14",
        "advisory_meeting_scheduled",
        "neutral",
    ),
    ("FDA Panel Votes Against Lomera", "advisory_vote", "negative"),
    ("Norvena Receives Positive CHMP Opinion for Lomera", "chmp_opinion", "positive"),
    ("Norvena Requests Re-Examination of CHMP Opinion", "appeal", "neutral"),
    ("FDA Places Clinical Hold on NV-110 Trial", "clinical_hold", "negative"),
    ("FDA Lifts Clinical Hold on NV-110", "clinical_hold_lifted", "positive"),
    ("FDA Clears IND for NV-110", "trial_clearance", "positive"),
    ("Lomera Meets Primary Endpoint in Phase 3 Trial", "topline_results", "positive"),
    ("Lomera Misses Primary Endpoint in Phase 3 Trial", "topline_results", "negative"),
    ("Norvena to Present Lomera Data at ASCO 2024", "data_presentation", "neutral"),
    ("First Patient Dosed in Phase 2 Trial of NV-110", "trial_status", "positive"),
    ("Norvena Halts Phase 2 Trial of NV-110", "trial_status", "negative"),
    ("FDA Orders Boxed Warning for Lomera", "safety_signal", "negative"),
    ("FDA Issues Warning Letter to Norvena's Plant", "manufacturing_inspection", "negative"),
    ("Norvena Announces Alignment With FDA on Phase 3 Design", "regulatory_feedback", "positive"),
    ("Norvena Discontinues Development of NV-110", "programme_decision", "negative"),
    ("Norvena Prices $60 Million Public Offering", "business_other", "neutral"),
]


@pytest.mark.parametrize(
    ("headline", "event", "direction"), HEADLINES, ids=lambda value: str(value)[:50]
)
def test_a_headline_states_its_event_in_small_and_in_capital_letters(
    headline: str, event: str, direction: str
) -> None:
    assert (event, direction) in predicted(headline, SectionKind.HEADLINE)
    assert (event, direction) in predicted(headline.upper(), SectionKind.HEADLINE)


def test_a_hold_removed_and_one_that_remains_are_two_events() -> None:
    events = predicted("The FDA removed the clinical hold on NV-1; NV-2 remains on clinical hold.")
    assert events >= {("clinical_hold_lifted", "positive"), ("clinical_hold", "negative")}


def test_the_safe_harbour_holds_no_cue() -> None:
    text = "The FDA may issue a complete response letter."
    assert read(text, SectionKind.SAFE_HARBOUR) == []


@given(st.text(alphabet="FDA approves İß\n .;-–’hold trial met primary endpoint 12%", max_size=300))
def test_offsets_of_cues_lie_in_the_text(text: str) -> None:
    for cue in read(text):
        assert 0 <= cue.start < cue.end <= len(text)


def test_a_long_line_takes_time_that_grows_with_its_length_only() -> None:
    text = "FDA has placed the hold and met primary " * 5_000
    assert {cue.event for cue in read(text)} == {"topline_results"}
