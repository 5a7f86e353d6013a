"""Unlabelled releases are gathered from anywhere, each once, whatever their order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventrisk.errors import DataError, InputError
from eventrisk.labelled import Labelled
from eventrisk.training.suggest.pool import gather


def test_texts_mappings_and_records_are_taken_and_named_by_their_words_where_they_have_no_id() -> (
    None
):
    pool = gather(
        [
            "Norvena files",
            {"text": "Norvena waits", "date": "2021-05-04", "id": 7},
            Labelled("own", "Z"),
        ]
    )
    assert sorted((r.id, r.text, r.date) for r in pool.records) == [
        ("7", "Norvena waits", "2021-05-04"),
        ("97f110c92784", "Norvena files", None),
        ("own", "Z", None),
    ]


def test_the_order_given_makes_no_difference() -> None:
    texts = ["b news", "a news", {"text": "c news", "id": "x"}, {"text": "d news", "id": "x"}]
    assert gather(texts) == gather(texts[::-1])


def test_the_same_words_are_one_release_and_the_same_id_for_others_gets_a_number() -> None:
    pool = gather(
        [
            {"text": "a  news\n", "id": "2"},
            {"text": "a news", "id": "1"},
            {"text": "b news", "id": "x"},
            {"text": "c news", "id": "x"},
            {"text": "d news", "id": "x-2"},
        ]
    )
    assert sorted(r.id for r in pool.records) == ["1", "x", "x-2", "x-3"]
    assert {r.text: r.id for r in pool.records}["d news"] == "x-2"
    assert pool.duplicates == 1


def test_what_is_no_release_is_listed_and_the_others_are_taken() -> None:
    pool = gather(["news", " ", 5, {"txt": "news"}, None])  # type: ignore[list-item]
    assert [r.text for r in pool.records] == ["news"]
    assert [f.kind for f in pool.failures] == [
        "DataError",
        "NotTextError",
        "DataError",
        "NotTextError",
    ]
    assert pool.failures[0].doc_id == "record 2"


@pytest.mark.parametrize("nothing", [[], [" "], [5]])
def test_nothing_to_choose_from_is_an_error(nothing: list[str]) -> None:
    with pytest.raises(DataError, match="no release to choose from"):
        gather(nothing)


def test_files_and_folders_are_read_and_broken_lines_are_failures(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("first news", encoding="utf-8")
    (tmp_path / "page.html").write_text("<p>second news</p>", encoding="utf-8")
    lines = [
        json.dumps({"id": "k", "text": "third news", "company": "Norvena", "own": 1}),
        "{broken",
        "{}",
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for given in (tmp_path, str(tmp_path), [tmp_path]):
        pool = gather(given)
        assert [r.text for r in pool.records] == ["<p>second news</p>", "first news", "third news"]
        assert pool.records[1].id == (tmp_path / "one.txt").as_posix()
        assert (pool.records[2].company, pool.records[2].extra) == ("Norvena", {"own": 1})
        assert [f.doc_id for f in pool.failures] == [(tmp_path / "many.jsonl").as_posix()] * 2
        assert "line 2" in pool.failures[0].error


def test_a_table_without_labels_is_a_pool(tmp_path: Path) -> None:
    (tmp_path / "pool.csv").write_text("id,text\na,first news\nb,second news\n", encoding="utf-8")
    pool = gather([tmp_path / "pool.csv"])
    assert {r.id: r.text for r in pool.records} == {"a": "first news", "b": "second news"}


def test_a_string_alone_is_a_path(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        gather(str(tmp_path / "missing"))


def test_the_format_of_a_file_is_what_the_user_says(tmp_path: Path) -> None:
    path = tmp_path / "export.dat"
    path.write_text("id,body\n1,Norvena files\n2,Norvena waits\n", encoding="utf-8")
    pool = gather(path, {"body": "text"}, "csv")
    assert sorted((r.id, r.text) for r in pool.records) == [
        ("1", "Norvena files"),
        ("2", "Norvena waits"),
    ]
    assert [r.text for r in gather(path, format="text").records] == [path.read_text("utf-8")]
    with pytest.raises(DataError, match="cvs"):
        gather(path, format="cvs")
