"""The format of a file, by its ending and its beginning."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Span
from eventrisk.sources.formats.guess import known
from eventrisk.training.data import FORMATS, format_of, records


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ('{"text": "a", "sentiment": "x"}', "jsonl"),
        ('{"text": "a", "entities": [[0, 1, "x"]]}', "jsonl"),
        ('{"text": "a", "sentiment": "x", "label": 3}', "jsonl"),
        ('{"text": "a", "risks": ["x"], "meta": {}}', "jsonl"),
        ('{"text": "a", "spans": []}', "prodigy"),
        ('{"text": "a", "_task_hash": 3, "label": "x"}', "prodigy"),
        ('{"text": "a", "accept": ["x"], "answer": "accept"}', "prodigy"),
        ('{"text": "a", "meta": {"id": "x"}}', "prodigy"),
        ('{"text": "a", "label": [[0, 1, "x"]]}', "doccano"),
        ('{"text": "a", "labels": ["x"], "meta": {}}', "doccano"),
        ('{"text": "a", "entities": [[0, 1, "x"]], "cats": []}', "doccano"),
        ('{"text": "a", "entities": [{"start_offset": 0}]}', "doccano"),
        ('{"text": "a', "jsonl"),
        ("[3]", "jsonl"),
        ("", "jsonl"),
    ],
)
def test_json_lines_are_told_apart_by_the_keys_of_the_first(
    first: str, expected: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(f"\n{first}\n", encoding="utf-8")
    assert format_of(path).name == expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("[", "label_studio"),
        ('\ufeff [{"data": {}}]', "label_studio"),
        ('{"text": "a", "label": []}', "doccano"),
        ('{"text": "a"}', "jsonl"),
        ('[{"id": 1, "text": "a", "label": [], "Comments": []}]', "doccano"),
        ('[{"id": 1, "text": "a", "annotation_id": 2}]', "label_studio"),
    ],
)
def test_json_is_an_array_of_tasks_or_json_lines(first: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(first, encoding="utf-8")
    assert format_of(path).name == expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("text\tsentiment", "csv"),
        ("Text\tlabel", "csv"),
        ("text\tO", "conll"),
        ("Velorin\tB-drug", "conll"),
        ("# doc_id = x", "conll"),
        ("-DOCSTART-\tO", "conll"),
        ("Velorin", "conll"),
    ],
)
def test_tabs_part_a_table_or_tags(first: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text(first + "\n", encoding="utf-8")
    assert format_of(path).name == expected


@pytest.mark.parametrize("name", [*FORMATS.keys() - {"doccano_approved", "conll2003"}])
@pytest.mark.parametrize(
    "record",
    [
        Labelled("a", "Velorin", entities=(Span(0, 7, "drug"),)),
        Labelled("a", "Velorin", entities=(), sentiment="x", date="2020"),
        Labelled("a", "Velorin", entities=(), risk_factors=(), extra={"meta": {}, "label": "x"}),
    ],
)
def test_what_we_write_is_known_again(name: str, record: Labelled, tmp_path: Path) -> None:
    path = tmp_path / f"x{(*FORMATS[name].suffixes, '.jsonl')[0]}"
    lost = FORMATS[name].write([record], path)
    assert format_of(path).name == name
    assert name == "conll" or (not lost and records(path) == [record])


def test_a_format_that_is_not_known_is_answered_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        format_of(tmp_path / "x.xlsx")
    assert (
        "x.xlsx: no format of releases is known by the ending '.xlsx'; known are jsonl (.jsonl"
    ) in str(error.value)
    assert all(name in str(error.value) for name in FORMATS)
    assert ", conll (.conll, .iob, .iob2, .bio, .tsv), conll2003; name" in str(error.value)
    assert ", prodigy, doccano, doccano_approved, label_studio (.json)," in str(error.value)
    with pytest.raises(DataError, match=r"known by 'label-studo'.*did you mean 'label_studio'"):
        format_of(tmp_path / "x.json", "label-studo")
    with pytest.raises(DataError, match="is a folder"):
        format_of(tmp_path)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("annotation_id,annotator,created_at,id,label,lead_time,text,updated_at", "label_studio"),
        ("id,text,label,Comments", "doccano"),
        ("id,text,Comments", "csv"),
        ("annotator,id,text", "csv"),
    ],
)
@pytest.mark.parametrize(("ending", "sign"), [("csv", ","), ("tsv", "\t")])
def test_tables_of_tools_are_known_by_the_columns_that_they_add(
    header: str, expected: str, ending: str, sign: str, tmp_path: Path
) -> None:
    path = tmp_path / f"x.{ending}"
    quoted = sign.join(f'"{name}"' for name in header.split(","))
    path.write_text(f"{quoted}\n", encoding="utf-8")
    assert format_of(path).name == expected
    if expected != "csv":
        with pytest.raises(DataError, match=f"is a table that {expected} wrote; read it as"):
            records(path, "csv")


def test_fasttext_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "all.txt"
    path.write_text('"__label__up A\nb "\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"all\.txt: is fastText.*export JSONL instead"):
        format_of(path)


def test_a_hyphen_does_for_an_underscore() -> None:
    assert known("label-studio", FORMATS.values()) == "label_studio"
