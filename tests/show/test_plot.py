"""Plots are strings, and points stand where the figures say."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.show.plot import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, plot

POINT = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))


def test_the_corners_of_the_data_are_the_corners_of_the_frame() -> None:
    line = re.search(
        r'<polyline points="([^"]+)" stroke="#2b5c8a"', plot([(0, 0), (1, 10)], ("x", "y"))
    )
    assert line is not None
    ends = [tuple(map(float, point.split(","))) for point in line[1].split()]
    assert ends == [(LEFT, HEIGHT - BOTTOM), (WIDTH - RIGHT, TOP)]


def test_names_of_axes_are_escaped_and_the_same_figures_give_the_same_bytes() -> None:
    drawn = plot([(0.3, 0.4), (0.9, 0.8)], ("<b>", "&"), diagonal=True, marked=[(0.5, 0.5)])
    assert "&lt;b&gt;" in drawn
    assert drawn == plot([(0.3, 0.4), (0.9, 0.8)], ("<b>", "&"), diagonal=True, marked=[(0.5, 0.5)])


@given(st.lists(POINT, min_size=1, max_size=9))
def test_every_point_lies_on_the_picture(points: list[tuple[float, float]]) -> None:
    root = ElementTree.fromstring(plot(points, ("x", "y")))
    for dot in root.iter("{http://www.w3.org/2000/svg}circle"):
        assert LEFT <= float(dot.attrib["cx"]) <= WIDTH - RIGHT
        assert TOP <= float(dot.attrib["cy"]) <= HEIGHT - BOTTOM


@pytest.mark.parametrize(("high", "tick"), [(1.0, ">1.00<"), (800.0, ">800<")])
def test_ticks_have_the_digits_their_size_needs(high: float, tick: str) -> None:
    assert tick in plot([(0.0, 0.1), (high, 0.9)], ("x", "y"))
