"""A folder gives its releases in order, and says which files it passed over and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventrisk.errors import InputError
from eventrisk.sources.folders import find_files


def made(folder: Path, **files: str | bytes) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_a_folder_is_read_to_its_depth_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    names = ("b.txt", "a/c.HTM", "a/.git/d.txt", ".hidden.txt", "f.jsonl", "g.md", "h.csv", "i.pq")
    made(tmp_path, **dict.fromkeys(names, "x"))
    found = find_files([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found.files] == [
        "a/c.HTM",
        "b.txt",
        "f.jsonl",
        "g.md",
        "h.csv",
        "i.pq",
    ]
    assert found.passed_over == {}


def test_what_is_passed_over_is_named_with_the_reason(tmp_path: Path) -> None:
    made(
        tmp_path,
        **{
            "a.txt": "x",
            "b.pdf": b"%PDF-1.7",
            "c.docx": b"PK\x03\x04",
            "d.log": "x",
            "README": "x",
            "e.json": "[]",
        },
    )
    found = find_files([tmp_path])
    assert [path.name for path in found.files] == ["a.txt"]
    assert {path.name: why for path, why in found.passed_over.items()} == {
        "README": "files without an ending are read only when they are named themselves",
        "b.pdf": "a PDF file; extract its text first, for example with pdftotext",
        "c.docx": "a zip archive or an Office document; unpack it, or save it as plain text",
        "d.log": "files ending in .log are read only when they are named themselves",
        "e.json": "files ending in .json are read only when they are named themselves",
    }


def test_many_of_a_kind_are_said_by_their_first_names_and_number(tmp_path: Path) -> None:
    made(tmp_path, **{"a.txt": "x", **{f"p{n}.pdf": b"%PDF" for n in range(5)}})
    at = tmp_path.as_posix()
    assert find_files([tmp_path]).said() == (
        f"passed over 5 files: {at}/p0.pdf, {at}/p1.pdf, {at}/p2.pdf and 2 more (a PDF file; "
        f"extract its text first, for example with pdftotext)"
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("s.csv", "doc_id,title,model_sha256,error\n"),
        ("s.csv", "\ufeffdoc_id;title;model_sha256\na;b;c\n"),
        ("s_votes.csv", "doc_id,body,start,end,quote\n"),
        ("s.jsonl", json.dumps({"schema": 1, "doc_id": "a", "provenance": {}}) + "\n"),
        ("s.jsonl", json.dumps({"schema": 1, "doc_id": "a", "error": "e", "kind": "k"}) + "\n"),
    ],
)
def test_a_table_of_results_is_no_release(name: str, content: str, tmp_path: Path) -> None:
    made(tmp_path, **{"a.txt": "x", name: content})
    found = find_files([tmp_path])
    assert [path.name for path in found.files] == ["a.txt"]
    assert found.passed_over == {tmp_path / name: "a table of results"}
    assert find_files([tmp_path / name]).files == [tmp_path / name]


@pytest.mark.parametrize(
    "content",
    ["doc_id,text,model_sha256\n", "doc_id,title,date\n", "doc_id,quote,start\n", "", "\n"],
)
def test_a_table_that_only_resembles_results_is_read(content: str, tmp_path: Path) -> None:
    made(tmp_path, **{"s.csv": content})
    assert find_files([tmp_path]).files == [tmp_path / "s.csv"]


def test_a_file_named_twice_is_read_once_and_any_ending_is_taken_when_named(tmp_path: Path) -> None:
    made(tmp_path, **{"filing.sgml": "x", "a.txt": "x"})
    path = tmp_path / "filing.sgml"
    assert find_files([path, path]).files == [path]
    found = find_files([tmp_path, path])
    assert [each.name for each in found.files] == ["a.txt", "filing.sgml"]
    assert found.passed_over == {}


def test_a_missing_path_and_a_folder_without_releases_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere: there is no such file or folder"):
        find_files([tmp_path / "nowhere"])
    with pytest.raises(InputError, match="holds no release; files ending in"):
        find_files([tmp_path])
    made(tmp_path, **{"a.pdf": b"%PDF"})
    with pytest.raises(InputError, match=r"passed over 1 file: .*a\.pdf \(a PDF file"):
        find_files([tmp_path])
