"""Labels that data call otherwise."""

from __future__ import annotations

import pytest

from eventrisk.errors import DataError
from eventrisk.labelled import Clause, Labelled, Placed, Span
from eventrisk.training.check import check
from eventrisk.training.convert import convert
from eventrisk.training.data import records
from eventrisk.training.relabel import relabelled

RECORD = Labelled(
    "a",
    "Velorin does well.",
    sentiment="good",
    tone="calm",
    entities=(Span(0, 7, "med"),),
    risk_clauses=(Clause(0, 7, ("cash", "money")),),
    risk_factors=("money",),
)
LABELS = {"good": "positive", "calm": "neutral", "med": "drug", "money": "cash"}


def test_labels_of_every_kind_are_read_as_told_and_two_that_become_one_stand_once() -> None:
    (found,) = records([RECORD], labels=LABELS)
    assert (found.sentiment, found.tone) == ("positive", "neutral")
    assert found.entities == (Span(0, 7, "drug"),)
    assert found.risk_clauses == (Clause(0, 7, ("cash",)),)
    assert found.risk_factors == ("cash",)


def test_labels_that_are_not_named_and_texts_stay_as_they_are() -> None:
    (found,) = records([RECORD], labels={"good": "positive"})
    assert (found.tone, found.text, found.entities) == ("calm", RECORD.text, RECORD.entities)
    bare = Labelled("b", "No label.")
    assert records([RECORD, bare], labels=LABELS)[1] == bare


def test_a_label_that_no_record_has_is_a_slip_and_said_with_those_there_are() -> None:
    with pytest.raises(
        DataError, match=r"no record has the label 'god'; the labels are 'calm', 'c"
    ):
        records([RECORD], labels={"god": "positive"})


def test_what_cannot_be_read_stays_in_its_place() -> None:
    error = DataError("mine.csv, line 2: no text")
    found = list(relabelled([error, Placed(RECORD, "mine.csv", 3)], LABELS))
    assert found[0] is error
    assert isinstance(found[1], Placed)
    assert (found[1].line, found[1].record.sentiment) == (3, "positive")


def test_check_and_convert_take_them(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "mine.csv").write_text("text,sentiment\nVelorin does well.,good\n", encoding="utf-8")
    checked = check(folder / "mine.csv", labels={"good": "positive"}, progress=False)
    assert checked.placed[0].record.sentiment == "positive"
    convert(folder / "mine.csv", folder / "ours.csv", labels={"good": "positive"})
    assert (folder / "ours.csv").read_text(encoding="utf-8").splitlines()[1].endswith("positive")
