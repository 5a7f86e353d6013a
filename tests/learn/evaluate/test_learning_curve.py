"""The learning curve: whole groups are left out, and the figure is that of the report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.learn.evaluate.figures import assess
from eventrisk.learn.evaluate.learning_curve import MORE, curve, main_figure, part_of
from hand_predictions import moods_by_chance, risky

GROUPS = ["a", "b", "c", "d"] * 3


def test_a_part_is_whole_groups() -> None:
    half = part_of(GROUPS, 0.5)
    assert len(half) == 6
    assert len({GROUPS[i] for i in half}) == 2
    assert part_of(GROUPS, 1.0) == list(range(12))
    assert len(part_of(GROUPS, 0.01)) == 3


@given(
    st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=40),
    st.floats(0.01, 1.0),
    st.integers(0, 99),
)
def test_a_part_holds_its_share_and_no_group_too_many(
    groups: list[str], share: float, seed: int
) -> None:
    at = part_of(groups, share, seed)
    kept = {groups[i] for i in at}
    assert at == [i for i, group in enumerate(groups) if group in kept]
    assert len(at) >= share * len(groups)
    assert min(len(at) - groups.count(group) for group in kept) < share * len(groups)
    assert part_of(groups, share, seed) == at


def test_the_figure_of_a_point_is_that_of_the_report() -> None:
    predictions = moods_by_chance(2)
    assert main_figure(predictions, "sentiment") == assess(predictions)["sentiment"]["macro_f1"]
    risks = [risky(1, {"safety"}, {"safety": 0.9}), risky(2, {"safety"}, {})]
    assert main_figure(risks, "risk") == pytest.approx(2 / 3)
    assert main_figure(predictions, "tone") is None


def test_a_curve_says_what_more_texts_would_give() -> None:
    figures = assess(moods_by_chance(2))["sentiment"]
    drawn = curve([(25, 0.6), (50, 0.7), (100, 0.77)], figures)
    assert drawn["points"] == [[25, 0.6], [50, 0.7], [100, 0.77]]
    assert drawn["more"]["more"] == MORE
    assert 0 <= drawn["more"]["low"] <= drawn["more"]["expected"] <= drawn["more"]["high"]
    assert "cannot_say" in curve([(25, 0.6)], figures)["more"]
