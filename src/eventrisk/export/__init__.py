"""Results as tables: one row a release, long tables joined by ``doc_id``; CSV, JSON Lines, Parquet,
DataFrame.
"""

from __future__ import annotations

from eventrisk.export.columns import TABLES, Column, columns
from eventrisk.export.frame import to_frame
from eventrisk.export.rows import rows
from eventrisk.export.writers import (
    DIGITS,
    CsvWriter,
    JsonLinesWriter,
    ParquetWriter,
    to_csv,
    to_jsonl,
    to_parquet,
)

__all__ = [
    "DIGITS",
    "TABLES",
    "Column",
    "CsvWriter",
    "JsonLinesWriter",
    "ParquetWriter",
    "columns",
    "rows",
    "to_csv",
    "to_frame",
    "to_jsonl",
    "to_parquet",
]
