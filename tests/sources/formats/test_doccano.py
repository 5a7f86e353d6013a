"""doccano's exports: what an empty list says, whose it is, and what the file as a whole tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Span
from eventrisk.sources.formats.doccano import DOCCANO
from eventrisk.training.check import check
from eventrisk.training.data import entries, records

TEXT, OTHER = "Velorin may fail.", "Calmirone works."
DRUG = (Span(0, 7, "drug"),)


def exported(path: Path, *rows: Any) -> Path:
    lines = [json.dumps({"id": n, "Comments": [], **row}) for n, row in enumerate(rows, 1)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def own(**keys: Any) -> dict[str, str]:
    return {"eventrisk": json.dumps(keys)}


def notes(path: Path, form: str | None = None) -> list[tuple[str, str]]:
    problems = check(path, format=form, quick=True).problems
    return [(p.message, p.fix) for p in problems if p.kind == "not labelled"]


def test_labels_imported_as_metadata_are_no_answers_of_what_nobody_opened(tmp_path: Path) -> None:
    path = exported(
        tmp_path / "all.jsonl",
        {"text": TEXT, "label": [[0, 7, "drug"]], "sentiment": "up"},
        {"text": OTHER, "label": [], "sentiment": "up", "risk_factors": ["safety"]},
    )
    assert records(path) == [
        Labelled("all-1", TEXT, entities=DRUG, sentiment="up"),
        Labelled("all-2", OTHER),
    ]


def test_none_there_of_a_renamed_file_is_told_with_the_name_that_keeps_it(tmp_path: Path) -> None:
    rows = (
        {"text": TEXT, "label": [[0, 7, "drug"]]},
        {"text": OTHER, "label": [], **own(id="b", entities=[])},
        {"text": "Third.", "label": [], **own(id="c")},
    )
    shared, renamed = (exported(tmp_path / f"{name}.jsonl", *rows) for name in ("all", "done"))
    assert [r.entities for r in records(shared)] == [DRUG, (), None]
    assert [r.entities for r in records(renamed)] == [DRUG, None, None]
    told = notes(renamed)
    assert told[0] == (
        "1 record (b): an empty list in the file of one person says nothing: not labelled",
        "if this file holds the labels of all people, call it all.jsonl",
    )
    assert told[1][0].startswith("1 record (c): doccano writes an empty list for what nobody")
    assert [message[:12] for message, _ in notes(shared)] == ["1 record (c)"]


def test_what_a_person_labelled_in_their_own_file_takes_nothing_from_anybody(
    tmp_path: Path,
) -> None:
    row = {"text": TEXT, "label": [[0, 7, "drug"]], **own(id="a", entities=[])}
    path = exported(tmp_path / "ann.jsonl", row)
    assert records(path) == [Labelled("a", TEXT, entities=DRUG)]
    assert notes(path) == []


def test_approved_examples_without_any_label_do_not_tell_what_was_looked_for(
    tmp_path: Path,
) -> None:
    rows = ({"text": TEXT, "label": [], **own(id="a")}, {"text": OTHER, "label": []})
    path = exported(tmp_path / "all.jsonl", *rows)
    assert records(path, "doccano_approved") == [Labelled("a", TEXT), Labelled("all-2", OTHER)]
    assert notes(path, "doccano_approved") == [
        (
            "2 records (a, all-2): no example of the file has a label, so none tells what was "
            "looked for: not labelled",
            "export them together with examples that have labels",
        )
    ]


@pytest.mark.parametrize(
    "first",
    [
        {"label": [[0, 7, "drug"]]},
        {"label": [], **own(entities=[])},
        {"label": [], **own(as_proposed={"entities": [[0, 7, "drug"]], "choices": []})},
    ],
    ids=["a span", "imported as none there", "proposed"],
)
def test_approved_examples_are_none_there_where_any_tells_of_spans(
    first: dict[str, Any], tmp_path: Path
) -> None:
    path = exported(tmp_path / "all.jsonl", {"text": TEXT, **first}, {"text": OTHER, "label": []})
    assert records(path, "doccano_approved")[1] == Labelled("all-2", OTHER, entities=())


def test_approved_examples_of_classes_say_nothing_of_entities(tmp_path: Path) -> None:
    path = exported(
        tmp_path / "all.jsonl", {"text": TEXT, "label": ["tone:cool"]}, {"text": OTHER, "label": []}
    )
    found = records(path, "doccano_approved")
    assert [(r.entities, r.tone) for r in found] == [(None, "cool"), (None, None)]


def test_exports_are_refused_as_records_of_our_own(tmp_path: Path) -> None:
    path = exported(tmp_path / "all.jsonl", {"text": TEXT, "label": []}, {"text": OTHER})
    assert [str(entry) for entry in entries(path, "jsonl")] == [
        f"{path}, line 1: is an example that doccano wrote; read it as doccano "
        f"(format='doccano', --from doccano)"
    ]
    ours = tmp_path / "ours.jsonl"
    ours.write_text(json.dumps({"id": "a", "text": TEXT, "Comments": ["x"]}), encoding="utf-8")
    assert records(ours, "jsonl") == [Labelled("a", TEXT, extra={"Comments": ["x"]})]


def test_label_studios_table_is_refused_as_doccanos(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"annotation_id,annotator,id,lead_time,text\n1,1,1,1,{TEXT}\n", "utf-8")
    with pytest.raises(DataError, match=r"x\.csv, line 1: is a table that label_studio wrote"):
        records(path, "doccano")
    (problem,) = [p for p in check(path, format="doccano").problems if p.kind == "unreadable"]
    assert problem.message.endswith(
        "read it as label_studio (format='label_studio', --from label_studio)"
    )


def test_a_class_that_holds_the_sign_between_classes_is_advised_on(tmp_path: Path) -> None:
    said = "doccano: a class holds '#', which parts classes in its CSV: export JSONL"
    plain, odd = Labelled("a", TEXT, sentiment="up"), Labelled("b", OTHER, risk_factors=("R#D",))
    assert said not in DOCCANO.advice([plain])
    assert said in DOCCANO.advice([plain, odd])
    both = Labelled("c", "Third.", entities=DRUG)  # a project of both exports no CSV
    assert said not in DOCCANO.advice([odd, both])


def test_without_times_the_file_that_was_read_last_counts(tmp_path: Path) -> None:
    ann, zoe = (
        exported(tmp_path / f"{who}.jsonl", {"text": TEXT, "label": [[0, 7, label]], **own(id="a")})
        for who, label in (("ann", "drug"), ("zoe", "code"))
    )
    for files, label in (([ann, zoe], "code"), ([zoe, ann], "drug")):
        checked = check(files, quick=True)
        assert [r.entities for r in checked.fixed()] == [(Span(0, 7, label),)]
        (message,) = [p.message for p in checked.problems if p.kind == "annotators differ"]
        assert message.startswith(
            "annotators differ, and the latest counts (without times, the one read last); entities:"
        )
