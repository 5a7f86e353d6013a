"""Reads biotech regulatory news: votes, events, dated catalysts, sentiment and risk factors, with the exact words.

``analyze(text)`` reads one release. The names below are loaded on first use: importing the package costs milliseconds
and loads neither spaCy nor scikit-learn.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eventrisk.api import Analyzer, analyze, analyze_many, load
    from eventrisk.errors import (
        DataError,
        DateError,
        EmptyTextError,
        EventRiskError,
        InputError,
        LexiconError,
        MissingExtraError,
        ModelError,
        NotTextError,
        OutputError,
    )
    from eventrisk.export import to_csv, to_frame, to_jsonl, to_parquet
    from eventrisk.results import Analysis, Failure

__version__ = "0.1.0"

_HOME = {
    "eventrisk.api": ("Analyzer", "analyze", "analyze_many", "load"),
    "eventrisk.errors": (
        "DataError",
        "DateError",
        "EmptyTextError",
        "EventRiskError",
        "InputError",
        "LexiconError",
        "MissingExtraError",
        "ModelError",
        "NotTextError",
        "OutputError",
    ),
    "eventrisk.export": ("to_csv", "to_frame", "to_jsonl", "to_parquet"),
    "eventrisk.results": ("Analysis", "Failure"),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Analysis",
    "Analyzer",
    "DataError",
    "DateError",
    "EmptyTextError",
    "EventRiskError",
    "Failure",
    "InputError",
    "LexiconError",
    "MissingExtraError",
    "ModelError",
    "NotTextError",
    "OutputError",
    "analyze",
    "analyze_many",
    "load",
    "to_csv",
    "to_frame",
    "to_jsonl",
    "to_parquet",
]


def __getattr__(name: str) -> Any:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module 'eventrisk' has no attribute {name!r}")
    value = getattr(import_module(module), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
