"""What users bring with a release stands beside what we say of it, whatever it is called."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk import Analysis, Failure, OutputError, to_csv, to_frame, to_jsonl, to_parquet
from eventrisk.export import TABLES, columns
from eventrisk.export.meta import MetaColumns, plain_cell
from factories import analysis, bare

BROUGHT = {"ticker": "NRVN", "permno": 12345}


def brought(**meta: Any) -> Analysis:
    return analysis(meta=meta)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("table", TABLES)
def test_all_that_was_brought_stands_behind_our_columns_in_every_table(
    table: str, tmp_path: Path
) -> None:
    result = analysis(meta=BROUGHT)
    names = [column.name for column in columns(table)] + ["ticker", "permno"]
    frame = to_frame([result], table=table)
    assert list(frame) == names
    assert {*frame["ticker"]} == {"NRVN"}
    assert frame["permno"].dtype == "Int64"
    to_csv([result], tmp_path / "x.csv", table=table)
    assert list(read_csv(tmp_path / "x.csv")[0].values())[-2:] == ["NRVN", "12345"]
    to_parquet([result], tmp_path / "x.parquet", table=table)
    assert pq.read_table(tmp_path / "x.parquet").column_names == names


def test_keep_says_which_and_in_which_order_and_nothing_keeps_none(tmp_path: Path) -> None:
    result = brought(ticker="NRVN", permno=1, note="x")
    ours = len(columns())
    assert list(to_frame(result, keep=["note", "ticker"]))[ours:] == ["note", "ticker"]
    assert list(to_frame(result, keep="note,ticker"))[ours:] == ["note", "ticker"]
    assert list(to_frame(result, keep=()))[ours:] == []
    to_csv([], tmp_path / "x.csv", keep=["ticker"])
    assert (tmp_path / "x.csv").read_text().endswith(",error_kind,ticker\n")


def test_a_record_that_could_not_be_read_keeps_what_came_with_it() -> None:
    frame = to_frame([Failure("r1", "empty", "EmptyTextError", BROUGHT), bare()])
    assert frame["ticker"].tolist() == ["NRVN", pd.NA]
    assert frame["error_kind"].tolist() == ["EmptyTextError", pd.NA]


def test_a_name_that_one_of_our_columns_has_gets_meta_in_front_in_every_table_alike() -> None:
    result = brought(title="Mine", quote="q", meta_title="second", ticker="NRVN")
    for table in TABLES:
        frame = to_frame([result], table=table)
        assert list(frame)[-4:] == ["meta_title", "meta_quote", "meta_meta_title", "ticker"]
        assert (frame["meta_title"][0], frame["meta_meta_title"][0]) == ("Mine", "second")
    meta = MetaColumns()
    meta.cells(result.meta)
    assert meta.renamed["title"] == "meta_title"
    assert "ticker" not in meta.renamed


@pytest.mark.parametrize("write", [to_csv, to_parquet, to_jsonl])
def test_a_key_that_no_record_has_is_named_with_the_nearest(
    write: Callable[..., int], tmp_path: Path
) -> None:
    with pytest.raises(
        OutputError, match="no record has the key 'tikcer', they have ticker; did you mean 'ticker'"
    ):
        write([brought(ticker="NRVN")], tmp_path / "x", keep=["tikcer"])
    assert list(tmp_path.iterdir()) == []


def test_such_a_key_is_told_early_in_a_long_run(tmp_path: Path) -> None:
    def results():
        for number in range(1_000):
            assert number < 200
            yield brought(ticker=str(number))

    with pytest.raises(OutputError, match="they have ticker"):
        to_csv(results(), tmp_path / "x.csv", keep=["permno"])


def test_a_key_that_only_later_records_have_is_no_mistake() -> None:
    frame = to_frame([brought(ticker="A"), brought(permno=7)], keep=["permno"])
    assert frame["permno"].tolist() == [pd.NA, 7]


def test_keys_that_come_up_later_are_columns_of_the_whole_csv(tmp_path: Path) -> None:
    odd = 'He said "yes",\r\nthen no'
    results = [bare(title=odd), brought(ticker="B\n"), bare(), brought(note='"', ticker="D")]
    assert to_csv(results, tmp_path / "x.csv") == 4
    found = read_csv(tmp_path / "x.csv")
    assert [row["ticker"] for row in found] == ["", "B\n", "", "D"]
    assert [row["note"] for row in found] == ["", "", "", '"']
    assert found[0]["title"] == odd
    assert {len(row) for row in found} == {len(columns()) + 2}
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), st.text(max_size=5), max_size=3)))
def test_whatever_comes_the_csv_holds_it(metas: list[dict[str, str]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        to_csv([bare(meta=meta) for meta in metas], path)
        found = read_csv(path)
    assert [{k: r.get(k, "") for k in "abcd"} for r in found] == [
        {k: plain_cell(m.get(k, "")) for k in "abcd"} for m in metas
    ]


def test_later_groups_of_parquet_may_bring_keys_and_wider_kinds(tmp_path: Path) -> None:
    many = [bare(meta={"n": 1, "day": date(2020, 1, 2)}) for _ in range(2_000)]
    many += [bare(meta={"n": 0.5, "late": True}), bare(meta={"day": "unknown"})]
    assert to_parquet(many, tmp_path / "x.parquet") == 2_002
    table = pq.read_table(tmp_path / "x.parquet")
    types = {name: str(table.schema.field(name).type) for name in ("n", "day", "late")}
    assert types == {"n": "double", "day": "string", "late": "bool"}
    assert table["n"].to_pylist()[1_999:] == [1.0, 0.5, None]
    assert table["day"].to_pylist()[1_999:] == ["2020-01-02", None, "unknown"]
    assert table["late"].to_pylist()[1_999:] == [None, True, None]
    assert [path.name for path in tmp_path.iterdir()] == ["x.parquet"]


def test_parquet_and_frame_agree_on_kinds(tmp_path: Path) -> None:
    meta = {"i": 1, "f": 0.1, "b": True, "s": "x", "d": date(2020, 1, 2), "n": None}
    meta["t"] = datetime(2020, 1, 2, 3, 4)
    to_parquet(bare(meta=meta), tmp_path / "x.parquet")
    schema, frame = pq.read_table(tmp_path / "x.parquet").schema, to_frame(bare(meta=meta))
    day = str(pd.to_datetime(["2020-01-01"]).dtype)
    for name, arrow, dtype in (
        ("i", "int64", "Int64"),
        ("f", "double", "Float64"),
        ("b", "bool", "boolean"),
        ("s", "string", "string"),
        ("d", "date32[day]", day),
        ("n", "string", "string"),
        ("t", "timestamp[us]", day),
    ):
        assert (str(schema.field(name).type), str(frame[name].dtype)) == (arrow, dtype)


def test_json_lines_hold_meta_as_it_was_given_and_only_what_is_kept(tmp_path: Path) -> None:
    meta = {"day": date(2020, 1, 2), "tags": ["a", {"b": 1}], "gap": float("nan"), "n": np.int64(3)}
    to_jsonl(bare(meta=meta), tmp_path / "x.jsonl")
    line = json.loads((tmp_path / "x.jsonl").read_text())
    assert line["meta"] == {"day": "2020-01-02", "tags": ["a", {"b": 1}], "gap": None, "n": 3}
    assert dict(Analysis.from_dict(line).meta) == line["meta"]
    to_jsonl(bare(meta=meta), tmp_path / "x.jsonl", keep="n")
    assert json.loads((tmp_path / "x.jsonl").read_text())["meta"] == {"n": 3}
    to_jsonl(bare(), tmp_path / "x.jsonl")
    assert "meta" not in json.loads((tmp_path / "x.jsonl").read_text())


@pytest.mark.parametrize(
    ("given", "cell"),
    [
        (np.float32(0.5), 0.5),
        (np.bool_(True), True),
        (np.datetime64("2020-01-02T00:00:00.000000000"), date(2020, 1, 2)),
        (pd.Timestamp("2020-01-02"), date(2020, 1, 2)),
        (pd.Timestamp("2020-01-02 09:30"), datetime(2020, 1, 2, 9, 30)),
        (datetime(2020, 1, 2, tzinfo=UTC), "2020-01-02T00:00:00+00:00"),
        (pd.NaT, None),
        (pd.NA, None),
        (float("nan"), None),
        (10**30, str(10**30)),
        (Decimal("1.10"), "1.10"),
        (np.array([1, 2]), "[1, 2]"),
        ({"a": "ä"}, '{"a": "ä"}'),
        ("half \ud800", "half \ufffd"),
    ],
)
def test_a_value_of_any_library_is_a_plain_cell(given: object, cell: object) -> None:
    assert plain_cell(given) == cell
    assert type(plain_cell(given)) is type(cell) or isinstance(cell, datetime)


def test_floats_that_were_brought_are_not_rounded_and_formulas_are_guarded(tmp_path: Path) -> None:
    to_csv(brought(beta=1e-9, note="=1+1"), tmp_path / "x.csv", spreadsheet=True)
    (row,) = read_csv(tmp_path / "x.csv")
    assert (float(row["beta"]), row["note"]) == (1e-9, "'=1+1")
