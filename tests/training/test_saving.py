"""Reports and comparisons are saved by the names of their files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from eventrisk import OutputError
from eventrisk.training.compare import compare
from eventrisk.training.predictions import predictions_of
from eventrisk.training.report import report_of
from report_records import RECORDS, Reads

READS = Reads("mine_1")
REPORT = report_of(
    predictions_of(RECORDS, READS),  # type: ignore[arg-type]
    model="mine_1",
    data="labelled.csv",
)
COMPARISON = compare(READS, Reads("other"), RECORDS)  # type: ignore[arg-type]
JUDGED = pytest.mark.parametrize("found", [REPORT, COMPARISON], ids=["report", "comparison"])


@JUDGED
def test_the_ending_says_in_which_form(found, tmp_path: Path) -> None:
    for name, made in {
        "r.tex": found.to_latex(),
        "r.html": found.html(),
        "r.MD": found.card(),
    }.items():
        found.save(tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8") == made
    found.save(str(tmp_path / "r.json"))
    assert json.loads((tmp_path / "r.json").read_text()) == json.loads(json.dumps(found.to_dict()))
    found.save(tmp_path / "r.csv")
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as handle:
        head, *rows = csv.reader(handle)
    assert tuple(head) == found.columns
    assert [row[0] for row in rows] == [row[0] for row in found.rows()]


def test_the_pictures_that_markdown_names_stand_beside_it(tmp_path: Path) -> None:
    REPORT.save(tmp_path / "r.md")
    names = {*REPORT.pictures()}
    assert names
    assert {path.name for path in tmp_path.iterdir()} == {"r.md", *names}
    assert all(f"({name})" in (tmp_path / "r.md").read_text() for name in names)


@JUDGED
def test_another_ending_is_refused_with_those_there_are(found, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"r\.pdf: reports are written as \.md, \.html, \.tex"):
        found.save(tmp_path / "r.pdf")
    assert list(tmp_path.iterdir()) == []
