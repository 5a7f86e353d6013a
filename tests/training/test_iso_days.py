"""Dates of labelled releases as people have them are ISO days in the records."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

import eventrisk
from eventrisk.training.convert import convert
from eventrisk.training.data import records

TEXT = "FDA Approves Norvena for Asthma. The FDA has approved Norvena for asthma."
DAY = "2010-03-01"


@pytest.mark.parametrize(
    "given",
    [
        "2010-03-01",
        "2010-03-01 08:00",
        "2010-03-01T23:30:00-05:00",
        "20100301",
        "March 1, 2010",
        "2010/03/01",
        20100301,
        20100301.0,
        date(2010, 3, 1),
        datetime(2010, 3, 1, 8),
        pd.Timestamp("2010-03-01 08:00", tz="America/New_York"),
    ],
    ids=repr,
)
def test_a_day_as_score_takes_it_is_stored_as_iso_and_is_no_problem(given: object) -> None:
    row = {"text": TEXT, "date": given, "sentiment": "positive"}
    assert [record.date for record in records([row])] == [DAY]
    checked = eventrisk.check([row], progress=False)
    assert [p.message for p in checked.problems if "date" in p.message] == []
    assert [record.date for record in checked.fixed()] == [DAY]
    assert [r.date for r in eventrisk.analyze_many([{"text": TEXT, "date": given}])] == [DAY]


@pytest.mark.parametrize("empty", [None, float("nan"), pd.NaT], ids=repr)
def test_an_empty_cell_is_no_date(empty: object) -> None:
    assert [record.date for record in records([{"text": TEXT, "date": empty}])] == [None]


@pytest.mark.parametrize("written", ["2010", "2010-03", "03/01/2010", "2010-02-30 08:00"])
def test_what_is_no_day_stays_as_it_is_written(written: str) -> None:
    assert [record.date for record in records([{"text": TEXT, "date": written}])] == [written]


def test_days_of_events_and_catalysts_too() -> None:
    row = {
        "text": TEXT,
        "events": [{"type": "approval", "date": "2010-03-01 08:00"}, {"type": "approval"}],
        "catalysts": [{"when": "soon", "earliest": 20100301, "latest": None}],
    }
    (record,) = records([row])
    assert record.events == ({"type": "approval", "date": DAY}, {"type": "approval"})
    assert record.catalysts == ({"when": "soon", "earliest": DAY, "latest": None},)


def test_a_column_of_times_is_read_from_csv_and_parquet(tmp_path: Path) -> None:
    frame = pd.DataFrame({"id": ["a", "b"], "text": [TEXT, TEXT + " More."]})
    frame["date"] = pd.to_datetime(["2010-03-01 08:00", None])
    frame["sentiment"] = "positive"
    frame.to_csv(tmp_path / "mine.csv", index=False)
    frame.to_parquet(tmp_path / "mine.parquet")
    for name in ("mine.csv", "mine.parquet"):
        assert [record.date for record in records(tmp_path / name)] == [DAY, None], name
        found = eventrisk.check(tmp_path / name, progress=False).problems
        assert [p.message for p in found if "date" in p.message] == []
        convert(tmp_path / name, tmp_path / f"{name}.jsonl")
        assert [r.date for r in records(tmp_path / f"{name}.jsonl")] == [DAY, None]
