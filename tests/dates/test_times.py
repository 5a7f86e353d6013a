"""Times in text: their words to the character, and the windows of the guidelines."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.dates.periods import READERS
from eventrisk.dates.times import FILE, find_times
from eventrisk.labels import DatePrecision
from eventrisk.lexicon import terms
from eventrisk.rules import rules

RELEASE = date(2026, 6, 15)


def read(text: str, release: date | None = RELEASE) -> list[tuple[str, str, str]]:
    return [(t.words, str(t.when.earliest), str(t.when.latest)) for t in find_times(text, release)]


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("on March 31, 2027", "March 31, 2027", "2027-03-31", "2027-03-31"),
        ("on 31 March 2027", "31 March 2027", "2027-03-31", "2027-03-31"),
        ("on Sept. 3", "Sept. 3", "2026-09-03", "2026-09-03"),
        ("the March 3rd hearing", "March 3rd", "2027-03-03", "2027-03-03"),
        ("due 2027-03-31", "2027-03-31", "2027-03-31", "2027-03-31"),
        ("at its meeting of May 27-30, 2027", "May 27-30, 2027", "2027-05-27", "2027-05-30"),
        ("on 13-16 December 2027", "13-16 December 2027", "2027-12-13", "2027-12-16"),
        ("runs May 31 to June 4, 2027", "May 31 to June 4, 2027", "2027-05-31", "2027-06-04"),
        ("in Sept. 2026", "Sept. 2026", "2026-09-01", "2026-09-30"),
        ("in June 2026", "June 2026", "2026-06-15", "2026-06-30"),
        ("in January", "January", "2027-01-01", "2027-01-31"),
        ("IN OCTOBER", "OCTOBER", "2026-10-01", "2026-10-31"),
        ("at its July meeting", "July", "2026-07-01", "2026-07-31"),
        ("PDUFA 8/14, no adcom", "8/14", "2026-08-14", "2026-08-14"),
        ("in RCC (7/25)", "7/25", "2026-07-25", "2026-07-25"),
        ("data mid-Oct", "mid-Oct", "2026-10-11", "2026-10-20"),
        ("adcom oct 6", "oct 6", "2026-10-06", "2026-10-06"),
        ("data early 27", "early 27", "2027-01-01", "2027-04-30"),
        ("at the Feb mtg", "Feb", "2027-02-01", "2027-02-28"),
        ("before the year is out", "before the year is out", "2026-06-15", "2026-12-31"),
        ("Q3 2026", "Q3 2026", "2026-07-01", "2026-09-30"),
        ("in 3Q26", "3Q26", "2026-07-01", "2026-09-30"),
        ("in Q1'27", "Q1'27", "2027-01-01", "2027-03-31"),
        ("Q1/27 data", "Q1/27", "2027-01-01", "2027-03-31"),
        ("topline 2H'26", "2H'26", "2026-07-01", "2026-12-31"),
        ("launch mid-27", "mid-27", "2027-05-01", "2027-08-31"),
        ("early '27", "early '27", "2027-01-01", "2027-04-30"),
        ("filing FY27", "FY27", "2027-01-01", "2027-12-31"),
        ("NDA YE26", "YE26", "2026-06-15", "2026-12-31"),
        ("Jan '27", "Jan '27", "2027-01-01", "2027-01-31"),
        ("due inApril 2027", "April 2027", "2027-04-01", "2027-04-30"),
        ("in June/July 2027", "June/July 2027", "2027-06-01", "2027-07-31"),
        ("over the coming year", "over the coming year", "2026-06-15", "2027-06-15"),
        ("third quarter of 2026", "third quarter of 2026", "2026-07-01", "2026-09-30"),
        (
            "the third calendar quarter of 2027",
            "third calendar quarter of 2027",
            "2027-07-01",
            "2027-09-30",
        ),
        ("in the third quarter", "third quarter", "2026-07-01", "2026-09-30"),
        ("in the first quarter", "first quarter", "2027-01-01", "2027-03-31"),
        ("first quarter of next year", "first quarter of next year", "2027-01-01", "2027-03-31"),
        ("in the December quarter", "December quarter", "2026-10-01", "2026-12-31"),
        ("in the first half of 2027", "first half of 2027", "2027-01-01", "2027-06-30"),
        ("first half of calendar 2027", "first half of calendar 2027", "2027-01-01", "2027-06-30"),
        ("in 1H27", "1H27", "2027-01-01", "2027-06-30"),
        ("in H2 2026", "H2 2026", "2026-07-01", "2026-12-31"),
        ("second half of the year", "second half of the year", "2026-07-01", "2026-12-31"),
        ("in early 2027", "early 2027", "2027-01-01", "2027-04-30"),
        ("in mid-2027", "mid-2027", "2027-05-01", "2027-08-31"),
        ("late in 2027", "late in 2027", "2027-09-01", "2027-12-31"),
        ("early in the year 2027", "early in the year 2027", "2027-01-01", "2027-04-30"),
        ("early next year", "early next year", "2027-01-01", "2027-04-30"),
        ("in early to mid-2027", "early to mid-2027", "2027-01-01", "2027-08-31"),
        ("at mid-year", "mid-year", "2026-06-15", "2026-08-31"),
        ("late June", "late June", "2026-06-21", "2026-06-30"),
        ("mid-September 2026", "mid-September 2026", "2026-09-11", "2026-09-20"),
        ("end of August", "end of August", "2026-08-21", "2026-08-31"),
        ("early in the third quarter", "early in the third quarter", "2026-07-01", "2026-07-31"),
        ("next month", "next month", "2026-07-01", "2026-07-31"),
        ("this month", "this month", "2026-06-15", "2026-06-30"),
        ("later this year", "later this year", "2026-06-15", "2026-12-31"),
        ("next year", "next year", "2027-01-01", "2027-12-31"),
        ("in 2027", "2027", "2027-01-01", "2027-12-31"),
        ("in the coming weeks", "in the coming weeks", "2026-06-15", "2026-07-31"),
        ("in the coming months", "in the coming months", "2026-06-15", "2026-12-15"),
        ("within 60 days", "within 60 days", "2026-06-15", "2026-08-14"),
        (
            "within the next two quarters",
            "within the next two quarters",
            "2026-06-15",
            "2026-12-15",
        ),
        ("over the next 12 months", "over the next 12 months", "2026-06-15", "2027-06-15"),
        ("in approximately six months", "in approximately six months", "2026-12-01", "2026-12-31"),
        ("by year-end", "by year-end", "2026-06-15", "2026-12-31"),
        ("year-end 2027", "year-end 2027", "2026-06-15", "2027-12-31"),
        ("around year-end", "around year-end", "2026-12-01", "2027-01-31"),
        ("by the end of 2027", "by the end of 2027", "2026-06-15", "2027-12-31"),
        ("by mid-2027", "by mid-2027", "2026-06-15", "2027-08-31"),
        ("before the end of the year", "before the end of the year", "2026-06-15", "2026-12-31"),
        ("before March 2027", "before March 2027", "2026-06-15", "2027-02-28"),
        ("no later than October 3", "no later than October 3", "2026-06-15", "2026-10-03"),
        (
            "as early as the fourth quarter",
            "as early as the fourth quarter",
            "2026-10-01",
            "2026-12-31",
        ),
        ("not expected before 2028", "not expected before 2028", "2028-01-01", "2028-12-31"),
        ("on or about July 1, 2026", "on or about July 1, 2026", "2026-07-01", "2026-07-01"),
        ("between March and June 2027", "between March and June 2027", "2027-03-01", "2027-06-30"),
        ("Q3 or Q4 2026", "Q3 or Q4 2026", "2026-07-01", "2026-12-31"),
        ("late 2026 or early 2027", "late 2026 or early 2027", "2026-09-01", "2027-04-30"),
        ("this summer", "summer", "2026-06-15", "2026-08-31"),
        ("in the spring of 2027", "spring of 2027", "2027-03-01", "2027-05-31"),
        ("in early autumn", "early autumn", "2026-09-01", "2026-09-30"),
        ("FDA advisers meet Thursday", "Thursday", "2026-06-18", "2026-06-18"),
        (
            "the fiscal year ending March 2028",
            "fiscal year ending March 2028",
            "2027-04-01",
            "2028-03-31",
        ),
        ("Feb. 29", "Feb. 29", "2028-02-29", "2028-02-29"),
    ],
)
def test_the_words_of_a_time_give_its_window(text: str, words: str, first: str, last: str) -> None:
    assert read(text) == [(words, first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "Patients may 2 times a day take it, and they march on.",
        "A quarter of the patients fell; the other half of the study did not.",
        "Doses rose in the second half of the study.",
        "Antibodies to H1N1 were seen in 2027 patients.",
        "Survival within 30 days of dosing was 90%.",
        "Pressure fell in six months of treatment.",
        "The year saw progress; at mid-dose, 24-52 weeks passed.",
        "The fall in blood pressure was 3.5 (2027-031-22).",
        "Phase 3 March of Dimes units",
    ],
)
def test_near_misses_of_times_are_no_times(text: str) -> None:
    assert read(text) == []


def test_a_fiscal_year_and_an_impossible_day_stay_unresolved() -> None:
    assert read("in the fourth quarter of fiscal 2027") == [
        ("fourth quarter of fiscal 2027", "None", "None")
    ]
    assert read("on February 30, 2027") == [("February 30, 2027", "None", "None")]


def test_a_year_named_once_holds_for_both_times() -> None:
    assert [
        t[1:] for t in read("in the second quarter and the second half of 2027, respectively")
    ] == [
        ("2027-04-01", "2027-06-30"),
        ("2027-07-01", "2027-12-31"),
    ]


def test_two_dates_of_a_move_are_not_a_range() -> None:
    assert [t[0] for t in read("moved from February 20 to May 20, 2027")] == [
        "February 20",
        "May 20, 2027",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "next month",
        "in Q3",
        "in October",
        "within 60 days",
        "by year-end",
        "early next year",
        "later this year",
        "Friday",
    ],
)
def test_without_a_release_date_relative_times_stay_unresolved(text: str) -> None:
    assert [t[1:] for t in read(text, None)] == [("None", "None")]


def test_without_a_release_date_dated_times_are_read_in_full() -> None:
    assert read("in June 2026 or the first half of 2027", None)[0][1:] == (
        "2026-06-01",
        "2027-06-30",
    )
    assert read("on March 31, 2009", None) == [("March 31, 2009", "2009-03-31", "2009-03-31")]


PIECES = st.sampled_from(
    [
        "by ",
        "the end of ",
        "early ",
        "mid-",
        "late ",
        "Q3",
        " 2026",
        "third quarter",
        " of ",
        "June",
        " 31",
        ", ",
        "or ",
        "between ",
        " and ",
        "May 2",
        "half",
        "second ",
        "next ",
        "year",
        "month",
        "within ",
        "999 ",
        "days",
        "9999",
    ]
)


@given(
    st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=9).map("".join)),
    st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31)),
)
def test_any_text_gives_exact_offsets_in_order_and_windows_the_right_way_round(
    text: str, release: date | None
) -> None:
    end = 0
    for time in find_times(text, release):
        assert text[time.start : time.end] == time.words
        assert end <= time.start < time.end
        end = time.end
        assert (time.when.earliest is None) == (time.when.latest is None)
        assert time.when.earliest is None or time.when.earliest <= time.when.latest
        assert time.when.precision in DatePrecision


@given(st.integers(1996, 2099), st.integers(1, 4))
def test_all_spellings_of_a_quarter_agree(year: int, number: int) -> None:
    ordinal = ("first", "second", "third", "fourth")[number - 1]
    forms = [
        f"Q{number} {year}",
        f"{number}Q {year}",
        f"{ordinal} quarter of {year}",
        f"{ordinal.upper()} QUARTER {year}",
    ]
    assert len({(t[1], t[2]) for form in forms for t in read(form, date(1990, 1, 1))}) == 1


@pytest.mark.parametrize("rule", rules(FILE), ids=lambda rule: rule.id)
def test_every_time_rule_hits_its_hit_misses_its_miss_and_has_a_reader(rule) -> None:
    assert rule.regex.search(rule.hit)
    assert not rule.regex.search(rule.miss)
    assert rule.role != "period" or rule.keys["means"] in READERS
    assert all(rule.can_match(one.hit.lower()) for one in rule.alternatives)


def test_every_word_of_the_table_is_lower_case_and_stands_once_in_its_kind() -> None:
    rows = [(row["kind"], row["word"]) for row in terms("dates/time_words.tsv")]
    assert len(rows) == len(set(rows))
    assert all(word == word.lower() for _, word in rows)


@pytest.mark.timeout(60)  # a watchdog: milliseconds when linear, minutes when not
@pytest.mark.parametrize(
    "piece",
    ["by the end of ", "June ", "Q3 ", "in 2027 or ", "the year ", "1 ", "within 30 ", "- "],
)
def test_hostile_repetition_does_not_hang(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(text[t.start : t.end].strip() for t in find_times(text, RELEASE))
