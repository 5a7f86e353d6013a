"""The card of a model tells how it was measured, and shows pictures that are there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from eventrisk.labelled import Labelled
from eventrisk.learn.evaluate.learning_curve import learning_curve
from eventrisk.learn.fit.heads import train_heads
from eventrisk.learn.heads import Heads
from eventrisk.learn.save import save
from eventrisk.show import markdown
from scripts.models import card
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
def trained() -> tuple[Heads, dict[str, Any]]:
    return train_heads(examples())


@pytest.fixture(scope="module")
def heads(trained: tuple[Heads, dict[str, Any]]) -> Heads:
    return trained[0]


@pytest.fixture(scope="module")
def metrics(trained: tuple[Heads, dict[str, Any]]) -> dict[str, Any]:
    found = trained[1]
    return {**found, "learning_curve": learning_curve(examples(), found)}


def written(metrics: dict[str, Any], **more: Any) -> str:
    return card.card(
        name="mine",
        version="1",
        records=RECORDS,
        data="0" * 64,
        folds=5,
        metrics=metrics,
        settings="{}",
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
        "| majority class |",
        "| 1990s | 1 |",
    ):
        assert expected in text
    assert f"probability of **{metrics['sentiment']['confidence']:.2f}**" in text
    assert "{" not in text.split("## Settings")[0]


def test_every_table_has_as_many_cells_in_each_row_as_in_its_head(metrics: dict[str, Any]) -> None:
    for block in re.findall(r"(?:^\|.*\n)+", written(metrics, names=NAMES), re.MULTILINE):
        assert len({line.count("|") for line in block.splitlines()}) == 1


def test_figures_of_names_are_printed_where_they_were_measured(metrics: dict[str, Any]) -> None:
    assert "## Names" not in written(metrics)
    text = written(metrics, names=NAMES)
    assert "trained on 80 texts read 20 texts of other slices (crl, lead)" in text
    assert "| drug | 12 | 0.920 | 0.900 | 0.910 [0.880, 0.940] |" in text


def test_a_figure_stands_with_its_interval() -> None:
    assert (
        markdown.figure({"f1": 0.9, "intervals": {"f1": [0.85, 0.94]}}, "f1")
        == "0.900 [0.850, 0.940]"
    )
    assert markdown.figure({"f1": 0.9}, "f1") == "0.900"


def test_the_pictures_are_those_the_card_shows_and_come_out_the_same(
    metrics: dict[str, Any], heads: Heads, tmp_path: Path
) -> None:
    drawn = card.pictures(metrics)
    assert set(drawn) == set(re.findall(r"\]\((\w+\.svg)\)", written(metrics)))
    assert drawn == card.pictures(metrics)
    for picture in drawn.values():
        assert ElementTree.fromstring(picture).tag.endswith("svg")
    made = save(
        tmp_path / "mine",
        pipeline=lambda p: p.mkdir(),
        heads=heads,
        card="# mine",
        files=drawn,
        data_sha256="",
        settings={},
        metrics={},
    )
    assert set(drawn) < set(made.manifest["files"])
