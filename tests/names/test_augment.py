"""Augmentation keeps every span on its words."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.names.augment import (
    Labelled,
    hard_wrap,
    join_lines,
    new_code,
    new_names,
    reroll_numbers,
    rewrite,
    shout_headline,
    strip_brackets,
    swap_names,
)

SOURCE = Labelled(
    (
        "Norvex (norvastim) fails\nThe FDA told Norvex's maker that 37 patients with asthma (A) "
        "were few."
    ),
    ((0, 6, "drug"), (8, 17, "drug"), (29, 32, "agency"), (38, 44, "drug"), (75, 81, "indication")),
)


def words(labelled: Labelled) -> list[tuple[str, str]]:
    return [(labelled.text[start:end], label) for start, end, label in labelled.spans]


def test_the_example_marks_what_it_should() -> None:
    assert words(SOURCE)[-1] == ("asthma", "indication")


def test_brackets_go_with_the_names_inside_them() -> None:
    stripped = strip_brackets(SOURCE, random.Random(0))
    assert "(" not in stripped.text
    assert words(stripped) == [
        ("Norvex", "drug"),
        ("FDA", "agency"),
        ("Norvex", "drug"),
        ("asthma", "indication"),
    ]


def test_a_bracket_that_cuts_a_span_stays() -> None:
    source = Labelled("given C(1) inhibitor now", ((6, 20, "drug"),))
    assert strip_brackets(source, random.Random(0)) == source


def test_numbers_change_and_names_do_not() -> None:
    rolled = reroll_numbers(SOURCE, random.Random(1))
    assert words(rolled) == words(SOURCE)
    assert "37" not in rolled.text


def test_a_swapped_name_is_the_same_at_every_mention() -> None:
    step = swap_names({"drug": ["lumacaftor"]}, share=1.0)
    swapped = step(SOURCE, random.Random(0))
    assert [w for w, label in words(swapped) if label == "drug"] == [
        "Lumacaftor",
        "lumacaftor",
        "Lumacaftor",
    ]
    assert [w for w, label in words(swapped) if label == "agency"] == ["FDA"]


def test_headline_in_capitals_keeps_its_spans() -> None:
    assert words(shout_headline(SOURCE, random.Random(0)))[:2] == [
        ("NORVEX", "drug"),
        ("NORVASTIM", "drug"),
    ]


def test_one_line_keeps_every_span() -> None:
    assert "\n" not in join_lines(SOURCE, random.Random(0)).text
    assert words(join_lines(SOURCE, random.Random(0))) == words(SOURCE)


@given(st.text("ab \n", max_size=400), st.randoms())
def test_wrapping_changes_blanks_only_and_leaves_no_long_line_that_has_one(
    text: str, rng: random.Random
) -> None:
    wrapped = hard_wrap(Labelled(text, ()), rng).text
    assert wrapped.replace("\n", " ") == text.replace("\n", " ")
    assert all(" " not in line[:81] for line in wrapped.split("\n") if len(line) > 81)


def test_new_names_are_new_and_made_of_known_ones() -> None:
    names = ["Keytruda", "Ocrevus", "Zolgensma"]
    made = new_names(names, 50, random.Random(0))
    assert not {name.lower() for name in made} & {name.lower() for name in names}
    assert all(any(name.startswith(word[:2]) for name in names) for word in made)


def test_an_edit_that_cuts_a_span_is_refused() -> None:
    with pytest.raises(ValueError, match="cuts the span 0–6"):
        rewrite(SOURCE, [(3, 9, "x")])


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        rewrite(Labelled("abcdef", ()), [(0, 3, "x"), (2, 4, "y")])


@given(
    st.lists(
        st.tuples(st.text("ab ", max_size=4), st.text("XY", min_size=1, max_size=5)), max_size=6
    ),
    st.randoms(),
)
def test_spans_move_with_any_edits_of_the_gaps(
    parts: list[tuple[str, str]], rng: random.Random
) -> None:
    text, spans, gaps = "", [], []
    for gap, name in parts:
        gaps.append((len(text), len(text) + len(gap), "-" * rng.randrange(4)))
        text += gap
        spans.append((len(text), len(text) + len(name), "drug"))
        text += name
    source = Labelled(text, tuple(spans))
    edited = rewrite(source, [gap for gap in gaps if gap[0] < gap[1]])
    assert words(edited) == words(source)


@given(st.integers())
def test_a_new_code_has_letters_then_digits(seed: int) -> None:
    code = new_code(random.Random(seed))
    assert code[:2].isalpha()
    assert any(c.isdigit() for c in code)
