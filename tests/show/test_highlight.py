"""A highlighted text is the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eventrisk.show.highlight import Mark, segments

MARKS = st.builds(
    Mark, st.integers(-2, 32), st.integers(-2, 32), st.sampled_from(["drug", "agency"]), st.just("")
)


@given(st.text(max_size=30), st.lists(MARKS, max_size=12))
def test_segments_join_to_the_text_and_each_lies_in_its_marks(text: str, marks: list[Mark]) -> None:
    at, seen = 0, set()
    for segment in segments(text, marks):
        end = at + len(segment.text)
        inside = {
            m for m in marks if 0 <= m.start < m.end <= len(text) and m.start < end and at < m.end
        }
        assert text[at:end] == segment.text
        assert set(segment.marks) == inside
        assert all(m.start <= at and end <= m.end for m in segment.marks)
        seen |= inside
        at = end
    assert at == len(text)
    assert seen == {m for m in marks if 0 <= m.start < m.end <= len(text)}


def test_the_shortest_mark_stands_first_where_marks_nest() -> None:
    outer, inner = Mark(0, 9, "vote_outcome"), Mark(2, 5, "agency")
    assert [
        (s.text, [m.label for m in s.marks]) for s in segments("EU panel!", [outer, inner])
    ] == [
        ("EU", ["vote_outcome"]),
        (" pa", ["agency", "vote_outcome"]),
        ("nel!", ["vote_outcome"]),
    ]


def test_marks_that_touch_do_not_overlap() -> None:
    parts = [*segments("abcd", [Mark(0, 2, "drug"), Mark(2, 4, "agency")])]
    assert [[m.label for m in part.marks] for part in parts] == [["drug"], ["agency"]]


def test_ten_thousand_marks_take_no_time_to_speak_of() -> None:
    text = "ab " * 10_000
    assert len([*segments(text, (Mark(n, n + 2, "drug") for n in range(0, 30_000, 3)))]) == 20_000
