"""Covers of forms end where their words begin."""

from __future__ import annotations

import pytest

from eventrisk.rules import Rule, rules
from eventrisk.structure.cover import NAME, cover_length

COVER = [
    "UNITED STATES",
    "SECURITIES AND EXCHANGE COMMISSION",
    "FORM 8-K",
    "Date of Report (Date of earliest event reported): April 15, 2025",
    "KESTRIN PHARMA, INC.",
    "(Exact name of registrant as specified in its charter)",
    "Delaware 001-39999 99-1234567",
    "(617) 555-0100",
    "(Registrant's telephone number, including area code)",
]
LINE = (
    "BOSTON, April 15, 2025 -- Kestrin Pharma, Inc. today announced that the FDA approved Korvex."
)


@pytest.mark.parametrize(
    "body",
    [
        ["Item 8.01 Other Events."],
        ["ITEM 5. OTHER EVENTS"],
        ["On April 15, 2025, the FDA approved Korvex for asthma in adults and children."],
        ["FDA Approves Korvex for Asthma", LINE],
    ],
)
def test_a_cover_ends_where_its_form_begins_to_speak(body: list[str]) -> None:
    assert cover_length([*COVER, *body]) == len(COVER)


def test_a_release_has_no_cover() -> None:
    assert cover_length(["FDA Approves Korvex for Asthma", LINE]) == 0


@pytest.mark.parametrize("rule", rules(NAME), ids=lambda rule: rule.id)
def test_a_rule_of_covers_hits_its_hits_and_misses_its_miss(rule: Rule) -> None:
    assert all(rule.compiled(one.match).match(one.hit) for one in rule.alternatives)
    assert not rule.regex.match(rule.miss)
