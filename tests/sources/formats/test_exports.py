"""Exports that the real Label Studio and doccano wrote (``exports/README.md``) are read to the
character.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed, Span
from eventrisk.training.check import check
from eventrisk.training.data import entries, format_of, records
from labelled_records import without
from tool_records import KEPT, REVIEWED, UNSEEN, classes_alone, ordered, spans_alone

HERE = Path(__file__).parent / "exports"
STUDIO, DOCCANO = HERE / "label_studio-1.23.2", HERE / "doccano-1.8.4"
HOLD_ALL = ("json.json", "json_min.json", "csv.csv", "tsv.tsv")
BY_ID = {record.id: record for record in KEPT}


@pytest.mark.parametrize("name", HOLD_ALL)
def test_label_studios_exports_hold_all_and_the_later_annotation_counts(name: str) -> None:
    path = STUDIO / name
    assert format_of(path).name == "label_studio"
    found = {record.id: record for record in ordered(records(path))}
    expected = {record.id: record for record in ordered(KEPT)}
    assert found == {**expected, REVIEWED.id: REVIEWED}


@pytest.mark.parametrize("name", HOLD_ALL)
def test_two_annotations_of_one_task_are_two_entries_with_their_people(name: str) -> None:
    twice = [
        entry
        for entry in entries(STUDIO / name)
        if isinstance(entry, Placed) and entry.record.id == REVIEWED.id
    ]
    assert sorted(entry.record.sentiment or "" for entry in twice) == ["flat", "up"]
    assert len({entry.annotator for entry in twice}) == 2
    assert all(entry.time for entry in twice)
    dropped = {r.id: r for r in records(STUDIO / name, conflicts="drop")}[REVIEWED.id]
    assert (dropped.sentiment, dropped.entities) == (None, None)
    checked = check(STUDIO / name, quick=True)
    assert [p.record for p in checked.problems if p.kind == "annotators differ"] == [REVIEWED.id]
    told = [p.message for p in checked.problems if p.kind == "not labelled"]
    assert told == ["1 record (unseen): nobody annotated it: not labelled"]


def test_label_studios_conll_is_a_record_an_annotation_and_says_what_it_lacks() -> None:
    found = list(entries(STUDIO / "conll2003.conll"))
    assert len(found) == len(KEPT) + 1
    assert all(isinstance(entry, Placed) and "export JSON" in (entry.note or "") for entry in found)
    first = next(e.record for e in found if isinstance(e, Placed) and "AML" in e.record.text)
    words = {(first.text[s.start : s.end], s.label) for s in first.entities or ()}
    assert ("Velorin", "drug") in words
    assert {label for _, label in words} == {"company", "drug", "own label"}


@pytest.mark.parametrize("name", ["all.csv", "all.json", "all.jsonl"])
def test_doccanos_classes_come_back_in_every_format_that_holds_them(name: str) -> None:
    path = DOCCANO / "DocumentClassification" / name
    assert format_of(path).name == "doccano"
    assert ordered(records(path)) == ordered(classes_alone(KEPT))


def test_doccanos_fasttext_is_refused_by_name() -> None:
    with pytest.raises(DataError, match="is fastText, which has no ids"):
        records(DOCCANO / "DocumentClassification" / "all.txt")


def test_doccanos_spans_come_back() -> None:
    path = DOCCANO / "SequenceLabeling" / "all.jsonl"
    assert ordered(records(path)) == ordered(spans_alone(KEPT))


def test_doccanos_projects_of_both_hold_no_overlaps(tmp_path: Path) -> None:
    from eventrisk.training.convert import convert

    losses = convert(KEPT, tmp_path / "x.jsonl", to="doccano")
    assert {(loss.record, loss.what.split()[0]) for loss in losses} == {("over", "entity")}
    path = DOCCANO / "IntentDetectionAndSlotFilling" / "all.jsonl"
    assert ordered(records(path)) == ordered(without(KEPT, losses))


def test_what_nobody_opened_in_doccano_is_not_labelled_unless_it_was_approved() -> None:
    name = "SequenceLabeling"
    (unseen,) = [r for r in records(DOCCANO / name / "all.jsonl") if r.id == "unseen"]
    assert unseen == Labelled("unseen", UNSEEN, "2022-01-02")
    approved = records(DOCCANO / f"{name}-approved" / "all.jsonl", "doccano_approved")
    assert [(r.id, r.entities) for r in approved] == [("none", ()), ("unseen", ())]


def test_doccanos_files_of_each_person_are_annotations_of_the_same_texts() -> None:
    files = sorted((DOCCANO / "SequenceLabeling-of-each").iterdir())
    found = {record.id: record for record in ordered(records(files))}
    expected = {r.id: r for r in ordered(spans_alone(KEPT))}
    emils = (Span(0, 13, "drug"),)
    expected["unseen"] = replace(expected["unseen"], entities=emils)
    # Of a file for each person an empty list says nothing, not even that of who imported it.
    expected["none"] = replace(expected["none"], entities=None)
    assert found == expected
    (row,) = [row for row in check(files, quick=True).agreement if row.label is None]
    assert (row.texts, row.exact, row.overlapping) == (1, 0.0, 1.0)
