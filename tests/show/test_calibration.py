"""Calibration: points with intervals where there are enough, and told where there are not."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from eventrisk.show import calibration
from eventrisk.show.blocks import Paragraph, Picture, Table

POINTS = [[0.5, 0.4, 25], [0.7, 0.8, 25], [0.9, 0.88, 25]]


def test_few_judgements_are_told_and_not_drawn() -> None:
    m = {"n": 58, "brier": 0.1, "calibration": [[0.7, 0.72, 58]]}
    (told,) = calibration.blocks("sentiment", m)
    assert isinstance(told, Paragraph)
    assert told.text.startswith("Calibration is not drawn: 58 judgements are too few")


def test_points_have_intervals_and_no_line_joins_them() -> None:
    picture, table = calibration.blocks("risk", {"n": 75, "brier": 0.1, "calibration": POINTS})
    assert isinstance(picture, Picture)
    assert isinstance(table, Table)
    lines = [e for e in ElementTree.fromstring(picture.svg) if e.tag.endswith("polyline")]
    assert len(lines) == 1 + len(POINTS)  # the diagonal, and an interval for each point
    for line in lines[1:]:
        (x, _), (across, _) = (p.split(",") for p in line.attrib["points"].split())
        assert x == across
    assert table.rows[0] == (0.5, "0.400 [0.234, 0.593]")


def test_a_report_without_numbers_of_judgements_has_parts_of_one_size() -> None:
    pairs = [point[:2] for point in POINTS]
    of_sets = {"n": 9, "labels": {"a": {"given": 50}, "b": {"given": 25}}, "calibration": pairs}
    *_, table = calibration.blocks("risk", of_sets)
    *_, given = calibration.blocks("risk", {**of_sets, "calibration": POINTS})
    assert table == given


@pytest.mark.parametrize(
    ("share", "count", "interval"),
    [(0.5, 10, (0.2366, 0.7634)), (0.0, 10, (0.0, 0.2775)), (1.0, 10, (0.7225, 1.0))],
)
def test_the_interval_is_wilsons(share: float, count: int, interval: tuple[float, float]) -> None:
    assert calibration.wilson(share, count) == pytest.approx(interval, abs=1e-4)
