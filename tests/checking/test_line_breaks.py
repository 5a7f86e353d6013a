"""Offsets that count CRLF as one character are moved by the line breaks before them, and no others
are.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.labelled import Labelled, Span, from_single_breaks
from eventrisk.training.check import check

TEXT = "Norvena\r\n\r\nVelorin may fail.\r\nCalmirone did not fail."


@given(st.text("a\r\n", max_size=12))
def test_an_offset_of_the_text_with_single_breaks_is_found_in_the_text(text: str) -> None:
    single, place = text.replace("\r\n", "\n"), from_single_breaks(text)
    for at in range(len(single) + 1):
        assert text[: place(at)].replace("\r\n", "\n") == single[:at]


def spans(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(word), text.index(word) + len(word), "drug") for word in words)


def test_shifted_spans_are_found_and_mended_whatever_the_format() -> None:
    right = Labelled("a", TEXT, entities=spans(TEXT, "Norvena", "Velorin", "Calmirone"))
    single = TEXT.replace("\r\n", "\n")
    shifted = Labelled("a", TEXT, entities=spans(single, "Norvena", "Velorin", "Calmirone"))
    checked = check([shifted], quick=True)
    kinds = [problem.kind for problem in checked.problems if problem.edits]
    assert kinds == ["offsets shifted by line breaks"]
    assert "drug '\\r\\nVelo" not in checked.problems[0].message
    assert checked.fixed() == [right]
    assert check([right], quick=True).fixable == []


@pytest.mark.parametrize(
    "entities",
    [
        (Span(11, 17, "drug"),),  # the last letter is missing: no break does that
        (Span(9, 16, "drug"), Span(11, 18, "drug")),  # one is right as it stands
    ],
)
def test_other_slips_are_not_taken_for_a_shift(entities: tuple[Span, ...]) -> None:
    checked = check([Labelled("a", TEXT, entities=entities)], quick=True)
    assert "offsets shifted by line breaks" not in {p.kind for p in checked.problems}
    text = TEXT.replace("\r\n", "\n")
    checked = check([Labelled("a", text, entities=(Span(8, 15, "drug"),))], quick=True)
    assert "offsets shifted by line breaks" not in {p.kind for p in checked.problems}
