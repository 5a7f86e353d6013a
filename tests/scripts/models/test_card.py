"""The card of the default model: figures and pictures of a report, and how they were measured."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from eventrisk.labelled import Labelled
from eventrisk.learn.bundle import CARD, find, opened
from eventrisk.learn.fit.heads import train_heads
from scripts.models import card
from scripts.models.learning_curve import learning_curves
from training_set import examples

RECORDS = [
    Labelled("a-1", "x", "1999-01-01", "wire", sentiment="negative"),
    Labelled("a-2", "y", None, "lead"),
]
NAMES = {
    "trained_on": 80,
    "held_out": 20,
    "slices": ["crl", "lead"],
    "entities": {
        "drug": {"precision": 0.92, "recall": 0.9, "f1": 0.91, "n": 12, "interval": [0.88, 0.94]}
    },
}


@pytest.fixture(scope="module")
def metrics() -> dict[str, Any]:
    figures = train_heads(examples())[1]
    return {**figures, "learning_curve": learning_curves(examples(), figures)}


def written(metrics: dict[str, Any], **more: Any) -> str:
    return card.card(
        name="mine",
        version="1",
        records=RECORDS,
        data="0" * 64,
        metrics=metrics,
        settings={"b": 1, "a": 2},
        **more,
    )


def test_the_card_tells_data_use_limits_split_intervals_and_abstention(
    metrics: dict[str, Any],
) -> None:
    text = written(metrics)
    for expected in (
        "## For what",
        "## Limits",
        "whole slices held out",
        "95 %",
        "| head | n (groups) | figure | value | baseline |",
        "| 1990s | 1 |",
        "| true ↓ given → | negative | neutral | positive |",
        "| texts learned from | macro-F1 |",
        f"named from a probability of {metrics['risk']['threshold']:.2f} on",
        f"probability of **{metrics['sentiment']['confidence']:.2f}**",
    ):
        assert expected in text, expected
    assert "{" not in text.split("## Settings")[0]


def test_every_table_has_as_many_cells_in_each_row_as_in_its_head(metrics: dict[str, Any]) -> None:
    blocks = re.findall(r"(?:^\|.*\n)+", written(metrics, names=NAMES), re.MULTILINE)
    assert len(blocks) >= 10
    for block in blocks:
        assert len({line.count("|") for line in block.splitlines()}) == 1


def test_what_was_measured_apart_is_printed_where_it_was(metrics: dict[str, Any]) -> None:
    assert "## Names" not in written(metrics)
    assert "## On real releases" not in written(metrics)
    text = written(metrics, names=NAMES, real={"documents": [60.0], "ece": [0.047, 0.019, 0.117]})
    assert "trained on 80 texts read 20 texts of other slices (crl, lead)" in text
    assert "| drug | 12 | 0.920 | 0.900 | 0.910 [0.880, 0.940] |" in text
    assert "60 real releases labelled by hand" in text
    assert "| calibration error of sentiment | 0.047 [0.019, 0.117] |" in text


def test_the_pictures_are_those_the_card_shows_and_come_out_the_same(
    metrics: dict[str, Any],
) -> None:
    drawn = card.pictures(metrics)
    assert set(drawn) == set(re.findall(r"\]\((\w+\.svg)\)", written(metrics)))
    assert {"sentiment_learning.svg", "risk_learning.svg"} <= set(drawn)
    assert drawn == card.pictures(metrics)
    for picture in drawn.values():
        assert ElementTree.fromstring(picture).tag.endswith("svg")


def test_metrics_that_went_through_a_manifest_give_the_same_card(metrics: dict[str, Any]) -> None:
    again = json.loads(json.dumps(metrics, sort_keys=True))
    assert written(again) == written(metrics)
    assert card.pictures(again) == card.pictures(metrics)


def test_the_shipped_card_is_the_one_its_manifest_gives(tmp_path: Path) -> None:
    shipped = find("default")
    copy = shutil.copytree(shipped.path, tmp_path / shipped.path.name)
    before = {file.name: file.read_bytes() for file in copy.iterdir() if file.is_file()}
    assert card.main([str(copy)]) == 0
    assert {file.name: file.read_bytes() for file in copy.iterdir() if file.is_file()} == before


def test_a_card_written_again_keeps_all_other_files_and_the_manifest_right(tmp_path: Path) -> None:
    shipped = find("default")
    copy = shutil.copytree(shipped.path, tmp_path / shipped.path.name)
    weights = (copy / "sentiment.skops").read_bytes()
    changed = card.rewrite(opened(copy), {CARD: "# another\n", "a.svg": "<svg/>"})
    assert (copy / CARD).read_text(encoding="utf-8") == "# another\n"
    assert [file.name for file in copy.glob("*.svg")] == ["a.svg"]
    assert (copy / "sentiment.skops").read_bytes() == weights
    assert changed.manifest["metrics"] == shipped.manifest["metrics"]
    assert changed.sha256 != shipped.sha256
