"""The assertion of a cue: triggers and their scope, clauses, dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from eventrisk.events.assertion import PAST_DAYS, assert_cue
from eventrisk.events.clauses import RULES, clause
from eventrisk.labels import Assertion
from eventrisk.rules import Rule, fold, rules
from spellings import spellings

TODAY = date(2024, 6, 14)


def assertion(text: str, cue: str, **flags: Any) -> Assertion:
    folded = fold(text)
    start = folded.index(fold(cue))
    return assert_cue(folded, start, start + len(cue), TODAY, **flags)


@pytest.mark.parametrize("rule", rules(RULES), ids=lambda rule: rule.id)
def test_a_trigger_hits_its_hit_and_misses_its_miss(rule: Rule) -> None:
    assert list(rule.spans(fold(rule.hit))), rule.hit
    assert not list(rule.spans(fold(rule.miss))), rule.miss


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("The FDA approved Lomera.", "approved", Assertion.OCCURRED),
        ("There can be no assurance of approval of Lomera.", "approval", Assertion.HYPOTHETICAL),
        (
            "We cannot guarantee that the FDA will grant approval.",
            "approval",
            Assertion.HYPOTHETICAL,
        ),
        ("Norvena is seeking approval of Lomera.", "approval", Assertion.HYPOTHETICAL),
        ("Lomera may be approved.", "approved", Assertion.HYPOTHETICAL),
        ("The data could support approval.", "approval", Assertion.HYPOTHETICAL),
        ("Norvena has not received approval.", "approval", Assertion.NEGATED),
        ("The letter has not been issued.", "letter", Assertion.NEGATED),
        ("The FDA has not yet approved Lomera.", "FDA has not yet approved", Assertion.NEGATED),
        ("The FDA has now approved Lomera.", "FDA has now approved", Assertion.OCCURRED),
        (
            "The hold on Lomera was never lifted.",
            "hold on Lomera was never lifted",
            Assertion.NEGATED,
        ),
        ("Norvena plans to submit an NDA.", "submit an nda", Assertion.SCHEDULED),
        ("Topline data are expected in May.", "topline data", Assertion.SCHEDULED),
        ("The study is on track to begin enrollment.", "enrollment", Assertion.SCHEDULED),
        ("The previously disclosed letter was discussed.", "letter", Assertion.HISTORICAL),
        (
            "It answers the issues raised in the complete response letter.",
            "letter",
            Assertion.HISTORICAL,
        ),
        ("The FDA approved Lomera in March 2019.", "approved lomera", Assertion.HISTORICAL),
        ("A competitor's drug was approved by the FDA.", "approved", Assertion.HISTORICAL),
        ("The warning letter has been resolved.", "warning letter", Assertion.RESOLVED),
        ("The warning letter has been extended.", "warning letter", Assertion.OCCURRED),
        ("On 23 May the FDA approved Lomera.", "approved", Assertion.OCCURRED),
        ("It is in the complete response letter of last May.", "letter", Assertion.HISTORICAL),
        (
            "It is in the complete response letter that may follow.",
            "letter",
            Assertion.HYPOTHETICAL,
        ),
        ("On 3rd May the FDA approved Lomera.", "approved", Assertion.OCCURRED),
        ("The FDA approved Lomera on 23 May in Boston.", "approved", Assertion.OCCURRED),
        ("The results of Study 23 may support approval.", "approval", Assertion.HYPOTHETICAL),
        ("The results of Phase 2 may lead to approval.", "approval", Assertion.HYPOTHETICAL),
        ("In 2003 the FDA approved Lomera.", "approved", Assertion.HISTORICAL),
        ("On June 12, 2024 the FDA approved Lomera.", "approved", Assertion.OCCURRED),
        (
            "The study is fully enrolled and data are expected in May.",
            "enrolled",
            Assertion.OCCURRED,
        ),
        ("Data from A and B are expected in May.", "data", Assertion.SCHEDULED),
        (
            "The FDA took it up for adults without gout and assigned a goal date.",
            "assigned a goal date",
            Assertion.OCCURRED,
        ),
        ("It will be reviewed by the FDA and approved.", "approved", Assertion.SCHEDULED),
        (
            "The NDA, submitted to the FDA in February 2024, has been accepted.",
            "accepted",
            Assertion.OCCURRED,
        ),
        ("The NDA was sent to the FDA and accepted.", "accepted", Assertion.OCCURRED),
        (
            "Norvena announces plans for submission of its NDA.",
            "plans for submission of",
            Assertion.SCHEDULED,
        ),
    ],
)
def test_the_clause_around_a_cue_decides_its_assertion(
    text: str, cue: str, expected: Assertion
) -> None:
    assert assertion(text, cue) is expected


def test_a_cue_that_is_about_what_did_not_happen_is_not_denied_by_its_own_words() -> None:
    text = "The trial did not meet its endpoint."
    assert assertion(text, "did not meet its endpoint", denial=True) is Assertion.OCCURRED


def test_a_plan_that_is_news_when_announced_counts_as_occurred() -> None:
    text = "Norvena to withdraw the indication."
    assert assertion(text, "withdraw") is Assertion.SCHEDULED
    assert assertion(text, "withdraw", plan=True) is Assertion.OCCURRED


def test_a_trigger_does_not_cross_the_end_of_its_clause() -> None:
    assert (
        assertion("The study did not start, but the FDA approved Lomera.", "approved")
        is Assertion.OCCURRED
    )
    around = clause("a may fail; b rises while c falls", 12, 19)
    assert (around.before, around.after) == ("", "")


def test_without_a_release_date_no_date_makes_history() -> None:
    folded = fold("The FDA approved Lomera in March 2019.")
    assert assert_cue(folded, 8, 16) is Assertion.OCCURRED


def test_every_spelling_of_a_day_gives_its_age_to_the_day() -> None:
    def dated(written: str, days: int, day: date) -> Assertion:
        folded = fold(f"The FDA approved Lomera on {written}.")
        start = folded.index("approved")
        return assert_cue(folded, start, start + len("approved"), day + timedelta(days=days))

    wrong = [
        written
        for written, day in spellings()
        if dated(written, PAST_DAYS, day) is not Assertion.OCCURRED
        or dated(written, PAST_DAYS + 1, day) is not Assertion.HISTORICAL
    ]
    assert wrong == []


def test_the_stop_of_a_short_month_does_not_end_a_clause() -> None:
    text = "the fda approved lomera on jan. 14, 2024 in boston. it is sold"
    start = text.index("approved")
    assert clause(text, start, start + 8).after == " lomera on jan. 14, 2024 in boston"


def test_an_approval_told_in_passing_is_background() -> None:
    text = "Norvena, whose Lomera was approved by the FDA, began a campaign."
    assert assertion(text, "approved by the FDA", event="approval") is Assertion.HISTORICAL
    news = "Norvena, whose Lomera was approved by the FDA today, rose."
    assert assertion(news, "approved by the FDA", event="approval") is Assertion.OCCURRED


def test_an_event_that_bears_only_its_year_is_no_news_even_without_a_release_date() -> None:
    folded = fold("Lomera was approved by the FDA in 2019.")
    start = folded.index("approved")
    assert assert_cue(folded, start, start + len("approved")) is Assertion.HISTORICAL


def test_results_of_a_later_year_lie_ahead() -> None:
    text = "The trial is enrolling, with topline data in the second half of 2025."
    assert assertion(text, "topline data", event="topline_results") is Assertion.SCHEDULED
