"""Events of whole releases: the lead, what is left out, the particulars, and the features made of
them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eventrisk.events import event_features, read_events
from eventrisk.events.cues import CueFinder
from eventrisk.events.facts import reasons_in
from eventrisk.labels import EntityLabel, SectionKind
from eventrisk.reading import Mention, Reading, Sentence
from eventrisk.results import Event, Vote
from eventrisk.rules import Rule, fold, rules

FINDER = CueFinder()
DATE = "2015-06-10"


def release(headline: str, *body: str, mentions: tuple[Mention, ...] = ()) -> Reading:
    """A reading of a headline and body sentences, one a line."""
    text, sentences, at = "\n".join((headline, *body)), [], 0
    for number, line in enumerate((headline, *body)):
        section = SectionKind.BODY if number else SectionKind.HEADLINE
        sentences.append(Sentence(at, at + len(line), section))
        at += len(line) + 1
    cues = FINDER.find(text, sentences, date.fromisoformat(DATE))
    return Reading(text, DATE, (), tuple(sentences), mentions, tuple(cues), (0, len(headline)))


def news(reading: Reading, votes: tuple[Vote, ...] = ()) -> list[tuple[str, str]]:
    return [
        (e.type, e.direction)
        for e in read_events(replace(reading, votes=votes))
        if e.assertion == "occurred"
    ]


def vote(
    reading: Reading, words: str, direction: str, body: str = "chmp", stage: str = "trend"
) -> Vote:
    start = reading.text.index(words)
    end = start + len(words)
    return Vote(body, None, stage, direction, None, None, None, False, None, "occurred", start, end)


def test_the_event_of_the_headline_is_the_lead_event() -> None:
    reading = release(
        "FDA Approves Lomera for Gout",
        "Norvena also completed enrollment in its Phase 2 trial of NV-110.",
    )
    assert news(reading) == [("approval", "positive")]


def test_a_headline_without_news_leaves_it_to_the_first_paragraph() -> None:
    reading = release(
        "Norvena Provides Regulatory Update",
        "Norvena today announced that the FDA has issued a complete response letter for Lomera.",
    )
    assert news(reading)[0] == ("complete_response", "negative")


def test_a_periodic_report_is_business_and_its_recap_is_no_news() -> None:
    reading = release(
        "Norvena Reports Second Quarter 2015 Financial Results",
        "Norvena today reported results for the second quarter.",
        "In May the FDA accepted the NDA for Lomera for review.",
    )
    assert news(reading) == [("business_other", "neutral")]


def test_no_cue_at_all_is_business() -> None:
    reading = release(
        "Norvena Wishes Everyone a Happy New Year", "We thank all who helped us along the way."
    )
    assert news(reading) == [("business_other", "neutral")]


def test_acceptance_priority_review_and_goal_date_come_in_that_order() -> None:
    reading = release(
        "FDA Accepts NDA for Lomera and Grants Priority Review",
        "The FDA assigned a PDUFA goal date of October 3, 2015.",
    )
    assert [type_ for type_, _ in news(reading)] == [
        "filing_accepted",
        "priority_review",
        "goal_date_set",
    ]


def test_approval_with_a_boxed_warning_leads_with_the_approval() -> None:
    assert news(release("FDA Approves Lomera With Boxed Warning"))[0] == ("approval", "positive")


def test_two_outcomes_in_one_headline_are_two_events() -> None:
    reading = release("Lomera Approved in Europe, Complete Response Letter Received From the FDA")
    assert news(reading) == [("approval", "positive"), ("complete_response", "negative")]


def test_the_approval_a_committee_recommends_is_no_approval() -> None:
    reading = release("FDA Advisory Committee Recommends Approval of Lomera")
    assert news(reading) == [("advisory_vote", "positive")]


def test_the_letter_that_is_appealed_is_no_news() -> None:
    reading = release("Norvena Appeals FDA's Not Approvable Letter")
    assert news(reading)[0][0] == "appeal"


def test_a_trial_stopped_for_success_is_good_and_one_stopped_for_futility_is_bad() -> None:
    good = news(release("Phase 3 Trial of Lomera Stopped Early for Overwhelming Efficacy"))
    bad = news(release("Norvena Stops Phase 3 Trial of Lomera for Futility"))
    assert good[0] == ("trial_status", "positive")
    assert {way for _, way in bad} == {"negative"}


def test_results_announced_without_a_word_take_the_direction_of_the_text() -> None:
    reading = release(
        "Norvena Announces Topline Results From Phase 3 Study",
        "The study did not meet its primary endpoint.",
    )
    assert news(reading) == [("topline_results", "negative")]


def test_an_approval_of_a_marketed_product_is_a_label_expansion() -> None:
    body = (
        "Today the FDA approved the supplemental New Drug Application for Lomera in kidney disease."
    )
    assert news(release("FDA Approves Lomera for Kidney Disease", body)) == [
        ("label_expansion", "positive")
    ]
    assert news(release("FDA Approves Lomera for Kidney Disease")) == [("approval", "positive")]


def test_a_trend_vote_against_and_an_opinion_to_come_are_one_event_of_today() -> None:
    reading = release(
        "Norvena Announces CHMP Trend Vote on Lomera",
        "Members gave a negative trend vote; a negative opinion is expected.",
    )
    assert news(reading, (vote(reading, "negative trend vote", "negative"),)) == [
        ("chmp_trend_vote", "negative")
    ]


def test_a_vote_gives_its_direction_to_a_headline_without_one() -> None:
    reading = release(
        "Norvena Announces Outcome of FDA Advisory Committee Meeting",
        "The panel voted 8 to 5 against it.",
    )
    record = vote(
        reading, "voted 8 to 5 against", "negative", "fda_advisory_committee", "recommendation"
    )
    assert news(reading, (record,)) == [("advisory_vote", "negative")]


def test_what_is_feared_is_listed_apart() -> None:
    reading = release(
        "Norvena Provides Corporate Update", "The FDA may impose a clinical hold on NV-110."
    )
    events = read_events(reading)
    assert ("clinical_hold", "hypothetical") in {(e.type, e.assertion) for e in events}
    assert ("clinical_hold", "negative") not in news(reading)


def test_news_of_others_is_business() -> None:
    assert news(release("Law Firm Investigates Norvena Following Clinical Hold")) == [
        ("business_other", "neutral")
    ]


def named(text: str, name: str, label: str, canonical: str) -> Mention:
    start = text.index(name)
    return Mention(label, start, start + len(name), canonical, SectionKind.HEADLINE)


def test_particulars_are_read_beside_the_cue() -> None:
    headline = "FDA Issues Complete Response Letter for Lomera in Gout"
    body = (
        "The FDA cited deficiencies at a third-party manufacturing facility in the letter of "
        "June 9, 2015."
    )
    mentions = (
        named(headline, "FDA", EntityLabel.AGENCY, "FDA"),
        named(headline, "Lomera", EntityLabel.DRUG, "lomerazole"),
        named(headline, "Gout", EntityLabel.INDICATION, "gout"),
    )
    event = read_events(release(headline, body, mentions=mentions))[0]
    assert (event.agency, event.drugs, event.indications) == ("FDA", ("lomerazole",), ("gout",))
    assert event.reasons == ("cmc_facility", "third_party_site")


def test_the_day_is_given_only_where_it_is_stated() -> None:
    assert read_events(release("FDA Approved Lomera on June 9, 2015"))[0].date == "2015-06-09"
    assert read_events(release("FDA Approves Lomera"))[0].date is None


def test_an_agency_is_implied_by_a_complete_response() -> None:
    assert read_events(release("Norvena Receives Complete Response Letter"))[0].agency == "FDA"


def test_a_letter_without_reasons_says_so() -> None:
    assert read_events(release("Norvena Receives Complete Response Letter"))[0].reasons == (
        "not_disclosed",
    )


@pytest.mark.parametrize("rule", rules("events/reasons.toml"), ids=lambda rule: rule.id)
def test_a_reason_hits_its_hit_and_misses_its_miss(rule: Rule) -> None:
    assert list(rule.spans(fold(rule.hit))), rule.hit
    assert not list(rule.spans(fold(rule.miss))), rule.miss


def test_a_negated_reason_is_no_reason() -> None:
    assert "safety" not in reasons_in(
        "the letter raised no concerns about the safety or efficacy of lomera"
    )
    assert "safety" in reasons_in("the letter raised concerns about the safety of lomera")


def test_probabilities_and_offsets_hold() -> None:
    reading = release("FDA Approves Lomera for Gout", "Lomera has been approved by the FDA.")
    for event in read_events(reading):
        assert 0.0 <= event.probability <= 1.0
        assert reading.text[event.start : event.end] == "FDA Approves"


def test_features_are_numbers_under_stable_names() -> None:
    reading = release("FDA Approves Lomera for Gout")
    features = event_features(read_events(reading), reading.cues)
    assert (
        features["lead=approval"]
        == features["lead=approval/positive"]
        == features["lead_direction"]
        == 1.0
    )
    assert features["news_positive"] == 1.0
    assert 0.0 < features["max_positive"] <= 1.0


def test_features_hold_a_vote_and_a_hypothetical_event() -> None:
    fear = Event("clinical_hold", "negative", "hypothetical", None, None, (), (), (), 0.5, 0, 1)
    lost = Event("advisory_vote", "negative", "occurred", None, None, (), (), (), 0.9, 0, 1)
    features = event_features((lost, fear), ())
    assert features["vote"] == -1.0
    assert features["hypothetical=clinical_hold/negative"] == 0.5
    assert "news=clinical_hold/negative" not in features


def test_a_cue_lies_in_the_past_where_the_vote_in_its_words_does() -> None:
    told = release("Norvena Gives an Update", "A panel of the FDA voted 3 to 11 against Lomera.")
    past = replace(vote(told, "voted 3 to 11", "negative", "fda_advisory_committee"))
    past = replace(past, stage="recommendation", assertion="historical")
    assert news(told, (past,)) == [("business_other", "neutral")]
    assert news(told, (replace(past, assertion="occurred"),)) == [("advisory_vote", "negative")]
