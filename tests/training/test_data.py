"""Records from files and from memory: all of them, or an error that names the place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled
from eventrisk.training.data import entries, records

ONE = {"id": "a", "text": "Velorin may fail.", "sentiment": "negative"}


def file(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_files_records_and_plain_values_are_all_taken(tmp_path: Path) -> None:
    path = file(tmp_path / "x.jsonl", json.dumps(ONE), "", json.dumps({"text": "Second."}))
    assert [r.id for r in records(path)] == ["a", "x-3"]
    assert [r.id for r in records([Labelled("b", "Third."), {"text": "Fourth."}, path])] == [
        "b",
        "record-2",
        "a",
        "x-3",
    ]


def test_the_first_bad_line_is_named_and_a_check_sees_all(tmp_path: Path) -> None:
    path = file(tmp_path / "x.jsonl", json.dumps(ONE), json.dumps(ONE)[:-9], '{"id": 1}')
    with pytest.raises(DataError, match=r"x\.jsonl, line 2: is not JSON"):
        records(path)
    assert [isinstance(e, DataError) for e in entries(path)] == [False, True, True]


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes('{"text": "Caf\u00e9"}\n'.encode("latin-1"))
    with pytest.raises(DataError, match="line 1: is not UTF-8"):
        records(path)


def test_an_id_given_twice_names_both_places(tmp_path: Path) -> None:
    path = file(tmp_path / "x.jsonl", json.dumps(ONE), json.dumps(ONE))
    with pytest.raises(DataError, match=r"line 2: the id 'a' was used in .*line 1"):
        records(path)


def test_a_missing_an_empty_and_an_unknown_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        records(tmp_path / "none.jsonl")
    with pytest.raises(DataError, match="holds no record"):
        records(file(tmp_path / "empty.jsonl", ""))
    with pytest.raises(DataError, match="no format of labelled releases"):
        records(file(tmp_path / "x.odt", ""))
