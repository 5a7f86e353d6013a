"""Records from files and from memory: all of them, or an error that names the place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled
from eventrisk.training.data import FORMATS, entries, records

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
    empty = file(tmp_path / "empty.jsonl", "")
    for data in (empty, [empty]):
        with pytest.raises(DataError) as error:
            records(data)
        assert str(error.value).startswith(f"{empty}: holds no record;")
    with pytest.raises(DataError, match="no format of releases"):
        records(file(tmp_path / "x.odt", ""))


def test_keys_that_the_file_calls_otherwise_are_named_and_a_slip_in_them_is_an_error(
    tmp_path: Path,
) -> None:
    path = file(tmp_path / "x.jsonl", json.dumps({"body": "One", "verdict": "bad"}))
    found = records(path, columns={"body": "text", "verdict": "sentiment"})
    assert [(r.text, r.sentiment) for r in found] == [("One", "bad")]
    with pytest.raises(
        DataError,
        match=r"x\.jsonl: no record has the key 'verdcit' that is to be read as 'sentiment'",
    ):
        records(path, columns={"body": "text", "verdcit": "sentiment"})
    with pytest.raises(DataError, match="line 1: two keys are to be read as 'text'"):
        records(path, columns={"body": "text", "verdict": "text"})


def test_a_line_of_half_a_surrogate_pair_is_escaped_and_read_again(tmp_path: Path) -> None:
    held = [Labelled("a", "half \ud83d one"), Labelled("b", "caf\u00e9")]
    FORMATS["jsonl"].write(held, tmp_path / "x.jsonl")
    assert records(tmp_path / "x.jsonl") == held
    assert "caf\u00e9" in (tmp_path / "x.jsonl").read_text(encoding="utf-8")
