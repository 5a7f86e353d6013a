"""CSV and Parquet: columns by name, partial labels, and errors that name file, line and column."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eventrisk.errors import DataError, InputWarning, MissingExtraError
from eventrisk.labelled import Labelled, Span
from eventrisk.sources.formats import parquet
from eventrisk.training.data import entries, records


def table(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\n".join([*lines, ""]).encode(encoding))
    return path


def error_of(path: Path, columns: Mapping[str, str] | None = None) -> str:
    """The one error of a file."""
    errors = [
        str(entry) for entry in entries(path, columns=columns or {}) if isinstance(entry, DataError)
    ]
    assert len(errors) == 1
    return errors[0]


def test_a_text_and_any_labels_are_enough_and_an_empty_cell_is_not_labelled(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "text,sentiment", '"One, two.",negative', "Three.,")
    assert records(path) == [
        Labelled("x-2", "One, two.", sentiment="negative"),
        Labelled("x-3", "Three."),
    ]


def test_every_column_has_its_meaning(tmp_path: Path) -> None:
    path = table(
        tmp_path / "x.csv",
        "doc_id,company_name,date,form,split,tone,risks,entities,event_type,event_direction,url,text",
        (
            'a,Norvena,2020-01-02,lead,dev,neutral,safety; funding,"[[0, 3, '
            '""drug""]]",approval,positive,http://x,One two'
        ),
    )
    assert records(path) == [
        Labelled(
            "a",
            "One two",
            "2020-01-02",
            "lead",
            "Norvena",
            "dev",
            (Span(0, 3, "drug"),),
            tone="neutral",
            risk_factors=("safety", "funding"),
            events=({"type": "approval", "direction": "positive"},),
            extra={"url": "http://x"},
        )
    ]


def test_no_risk_factor_and_unlabelled_ones_are_told_apart(tmp_path: Path) -> None:
    path = table(
        tmp_path / "x.csv", "text,risk_factors", "One,[]", "Two,", 'Three,"[""a; b""]"', "Four,a;b"
    )
    assert [r.risk_factors for r in records(path)] == [(), None, ("a; b",), ("a", "b")]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_header_tells_what_parts_the_cells(sign: str, tmp_path: Path) -> None:
    lines = [sign.join(row) for row in (("id", "text", "sentiment"), ("a", "One two", "positive"))]
    assert records(table(tmp_path / "x.csv", *lines)) == [
        Labelled("a", "One two", sentiment="positive")
    ]


def test_a_spreadsheets_byte_order_mark_and_line_ends_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(
        'text,sentiment\r\n"One\r\ntwo",positive\r\n\r\nThree,\r\n'.encode("utf-8-sig")
    )
    assert [(r.text, r.sentiment) for r in records(path)] == [
        ("One\r\ntwo", "positive"),
        ("Three", None),
    ]


def test_a_tab_separated_table_is_no_file_of_tags(tmp_path: Path) -> None:
    assert (
        records(table(tmp_path / "x.tsv", "text\tsentiment", "One two\tpositive"))[0].sentiment
        == "positive"
    )
    assert "did you mean 'text'" in error_of(
        table(tmp_path / "y.tsv", "Text\tlabel", "One two\tpositive")
    )


def test_a_column_named_otherwise_is_named_with_its_place_and_the_nearest_name(
    tmp_path: Path,
) -> None:
    path = table(tmp_path / "x.csv", "text,Sentimant", "One,negative")
    assert error_of(path) == (
        f"{path}, line 1: the column 'Sentimant' is not known; did you mean 'sentiment'? "
        f"Name it so, or give "
        "columns={'Sentimant': 'sentiment'} (on the command line: --column 'Sentimant=sentiment')"
    )
    assert records(path, columns={"Sentimant": "sentiment"})[0].sentiment == "negative"
    assert records(path, columns={"Sentimant": "extra"})[0].extra == {"Sentimant": "negative"}


def test_a_table_without_text_lists_its_columns_and_the_way_out(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "body,sentiment", "One,negative")
    message = error_of(path)
    assert message.startswith(
        f"{path}, line 1: there is no column 'text'; the columns are 'body', 'sentiment'."
    )
    assert "columns={'its name': 'text'}" in message
    assert records(path, columns={"body": "text"})[0] == Labelled(
        "x-2", "One", sentiment="negative"
    )


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("text,sentiment", "One,negative", "Two"), "line 3: has 1 cells where the header has 2"),
        (("text,sentiment", "One, two,negative"), "line 2: has 3 cells where the header has 2"),
        (("text,sentiment", '"One,negative', "Two,"), "line 2: is not CSV (unexpected end of data"),
        (("text,sentiment", '"One" two,negative'), "line 2: is not CSV (',' expected after '\"'"),
        (("", "", "body,sentiment", "One,two"), "line 3: there is no column 'text'"),
        (
            ("text,sentiment\rOne,two\r",),
            "line 1: is not CSV (new-line character seen in unquoted field",
        ),
        (("text,sentiment", "One\0,negative"), "line 2: holds a NUL character"),
        (("text,sentiment", "  ,negative"), "line 2: text: a string with words"),
        (("text,entities", "One,drug"), "line 2: column 'entities': is not JSON"),
        (
            ("text,entities", 'One,"[[0, 9, ""drug""]]"'),
            "line 2: entities: [0, 9, 'drug']: the offsets",
        ),
        (("text,entities", "One,{}"), "line 2: column 'entities': a list is needed"),
        (("text,text", "One,Two"), "line 1: the column 'text' is there twice"),
        (("text,event_type", "One,approval"), "line 1: event_type is there alone"),
        (
            ("text,event_type,event_direction", "One,approval,"),
            "line 2: event_type and event_direction are filled",
        ),
    ],
)
def test_what_does_not_fit_is_one_error_with_its_line(
    lines: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    path = table(tmp_path / "x.csv", *lines)
    assert error_of(path).startswith(f"{path}, {message}")


def test_another_encoding_spoils_its_row_only_and_names_the_line_within_it(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b'text\n"One\n' + 'caf\u00e9"\nTwo\n'.encode("latin-1") + "é".encode())
    assert error_of(path).startswith(f"{path}, line 3: is not UTF-8")
    read = [e.record.text for e in entries(path) if not isinstance(e, DataError)]
    assert read == ["Two", "é"]


def test_windows_1252_and_utf16_are_read_as_such_and_the_first_is_said(tmp_path: Path) -> None:
    cells = ("text,company", '"“One” – 90 %\nof all",Norvéna', "Two,")
    old = table(tmp_path / "old.csv", *cells, encoding="cp1252")
    with pytest.warns(InputWarning, match=r"old\.csv: is not UTF-8 and was read as Windows-1252"):
        first, second = records(old)
    assert (first.text, first.company, second.id) == ("“One” – 90 %\nof all", "Norvéna", "old-4")
    for encoding in ("utf-16", "utf-32", "utf-8-sig"):
        path = table(tmp_path / "x.csv", *cells, encoding=encoding)
        assert [(r.text, r.company) for r in records(path)] == [
            ("“One” – 90 %\nof all", "Norvéna"),
            ("Two", None),
        ]


def test_what_is_no_windows_1252_either_is_an_error_of_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"text\n\x81\nTwo\n")
    assert error_of(path).startswith(f"{path}, line 2: is not UTF-8")


def test_utf16_that_is_cut_within_a_character_is_an_error_of_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("text\nOne\nTwo".encode("utf-16")[:-1])
    assert error_of(path).startswith(f"{path}, line 3: is not all utf-16")


def test_a_table_of_tabs_in_utf16_is_told_from_tags(tmp_path: Path) -> None:
    path = table(tmp_path / "x.tsv", "id\ttext", "a\tOne two", encoding="utf-16")
    assert [(r.id, r.text) for r in records(path)] == [("a", "One two")]


def test_names_given_for_columns_have_to_fit(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "text,verdict", "One,negative")
    assert "there is no column 'body'; the columns are 'text', 'verdict'" in error_of(
        path, {"body": "text"}
    )
    assert "column 'verdict': 'mood' is no name here" in error_of(path, {"verdict": "mood"})
    assert "'text' is there twice" in error_of(path, {"verdict": "text"})


def test_cells_may_be_longer_than_csv_allows_by_itself(tmp_path: Path) -> None:
    text = "word " * 100_000
    path = table(tmp_path / "x.csv", "text", f'"{text}"')
    assert len(text) > csv.field_size_limit() or csv.field_size_limit() > 131_072
    assert records(path)[0].text == text


def write_parquet(path: Path, columns: dict[str, list[Any]]) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table(columns), path)
    return path


def test_parquet_takes_lists_structs_json_and_dates(tmp_path: Path) -> None:
    path = write_parquet(
        tmp_path / "x.parquet",
        {
            "id": [7, 8],
            "text": ["One two", "Three"],
            "date": [date(2020, 1, 2), None],
            "risk_factors": [["safety"], None],
            "entities": [[{"start": 0, "end": 3, "label": "drug"}], []],
            "events": [json.dumps([{"type": "approval"}]), None],
            "sentiment": ["bullish", None],
            "price": [1.5, 2.0],
        },
    )
    assert records(path) == [
        Labelled(
            "7",
            "One two",
            "2020-01-02",
            entities=(Span(0, 3, "drug"),),
            sentiment="bullish",
            risk_factors=("safety",),
            events=({"type": "approval"},),
            extra={"price": 1.5},
        ),
        Labelled("8", "Three", entities=(), extra={"price": 2.0}),
    ]


def test_parquets_errors_name_file_and_row_or_column(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "x.parquet", {"text": ["One", " "], "sentiment": ["a", "b"]})
    assert error_of(path).startswith(f"{path}, row 2: text: a string with words")
    path = write_parquet(tmp_path / "y.parquet", {"text": ["One"], "sentimant": ["a"]})
    assert error_of(path).startswith(
        f"{path}: the column 'sentimant' is not known; did you mean 'sentiment'"
    )
    path = write_parquet(tmp_path / "z.parquet", {"text": ["One"], "sentiment": [1]})
    assert error_of(path).startswith(
        f"{path}, row 1: sentiment: a string with words in it is needed, not 1"
    )
    path.write_bytes(path.read_bytes()[:-20])
    assert error_of(path).startswith(f"{path}: is not Parquet, or not all of it")
    with pytest.raises(DataError, match=r"none\.parquet: cannot be read"):
        records(tmp_path / "none.parquet")


def test_a_parquet_file_damaged_inside_is_one_error_with_its_row(tmp_path: Path) -> None:
    path = write_parquet(
        tmp_path / "x.parquet", {"text": [f"Text {n} {n * n}" for n in range(5000)]}
    )
    data = bytearray(path.read_bytes())
    data[100:4000] = bytes(3900)
    path.write_bytes(data)
    assert str(path) in error_of(path)


def test_without_pyarrow_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"eventrisk\[parquet\]"):
        list(parquet.read(tmp_path / "x.parquet"))
