"""Dates as people have them become the day they mean, and nothing else does."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.dates import read_given
from eventrisk.errors import DateError

DAY = date(2025, 3, 4)
EAST = timezone(timedelta(hours=-5))


@pytest.mark.parametrize(
    "value",
    [
        "2025-03-04",
        " 2025-03-04 ",
        "20250304",
        20250304,
        20250304.0,
        DAY,
        datetime(2025, 3, 4, 23, 59),
        datetime(2025, 3, 4, 23, 59, tzinfo=EAST),
        pd.Timestamp("2025-03-04 16:05"),
        pd.Timestamp("2025-03-04 16:05", tz="America/New_York"),
        pd.Timestamp("2025-03-04").to_datetime64(),
        "2025-03-04T16:05:00",
        "2025-03-04T16:05:00.123456789",
        "2025-03-04 16:05",
        "2025-03-04T21:05Z",
        "2025-03-04T16:05:00-05:00",
        "2025-03-04 16:05:00 EST",
        "2025-03-04 16:05:00+0000",
        "20250304T160500Z",
        "2025/03/04",
        "2025/3/4",
        "2025-3-4",
        "2025.03.04",
        "Mar 4, 2025",
        "Mar. 4 2025",
        "March 4th, 2025",
        "4 March 2025",
        "4-Mar-2025",
        "2025/03/04 16:05",
        "March 4, 2025 4:05 PM",
    ],
)
def test_a_day_is_taken_in_the_forms_people_have_and_its_time_left_off(value: Any) -> None:
    assert read_given(value).day == DAY


@pytest.mark.parametrize("value", ["2008", 2008, 2008.0, "2008-02", " 2008 "])
def test_a_year_or_a_month_alone_is_no_day_and_no_error(value: Any) -> None:
    found = read_given(value)
    assert found.day is None
    assert found.words == str(value).strip().removesuffix(".0")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "03/04/2025",
        "2025-03-04x",
        "2025-03-04 at noon",
        "2025-02-30",
        "20250230",
        "2025-13",
        "202503",
        "1204070400",
        1204070400,
        "0999",
        20250304.5,
        True,
        "2025-0304",
        date(1776, 7, 4),
        b"2025-03-04",
        "2025103",
        "2025 103",
        "Mar 12025",
        "Mar 4",
        "March 2025",
        "February 30, 2025",
        "2025/02/30",
        "April 1, 1776",
        "approved on Mar 4, 2025",
    ],
)
def test_anything_else_is_refused_with_the_form_that_is_read(value: Any) -> None:
    with pytest.raises(DateError, match=r"record 7: .*(YYYY-MM-DD|lies outside 1900–2100)"):
        read_given(value, "record 7")


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)))
def test_every_moment_means_its_own_day_in_every_form(moment: datetime) -> None:
    forms = (moment, moment.date(), moment.isoformat(), str(moment), f"{moment:%Y%m%d}")
    assert {read_given(form).day for form in forms} == {moment.date()}


@pytest.mark.parametrize("value", ["03/04/2025", "3-4-2025", "04.03.2025", "3/14/2025", "5/5/2025"])
def test_two_numbers_before_a_year_are_refused_with_the_reason(value: str) -> None:
    with pytest.raises(DateError) as raised:
        read_given(value, "record 7")
    assert str(raised.value) == (
        f"record 7: {value!r} does not say which number is the day and which the month, as "
        f"countries differ; write YYYY-MM-DD, e.g. 2008-02-27, or name the month"
    )
