"""Files of every usual kind are read to the character; what is no text is named with what to do."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.errors import DataError, InputError
from eventrisk.results import Failure
from eventrisk.sources.files import (
    decode,
    find_files,
    read_file,
    read_records,
    read_release,
    stream,
)

TEXT = "Norvena’s “Corvastim” – 90 % of patients\r\nsecond line\n"
PLAIN = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=60
)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_text_is_read_in_its_encoding_with_line_ends_kept(
    data: bytes, encoding: str, tmp_path: Path
) -> None:
    (tmp_path / "x.txt").write_bytes(data)
    assert read_file(tmp_path / "x.txt") == (TEXT, encoding)
    assert read_release(tmp_path / "x.txt") == TEXT


@given(PLAIN)
def test_any_utf8_text_comes_back(text: str) -> None:
    data = text.encode("utf-8")
    if not data.startswith((codecs.BOM_UTF8, b"%PDF", b"PK\x03\x04", b"{\\rtf")):
        assert decode(data, "x").text == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 ...", "is a PDF file, not text; extract its text first"),
        (b"PK\x03\x04word/document.xml", "a zip archive or an Office document"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"{\\rtf1 Norvena}", "a Rich Text file"),
        (b"abc\x00def", "holds NUL characters"),
        (TEXT.encode("utf-16-le"), "UTF-16 without a mark"),
        (b"\x81\x8d\x8f", "neither UTF-8 nor Windows-1252"),
        (codecs.BOM_UTF16_LE + b"a", "neither UTF-8 nor"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_bytes(data)
    with pytest.raises(InputError, match=r"odd\.txt: .*" + said):
        read_release(tmp_path / "odd.txt")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.txt: cannot be read \(No such file"):
        read_release(tmp_path / "gone.txt")
    with pytest.raises(
        InputError, match="is a folder, not a release; `eventrisk score` reads folders"
    ):
        read_release(tmp_path)


LINES = [
    json.dumps({"text": "one", "date": "2021-05-04", "id": 7}),
    "",
    json.dumps({"text": "two"}),
    "{broken",
    json.dumps(["text"]),
    json.dumps({"text": "three", "date": 20210504}),
    json.dumps({"text": None}),
    json.dumps({"text": "four", "doc_id": "d4", "date": None}),
]


def test_json_lines_become_records_and_bad_ones_failures_in_their_place(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text("\n".join(LINES), encoding="utf-8")
    one, two, broken, listed, number, empty, four = stream(path)
    assert one == {"id": "7", "text": "one", "date": "2021-05-04"}
    assert two == {"id": f"{path.as_posix()}#3", "text": "two", "date": None}
    assert four == {"id": "d4", "text": "four", "date": None}
    assert all(
        isinstance(f, Failure) and f.kind == "DataError" for f in (broken, listed, number, empty)
    )
    assert isinstance(broken, Failure)
    assert broken.doc_id == f"{path.as_posix()}#4"
    assert broken.error.startswith(f"{path}, line 4: is not JSON in UTF-8")
    assert isinstance(number, Failure)
    assert '"date" must be a string' in number.error


def test_reading_records_strictly_stops_at_the_bad_line_with_file_and_number(
    tmp_path: Path,
) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text("\n".join(LINES), encoding="utf-8")
    records = read_records(path)
    assert [next(records)["text"], next(records)["text"]] == ["one", "two"]
    with pytest.raises(DataError, match=r"r\.jsonl, line 4: "):
        next(records)


def test_deep_nesting_is_a_bad_line_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text("[" * 200_000, encoding="utf-8")
    (failure,) = stream(path)
    assert isinstance(failure, Failure)


def test_a_file_becomes_one_record_called_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>Norvena</p>", encoding="utf-8")
    assert [*stream(path)] == [
        {"id": path.as_posix(), "text": "<p>Norvena</p>", "encoding": "utf-8"}
    ]


def test_an_unreadable_file_is_a_failure_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"%PDF-")
    (failure,) = stream(path)
    assert isinstance(failure, Failure)
    assert (failure.doc_id, failure.kind) == (path.as_posix(), "InputError")


def test_a_folder_is_read_to_its_depth_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/c.HTM",
        "a/.git/d.txt",
        ".hidden.txt",
        "e.pdf",
        "f.jsonl",
        "g.md",
        "h.csv",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert found == ["a/c.HTM", "b.txt", "f.jsonl", "g.md"]


def test_a_file_named_twice_is_read_once_and_any_ending_is_taken_when_named(tmp_path: Path) -> None:
    path = tmp_path / "filing.sgml"
    path.write_text("x")
    assert find_files([path, path]) == [path]


def test_a_missing_path_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere: there is no such file or folder"):
        find_files([tmp_path / "nowhere"])
    with pytest.raises(InputError, match="holds no release; files ending in"):
        find_files([tmp_path])
