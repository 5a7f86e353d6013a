"""Frames of every library become the same records, with their values as plain as they come."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from eventrisk.errors import DataError, MissingExtraError
from eventrisk.results import Failure
from eventrisk.sources.records import Release, releases

COLUMNS: dict[str, list[Any]] = {
    "id": ["a", "b"],
    "text": ["One", None],
    "date": [date(2020, 1, 2), None],
    "ticker": ["NVX", "RVL"],
}
KEYS = tuple(COLUMNS)
SECOND = Failure("b", "record-1 (id b): 'text' is empty", "EmptyTextError", {"ticker": "RVL"})
FIRST = Release("a", "One", date(2020, 1, 2), {"ticker": "NVX"}, KEYS)


class Stream:
    """A frame of a library nobody knows, with Arrow's C stream."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    @property
    def columns(self) -> list[str]:
        return list(self._table.column_names)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


class Interchange:
    """The same with the older DataFrame interchange protocol."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    @property
    def columns(self) -> list[str]:
        return list(self._table.column_names)

    def __dataframe__(self, *rest: object, **options: object) -> object:
        return self._table.__dataframe__(*rest, **options)


class Bare:
    """Columns and no rows."""

    columns = ("text",)


def polars(columns: dict[str, list[Any]], kind: str) -> Any:
    """A frame of Polars."""
    frame = pl.DataFrame(columns)
    return frame.lazy() if kind == "lazy" else frame


MAKERS = {
    "pandas": pd.DataFrame,
    "pyarrow": pa.table,
    "record batch": lambda c: pa.table(c).to_batches()[0],
    "reader": lambda c: pa.table(c).to_reader(),
    "Arrow stream": lambda c: Stream(pa.table(c)),
    "polars": lambda c: polars(c, "eager"),
    "polars, lazy": lambda c: polars(c, "lazy"),
}


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS.keys())
def test_a_row_is_a_record_with_its_id_date_and_further_columns(maker: Any) -> None:
    first, second = releases(maker(COLUMNS))
    assert first == FIRST
    assert second == SECOND


def test_the_older_protocol_is_read_and_what_it_cannot_hand_out_is_said() -> None:
    plain = {"text": ["One"], "n": [3]}
    assert [*releases(Interchange(pa.table(plain)))] == [
        Release(None, "One", None, {"n": 3}, ("text", "n"))
    ]
    with pytest.raises(DataError, match=r"rows of a Interchange cannot be had \(Data type date32"):
        releases(Interchange(pa.table(COLUMNS)))


def test_columns_are_called_by_other_names() -> None:
    frame = pd.DataFrame({"permno": [10001.0], "head": ["A"], "body": ["B"]})
    names = {"permno": "id", "head": "title", "body": "text"}
    (found,) = releases(frame, names)
    assert found == Release("10001", "A\n\nB", None, {}, ("permno", "head", "body"))


def test_levels_of_an_index_that_have_names_are_columns_and_row_numbers_are_not() -> None:
    frame = pd.DataFrame({"text": ["One"], "date": ["2020-01-02"], "ticker": ["NVX"], "n": [1]})
    indexed = frame.set_index(["date", "ticker"])
    (found,) = releases(indexed)
    assert isinstance(found, Release)
    assert (found.date, found.meta) == ("2020-01-02", {"ticker": "NVX", "n": 1})
    (plain,) = releases(frame[["text"]])
    assert isinstance(plain, Release)
    assert plain.meta == {}


@pytest.mark.parametrize(
    "column", [pd.Series(["One", "Two"]), pa.array(["One", "Two"]), pa.chunked_array([["One"]])]
)
def test_a_column_is_a_stream_of_texts(column: Any) -> None:
    first, *_ = releases(column)
    assert first == Release(None, "One", None, {})


def test_a_frame_without_a_text_and_one_with_twins_are_refused_at_once() -> None:
    with pytest.raises(DataError, match=r"no column 'text'.*'headline'.*\{'headline': 'text'\}"):
        releases(pd.DataFrame({"id": [1], "headline": ["One"]}))
    with pytest.raises(DataError, match="two columns 'text'; rename or drop one"):
        releases(pd.DataFrame([["One", "Two"]], columns=["text", "text"]))
    with pytest.raises(DataError, match="there is no column 'body'; the columns are 'text'"):
        releases(pd.DataFrame({"text": ["One"]}), {"body": "text"})


def test_what_has_columns_and_no_rows_is_refused() -> None:
    with pytest.raises(DataError, match="a Bare has columns, but hands out no rows"):
        releases(Bare())


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = Stream(pa.table({"text": ["One"]}))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"rows of a Stream needs pyarrow.*\[parquet\]"):
        releases(frame)
    assert [*releases(pd.DataFrame({"text": ["One"]}))] == [
        Release(None, "One", None, {}, ("text",))
    ]


def test_what_duckdb_answers_is_rows_like_any_frame() -> None:
    duckdb = pytest.importorskip("duckdb")
    con = duckdb.connect()
    con.register("news", pa.table(COLUMNS))
    found = [*releases(con.sql("select * from news"))]
    assert found == [FIRST, SECOND]
