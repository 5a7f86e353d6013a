"""Every offset of a rewritten text leads back to the old one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.rewrite import Rewritten, substitute


def test_a_copied_span_leads_to_the_same_words() -> None:
    new = Rewritten("one  two three", [(3, 5, " "), (8, 14, "")])
    assert new.text == "one two"
    assert new.old_span(4, 7) == (5, 8)


def test_a_replaced_character_leads_to_all_it_was_made_of() -> None:
    new = substitute("a &amp; b", re.compile("&amp;"), lambda _: "&")
    assert new.text == "a & b"
    assert new.old_span(2, 3) == (2, 7)


def test_what_was_deleted_stays_outside_of_the_span() -> None:
    new = substitute("<b>Norvena</b> rose", re.compile("</?b>"), lambda _: "")
    assert new.old_span(0, 7) == (3, 10)


def test_an_empty_span_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one character"):
        Rewritten("abc", []).old_span(1, 1)


@given(st.text("ab ", max_size=40))
def test_any_copied_character_is_found_where_it_stood(old: str) -> None:
    new = substitute(old, re.compile("b+"), lambda _: "")
    for at, letter in enumerate(new.text):
        start, end = new.old_span(at, at + 1)
        assert old[start:end] == letter


def test_an_old_span_leads_to_what_was_made_of_it() -> None:
    new = Rewritten("<b>Norvena</b> &amp; co", [(0, 3, ""), (10, 14, ""), (15, 20, "&")])
    assert new.text == "Norvena & co"
    assert new.text[slice(*new.new_span(3, 10))] == "Norvena"
    assert new.text[slice(*new.new_span(1, 12))] == "Norvena"
    assert new.text[slice(*new.new_span(5, 17))] == "rvena &"
    assert new.new_span(11, 13) == (7, 7)


@given(
    st.text("ab<> ", max_size=40),
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from(["", "X", "\n\n"]),
)
def test_the_way_there_is_the_way_back(old: str, one: int, two: int, words: str) -> None:
    start, end = sorted((min(one, len(old)), min(two, len(old))))
    new = substitute(old, re.compile("<[^>]*>"), lambda _: words)
    low, high = new.new_span(start, end)
    origins = [new.old_span(at, at + 1) for at in range(len(new.text))]
    met = [at for at, (first, last) in enumerate(origins) if first < end and last > start]
    assert [*range(low, high)] == (met if start < end else [])
