"""One reader of records: files of every kind, mappings and texts, with what came along kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from operator import length_hint
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.errors import DataError, InputError, InputWarning, OutputError
from eventrisk.export import to_jsonl
from eventrisk.results import Failure
from eventrisk.sources.records import (
    Release,
    fingerprint,
    one_release,
    read,
    release_of,
    releases,
)

ROWS: list[dict[str, Any]] = [
    {"id": "a", "text": "One", "date": "2020-01-02", "ticker": "NVX"},
    {"id": "b", "text": "Two", "date": "2020-01-03", "ticker": "RVL"},
]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    """The rows in the format that the ending names."""
    names = list(rows[0])
    cells = [[str(row[name]) for name in names] for row in rows]
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif path.suffix == ".json":
        path.write_text(json.dumps(rows), encoding="utf-8")
    elif path.suffix in (".jsonl", ".ndjson"):
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    else:
        sign = "\t" if path.suffix == ".tsv" else ","
        path.write_text("".join(sign.join(row) + "\n" for row in [names, *cells]), encoding="utf-8")
    return path


ENDINGS = [".csv", ".tsv", ".parquet", ".jsonl", ".ndjson", ".json"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_table_gives_a_record_a_row_with_all_its_columns(ending: str, tmp_path: Path) -> None:
    assert [*read(write(tmp_path / f"news{ending}", ROWS))] == ROWS


@pytest.mark.parametrize("ending", ENDINGS)
def test_columns_are_called_by_other_names(ending: str, tmp_path: Path) -> None:
    rows = [{"permno": "7", "body": "One", "headline": "Head", "when": "2020-01-02"}]
    path = write(tmp_path / f"news{ending}", rows)
    names = {"permno": "id", "body": "text", "headline": "title", "when": "date"}
    assert [*read(path, columns=names)] == [
        {"id": "7", "text": "One", "title": "Head", "date": "2020-01-02"}
    ]


@pytest.mark.parametrize("ending", ENDINGS)
def test_without_an_id_a_row_is_called_by_file_and_row(ending: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"news{ending}", [{"text": "Same"}, {"text": "Same"}])
    assert [record["id"] for record in records_of(path)] == [
        f"{path.as_posix()}#1",
        f"{path.as_posix()}#2",
    ]


def records_of(path: Path) -> Iterator[dict[str, Any]]:
    """The records, which all can be read."""
    for record in read(path):
        assert not isinstance(record, Failure)
        yield record


def test_capitals_make_no_difference_and_what_is_called_so_exactly_goes_first(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "a.csv", [{"ID": "7", "Date": "2020", "Text": "One", "Ticker": "NVX"}])
    assert [*read(path)] == [{"id": "7", "date": "2020", "text": "One", "Ticker": "NVX"}]
    both = write(tmp_path / "b.csv", [{"Text": "no", "text": "yes", "doc_id": "7"}])
    assert [*read(both)] == [{"Text": "no", "text": "yes", "id": "7"}]


def test_an_empty_id_is_none_and_a_null_text_keeps_its_id(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "", "text": "One"}\n\n{"id": "x", "text": null}\n', encoding="utf-8")
    assert [*read(path)] == [
        {"id": f"{path.as_posix()}#1", "text": "One"},
        Failure("x", f"{path.as_posix()}#3 (id x): 'text' is empty", "EmptyTextError", {}),
    ]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"body": "text"}, "'body' is empty"),
        ({"head": "title"}, "'head' is empty"),
        ({"body": "text", "head": "title"}, "'body' and 'head' are empty"),
    ],
)
def test_a_row_without_words_is_told_by_file_row_id_and_the_names_of_its_own_columns(
    columns: dict[str, str], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,body,head,n\n500,, ,3\n", encoding="utf-8")
    (failure,) = read(path, columns=columns)
    assert isinstance(failure, Failure)
    assert failure.doc_id == "500"
    assert failure.error == f"{path.as_posix()}#1 (id 500): {said}"
    assert failure.meta["n"] == "3"
    row = {"id": 500.0, "body": None, "head": float("nan"), "n": 3}
    (again,) = releases([row], columns)
    assert isinstance(again, Failure)
    assert (again.doc_id, again.error) == ("500", f"record-0 (id 500): {said}")


def test_a_list_of_paths_is_read_in_its_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    found = [*read([str(tmp_path / "b.txt"), tmp_path / "a.txt"])]
    assert [record["text"] for record in found if not isinstance(record, Failure)] == [
        "b.txt",
        "a.txt",
    ]


@pytest.mark.parametrize("suffix", [".jsonl", ".json"])
def test_results_named_as_input_are_refused_unless_their_text_is_named(
    suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"r{suffix}"
    path.write_text(
        '{"schema": 1, "doc_id": "a", "title": "FDA Approves Norvena", "provenance": {}}\n',
        encoding="utf-8",
    )
    (failure,) = read(path)
    assert isinstance(failure, Failure)
    assert failure.error.startswith(f"{path}: holds results that this library wrote, not releases")
    with pytest.raises(InputError, match=r"holds results that this library wrote"):
        one_release(path)
    (record,) = read(path, columns={"title": "text"})
    assert not isinstance(record, Failure)
    assert record["text"] == "FDA Approves Norvena"


def test_a_spoilt_row_is_a_failure_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,n\nOne,1\nTwo\nThree,3\n", encoding="utf-8")
    first, second, third = read(path)
    assert isinstance(first, dict)
    assert second == Failure(
        f"{path.as_posix()}#2",
        f"{path}, line 3: has 1 cells where the header has 2; is a comma not quoted, or the line "
        f"cut off?",
        "DataError",
    )
    assert third == {"text": "Three", "n": "3", "id": f"{path.as_posix()}#3"}


LINES = [
    json.dumps({"text": "one", "date": "2021-05-04", "id": 7}),
    "",
    "{broken",
    json.dumps(["text"]),
    json.dumps({"doc_id": "d4", "text": "four"}),
    "[" * 200_000,
]


def test_bad_lines_are_failures_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text("\n".join(LINES), encoding="utf-8")
    one, broken, listed, four, deep = read(path)
    assert one == {"text": "one", "date": "2021-05-04", "id": 7}
    assert four == {"id": "d4", "text": "four"}
    assert isinstance(broken, Failure)
    assert (broken.doc_id, broken.kind) == (f"{path.as_posix()}#3", "DataError")
    assert broken.error.startswith(f"{path}, line 3: is not JSON")
    assert isinstance(listed, Failure)
    assert "line 4: is no object" in listed.error
    assert isinstance(deep, Failure)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "", "a.csv: holds no record"),
        ("a.csv", "\n\n", "holds no record"),
        ("a.csv", "text\n", "holds no record"),
        ("a.jsonl", "\n", "holds no record"),
        (
            "a.csv",
            "id,body\n1,One\n",
            "say which one holds it with columns={'body': 'text'}",
        ),
        ("a.csv", "id,Text \n1,One\n", None),
        ("a.csv", "id,texts\n1,One\n", "columns={'texts': 'text'}"),
        ("a.csv", "text,text\n1,One\n", "the column 'text' is there twice"),
        ("a.csv", 'text\n"One\n', "is a quote never closed"),
        ("a.parquet", "text", "is not Parquet"),
        ("a.xlsx", "x", "is a spreadsheet; save its table as CSV"),
        ("a.spacy", "x", "a DocBin holds labelled releases; `eventrisk convert"),
        ("a.txt", "%PDF-", "is a PDF file, not text"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_failure(
    name: str, content: str, said: str | None, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    (found,) = read(path)
    if said is None:
        assert isinstance(found, dict)
        return
    assert isinstance(found, Failure)
    assert said in found.error
    assert str(path) in found.error


def test_a_text_is_one_record_called_by_its_path_and_windows_1252_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>Norvena</p>", encoding="utf-8")
    assert [*read(path)] == [{"id": path.as_posix(), "text": "<p>Norvena</p>"}]
    path.write_bytes("“Norvena”".encode("cp1252"))
    with pytest.warns(InputWarning, match=r"a\.html: is not UTF-8 and was read as Windows-1252"):
        assert [*read(path)] == [{"id": path.as_posix(), "text": "“Norvena”"}]


def test_the_format_is_what_is_said_before_what_the_ending_tells(tmp_path: Path) -> None:
    path = write(tmp_path / "news.csv", ROWS).rename(tmp_path / "news.dat")
    assert [*read(path, format="csv")] == ROWS
    (whole,) = read(path)
    assert isinstance(whole, dict)
    assert whole["text"].startswith("id,text,date,ticker\n")
    with pytest.raises(DataError, match=r"no format of releases is known by 'cvs'.*mean 'csv'"):
        read(path, format="cvs")
    with pytest.raises(DataError, match="'a' is to be read as 'body', which is no name here"):
        read(path, columns={"a": "body"})


def test_tasks_of_labelling_tools_are_read_without_their_labels(tmp_path: Path) -> None:
    prodigy = tmp_path / "p.jsonl"
    task = {"text": "Norvena", "meta": {"id": "p1", "date": "2020-01-02"}, "spans": []}
    prodigy.write_text(json.dumps(task) + "\n", encoding="utf-8")
    (found,) = read(prodigy, format="prodigy")
    assert isinstance(found, dict)
    assert (found["id"], found["text"], found["date"]) == ("p1", "Norvena", "2020-01-02")
    studio = tmp_path / "s.json"
    studio.write_text('[{"id": 3, "data": {"text": "Norvena", "ticker": "NVX"}}]', encoding="utf-8")
    assert [*read(studio)] == [{"id": 3, "text": "Norvena", "ticker": "NVX"}]


def test_a_folder_is_read_file_by_file_and_says_what_it_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "b.csv", ROWS)
    (tmp_path / "a.txt").write_text("Zero", encoding="utf-8")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7")
    with pytest.warns(InputWarning, match=r"passed over 1 file: .*c\.pdf \(a PDF file; extract"):
        found = read(tmp_path)
    assert [record["text"] for record in found if isinstance(record, dict)] == [
        "Zero",
        "One",
        "Two",
    ]


def test_what_is_not_there_is_said_before_the_first_record_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere: there is no such file or folder"):
        read(tmp_path / "nowhere")


def test_their_number_is_known_where_each_file_is_one(tmp_path: Path) -> None:
    for name in ("a.txt", "b.html"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert length_hint(read(tmp_path)) == 2
    write(tmp_path / "c.csv", ROWS)
    assert length_hint(read(tmp_path)) == 0


def test_a_file_that_is_being_read_is_not_written_over(tmp_path: Path) -> None:
    path = write(tmp_path / "r.jsonl", ROWS)
    before = path.read_bytes()
    (tmp_path / "link.jsonl").symlink_to(path)
    stream = read(path)
    for target in (path, tmp_path / "link.jsonl"):
        with pytest.raises(OutputError, match="is read as input"):
            to_jsonl(iter(()), target)
    assert path.read_bytes() == before
    assert len([*stream]) == 2
    assert to_jsonl(iter(()), path) == 0  # read to its end: the file is the user's to replace


@pytest.mark.parametrize(
    ("title", "text", "joined"),
    [
        ("Head", "Body.", "Head\n\nBody."),
        ("Head", "Head\nBody.", "Head\nBody."),
        ("Two  Words", "BOSTON -- TWO\nwords and more", "BOSTON -- TWO\nwords and more"),
        ("Head", "", "Head"),
        ("Head", None, "Head"),
        ("", "Body.", "Body."),
        (float("nan"), "Body.", "Body."),
        (None, "Body.", "Body."),
        (None, None, None),
        ("Head", 7, 7),
    ],
)
def test_a_title_stands_above_a_text_that_does_not_begin_with_it(
    title: Any, text: Any, joined: Any
) -> None:
    assert release_of({"title": title, "text": text}).text == joined


@pytest.mark.parametrize(
    ("given_id", "doc_id"),
    [(7, "7"), (7.0, "7"), (7.5, "7.5"), ("07", "07"), ("", None), (float("nan"), None)],
)
def test_an_id_is_taken_in_words(given_id: Any, doc_id: str | None) -> None:
    assert release_of({"id": given_id, "text": "x"}).doc_id == doc_id


def test_further_keys_travel_along_as_they_were_given() -> None:
    record = {"text": "x", "id": 1, "permno": 10001, "nested": {"a": [1]}, "Title ": "y"}
    found = release_of(record)
    assert found.meta == {"permno": 10001, "nested": {"a": [1]}}
    assert found.text == "y\n\nx"
    assert found.keys == ("text", "id", "permno", "nested", "Title ")


def test_one_of_ours_that_is_given_to_another_key_is_kept_under_a_name_beside_it() -> None:
    found = release_of({"body": "a", "text": "b", "id": 1, "n": 2}, {"body": "text", "n": "id"})
    assert (found.text, found.doc_id, found.meta) == ("a", "2", {"meta_text": "b", "meta_id": 1})


def test_two_keys_for_one_of_ours_are_refused() -> None:
    with pytest.raises(DataError, match="both 'body' and 'story' are to be read as 'text'"):
        release_of({"body": "a", "story": "b"}, {"body": "text", "story": "text"})


@given(st.dictionaries(st.text(max_size=8), st.integers(), max_size=5))
def test_no_further_key_is_lost(extra: dict[str, int]) -> None:
    ours = {"text", "title", "date", "id", "doc_id"}
    kept = {key: value for key, value in extra.items() if key.strip().casefold() not in ours}
    assert release_of({**kept, "text": "x"}).meta == kept


def test_paths_texts_mappings_and_failures_stand_in_one_stream(tmp_path: Path) -> None:
    path = write(tmp_path / "news.csv", ROWS)
    failed = Failure("f", "broken", "InputError")
    found = [*releases(["Bare", {"text": "Mapped", "n": 1}, failed, path])]
    assert found[:3] == [
        Release(None, "Bare", None, {}),
        Release(None, "Mapped", None, {"n": 1}, ("text", "n")),
        failed,
    ]
    assert [r.doc_id for r in found[3:] if isinstance(r, Release)] == ["a", "b"]
    assert [*releases(path)] == found[3:]


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ("FDA Approves Norvena", r"not one string: a text goes to eventrisk.analyze\(text\)"),
        ("news.csv", r"not the name 'news.csv': .* a file or folder into eventrisk.read\(path\)"),
        (b"bytes", "not bytes"),
        ({"text": "One"}, r"not one mapping; put it into a list: \[record\]"),
        (None, "not NoneType: give a list"),
        (7, "not int"),
    ],
)
def test_what_is_no_stream_of_records_is_refused_at_once(records: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        releases(records)


def test_one_release_of_a_file_and_why_not_of_another(tmp_path: Path) -> None:
    text = tmp_path / "a.md"
    text.write_text("# Norvena", encoding="utf-8")
    assert one_release(text) == Release(text.as_posix(), "# Norvena", None, {}, ("text",))
    one = write(tmp_path / "one.csv", ROWS[:1])
    assert one_release(one).doc_id == "a"
    assert one_release(one).meta == {"ticker": "NVX"}
    way = r"read it with eventrisk\.analyze_many\(eventrisk\.read\("
    with pytest.raises(InputError, match=rf"two\.csv: holds many releases; {way}"):
        one_release(write(tmp_path / "two.csv", ROWS))
    with pytest.raises(InputError, match=f"is a folder, not a release; {way}"):
        one_release(tmp_path)
    (tmp_path / "empty.csv").write_text("text\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"empty\.csv: holds no record"):
        one_release(tmp_path / "empty.csv")
    with pytest.raises(InputError, match=r"gone\.txt: cannot be read"):
        one_release(tmp_path / "gone.txt")


def test_the_fingerprint_is_the_start_of_the_sha256() -> None:
    assert fingerprint("abc") == "ba7816bf8f01"
    assert len(fingerprint("\ud800")) == 12
