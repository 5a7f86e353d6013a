"""Plans with a time become catalysts; history, reporting periods, launches and calls do not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.catalysts import read_catalysts
from eventrisk.catalysts.planning import FILE
from eventrisk.errors import DateError
from eventrisk.labels import EventType, SectionKind
from eventrisk.reading import Mention, Reading, Sentence
from eventrisk.results import Catalyst
from eventrisk.rules import rules

RELEASE = "2026-06-15"


def reading(
    *lines: str,
    release: str | None = RELEASE,
    kinds: tuple[SectionKind, ...] = (),
    drugs: tuple[str, ...] = (),
) -> Reading:
    """Each line one sentence, of the body unless ``kinds`` says otherwise."""
    text, sentences, mentions = "", [], []
    for number, line in enumerate(lines):
        kind = kinds[number] if number < len(kinds) else SectionKind.BODY
        sentences.append(Sentence(len(text), len(text) + len(line), kind))
        for drug in drugs:
            if drug in line:
                at = len(text) + line.index(drug)
                mentions.append(Mention("drug", at, at + len(drug), drug.lower(), kind))
        text += line + "\n"
    return Reading(text, release, (), tuple(sentences), tuple(mentions))


def plans(
    *lines: str, release: str | None = RELEASE, **more
) -> list[tuple[str, str | None, str | None]]:
    return [
        (c.type, c.earliest, c.latest)
        for c in read_catalysts(reading(*lines, release=release, **more))
    ]


@pytest.mark.parametrize(
    ("line", "plan"),
    [
        (
            "The FDA assigned a PDUFA target action date of November 18, 2026.",
            ("approval", "2026-11-18", "2026-11-18"),
        ),
        (
            "The FDA is to act on the application by May 3, 2027.",
            ("approval", "2027-05-03", "2027-05-03"),
        ),
        (
            "A decision of the European Commission is awaited in the third quarter.",
            ("approval", "2026-07-01", "2026-09-30"),
        ),
        (
            "Top-line data from the Phase 3 NORTHWIND trial are expected in mid-2027.",
            ("topline_results", "2027-05-01", "2027-08-31"),
        ),
        (
            "Orvana plans to submit a New Drug Application by year-end.",
            ("submission", "2026-06-15", "2026-12-31"),
        ),
        (
            "An IND is to be filed in the fourth quarter of 2026.",
            ("submission", "2026-10-01", "2026-12-31"),
        ),
        (
            "The CHMP is expected to adopt its opinion next month.",
            ("chmp_opinion", "2026-07-01", "2026-07-31"),
        ),
        (
            "The Oncologic Drugs Advisory Committee will discuss velotinib on September 9, 2026.",
            ("advisory_vote", "2026-09-09", "2026-09-09"),
        ),
        (
            "The company expects to dose the first patient in the first half of 2027.",
            ("trial_status", "2027-01-01", "2027-06-30"),
        ),
        (
            "A Phase 2 trial should open in the third quarter.",
            ("trial_status", "2026-07-01", "2026-09-30"),
        ),
        (
            "Full data will be presented at a medical congress in September.",
            ("data_presentation", "2026-09-01", "2026-09-30"),
        ),
        (
            "A Type A meeting with the FDA is expected in October.",
            ("regulatory_feedback", "2026-10-01", "2026-10-31"),
        ),
        (
            "FDA feedback is anticipated within 60 days.",
            ("regulatory_feedback", "2026-06-15", "2026-08-14"),
        ),
        (
            "A reinspection of the site is expected in the second half of the year.",
            ("manufacturing_inspection", "2026-07-01", "2026-12-31"),
        ),
        (
            "Varlane will ask for a re-examination within 15 days.",
            ("appeal", "2026-06-15", "2026-06-30"),
        ),
        (
            "In the third quarter the company will report topline data.",
            ("topline_results", "2026-07-01", "2026-09-30"),
        ),
        ("$LRVN lorvatinib in RCC, PDUFA 8/14", ("approval", "2026-08-14", "2026-08-14")),
        ("lorvatinib adcom sept 16", ("advisory_vote", "2026-09-16", "2026-09-16")),
        ("6/28-29 FDA hearing on lorvatinib", ("advisory_vote", "2026-06-28", "2026-06-29")),
        ("CHANGED: FDA decision Jul 18 → Oct 18", ("approval", "2026-10-18", "2026-10-18")),
        ("adcom slides from 7/12 to september", ("advisory_vote", "2026-09-01", "2026-09-30")),
        ("readout goes from YE to 1H27", ("topline_results", "2027-01-01", "2027-06-30")),
        ("readout moved to 2H27 from 4Q26", ("topline_results", "2027-07-01", "2027-12-31")),
        ("IND cleared, first dosing Q3", ("trial_status", "2026-07-01", "2026-09-30")),
        ("A ruling is likely before Christmas.", ("approval", "2026-06-15", "2026-12-24")),
        ("It hopes to know by September.", ("topline_results", "2026-06-15", "2026-09-30")),
        (
            "The FDA has moved its deadline to September 26.",
            ("approval", "2026-09-26", "2026-09-26"),
        ),
        (
            "Orvana means to file with the FDA before the year is out.",
            ("submission", "2026-06-15", "2026-12-31"),
        ),
        ("The FDA panel meets next Friday.", ("advisory_vote", "2026-06-26", "2026-06-26")),
    ],
)
def test_a_plan_with_a_time_is_a_catalyst(line: str, plan: tuple[str, str, str]) -> None:
    assert plans(line) == [plan]


@pytest.mark.parametrize(
    ("plan", "twin"),
    [
        (
            "Results are expected in the third quarter.",
            "Third quarter financial results are expected in line with plan.",
        ),
        (
            "In the second quarter of 2026 Orvana expects to complete enrollment of the trial.",
            "In the second quarter of 2026 Orvana completed enrollment of the trial.",
        ),
        ("The panel will meet on July 14.", "The panel met on July 14."),
        (
            "The FDA is to decide by July 9, 2026.",
            "The conference call will be held on July 9, 2026.",
        ),
        (
            "The company plans to file an NDA in early 2027.",
            "The company has cash into early 2027.",
        ),
        ("Data are expected in 2027.", "The patent expires in 2027."),
        ("The trial will start in October.", "Commercial launch will start in October."),
        (
            "The goal date is September 4, 2026.",
            "The application had been under review with a goal date of September 4, 2026.",
        ),
        ("Data are expected in late 2026.", "Data, previously expected in late 2026, are delayed."),
        (
            "The advisory committee meets on October 13.",
            "The advisory committee meeting called for October 13 will not take place.",
        ),
        ("Results are due within 12 months.", "Results after 12 months of follow-up were good."),
        (
            "The FDA advisory panel meets on August 4.",
            "The investor conference takes place on August 4.",
        ),
        ("PDUFA date: 8/14", "Responses to data at the goal: 8/14 patients."),
        ("PDUFA 8/14 for lorvatinib", "PDUFA 8/14 >> CRL today, struck from calendar"),
        ("adcom on 7/17", "shareholders' meeting on 7/17"),
        ("FDA panel, but data by July 30", "FDA panel, but data not July 30"),
    ],
)
def test_a_plan_counts_and_its_near_miss_does_not(plan: str, twin: str) -> None:
    assert len(plans(plan)) == 1
    assert plans(twin) == []


def test_two_plans_of_one_sentence_are_two_catalysts() -> None:
    line = (
        "Orvana expects topline data in the third quarter and plans an NDA submission by year-end."
    )
    assert plans(line) == [
        ("topline_results", "2026-07-01", "2026-09-30"),
        ("submission", "2026-06-15", "2026-12-31"),
    ]


def test_a_moved_goal_date_gives_the_new_one_only() -> None:
    line = "The FDA moved the goal date for Candrelo from August 20 to November 20, 2026."
    assert plans(line) == [("approval", "2026-11-20", "2026-11-20")]


def test_a_time_belongs_to_the_event_of_its_own_clause() -> None:
    line = "The trial finished enrollment in May; results are due in the second quarter of 2027."
    assert plans(line) == [("topline_results", "2027-04-01", "2027-06-30")]


def test_a_plan_of_title_and_text_is_one_catalyst_with_the_more_precise_time() -> None:
    title, text = (
        "Topline Data Expected in Second Half of 2026",
        "Topline data are expected in October 2026.",
    )
    (found,) = read_catalysts(reading(title, text, kinds=(SectionKind.HEADLINE,)))
    assert (found.when, found.precision) == ("October 2026", "month")


def test_the_same_window_of_two_products_is_two_plans() -> None:
    lines = (
        "Data for AB-101 are expected in mid-2027.",
        "Data for AB-202 are expected in mid-2027.",
    )
    assert len(plans(*lines, drugs=("AB-101", "AB-202"))) == 2
    assert len(plans(*lines, drugs=("AB-101",))) == 1


@pytest.mark.parametrize(
    "kind", [SectionKind.SAFE_HARBOUR, SectionKind.CONTACTS, SectionKind.SAFETY_INFORMATION]
)
def test_risk_language_and_contacts_plan_nothing(kind: SectionKind) -> None:
    assert plans("Results are expected in October 2026.", kinds=(kind,)) == []
    assert len(plans("Results are expected in October 2026.", kinds=(SectionKind.QUOTE,))) == 1


def test_without_a_release_date_a_relative_plan_is_listed_unresolved() -> None:
    assert plans("The CHMP opinion is expected next month.", release=None) == [
        ("chmp_opinion", None, None)
    ]
    assert plans("Data are expected in June 2027.", release=None) == [
        ("topline_results", "2027-06-01", "2027-06-30")
    ]


def test_a_plan_whose_time_is_over_is_none() -> None:
    assert plans("Results are expected in the first quarter of 2026.") == []


def test_offsets_are_the_words_of_the_time() -> None:
    read = reading("Velmara reports.", "An opinion is expected early next year.")
    (found,) = read_catalysts(read)
    assert read.text[found.start : found.end] == found.when == "early next year"
    assert isinstance(found, Catalyst)


def test_a_catalyst_keeps_the_sentence_that_says_what_is_planned() -> None:
    lines = ("Norvena is well.", "Data from the trial are expected in the second quarter of 2027.")
    made = reading(*lines)
    (found,) = read_catalysts(made)
    assert made.text[found.sentence_start : found.sentence_end] == lines[1]
    assert made.text[found.start : found.end] == found.when == "second quarter of 2027"


def test_an_impossible_release_date_is_named() -> None:
    with pytest.raises(DateError, match=r"Reading\.date"):
        read_catalysts(reading("Data are expected in June.", release="2026-02-30"))


PIECES = st.sampled_from(
    [
        "topline data ",
        "expected ",
        "in Q3 2026 ",
        "NDA ",
        "file ",
        "by year-end ",
        "from May 2 ",
        "to July 4, 2026 ",
        "FDA ",
        "meeting ",
        "was ",
        "PDUFA date ",
        "of ",
        "in October ",
        "and ",
        "results ",
        "June ",
        "hold ",
    ]
)


@given(
    st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=14).map("".join)),
    st.none() | st.dates(date(1990, 1, 1), date(2100, 12, 31)),
)
def test_any_text_gives_catalysts_that_lie_ahead_with_exact_words(
    text: str, release: date | None
) -> None:
    read = reading(text, release=release.isoformat() if release else None)
    for found in read_catalysts(read):
        assert read.text[found.start : found.end] == found.when
        assert (found.sentence_start, found.sentence_end) in {
            (s.start, s.end) for s in read.sentences if s.start <= found.start < found.end <= s.end
        }
        assert EventType(found.type) != EventType.BUSINESS_OTHER
        assert found.latest is None or release is None or found.latest > release.isoformat()
    assert read_catalysts(read) == read_catalysts(read)


@pytest.mark.parametrize("rule", rules(FILE), ids=lambda rule: rule.id)
def test_every_catalyst_rule_hits_and_misses(rule) -> None:
    assert rule.regex.search(rule.hit)
    assert not rule.regex.search(rule.miss)
    assert rule.keys.get("type", "approval") in set(EventType)


@pytest.mark.timeout(60)  # a watchdog: milliseconds when linear, minutes when not
def test_a_hostile_line_does_not_hang() -> None:
    assert len(plans("the trial patients data are expected in Q3 2026 " * 2_000)) <= 1
