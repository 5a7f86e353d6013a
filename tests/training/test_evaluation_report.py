"""A report shows itself: as a frame, a card, a page, a line; hostile words stay words."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from eventrisk.errors import DataError
from eventrisk.training.predictions import predictions_of
from eventrisk.training.report import Report, report_of
from report_records import RECORDS, Reads, record

HOSTILE = '<script>alert("x")</script> | **bold** [a](http://b) ![i](x)'
WRONG = frozenset(r.id for r in RECORDS if r.sentiment == "negative")
ROWS = predictions_of(RECORDS, Reads("mine-1.0.0"))  # type: ignore[arg-type]
BASE = predictions_of(RECORDS, Reads("default-0.1.0", WRONG))  # type: ignore[arg-type]
REPORT = report_of(
    ROWS,
    model="mine-1.0.0",
    data="mine.csv",
    base=("default-0.1.0", BASE),
    splits={
        "rule": "By company and time",
        "parts": {"train": {"n": 100, "groups": 40}, "test": {"n": 24, "groups": 24}},
    },
    points={"sentiment": [(25, 0.6), (50, 0.7), (100, 0.77)], "tone": [(50, 0.5)]},
    notes=["Forgetting: entities F1 0.90 before, 0.90 after."],
)


def test_the_card_has_all_that_was_asked_of_it() -> None:
    card = REPORT.card()
    for expected in (
        "# Report on mine-1.0.0",
        "Measured on 24 labelled releases (mine.csv)",
        "By company and time",
        "| train | 100 | 40 |",
        "whole groups",
        "Forgetting: entities F1 0.90",
        "sentiment: mine-1.0.0 is better (mine-1.0.0 macro-F1 1.000 against 0.",
        "more than chance",
        "| true ↓ given → | negative | neutral | positive |",
        "| texts learned from | macro-F1 |",
        "What 200 more labelled texts would give: about +0.",
        "What 200 more labelled texts would give cannot be said: fewer than 3 points",
        "Baseline: always giving",
        "| era | 2000s |",
        "| form | wire | 12 |",
    ):
        assert expected in card, expected


def test_every_table_of_the_card_has_as_many_cells_in_each_row_as_in_its_head() -> None:
    for block in re.findall(r"(?:^\|.*\n)+", hostile_report().card(), re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1


def test_the_pictures_the_card_names_are_there_and_are_svg() -> None:
    pictures = REPORT.pictures()
    assert set(pictures) == set(re.findall(r"\]\((\w+\.svg)\)", REPORT.card()))
    assert "sentiment_learning.svg" in pictures
    for svg in pictures.values():
        assert ElementTree.fromstring(svg).tag.endswith("svg")


def test_the_frame_has_a_row_for_each_figure_with_its_interval() -> None:
    pytest.importorskip("pandas")
    frame = REPORT.to_frame()
    assert list(frame.columns) == ["head", "part", "label", "metric", "value", "low", "high", "n"]
    main = frame[
        (frame["head"] == "sentiment") & (frame["part"] == "all") & (frame["metric"] == "macro_f1")
    ].iloc[0]
    assert (main["value"], main["high"], main["n"]) == (1, 1, 24)
    assert 0 < main["low"] < 1
    parts = set(frame["part"])
    assert {"all", "label", "baseline", "base model", "difference to base", "era", "form"} <= parts
    low = frame.dropna(subset=["low"])
    assert ((low["low"] <= low["value"].round(4)) & (low["value"].round(4) <= low["high"])).all()


def test_a_report_is_plain_and_comes_back() -> None:
    plain = json.loads(json.dumps(REPORT.to_dict()))
    assert Report.from_dict(plain) == REPORT
    with pytest.raises(DataError, match="format 1"):
        Report.from_dict({"format": 9, "heads": {}})


def test_the_line_has_the_main_figures_and_those_of_the_base() -> None:
    line = repr(REPORT)
    assert line.startswith("<Report mine-1.0.0: sentiment macro-F1 1.00 (base .")
    assert "entities F1 1.00 (base 1.00)" in line
    assert "\n" not in line


class Tags(HTMLParser):
    """The tags and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)


def hostile_report() -> Report:
    records = [record(n, "negative", company=HOSTILE, id=f"{HOSTILE}{n}") for n in range(3)]
    records = [
        r.__class__(
            **{
                **{f: getattr(r, f) for f in r.__slots__},
                "text": f"{r.text} {HOSTILE}",
                "sentiment": HOSTILE,
                "form": HOSTILE,
            }
        )
        for r in records
    ]
    rows = predictions_of([*records, *RECORDS], Reads(HOSTILE))  # type: ignore[arg-type]
    return report_of(rows, model=HOSTILE, data=HOSTILE, notes=[HOSTILE])


def test_hostile_words_stay_words_on_the_page() -> None:
    report = hostile_report()
    for drawn in (report._repr_html_(), report.html()):
        reader = Tags()
        reader.feed(drawn)
        assert not {"script", "img", "a", "strong"} & reader.tags
        assert "&lt;script&gt;" in drawn


def test_hostile_words_stay_words_in_the_card() -> None:
    card = hostile_report().card()
    assert "<script" not in card.replace("\\<script", "")
    assert "**bold**" not in card
    assert "](http" not in card
    assert "](x)" not in card


def test_the_terminal_gets_no_markup_from_words() -> None:
    from io import StringIO

    from rich.console import Console

    from eventrisk.show.tables import tables

    out = StringIO()
    Console(file=out, width=160).print(tables(hostile_report().blocks(), folded=True))
    assert "[a](http://b)" in out.getvalue().replace("\n", "")
