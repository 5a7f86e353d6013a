"""Days are days for whoever reads the tables: DuckDB compares them, pandas joins on them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb

from eventrisk.export import to_csv, to_frame, to_parquet
from factories import analysis

RESULTS = [
    replace(analysis(), doc_id="early", date="2021-05-04"),
    replace(analysis(), doc_id="late", date="2021-06-30"),
    replace(analysis(), doc_id="undated", date=None),
]
IN_MAY = "BETWEEN DATE '2021-05-01' AND DATE '2021-05-31'"


def test_duckdb_compares_the_days_of_a_parquet_file(tmp_path: Path) -> None:
    to_parquet(RESULTS, tmp_path / "scores.parquet")
    found = duckdb.sql(f"FROM '{tmp_path}/scores.parquet' SELECT doc_id WHERE date {IN_MAY}")
    assert found.fetchall() == [("early",)]


def test_duckdb_compares_the_days_of_a_csv_file(tmp_path: Path) -> None:
    to_csv(RESULTS, tmp_path / "scores.csv")
    query = f"FROM read_csv('{tmp_path}/scores.csv') SELECT doc_id WHERE date {IN_MAY}"
    assert duckdb.sql(query).fetchall() == [("early",)]


def test_duckdb_compares_the_days_of_a_frame() -> None:
    scores = to_frame(RESULTS)
    assert scores["date"].isna().tolist() == [False, False, True]
    assert duckdb.sql(f"FROM scores SELECT doc_id WHERE date {IN_MAY}").fetchall() == [("early",)]


def test_the_days_of_catalysts_are_days_in_their_long_table(tmp_path: Path) -> None:
    to_parquet(RESULTS, tmp_path / "c.parquet", table="catalysts")
    query = f"FROM '{tmp_path}/c.parquet' SELECT doc_id WHERE latest > DATE '2022-01-01'"
    assert {row[0] for row in duckdb.sql(query).fetchall()} == {"early", "late", "undated"}
