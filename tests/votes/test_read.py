"""One record for each outcome: committee, direction, tally, assertion; near misses give none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.labels import SectionKind
from eventrisk.names.agencies import AgencyFinder
from eventrisk.reading import Mention, Reading, Sentence
from eventrisk.results import Vote
from eventrisk.votes import read_votes
from eventrisk.votes.tallies import Tally, read_tally

AGENCIES = AgencyFinder()
HEAD, BODY, ABOUT, RISK = (
    SectionKind.HEADLINE,
    SectionKind.BODY,
    SectionKind.ABOUT,
    SectionKind.SAFE_HARBOUR,
)


def reading(
    *parts: tuple[SectionKind, str], date: str | None = "2016-05-20", named: bool = True
) -> Reading:
    """A reading whose sentences are the parts, each on a line of its own."""
    text, sentences = "", []
    for section, words in parts:
        sentences.append(Sentence(len(text), len(text) + len(words), section))
        text += words + "\n"
    candidates = AGENCIES.find(text) if named else []
    mentions = tuple(Mention("agency", f.start, f.end, f.canonical, BODY) for f in candidates)
    return Reading(text, date, (), tuple(sentences), mentions)


def votes(*parts: tuple[SectionKind, str]) -> list[Vote]:
    return list(read_votes(reading(*parts)))


def news(
    *parts: tuple[SectionKind, str],
) -> list[tuple[str, str, int | None, int | None, int | None]]:
    return [
        (v.body.value, v.direction.value, v.yes, v.no, v.abstain)  # type: ignore[attr-defined]
        for v in votes(*parts)
        if v.assertion == "occurred"
    ]


FDA, CHMP, ACIP, OTHER = "fda_advisory_committee", "chmp", "acip", "other_committee"
UP, DOWN, EVEN = "positive", "negative", "split"


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("FDA panel voted 10-4 against Tolvidin", (FDA, DOWN, 4, 10, None)),
        ("FDA panel voted ten to four in favor of Tolvidin", (FDA, UP, 10, 4, None)),
        ("FDA panel votes 13-0 to recommend Tolvidin", (FDA, UP, 13, 0, None)),
        ("ODAC backs Tolvidin by a vote of 9 to 2 with one abstention", (FDA, UP, 9, 2, 1)),
        ("In the FDA committee 14 of 15 members voted in favor", (FDA, UP, 14, 1, None)),
        ("FDA committee's result: 12 yes, 3 no, 1 abstaining", (FDA, UP, 12, 3, 1)),
        (
            "FDA panel votes 8-6 that another trial is needed before approval",
            (FDA, DOWN, 6, 8, None),
        ),
        ("FDA panel voted 9 to 3 that effectiveness had not been shown", (FDA, DOWN, 3, 9, None)),
        ("FDA Panel Deadlocked 7-7 on Tolvidin", (FDA, EVEN, 7, 7, None)),
        ("FDA panel voted 4-13 on whether Tolvidin should be approved", (FDA, DOWN, 4, 13, None)),
        ("FDA panel rejected Tolvidin in a 9-5 vote", (FDA, DOWN, 5, 9, None)),
        ("The FDA panel voted on Tolvidin (Yes: 10; No: 4; Abstain: 1)", (FDA, UP, 10, 4, 1)),
        ("Of the 17 members of the FDA panel, 14 voted in favor", (FDA, UP, 14, 3, None)),
        ("FDA Panel Unanimously Rejects Tolvidin", (FDA, DOWN, None, None, None)),
        ("CHMP recommends approval of Tolvidin", (CHMP, UP, None, None, None)),
        ("Tolvidin recommended for approval by the CHMP", (CHMP, UP, None, None, None)),
        ("CPMP adopts negative opinion on Tolvidin", (CHMP, DOWN, None, None, None)),
        ("EMA panel says no to Tolvidin", (CHMP, DOWN, None, None, None)),
        ("CDC's advisers vote 9-5 for Tolvavax", (ACIP, UP, 9, 5, None)),
        ("NICE does not recommend Tolvidin", (OTHER, DOWN, None, None, None)),
        ("Panel Votes Against Tolvidin, FDA Says", (FDA, DOWN, None, None, None)),
        ("Advisers Split 8-8 on Tolvidin", (FDA, EVEN, 8, 8, None)),
        ("FDA Committee Sees Benefit of Tolvidin, 12-0", (FDA, UP, 12, 0, None)),
        ("ODAC Votes 0-9-2 on Tolvidin", (FDA, DOWN, 0, 9, 2)),
        ("Nod From CHMP for Tolvidin", (CHMP, UP, None, None, None)),
        ("EU Panel Snubs Tolvidin", (CHMP, DOWN, None, None, None)),
        ("NICE Turns Down Tolvidin", (OTHER, DOWN, None, None, None)),
        ("Only seven of sixteen on FDA panel back Tolvidin", (FDA, DOWN, 7, 9, None)),
        ("Ten out of ten: FDA panel behind Tolvidin", (FDA, UP, 10, 0, None)),
        ("Tolvidin Goes Down 3-11 Before FDA Advisers", (FDA, DOWN, 3, 11, None)),
        ("FDA Panel Opposes Tolvidin 10-3", (FDA, DOWN, 3, 10, None)),
        ("A 10-to-6 No From FDA Experts on Tolvidin", (FDA, DOWN, 6, 10, None)),
        ("FDA Panel Finds Tolvidin Not Approvable", (FDA, DOWN, None, None, None)),
        ("Tolvidin Clears FDA Panel Hurdle", (FDA, UP, None, None, None)),
        ("FDA Panel Evenly Divided Over Tolvidin", (FDA, EVEN, None, None, None)),
        ("FDA panel votes 12 to 3 that no further study is needed", (FDA, UP, 12, 3, None)),
        ("FDA panel's answer was no, by a margin of 9 to 3", (FDA, DOWN, 3, 9, None)),
        ("Three yes votes met eight noes in the FDA panel", (FDA, DOWN, 3, 8, None)),
        ("None of the 14 members of the FDA panel voted for approval", (FDA, DOWN, 0, 14, None)),
        (
            "Of 13 members of the FDA panel, only four thought that benefits outweigh risks",
            (FDA, DOWN, 4, 9, None),
        ),
        ("Japanese Drug Panel Endorses Tolvidin", (OTHER, UP, None, None, None)),
        ("EMA Safety Committee Recommends Restricting Tolvidin", (OTHER, DOWN, None, None, None)),
    ],
)
def test_a_headline_gives_body_direction_and_tally(
    headline: str, expected: tuple[object, ...]
) -> None:
    assert news((HEAD, headline)) == [expected]


@pytest.mark.parametrize(
    ("vote", "twin"),
    [
        ("The FDA panel voted 3 to 1 in favor", "The FDA panel saw a trial with 3:1 randomisation"),
        ("The FDA panel voted 24-5 in favor", "The FDA panel saw data of weeks 24-52"),
        ("The FDA panel split 2-1", "The home team won 2-1 as the FDA panel met"),
        (
            "The FDA panel voted 8-2 in favor",
            "The Scientific Advisory Board voted 8-2 in favor, not the FDA",
        ),
        (
            "The FDA panel voted 8-2 in favor",
            "Shareholders voted 8-2 in favor of the merger; the FDA was told",
        ),
        (
            "The FDA panel voted unanimously to recommend it",
            "The board voted unanimously to recommend the offer",
        ),
        (
            "The CHMP adopted a positive opinion",
            "A positive opinion of the CHMP is expected in June",
        ),
        ("The CHMP adopted a negative opinion", "Norvena expects a negative opinion of the CHMP"),
        (
            "The CHMP's final opinion is negative",
            "We will appeal if the CHMP's final opinion is negative",
        ),
        ("The FDA panel voted to recommend it", "A vote of the FDA panel is scheduled for June"),
        ("The CHMP adopted a positive opinion", "The CHMP has not adopted a positive opinion"),
    ],
)
def test_a_vote_is_news_and_its_near_miss_is_not(vote: str, twin: str) -> None:
    assert len(news((HEAD, vote))) == 1
    assert news((HEAD, twin)) == []


def test_a_trend_vote_and_the_opinion_to_come_are_two_records() -> None:
    predicted = votes(
        (HEAD, "Norvena Reports Outcome of Oral Explanation"),
        (
            BODY,
            (
                "A non-binding trend vote showed that a slight majority of the votes by CHMP "
                "members was not in favor."
            ),
        ),
        (BODY, "Norvena expects a negative opinion of the CHMP in June."),
        (BODY, "If the final opinion is negative, Norvena will appeal."),
    )
    assert [v.assertion for v in predicted] == ["occurred", "scheduled", "hypothetical"]
    vote = predicted[0]
    assert (vote.body, vote.stage, vote.direction, vote.binding, vote.margin) == (
        "chmp",
        "trend",
        "negative",
        False,
        "slight majority",
    )
    assert (vote.yes, vote.no, vote.abstain) == (None, None, None)


@pytest.mark.parametrize(
    ("sentence", "direction", "margin"),
    [
        (
            (
                "The CHMP held a trend vote: a narrow majority of its members did not favor a "
                "positive opinion."
            ),
            "negative",
            "narrow majority",
        ),
        (
            "The CHMP held a trend vote: a clear majority of its members were in favour.",
            "positive",
            "clear majority",
        ),
        ("The CHMP's trend vote was negative.", "negative", None),
    ],
)
def test_a_trend_vote_without_numbers_holds_the_words_of_its_margin(
    sentence: str, direction: str, margin: str | None
) -> None:
    predicted = votes((BODY, sentence))
    assert [(v.stage, v.direction, v.margin, v.committee) for v in predicted] == [
        ("trend", direction, margin, "CHMP")
    ]


def test_a_paraphrase_is_no_name_but_a_trend_vote_is_the_chmps() -> None:
    assert [
        v.committee
        for v in votes((HEAD, "Norvena Told of Unfavorable Informal Vote After Oral Explanation"))
    ] == ["CHMP"]
    assert [v.committee for v in votes((HEAD, "FDA panel snubs Tolvidin"))] == ["FDA panel"]


def test_headline_lead_paragraph_and_quote_give_one_record_at_its_numbers() -> None:
    release = reading(
        (HEAD, "FDA Advisory Committee Votes Against Tolvidin"),
        (
            BODY,
            (
                "Norvena announced that the Oncologic Drugs Advisory Committee voted 10 to 4 "
                "against approval."
            ),
        ),
        (BODY, '"We are disappointed by the negative vote of the ODAC," said the chief executive.'),
    )
    predicted = read_votes(release)
    assert len(predicted) == 1
    assert (predicted[0].yes, predicted[0].no, predicted[0].committee, predicted[0].stage) == (
        4,
        10,
        "ODAC",
        "recommendation",
    )
    assert release.text[predicted[0].start : predicted[0].end] == "voted 10 to 4 against approval"


def test_each_question_put_to_a_panel_is_a_record_of_its_own() -> None:
    assert news(
        (HEAD, "FDA Panel Divided on Tolvidin"),
        (BODY, "Today the panel voted 12 to 2 that efficacy had been shown and 5 to 9 on safety."),
        (
            BODY,
            (
                "Asked whether another trial should be completed before approval, ten of 14 "
                "members answered yes."
            ),
        ),
    ) == [(FDA, UP, 12, 2, None), (FDA, DOWN, 5, 9, None), (FDA, DOWN, 10, 4, None)]


def test_a_second_vote_without_numbers_needs_words_that_say_so() -> None:
    first = (BODY, "Norvena announced that ACIP voted to recommend Tolvavax for infants.")
    again = (BODY, "ACIP voted to recommend two doses.")
    other = (BODY, "Additionally, the ACIP unanimously voted to include Tolvavax in the programme.")
    assert len(news(first, again)) == 1
    assert len(news(first, other)) == 2


def test_two_bodies_in_one_release_give_two_records() -> None:
    assert news(
        (HEAD, "Norvena reports on two committee meetings"),
        (BODY, "The FDA advisory committee voted 12 to 7 in favor of Evosta."),
        (BODY, "The CHMP adopted a negative opinion on Evosta."),
    ) == [(FDA, UP, 12, 7, None), (CHMP, DOWN, None, None, None)]


def test_after_a_re_examination_the_former_opinion_is_history() -> None:
    predicted = votes(
        (HEAD, "After re-examination, CHMP recommends approval of Tolvidin"),
        (BODY, "The negative opinion of December 2015 is thereby replaced."),
    )
    assert [(v.direction, v.assertion) for v in predicted] == [
        ("positive", "occurred"),
        ("negative", "historical"),
    ]


@pytest.mark.parametrize(
    "background",
    [
        "In July 2014 the FDA advisory committee had voted 7 to 6 against approval.",
        "The approval comes eight months after the FDA advisory committee voted 7 to 6 against it.",
        "The decision follows the positive opinion of the CHMP.",
        "The CHMP adopted a positive opinion in November 2015.",
    ],
)
def test_a_vote_of_an_earlier_time_is_history(background: str) -> None:
    predicted = votes(
        (HEAD, "FDA Approves Tolvidin"), (BODY, "Norvena said so today."), (BODY, background)
    )
    assert [v.assertion for v in predicted] == ["historical"]


def test_a_vote_in_the_background_of_another_story_is_history_and_an_announced_one_is_not() -> None:
    filler = [(BODY, "Tolvidin is a tablet.")] * 5
    vote = (BODY, "The FDA panel voted 9 to 2 in favor.")
    assert news((HEAD, "Norvena Names New Chairman"), *filler, vote) == []
    assert news(
        (HEAD, "Norvena Announces Outcome of FDA Advisory Committee Meeting"), *filler, vote
    ) == [(FDA, UP, 9, 2, None)]


def test_risk_language_holds_no_votes() -> None:
    assert (
        votes((RISK, "The CHMP adopted a negative opinion and the panel voted 9 to 2 against."))
        == []
    )


def test_without_mentions_the_committee_is_looked_up() -> None:
    release = reading(
        (HEAD, "Oncologic Drugs Advisory Committee votes 10-1 in favor of Tolvidin"), named=False
    )
    assert [(v.body, v.committee) for v in read_votes(release)] == [(FDA, "ODAC")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("fourteen to none", Tally(14, 0, None, True)),
        ("twenty-one to three", Tally(21, 3, None, True)),
        ("nine members on each side", Tally(9, 9)),
        ("all 12 members voted yes", Tally(12, 0)),
        ("seven for, ten against and one abstention", Tally(7, 10, 1)),
        ("13-0, with no abstentions", Tally(13, 0, 0, True)),
        ("11-2-1", Tally(11, 2, 1, True)),
        ("unanimously", None),
        ("aged 12 to 17 years", None),
    ],
)
def test_tallies_are_read_in_figures_and_words(words: str, expected: Tally | None) -> None:
    assert read_tally(words) == expected


@given(st.integers(0, 30), st.integers(0, 30))
def test_any_tally_comes_back_as_written(yes: int, no: int) -> None:
    direction = EVEN if yes == no else (UP if yes > no else DOWN)
    assert news((HEAD, f"The FDA panel voted {yes} yes and {no} no on Tolvidin")) == [
        (FDA, direction, yes, no, None)
    ]


PIECES = [
    "The FDA panel",
    "voted",
    "10 to 4",
    "against",
    "CHMP",
    "positive opinion",
    ".",
    "expects a",
    "in May 2010",
    "1",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=15).map(" ".join),
    st.sampled_from([None, "2016-05-20"]),
)
def test_offsets_lie_in_the_text_and_a_second_reading_gives_equal_records(
    text: str, date: str | None
) -> None:
    release = reading((BODY, text), date=date)
    predicted = read_votes(release)
    assert all(0 <= v.start < v.end <= len(release.text) for v in predicted)
    assert predicted == read_votes(release)


def test_a_headline_and_the_sentence_with_the_abstention_are_one_outcome() -> None:
    lead = "The FDA panel voted 9 to 6, with one abstention, against Tolvidin today"
    assert news((HEAD, "FDA Panel Votes 9-6 Against Tolvidin"), (BODY, lead)) == [
        (FDA, DOWN, 6, 9, 1)
    ]


def test_a_panel_with_two_answers_in_one_headline_gives_two_outcomes() -> None:
    predicted = news((HEAD, "CHMP Backs Tolvidin in Adults, Turns Down Use in Infants"))
    assert predicted == [(CHMP, UP, None, None, None), (CHMP, DOWN, None, None, None)]


@pytest.mark.parametrize(
    "headline",
    [
        "FDA Panel to Review Tolvidin on June 12-13",
        "FDA Panel to Weigh Tolvidin in 18-24 Month Olds",
        "Norvena Board Votes 7-0 for Merger",
        "Norvena Awaits FDA Panel Verdict on Tolvidin",
        "Norvena Randomizes Patients 3-1 as FDA Panel Nears",
        "FDA panel meets; odds of approval put at 40-60",
        "Guideline Panel Backs Tolvidin in Asthma",
        "EMA Backs Design of Tolvidin Trial in Scientific Advice",
    ],
)
def test_a_headline_without_an_outcome_gives_none(headline: str) -> None:
    assert news((HEAD, headline)) == []
