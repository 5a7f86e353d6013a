"""Dates of labelled data in forms other than ISO."""

from __future__ import annotations

from checked_records import kinds, problems, record
from eventrisk.checking.dates import read_day
from spellings import spellings


def test_every_spelling_of_a_day_is_read() -> None:
    assert [written for written, day in spellings() if read_day(written) != day] == []


def test_the_order_of_an_open_date_is_the_callers_to_say() -> None:
    read = {first: read_day("03/04/26", first) for first in (True, False, None)}
    assert {first: day and day.isoformat() for first, day in read.items()} == {
        True: "2026-03-04",
        False: "2026-04-03",
        None: None,
    }


def test_a_date_in_a_short_form_is_mended_and_an_open_one_is_not() -> None:
    assert [p.edits[0][1] for p in problems(record("One.", date="Sept. 3rd, 2026"))] == [
        "2026-09-03"
    ]
    assert [p.edits for p in problems(record("One.", date="03/04/26"))] == [()]


def test_a_text_that_states_the_day_in_any_spelling_does_not_gainsay_it() -> None:
    assert kinds(record("Boston, Sept. 3, 2026. Norvena files.", date="2026-09-03")) == []
