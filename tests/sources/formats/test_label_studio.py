"""Label Studio's exports: what is a person's answer, and what only lies beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed, Span
from eventrisk.training.check import check
from eventrisk.training.data import entries, records

TEXT, OTHER = "Velorin may fail.", "Calmirone works."
DRUG = (Span(0, 7, "drug"),)
HEADER = "annotation_id,annotator,created_at,id,label,lead_time,sentiment,text,updated_at"


def exported(path: Path, *tasks: Any) -> Path:
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


def chosen(control: str, label: str, **value: Any) -> dict[str, Any]:
    return {"from_name": control, "type": "choices", "value": {**value, "choices": [label]}}


def annotated(number: int, data: dict[str, Any], *results: Any, **keys: Any) -> dict[str, Any]:
    return {"id": number, "data": data, "annotations": [{"result": results, **keys}]}


def told(path: Path, kind: str) -> list[str]:
    return [p.message for p in check(path, quick=True).problems if p.kind == kind]


def test_labels_in_the_data_of_a_task_that_nobody_annotated_are_no_answers(
    tmp_path: Path,
) -> None:
    labels = {"sentiment": "up", "entities": [[0, 7, "drug"]], "risks": ["safety"]}
    path = exported(
        tmp_path / "x.json",
        {"id": 1, "data": {"text": TEXT, **labels}, "annotations": []},
        annotated(2, {"text": OTHER, **labels}, was_cancelled=True),
    )
    assert records(path) == [
        Labelled("x-1", TEXT),
        Labelled("x-2", OTHER, extra={"was_cancelled": True}),
    ]


def test_a_class_in_the_data_of_an_annotated_task_is_none_where_the_person_chose_none(
    tmp_path: Path,
) -> None:
    region = {"type": "labels", "value": {"start": 0, "end": 7, "labels": ["drug"]}}
    path = exported(
        tmp_path / "x.json",
        annotated(1, {"text": TEXT, "sentiment": "up", "tone": "cool"}, region),
        annotated(2, {"text": OTHER, "sentiment": "up"}, chosen("sentiment", "down")),
    )
    assert records(path) == [
        Labelled("x-1", TEXT, entities=DRUG),
        Labelled("x-2", OTHER, entities=(), sentiment="down"),
    ]
    assert told(path, "not labelled") == [
        "1 record (x-1): the data of the task holds a label that nobody chose: not labelled"
    ]


def test_what_stands_beside_the_text_of_json_min_is_an_answer_where_somebody_annotated_it(
    tmp_path: Path,
) -> None:
    path = exported(
        tmp_path / "x.json",
        {"id": 1, "text": TEXT, "sentiment": "up", "annotation_id": None, "entities": []},
        {"id": 2, "text": OTHER, "sentiment": "up", "annotation_id": 3, "annotator": 1},
    )
    assert records(path) == [Labelled("x-1", TEXT), Labelled("x-2", OTHER, sentiment="up")]


def test_an_array_of_our_own_records_and_old_json_min_are_labelled(tmp_path: Path) -> None:
    own = {"id": "a", "text": TEXT, "entities": [[0, 7, "drug"]], "sentiment": "up"}
    region = {"start": 0, "end": 7, "text": "Velorin", "labels": ["drug"]}
    old = {"id": 2, "text": TEXT + " ", "label": [region], "sentiment": "down"}
    path = exported(tmp_path / "x.json", own, old)
    assert records(path) == [
        Labelled("a", TEXT, entities=DRUG, sentiment="up"),
        Labelled("x-2", TEXT + " ", entities=DRUG, sentiment="down"),
    ]
    assert told(path, "not labelled") == []


def test_choices_for_a_region_are_no_labels_of_the_release(tmp_path: Path) -> None:
    for_region = chosen("sentiment", "down", start=0, end=7, text="Velorin")
    path = exported(tmp_path / "x.json", annotated(1, {"text": TEXT}, for_region))
    assert records(path) == [Labelled("x-1", TEXT)]
    whole = exported(
        tmp_path / "y.json",
        annotated(1, {"text": TEXT}, for_region, chosen("sentiment", "up")),
    )
    assert records(whole) == [Labelled("y-1", TEXT, sentiment="up")]


def test_tables_give_the_ids_and_the_unlabelled_that_json_gives(tmp_path: Path) -> None:
    rows = f"{HEADER}\n3,1,,7,,,up,{TEXT},\n,,,8,,,up,{OTHER},\n4,1,,own-1,,,down,Third.,\n"
    (tmp_path / "x.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "y.tsv").write_text(rows.replace(",", "\t"), encoding="utf-8")
    expected = [("7", "up"), ("8", None)]
    for name in ("x.csv", "y.tsv"):
        found = [(r.id, r.sentiment) for r in records(tmp_path / name)]
        assert found == [*((f"{name[0]}-{n}", s) for n, s in expected), ("own-1", "down")]


def test_an_example_of_doccanos_is_refused_once_and_by_name(tmp_path: Path) -> None:
    example = {"id": 1, "text": TEXT, "label": [[0, 7, "drug"]], "Comments": []}
    path = exported(tmp_path / "all.json", example, {**example, "id": 2})
    errors = [str(entry) for entry in entries(path, "label_studio")]
    assert errors == [
        f"{path}, line 1: is an example that doccano wrote; read it as doccano "
        f"(format='doccano', --from doccano)"
    ]
    assert [r.entities for r in records(path)] == [DRUG, DRUG]
    task = annotated(1, {"text": TEXT, "Comments": [], "label": "x"}, chosen("sentiment", "up"))
    (found,) = entries(exported(tmp_path / "y.json", task), "label_studio")
    assert isinstance(found, Placed)
    assert found.record.sentiment == "up"


@pytest.mark.parametrize(("start", "end"), [(7, 0), (7, 7)])
def test_a_region_that_ends_before_it_begins_is_told_as_such(
    start: int, end: int, tmp_path: Path
) -> None:
    region = {"type": "labels", "value": {"start": start, "end": end, "labels": ["drug"]}}
    with pytest.raises(DataError) as error:
        records(exported(tmp_path / "x.json", annotated(1, {"text": TEXT}, region)))
    assert str(error.value).endswith(f"[{start}, {end}, 'drug']: start must be before end")


def test_two_exports_of_one_project_are_one_set(tmp_path: Path) -> None:
    def task(data: dict[str, Any], *annotations: Any) -> dict[str, Any]:
        return {"id": 1, "data": data, "annotations": annotations}

    def by_one(label: str, day: int) -> dict[str, Any]:
        result = [chosen("sentiment", label)]
        return {"completed_by": 1, "updated_at": f"2026-01-0{day}T00:00:00Z", "result": result}

    same, late = task({"id": "s", "text": TEXT}, by_one("up", 1)), {"id": "u", "text": OTHER}
    first = exported(tmp_path / "s1.json", same, task(late), task({"id": "n", "text": "None."}))
    second = exported(
        tmp_path / "s2.json",
        same,
        task(late, by_one("down", 2)),
        task({"id": "n", "text": "None."}),
    )
    expected = [
        Labelled("s", TEXT, sentiment="up"),
        Labelled("u", OTHER, sentiment="down"),
        Labelled("n", "None."),
    ]
    for files in ([first, second], [second, first]):
        assert records(files) == expected
        assert check(files, quick=True).agreement == ()
