"""Folding keeps offsets, word classes are filled in, and the guard never drops a pattern that would
match.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.errors import LexiconError
from eventrisk.patterns import LONGEST, Guard, Pattern, expand, fold, pieces

WORDS = st.lists(
    st.sampled_from(["hold", "FDA", "lifts", "the", "q1", "İ", "results"]), max_size=12
).map(" ".join)
GIVEN = (
    Pattern("hold", r"\bhold\b", ("hold",), "", ""),
    Pattern("quarter", r"\bq1 results\b", ("q1",), "", ""),
    Pattern("agency", r"{fda} lifts", ("lifts",), "", ""),
)


@given(st.text(max_size=200))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_makes_dashes_and_quotes_plain() -> None:
    assert fold("Non–Approvable’s İ") == "non-approvable's İ"


@given(WORDS)
def test_the_guard_keeps_every_pattern_that_matches(text: str) -> None:
    folded = fold(text)
    kept = Guard(GIVEN).candidates(folded)
    assert [p for p in GIVEN if list(p.spans(folded))] == [p for p in kept if list(p.spans(folded))]


@given(st.integers(0, 50), st.text(alphabet="ab ", max_size=4 * LONGEST))
def test_pieces_tile_the_stretch(start: int, text: str) -> None:
    folded = " " * start + text
    cut = list(pieces(start, len(folded), folded))
    assert cut[0][0] == start
    assert cut[-1][1] == len(folded)
    assert all(a[1] == b[0] for a, b in pairwise(cut))
    assert all(end - low <= LONGEST for low, end in cut)


def test_a_group_named_cue_is_what_is_found() -> None:
    pattern = Pattern(
        "x", r"^[^;]*?(?P<cue>approved)|(?P<cue2>cleared)", ("approved", "cleared"), "", ""
    )
    assert list(pattern.spans("may be approved")) == [(7, 15)]
    assert list(pattern.spans("; cleared")) == [(2, 9)]


def test_an_unknown_word_class_is_named() -> None:
    with pytest.raises(LexiconError, match="nosuch"):
        expand("{nosuch}")


def test_a_broken_pattern_is_named() -> None:
    with pytest.raises(LexiconError, match="'x'"):
        _ = Pattern("x", "(", ("a",), "", "").regex
