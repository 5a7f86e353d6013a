"""Dates of labelled data in forms other than ISO."""

from __future__ import annotations

from checked_records import kinds, problems, record
from eventrisk.checking.dates import corrected_day
from eventrisk.checking.problem import Severity
from eventrisk.dates.stated import whole_day
from spellings import spellings


def test_every_spelling_of_a_day_is_read() -> None:
    assert [
        written for written, day in spellings() if corrected_day(whole_day(written), None) != day
    ] == []


def test_the_caller_decides_the_order_of_an_open_date() -> None:
    read = {first: corrected_day(whole_day("03/04/26"), first) for first in (True, False, None)}
    assert {first: day and day.isoformat() for first, day in read.items()} == {
        True: "2026-03-04",
        False: "2026-04-03",
        None: None,
    }


def test_a_date_in_a_short_form_is_mended_and_an_open_one_is_not() -> None:
    assert [p.edits[0][1] for p in problems(record("One.", date="25/09/26"))] == ["2026-09-25"]
    assert [p.edits for p in problems(record("One.", date="03/04/26"))] == [()]


def test_a_date_that_analyze_many_takes_is_no_problem() -> None:
    taken = (
        *("2026-09-03 08:00", "2026-09-03T08:00:00Z", "20260903", "2026-09-03 16:05:00+02:00"),
        *("Sept. 3rd, 2026", "3 September 2026"),
    )
    assert [kinds(record("One.", date=written)) for written in taken] == [[]] * 6
    assert kinds(record("One.", date="2026-09-31 08:00")) == ["no date"]


def test_a_year_or_a_month_alone_is_a_note() -> None:
    found = [problems(record("One.", date=written)) for written in ("2026", "2026-09")]
    assert [[(p.kind, p.severity) for p in some] for some in found] == [
        [("no day", Severity.NOTE)],
        [("no day", Severity.NOTE)],
    ]
    assert found[0][0].message == "date: '2026' is no day, and counts as not given"
    assert kinds(record("One.", date="3026")) == ["no date"]


def test_a_text_that_states_the_day_in_any_spelling_does_not_contradict_it() -> None:
    assert kinds(record("Boston, Sept. 3, 2026. Norvena files.", date="2026-09-03")) == []
