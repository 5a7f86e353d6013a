"""Results as tables: one row a release, long tables joined by ``doc_id``; CSV, JSON Lines, Parquet,
DataFrame.
"""

from __future__ import annotations

from eventrisk.export.columns import TABLES, Column, columns
from eventrisk.export.frame import to_frame
from eventrisk.export.parquet import ParquetWriter, to_parquet
from eventrisk.export.rows import rows
from eventrisk.export.writers import (
    DIGITS,
    CsvWriter,
    JsonLinesWriter,
    to_csv,
    to_jsonl,
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
