"""Reads biotech regulatory news: votes, events, dated catalysts, sentiment and risk factors, with
the exact words.

``analyze(text)`` reads one release. The names below are loaded on first use: importing the package
costs milliseconds and loads neither spaCy nor scikit-learn.
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
    from eventrisk.training.check import Checked, check
    from eventrisk.training.compare import Comparison, compare
    from eventrisk.training.convert import convert
    from eventrisk.training.evaluate import evaluate
    from eventrisk.training.report import Report
    from eventrisk.training.suggest.run import suggest
    from eventrisk.training.suggest.suggestions import Suggestions
    from eventrisk.training.train.run import train

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
    "eventrisk.training.check": ("Checked", "check"),
    "eventrisk.training.compare": ("Comparison", "compare"),
    "eventrisk.training.convert": ("convert",),
    "eventrisk.training.evaluate": ("evaluate",),
    "eventrisk.training.report": ("Report",),
    "eventrisk.training.train.run": ("train",),
    "eventrisk.training.suggest.run": ("suggest",),
    "eventrisk.training.suggest.suggestions": ("Suggestions",),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Analysis",
    "Analyzer",
    "Checked",
    "Comparison",
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
    "Report",
    "Suggestions",
    "analyze",
    "analyze_many",
    "check",
    "compare",
    "convert",
    "evaluate",
    "load",
    "suggest",
    "to_csv",
    "to_frame",
    "to_jsonl",
    "to_parquet",
    "train",
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
