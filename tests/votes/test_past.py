"""Dates beside a vote: how long ago it was, in every spelling."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from eventrisk.rules import fold
from eventrisk.votes.past import RECENT_DAYS, clause_end, is_of_the_past
from spellings import spellings

TODAY = date(2026, 11, 20)


def test_every_spelling_of_a_day_gives_its_age_to_the_day() -> None:
    def is_old(written: str, days: int, day: date) -> bool:
        words = fold(f" against ravexin on {written}.")
        return is_of_the_past("the panel", words, day + timedelta(days=days))

    wrong = [
        written
        for written, day in spellings()
        if is_old(written, RECENT_DAYS, day) or not is_old(written, RECENT_DAYS + 1, day)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("before", "after", "past"),
    [
        ("on jan. 14, 2025, a panel", " against it", True),
        ("a panel", " against ravexin on jan. 14, 2025.", True),
        ("a panel", " against ravexin on nov. 14, 2026.", False),
        ("a panel", " against it in may", True),
        ("a panel", " against it, which may help", False),
        ("in 2024 a panel", " against it", True),
        ("in 2026 a panel", " against it", False),
        ("at its meeting of may 13-14, 2025 a panel", " against it", True),
        ("a panel", " against it. in may it met", False),
        ("a panel", " against it; in may it met", False),
        ("a panel", " against it", False),
    ],
)
def test_the_nearest_date_on_either_side_decides(before: str, after: str, past: bool) -> None:
    assert is_of_the_past(before, after, TODAY) is past


def test_without_a_release_date_nothing_is_past() -> None:
    assert not is_of_the_past("on jan. 14, 1999, a panel", " against it", None)


def test_a_clause_ends_at_a_stop_that_shortens_no_month() -> None:
    words = " against it on jan. 14, 2025. it met again"
    assert words[: clause_end(words)] == " against it on jan. 14, 2025"
    words = " against it on jan. 14; then it met"
    assert words[: clause_end(words)] == " against it on jan. 14"
