"""Days as texts state them: every spelling, to the character, and the look-alikes that are none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.dates import find_times
from eventrisk.dates.months import is_beside_month, is_month_stop, month_number
from eventrisk.dates.stated import Order, Required, stated_days, whole_day
from eventrisk.rules import fold
from spellings import spellings

RELEASE = date(2026, 11, 20)


def read(
    text: str, required: Required = Required.DAY
) -> list[tuple[str, int | None, int | None, int | None]]:
    return [
        (text[d.start : d.end], d.year, d.month, d.day)
        for d in stated_days(text, required=required)
    ]


def test_every_spelling_is_found_whole_in_a_sentence_folded_or_not() -> None:
    wrong = [
        (written, predicted)
        for written, day in spellings()
        for text in (f"The panel met on {written}, and voted.", f"on {written}")
        for shown in (text, fold(text))
        if (predicted := [(shown[d.start : d.end], d.date) for d in stated_days(shown)])
        != [(written if shown is text else fold(written), day)]
    ]
    assert wrong == []


def test_every_spelling_is_found_far_from_other_numbers() -> None:
    filler = "of the patients who were treated "
    text = "".join(f"{filler * 4}{written}. " for written, _ in spellings())
    assert [day.date for day in stated_days(text)] == [day for _, day in spellings()]


def test_every_spelling_is_a_value_of_its_own() -> None:
    wrong = [
        written
        for written, day in spellings()
        if (d := whole_day(written)) is None or d.date != day
    ]
    assert wrong == []


def test_every_spelling_is_a_time_of_that_one_day() -> None:
    wrong = [
        (written, windows)
        for written, day in spellings()
        if (
            windows := [
                (t.when.earliest, t.when.latest) for t in find_times(f"Due {written}.", None)
            ]
        )
        != [(day, day)]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "required", "expected"),
    [
        ("on Jan. 14, 2025 in", Required.DAY, [("Jan. 14, 2025", 2025, 1, 14)]),
        ("on 14 de enero de 2025", Required.DAY, [("14 de enero de 2025", 2025, 1, 14)]),
        ("le 1er mai 2024", Required.DAY, [("1er mai 2024", 2024, 5, 1)]),
        ("2025-01-14T08:00", Required.DAY, [("2025-01-14", 2025, 1, 14)]),
        ("BostonMay 5, 2010", Required.DAY, [("May 5, 2010", 2010, 5, 5)]),
        ("in Sept. 2025", Required.DAY, []),
        ("in Sept. 2025", Required.YEAR, [("Sept. 2025", 2025, 9, None)]),
        ("in January of 2025", Required.YEAR, [("January of 2025", 2025, 1, None)]),
        ("on May 13-14, 2025", Required.YEAR, [("May 13-14, 2025", 2025, 5, 14)]),
        ("in mid-2025", Required.YEAR, [("2025", 2025, None, None)]),
        ("on January 14", Required.YEAR, []),
        ("on January 14", Required.ANY, [("January 14", None, 1, 14)]),
        ("on the 14th of Sept", Required.ANY, [("14th of Sept", None, 9, 14)]),
        ("at its July meeting", Required.ANY, [("July", None, 7, None)]),
        ("in January voted 10-4", Required.ANY, [("January", None, 1, None)]),
    ],
)
def test_a_date_that_lacks_a_required_field_is_left_out(
    text: str, required: Required, expected: list[tuple[str, int | None, int | None, int | None]]
) -> None:
    assert read(text, required) == expected


@pytest.mark.parametrize(
    ("look_alike", "twin", "day"),
    [
        ("10/20/30 mg of Lomera", "10/20/30 in Boston", (2030, 10, 20)),
        ("serotypes 6/11/16/18", "on 6/11/16, 18", (2016, 6, 11)),
        ("citybuzz/2026/05/14/norvena", "dated 2026/05/14 by Norvena", (2026, 5, 14)),
        ("Phase 3 March 2025", "on 3 March 2025", (2025, 3, 3)),
        ("dismay 12, 2024", "on May 12, 2024", (2024, 5, 12)),
        ("trial 2025-01-14-22", "on 2025-01-14", (2025, 1, 14)),
    ],
)
def test_a_look_alike_is_no_day_and_its_twin_is(
    look_alike: str, twin: str, day: tuple[int, int, int]
) -> None:
    assert read(look_alike) == []
    assert [windows[1:] for windows in read(twin)] == [day]


@pytest.mark.parametrize(
    ("look_alike", "twin"),
    [
        ("the drug may help", "in May"),
        ("patients march on", "last March"),
        ("a dec of cards", "in Dec."),
        ("in january 10 to 4", "in january"),
    ],
)
def test_a_word_that_is_more_than_a_month_needs_a_preposition(look_alike: str, twin: str) -> None:
    assert [d.day for d in stated_days(look_alike, required=Required.ANY)] in ([], [None])
    assert len(read(twin, Required.ANY)) == 1


def test_numbers_are_read_in_the_one_order_that_is_a_date_and_left_open_where_both_are() -> None:
    orders = {
        "12/15/26": (Order.MONTH_FIRST, date(2026, 12, 15)),
        "15/12/26": (Order.DAY_FIRST, date(2026, 12, 15)),
        "05/05/2026": (Order.SAME, date(2026, 5, 5)),
        "03.04.2026": (Order.DOTTED, date(2026, 4, 3)),
        "03/04/2026": (Order.OPEN, None),
        "2026-04-03": (Order.YEAR_FIRST, date(2026, 4, 3)),
        "3 April 2026": (Order.NAMED, date(2026, 4, 3)),
    }
    stated = {written: next(stated_days(f"on {written} in")) for written in orders}
    assert {written: (day.order, day.date) for written, day in stated.items()} == orders
    assert stated["03/04/2026"].reading(month_first=False) == date(2026, 4, 3)
    assert stated["03/04/2026"].latest(RELEASE) == date(2026, 4, 3)


def test_a_year_of_two_digits_is_of_1970_to_2069() -> None:
    years = {short: next(stated_days(f"12/15/{short}")).year for short in ("70", "99", "00", "69")}
    assert years == {"70": 1970, "99": 1999, "00": 2000, "69": 2069}


@pytest.mark.parametrize(
    ("words", "latest"),
    [
        ("Jan. 14, 2025", date(2025, 1, 14)),
        ("February 2024", date(2024, 2, 29)),
        ("in 2025", date(2025, 12, 31)),
        ("in October", date(2026, 10, 31)),
        ("in December", date(2025, 12, 31)),
        ("December 5", date(2025, 12, 5)),
        ("Nov. 28", date(2026, 11, 28)),
        ("February 30, 2025", None),
    ],
)
def test_the_latest_day_is_the_last_that_the_words_allow(words: str, latest: date | None) -> None:
    assert next(stated_days(words, required=Required.ANY)).latest(RELEASE) == latest


def test_a_day_that_the_calendar_lacks_is_stated_without_a_date() -> None:
    assert [(d.day, d.date) for d in stated_days("on 30 February 2025")] == [(30, None)]


def test_a_date_that_is_cut_by_the_end_of_the_stretch_is_not_read() -> None:
    text = "on 12/15/2026"
    ends = {
        end
        for end in range(len(text) + 1)
        if list(stated_days(text, 0, end, required=Required.ANY))
    }
    assert ends == {len(text)}


@pytest.mark.parametrize("value", ["20080227", "2008 02 27", "2008-02-27 09:30", " 27-Feb-2008 "])
def test_a_value_may_be_written_as_tables_write_it(value: str) -> None:
    day = whole_day(value)
    assert day is not None
    assert day.date == date(2008, 2, 27)


@pytest.mark.parametrize("value", ["soon", "Q3 2008", "2008", "on 2008-02-27", "2008-02-27 to"])
def test_a_value_with_other_words_is_no_day(value: str) -> None:
    assert whole_day(value) is None


def test_the_stop_of_a_short_month_before_a_number_ends_no_clause() -> None:
    text = "Met Jan. 14. In sept. 2025 it closed. In June. Then 5 left in January. 14 stayed."
    stops = [at for at, sign in enumerate(text) if sign == "."]
    assert [text[at - 4 : at] for at in stops if is_month_stop(text, at)] == [" Jan", "sept"]


def test_a_month_is_known_by_its_name_in_any_case_and_by_three_letters_where_misspelt() -> None:
    names = {name: month_number(name) for name in ("SEPT.", "june", "März", "Sepember")}
    assert names == {"SEPT.": 9, "june": 6, "März": 3, "Sepember": 9}
    with pytest.raises(KeyError):
        month_number("Brumaire")


PIECES = (
    *("May ", "mars ", "Sept. ", "14", "3", "1st ", "2025", " 1999", "/", "-", ".", ", ", " of "),
    *("in ", "the ", "İ", "é", "\n", "T08:00", " mg"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@given(
    TEXTS | st.text(max_size=60), st.sampled_from(Required), st.integers(0, 60), st.integers(0, 60)
)
def test_days_lie_in_order_inside_the_stretch_and_read_the_same_alone(
    text: str, wanted: Required, start: int, end: int
) -> None:
    stated = list(stated_days(text, start, end, required=wanted))
    edges = [edge for day in stated for edge in (day.start, day.end)]
    assert edges == sorted(edges)
    assert all(start <= day.start < day.end <= min(end, len(text)) for day in stated)
    for day in stated if wanted is Required.DAY else ():
        alone = whole_day(text[day.start : day.end])
        assert alone is not None
        assert (alone.year, alone.month, alone.day) == (day.year, day.month, day.day)


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.sampled_from(["%B %d, %Y", "%d %b %Y"]))
def test_every_day_is_read_as_it_was_written(day: date, form: str) -> None:
    text = f"The panel met on {day.strftime(form)} in Boston."
    assert [d.date for d in stated_days(text)] == [day]


@pytest.mark.timeout(60)  # a watchdog: milliseconds when linear, minutes when not
@pytest.mark.parametrize("piece", ["May ", "14 May ", "in 2025 ", "12/12/", "Sept. 14 ", "20"])
@pytest.mark.parametrize("wanted", list(Required))
def test_hostile_repetition_does_not_hang(piece: str, wanted: Required) -> None:
    text = piece * (100_000 // len(piece))
    assert all(day.start < day.end for day in stated_days(text, required=wanted))


def test_no_number_outside_the_calendar_stops_the_question_for_the_latest_day() -> None:
    forms = ("{}/{}/2025", "{}-{}-2025", "{}.{}.2025", "{}/{}/25", "January {}, {}")
    texts = [form.format(a, b) for form in forms for a in range(40) for b in range(40)]
    days = [d.latest(RELEASE) for text in texts for d in stated_days(text, required=Required.ANY)]
    assert len(days) > 5_000
    assert next(stated_days("on 0/5/2025")).latest(RELEASE) is None
    assert next(stated_days("on 00/00/2025")).latest(RELEASE) is None


def test_days_of_a_month_stand_beside_its_name() -> None:
    for text, days in (
        ("january 14-15, 2025", "14-15"),
        ("on sept. 14-15", "14-15"),
        ("14-15 mai", "14-15"),
    ):
        start = text.index(days)
        assert is_beside_month(text, start, start + len(days)), text
    assert not is_beside_month("voted 14-15 marching", 6, 11)
    assert not is_beside_month("dismay 14-15", 7, 12)
