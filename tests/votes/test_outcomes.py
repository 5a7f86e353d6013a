"""The words of an outcome reach from its verb or noun to its result; plans, fears and other bodies'
votes are none.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.labels import SectionKind
from eventrisk.reading import Sentence
from eventrisk.rules import Rule, fold, rules
from eventrisk.votes.outcomes import VoteOutcomeFinder

FINDER = VoteOutcomeFinder()


def outcomes(text: str, section: SectionKind = SectionKind.BODY) -> list[str]:
    candidates = FINDER.find(text, [Sentence(0, len(text), section)])
    return [text[f.start : f.end] for f in candidates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The panel voted 10 to 4 against approval of Tolvidin",
            "voted 10 to 4 against approval",
        ),
        ("ACIP voted unanimously to recommend Tolvavax", "voted unanimously to recommend"),
        ("ACIP unanimously voted to include Tolvavax", "unanimously voted to include"),
        ("The CHMP adopted a positive opinion for Tolvidin", "positive opinion"),
        ("Norvena Receives Positive EU CHMP Opinion", "Positive EU CHMP Opinion"),
        ("The CHMP took a negative trend vote", "negative trend vote"),
        (
            (
                "It showed that a narrow majority of the votes by CHMP members was not in favor "
                "of recommending approval."
            ),
            (
                "narrow majority of the votes by CHMP members was not in favor of recommending "
                "approval"
            ),
        ),
        (
            "The committee voted 8 to 3 that the benefits of Tolvidin outweigh its risks in adults",
            "voted 8 to 3 that the benefits of Tolvidin outweigh its risks",
        ),
        ("CHMP Recommends Approval of Tolvidin", "Recommends Approval"),
        ("FDA Panel Unanimously Rejects Tolvidin", "Unanimously Rejects"),
        ("Tolvidin Recommended for Approval by FDA Advisory Committee", "Recommended for Approval"),
        ("Norvena on Positive FDA Advisory Committee Vote", "Positive FDA Advisory Committee Vote"),
        ("The committee answered 12 yes, 3 no, 1 abstaining.", "12 yes, 3 no, 1 abstaining"),
        ("Of the panel, nine voted yes and two voted no.", "nine voted yes and two voted no"),
    ],
)
def test_a_span_reaches_from_the_vote_to_its_result(text: str, expected: str) -> None:
    assert outcomes(text) == [expected]


@pytest.mark.parametrize(
    ("outcome", "twin"),
    [
        ("The CHMP adopted a negative opinion.", "Norvena expects a negative opinion of the CHMP."),
        (
            "The CHMP adopted a positive opinion.",
            "If the CHMP adopts a positive opinion, we will launch.",
        ),
        (
            "The CHMP adopted a positive opinion.",
            "There is no assurance of a positive opinion of the CHMP.",
        ),
        (
            "The FDA panel voted to recommend approval.",
            "The FDA panel will vote to recommend approval or not.",
        ),
        (
            "The FDA panel voted 8 to 2 in favor.",
            "The Scientific Advisory Board voted 8 to 2 in favor.",
        ),
        ("The FDA panel voted 8 to 2 in favor.", "Shareholders voted 8 to 2 in favor."),
        (
            "The committee recommended approval.",
            "The Data Monitoring Committee recommended continuing.",
        ),
        ("The FDA panel split 2-1.", "The team won 2-1 before the FDA panel met."),
        (
            "The FDA panel backed it 3 to 1.",
            "Patients of the FDA panel's study were randomised 3:1.",
        ),
        ("The panel voted 24 to 5 in favor.", "The panel saw data of weeks 24-52."),
        (
            "The FDA advisory committee recommended approval.",
            "The FDA issued a complete response letter.",
        ),
    ],
)
def test_an_outcome_is_found_and_its_near_miss_is_not(outcome: str, twin: str) -> None:
    assert outcomes(outcome)
    assert outcomes(twin) == []


def test_risk_language_states_no_outcome() -> None:
    text = "The CHMP adopted a negative opinion."
    assert outcomes(text) == ["negative opinion"]
    assert outcomes(text, SectionKind.SAFE_HARBOUR) == []


def test_a_committee_of_the_sentence_before_carries_over_to_it() -> None:
    text = "The panel met today. It voted nine to two against."
    candidates = FINDER.find(
        text, [Sentence(0, 20, SectionKind.BODY), Sentence(21, len(text), SectionKind.BODY)]
    )
    assert [text[f.start : f.end] for f in candidates] == ["voted nine to two against"]


@pytest.mark.parametrize(
    "rule", [*rules("votes/outcomes.toml"), *rules("votes/readings.toml")], ids=lambda rule: rule.id
)
def test_a_rule_hits_its_hit_and_misses_its_miss(rule: Rule) -> None:
    words = rf"\b{{subj}}(?:{rule.pattern})" if rule.says("subject") else rule.pattern
    regex = rule.compiled(words)
    assert regex.search(fold(rule.hit))
    assert not regex.search(fold(rule.miss))


@pytest.mark.parametrize("rule", rules("votes/outcomes.toml"), ids=lambda rule: rule.id)
def test_the_hit_of_a_rule_holds_what_the_rule_needs(rule: Rule) -> None:
    assert all(rule.can_match(fold(one.hit)) for one in rule.alternatives)


WORDS = [
    "the panel",
    "voted",
    "10 to 4",
    "against",
    "CHMP",
    "positive opinion",
    ".",
    "-",
    "in favor",
    "that",
    "\n",
    "İ",
]


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    candidates = FINDER.find(text, [Sentence(0, len(text), SectionKind.BODY)])
    assert all(0 <= f.start < f.end <= len(text) for f in candidates)
    assert all(a.end <= b.start for a, b in pairwise(candidates))
    assert all(text[f.start : f.end] == text[f.start : f.end].strip() for f in candidates)
