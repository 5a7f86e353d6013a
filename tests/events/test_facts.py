"""The particulars of an event: the day that stands beside its cue."""

from __future__ import annotations

import pytest

from eventrisk.events.facts import Facts
from eventrisk.events.zones import Placed, Zone
from eventrisk.labels import Assertion, SectionKind
from eventrisk.reading import Reading, Sentence
from spellings import spellings


def day_of(text: str, cue: str = "approved") -> str | None:
    reading = Reading(text, None, (), (Sentence(0, len(text), SectionKind.BODY),))
    start, end = text.index(cue), text.index(cue) + len(cue)
    placed = Placed(
        "approval", "positive", Assertion.OCCURRED, start, end, Zone.LEAD_PARAGRAPH, 1.0, "rule"
    )
    return Facts(reading).event(placed, 0.9).date


def test_every_spelling_of_a_day_dates_the_event() -> None:
    wrong = [
        (written, found)
        for written, day in spellings()
        if (found := day_of(f"The FDA approved Lomera on {written}.")) != day.isoformat()
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on Wednesday, Jan. 15, 2025", "2025-01-15"),
        ("on the 15th of January 2025", "2025-01-15"),
        ("based on data of January 15, 2025", None),
        ("by January 15, 2025", None),
        ("on 03/04/2025", None),
        ("on February 30, 2025", None),
    ],
)
def test_only_a_day_on_which_it_happened_dates_an_event(words: str, day: str | None) -> None:
    assert day_of(f"The FDA approved Lomera {words}.") == day
