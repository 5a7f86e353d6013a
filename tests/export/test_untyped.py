"""What comes from a CSV joins it again: numbers are numbers, and no value changes its meaning."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk import analyze_many, read, to_csv, to_frame, to_parquet
from eventrisk.export.untyped import Untyped, numbers_of
from factories import bare

NEWS = "FDA Approves Norvena for Asthma"
HEAD = ("headline", "permno", "timestamp", "day", "beta", "cik", "note")
ROWS = [
    (NEWS, "10107", "2024-10-17 09:30:00", "2024-10-17", "0.5", "0000320193", "7"),
    (NEWS, "", "2024-10-18 09:30:00", "2024-10-18", "1", "0000320194", "seven"),
    (NEWS, "14593", "2024-10-19T09:30:00", "", "", "0000320195", "1.50"),
]
COLUMNS = {"headline": "text"}


@pytest.fixture
def headlines(tmp_path: Path) -> Path:
    """A CSV with the keys that analysts have."""
    path = tmp_path / "headlines.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([HEAD, *ROWS])
    return path


@pytest.fixture
def results(headlines: Path) -> list[Any]:
    return [*analyze_many(read(headlines, columns=COLUMNS))]


def test_the_frame_and_parquet_join_the_csv_they_came_from_in_pandas(
    headlines: Path, results: list[Any], tmp_path: Path
) -> None:
    to_parquet(results, tmp_path / "h.parquet")
    ours, theirs = to_frame(results), pd.read_csv(headlines)
    for table in (ours, pd.read_parquet(tmp_path / "h.parquet")):
        for key, found in (("permno", 2), ("timestamp", 3), ("day", 2)):
            both = theirs.merge(table.dropna(subset=[key]), on=key)
            assert both["headline"].tolist() == [NEWS] * found, key
    both = theirs.merge(ours, on=["permno", "timestamp"])
    assert both["day_x"].fillna("").tolist() == ["2024-10-17", "2024-10-18", ""]


def test_parquet_joins_the_csv_it_came_from_in_duckdb(
    headlines: Path, results: list[Any], tmp_path: Path
) -> None:
    made = tmp_path / "h.parquet"
    to_parquet(results, made)
    for key, found in (("permno", 2), ("timestamp", 3), ("day", 2)):
        query = f"SELECT count(*) FROM '{headlines}' a JOIN '{made}' b ON a.{key} = b.{key}"
        assert duckdb.sql(query).fetchall() == [(found,)], key
    between = "WHERE timestamp BETWEEN '2024-10-18' AND '2024-10-19'"
    assert duckdb.sql(f"SELECT day FROM '{made}' {between}").fetchall() == [("2024-10-18",)]


def test_kinds_are_those_that_every_cell_has_and_empty_cells_are_null(
    results: list[Any], tmp_path: Path
) -> None:
    to_parquet(results, tmp_path / "h.parquet")
    table, frame = pq.read_table(tmp_path / "h.parquet"), to_frame(results)
    for name, arrow, dtype, values in (
        ("permno", "int64", "Int64", [10107, None, 14593]),
        ("beta", "double", "Float64", [0.5, 1.0, None]),
        ("cik", "string", "string", ["0000320193", "0000320194", "0000320195"]),
        ("note", "string", "string", ["7", "seven", "1.50"]),
        ("day", "string", "string", ["2024-10-17", "2024-10-18", None]),
    ):
        assert (str(table.schema.field(name).type), str(frame[name].dtype)) == (arrow, dtype)
        assert table[name].to_pylist() == values
        assert frame[name].astype(object).where(frame[name].notna(), None).tolist() == values


def test_what_was_brought_is_held_as_given_and_csv_gives_back_its_words(
    results: list[Any], tmp_path: Path
) -> None:
    assert dict(results[1].meta) == dict(zip(HEAD[1:], ROWS[1][1:], strict=True))
    to_csv(results, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as handle:
        written = [[row[name] for name in HEAD[1:]] for row in csv.DictReader(handle)]
    assert written == [[*row[1:]] for row in ROWS]


def test_words_that_came_with_a_type_stay_words() -> None:
    frame = pd.DataFrame({"text": [NEWS], "permno": pd.array(["10107"], dtype="string")})
    made = to_frame(analyze_many(frame))
    assert made["permno"].dtype == "string"
    assert len(frame.merge(made, on="permno")) == 1
    mixed = to_frame([bare(meta={"k": Untyped("7")}), bare(meta={"k": 7}), bare(meta={"k": "a"})])
    assert mixed["k"].tolist() == ["7", "7", "a"]


def test_a_column_is_judged_whole_however_late_a_word_comes(tmp_path: Path) -> None:
    many = [bare(meta={"n": Untyped("7"), "m": Untyped("7")}) for _ in range(4_100)]
    many.append(bare(meta={"n": Untyped("007"), "m": Untyped("8"), "late": Untyped("9")}))
    to_parquet(many, tmp_path / "x.parquet")
    table = pq.read_table(tmp_path / "x.parquet", columns=["n", "m", "late"])
    assert [str(kind) for kind in table.schema.types] == ["string", "int64", "int64"]
    assert table.slice(4_099).to_pydict() == {"n": ["7", "007"], "m": [7, 8], "late": [None, 9]}
    assert to_frame(many)["m"].sum() == 4_100 * 7 + 8
    to_parquet(many[:2_500], tmp_path / "x.parquet")
    assert set(pq.read_table(tmp_path / "x.parquet")["m"].to_pylist()) == {7}
    assert [path.name for path in tmp_path.iterdir()] == ["x.parquet"]


@pytest.mark.parametrize(
    ("words", "types"),
    [
        ("0", {int, float}),
        ("-12", {int, float}),
        ("0.1", {float}),
        (str(2**53 + 1), {int}),
        (str(2**63 - 1), {int}),
        *((words, set()) for words in ("00123", "+1", "-0", "1.50", "1e5", "inf", "nan", "-", "")),
        *((words, set()) for words in ("1_000", " 1", "1 ", "²", "١", "1.", ".5", str(2**63))),
    ],
)
def test_a_number_is_one_in_its_plain_form_alone(words: str, types: set[type]) -> None:
    assert numbers_of(words) == types


WHOLE = st.integers().map(str)
PARTS = st.floats(allow_nan=False).map(repr)
ODD = st.sampled_from(["", "007", "1.50", "2024-10-17", "nan", "x"]) | st.text(max_size=4)


@given(st.sampled_from([WHOLE, WHOLE | PARTS, WHOLE | PARTS | ODD]).flatmap(st.lists))
def test_no_value_changes_its_meaning(column: list[str]) -> None:
    results = [bare(meta={"k": Untyped(words)}) for words in column]
    with tempfile.TemporaryDirectory() as folder:
        to_parquet(results, Path(folder) / "x.parquet", keep="k")
        held = pq.read_table(Path(folder) / "x.parquet")["k"].to_pylist()
    frame = to_frame(results, keep="k")["k"]
    assert frame.astype(object).where(frame.notna(), None).tolist() == held
    for words, value in zip(column, held, strict=True):
        if isinstance(value, float):
            assert (repr(value) == words) or (value == int(value) and str(int(value)) == words)
        else:
            assert (str(value) if value is not None else "") == words
