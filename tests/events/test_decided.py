"""The day's news where a model has judged what rules propose."""

from __future__ import annotations

import pytest

from eventrisk.events.candidates import NO_CUE, Chance, Pair
from eventrisk.events.decided import OUTVOTES, WORDS, decided, leading_pair
from eventrisk.events.zones import Placed, Zone
from eventrisk.labels import Assertion

APPROVAL, REFUSAL, BUSINESS = (
    ("approval", "positive"),
    ("refusal", "negative"),
    ("business_other", "neutral"),
)


def placed(pair: Pair, start: int = 0, **keys: object) -> Placed:
    values = {
        "type": pair[0],
        "direction": pair[1],
        "assertion": Assertion.OCCURRED,
        "start": start,
        "end": start + 5,
        "zone": Zone.HEADLINE,
        "weight": 0.8,
        "rule": "some.rule",
    }
    return Placed(**(values | keys))


def pairs(news: list[Placed]) -> list[Pair]:
    return [(p.type, p.direction) for p in news]


def test_the_rules_news_stays_where_the_model_agrees() -> None:
    news = [placed(APPROVAL), placed(REFUSAL, 20)]
    chances = {APPROVAL: Chance(0.8, 0.9), REFUSAL: Chance(0.2, 0.7)}
    assert decided(news, news, chances) == news


def test_rules_that_err_alone_are_outvoted() -> None:
    news, planned = [placed(APPROVAL)], placed(REFUSAL, 20, assertion=Assertion.HISTORICAL)
    chances = {APPROVAL: Chance(0.1, 0.05), REFUSAL: Chance(0.9, 0.9)}
    found = decided(news, [*news, planned], chances)
    assert pairs(found) == [REFUSAL]
    assert found[0].assertion is Assertion.OCCURRED
    assert (found[0].start, found[0].end) == (20, 25)


def test_an_event_no_rule_speaks_of_stands_where_the_rules_news_stands() -> None:
    silent = placed(BUSINESS, 3, rule=NO_CUE)
    chances = {BUSINESS: Chance(0.1, 0.1), REFUSAL: Chance(0.9, 0.9)}
    [lead] = decided([silent], [], chances)
    assert (lead.type, lead.direction, lead.start, lead.end, lead.rule) == (*REFUSAL, 3, 8, WORDS)


def test_an_event_beside_the_lead_is_listed_where_it_is_likely() -> None:
    news = [placed(APPROVAL)]
    further = placed(REFUSAL, 40, zone=Zone.BODY)
    likely = {APPROVAL: Chance(0.9, 0.9), REFUSAL: Chance(0.1, 0.5)}
    assert pairs(decided(news, [*news, further], likely)) == [APPROVAL, REFUSAL]
    unlikely = likely | {REFUSAL: Chance(0.1, 0.49)}
    assert pairs(decided(news, [*news, further], unlikely)) == [APPROVAL]


def test_what_did_not_occur_is_not_listed_beside_the_lead() -> None:
    news = [placed(APPROVAL)]
    feared = placed(REFUSAL, 40, assertion=Assertion.HYPOTHETICAL)
    chances = {APPROVAL: Chance(0.9, 0.9), REFUSAL: Chance(0.1, 0.9)}
    assert pairs(decided(news, [*news, feared], chances)) == [APPROVAL]


def test_one_type_has_two_directions_only_where_the_rules_tell_both() -> None:
    good, bad = ("topline_results", "positive"), ("topline_results", "negative")
    chances = {good: Chance(0.6, 0.9), bad: Chance(0.4, 0.8)}
    both = [placed(good), placed(bad, 30)]
    assert pairs(decided(both, both, chances)) == [good, bad]
    assert pairs(decided(both[:1], both, chances)) == [good]


def test_business_stands_behind_other_news() -> None:
    news = [placed(APPROVAL), placed(BUSINESS, 20), placed(REFUSAL, 40)]
    chances = {APPROVAL: Chance(0.7, 0.9), BUSINESS: Chance(0.2, 0.9), REFUSAL: Chance(0.1, 0.9)}
    assert pairs(decided(news, news, chances)) == [APPROVAL, REFUSAL, BUSINESS]


@pytest.mark.parametrize(
    ("times", "leads"), [(OUTVOTES - 0.1, APPROVAL), (OUTVOTES, REFUSAL), (OUTVOTES + 0.1, REFUSAL)]
)
def test_the_rules_lead_stands_unless_another_is_far_likelier(times: float, leads: Pair) -> None:
    chances = {APPROVAL: Chance(0.125, 0.5), REFUSAL: Chance(0.125 * times, 0.5)}
    assert leading_pair(APPROVAL, chances) == leads


def test_where_the_rules_are_silent_the_likeliest_leads_however_close() -> None:
    chances = {APPROVAL: Chance(0.49, 0.5), REFUSAL: Chance(0.51, 0.5)}
    assert leading_pair(None, chances) == REFUSAL
    assert leading_pair(APPROVAL, chances) == APPROVAL


def test_of_the_rules_news_beside_the_lead_the_unlikely_is_dropped() -> None:
    news = [placed(APPROVAL), placed(REFUSAL, 20)]
    kept = {APPROVAL: Chance(0.9, 0.9), REFUSAL: Chance(0.1, 0.1)}
    assert pairs(decided(news, news, kept)) == [APPROVAL, REFUSAL]
    assert pairs(decided(news, news, kept | {REFUSAL: Chance(0.1, 0.09)})) == [APPROVAL]


@pytest.mark.parametrize(("of_field", "leads"), [(False, BUSINESS), (True, APPROVAL)])
def test_no_news_outvotes_the_rules_only_where_the_field_is_in_doubt(
    of_field: bool, leads: Pair
) -> None:
    chances = {APPROVAL: Chance(0.1, 0.5), BUSINESS: Chance(0.8, 0.5), REFUSAL: Chance(0.1, 0.5)}
    assert leading_pair(APPROVAL, chances, of_field=of_field) == leads


def test_where_no_news_does_not_stand_the_next_that_is_far_likelier_leads() -> None:
    chances = {APPROVAL: Chance(0.05, 0.5), BUSINESS: Chance(0.6, 0.5), REFUSAL: Chance(0.35, 0.5)}
    assert leading_pair(APPROVAL, chances, of_field=True) == REFUSAL
