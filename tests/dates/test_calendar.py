"""Days and windows: the calendar's edges, and errors that say what to do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.dates import When, parse_iso
from eventrisk.dates import calendar as dates
from eventrisk.errors import DateError, EventRiskError
from eventrisk.labels import DatePrecision

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
YEARS = st.integers(1900, 2100)


@given(DAYS)
def test_every_day_of_the_two_centuries_comes_back(day: date) -> None:
    assert parse_iso(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("27.02.2008", "no date of the form YYYY-MM-DD"),
        ("2008-2-27", "no date of the form"),
        ("20080227", "no date of the form"),
        ("2008-02-27T10:00", "no date of the form"),
        (" 2008-02-27", "no date of the form"),
        ("", "no date of the form"),
        ("2023-02-29", "not in the calendar"),
        ("2023-13-01", "not in the calendar"),
        ("1899-12-31", "outside 1900–2100"),
        ("2101-01-01", "outside 1900–2100"),
        ("٢٠٠٨-٠٢-٢٧", "no date of the form"),
    ],
)
def test_a_wrong_date_says_what_is_wrong_and_where(text: str, says: str) -> None:
    with pytest.raises(DateError, match=says) as caught:
        parse_iso(text, "record 7")
    assert str(caught.value).startswith("record 7: ")
    assert isinstance(caught.value, EventRiskError | ValueError)


@given(st.one_of(st.text(max_size=9), st.integers(), st.none(), st.binary(max_size=12)))
def test_anything_else_is_a_date_error_and_nothing_worse(value: object) -> None:
    with pytest.raises(DateError):
        parse_iso(value)  # type: ignore[arg-type]


def test_a_long_wrong_date_is_not_repeated_in_full() -> None:
    with pytest.raises(DateError) as caught:
        parse_iso("x" * 10_000)
    assert len(str(caught.value)) < 200


@given(YEARS, st.integers(1, 4))
def test_the_quarters_of_any_year_tile_it(year: int, number: int) -> None:
    when = dates.quarter(year, number)
    assert when.earliest == date(year, 3 * number - 2, 1)
    following = dates.quarter(year + number // 4, number % 4 + 1)
    assert following.earliest == when.latest + timedelta(days=1)


@given(YEARS)
def test_halves_and_thirds_tile_the_year(year: int) -> None:
    assert dates.half(year, 1).latest == date(year, 6, 30)
    assert dates.half(year, 2) == When(date(year, 7, 1), date(year, 12, 31), DatePrecision.HALF)
    early, mid, late = (dates.third(dates.whole_year(year), part) for part in range(3))
    assert (early.latest, mid.earliest) == (date(year, 4, 30), date(year, 5, 1))
    assert (mid.latest, late.earliest, late.latest) == (
        date(year, 8, 31),
        date(year, 9, 1),
        date(year, 12, 31),
    )


@given(YEARS, st.integers(1, 12), st.integers(0, 2))
def test_the_parts_of_a_month_are_ten_days_ten_days_and_the_rest(
    year: int, month: int, part: int
) -> None:
    whole, when = dates.month(year, month), dates.third(dates.month(year, month), part)
    assert when.earliest.day == (1, 11, 21)[part]
    assert when.latest == (whole.latest if part == 2 else date(year, month, (10, 20)[part]))


def test_a_day_has_no_parts_and_february_30_is_no_day() -> None:
    single = dates.day(2026, 3, 31)
    assert dates.third(single, 0) == single
    assert dates.day(2026, 2, 30) is None


def test_winter_runs_into_the_next_year() -> None:
    assert dates.season(2026, 12) == When(
        date(2026, 12, 1), date(2027, 2, 28), DatePrecision.QUARTER
    )


def test_a_month_added_to_the_31st_ends_with_the_shorter_month() -> None:
    assert dates.add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert dates.add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)


@given(DAYS, st.integers(0, 10_000), st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_a_count_of_units_ends_later_or_is_refused(start: date, count: int, unit: str) -> None:
    end = dates.add(start, count, unit)
    assert end is None or start <= end <= start + timedelta(days=21 * 366)


def test_a_window_that_has_begun_starts_on_the_release_and_one_that_is_over_stays() -> None:
    second = dates.quarter(2025, 2)
    assert dates.cut_at_release(second, date(2025, 5, 1)).earliest == date(2025, 5, 1)
    assert dates.cut_at_release(second, date(2025, 8, 1)) == second
    assert dates.cut_at_release(second, None) == second


def test_by_x_runs_from_the_release_and_is_unresolved_without_one() -> None:
    assert dates.until(date(2026, 12, 31), date(2026, 6, 15)).earliest == date(2026, 6, 15)
    assert dates.until(date(2026, 12, 31), None) == dates.unresolved(DatePrecision.RANGE)
    assert dates.until(date(2026, 1, 1), date(2026, 6, 15)).earliest == date(2026, 1, 1)
