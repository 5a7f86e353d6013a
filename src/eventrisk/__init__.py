"""Reads biotech regulatory news: votes, events, dated catalysts, sentiment and risk factors, with
the exact words.

``analyze(text)`` reads one release. The names below are loaded on first use: importing the package
costs milliseconds and loads neither spaCy nor scikit-learn.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

# Every public name, under the module that defines it. Type checkers, which do not run this file,
# read the same names at its end.
PUBLIC = {
    "eventrisk.api": "Analyzer Model analyze analyze_many load",
    "eventrisk.checking": "Edit Problem Severity",
    "eventrisk.checking.agreement": "Agreement",
    "eventrisk.dates.given": "Day",
    "eventrisk.errors": (
        "DataError DateError EmptyTextError EventRiskError InputError InputWarning LexiconError "
        "MissingExtraError ModelError NotTextError OutputError"
    ),
    "eventrisk.export": "to_csv to_frame to_jsonl to_parquet",
    "eventrisk.labelled": "Clause Labelled Placed Span",
    "eventrisk.labels": (
        "Assertion DatePrecision Direction EntityLabel EventType Reason RiskCategory SectionKind "
        "VoteBody VoteDirection VoteStage"
    ),
    "eventrisk.names.vocabulary": "Terms",
    "eventrisk.results": (
        "Analysis Catalyst Company Entity Event Evidence Failure Product Provenance RiskFactor "
        "Sentiment Tone Vote"
    ),
    "eventrisk.sources.formats": "Columns Loss",
    "eventrisk.sources.frames": "Frame",
    "eventrisk.sources.records": "Record Records read",
    "eventrisk.training.check": "Checked check",
    "eventrisk.training.compare": "Comparison compare",
    "eventrisk.training.convert": "convert",
    "eventrisk.training.data": "Data",
    "eventrisk.training.evaluate": "evaluate",
    "eventrisk.training.progress": "Progress",
    "eventrisk.training.report": "Report",
    "eventrisk.training.suggest.pool": "Texts",
    "eventrisk.training.suggest.run": "suggest",
    "eventrisk.training.suggest.suggestions": "Suggestion Suggestions",
    "eventrisk.training.suggest.uncertainty": "UncertaintyShare",
    "eventrisk.training.train.run": "train",
}
HOME = {name: module for module, names in PUBLIC.items() for name in names.split()}
__all__ = sorted(HOME)


def __dir__() -> list[str]:
    return sorted({*globals(), *HOME})


if not TYPE_CHECKING:  # for a type checker an unknown name is an error, and a known one has a type

    def __getattr__(name: str) -> object:
        if name not in HOME:
            raise AttributeError(f"module 'eventrisk' has no attribute {name!r}")
        value = getattr(import_module(HOME[name]), name)
        globals()[name] = value
        return value


if TYPE_CHECKING:
    from eventrisk.api import Analyzer as Analyzer
    from eventrisk.api import Model as Model
    from eventrisk.api import analyze as analyze
    from eventrisk.api import analyze_many as analyze_many
    from eventrisk.api import load as load
    from eventrisk.checking import Edit as Edit
    from eventrisk.checking import Problem as Problem
    from eventrisk.checking import Severity as Severity
    from eventrisk.checking.agreement import Agreement as Agreement
    from eventrisk.dates.given import Day as Day
    from eventrisk.errors import DataError as DataError
    from eventrisk.errors import DateError as DateError
    from eventrisk.errors import EmptyTextError as EmptyTextError
    from eventrisk.errors import EventRiskError as EventRiskError
    from eventrisk.errors import InputError as InputError
    from eventrisk.errors import InputWarning as InputWarning
    from eventrisk.errors import LexiconError as LexiconError
    from eventrisk.errors import MissingExtraError as MissingExtraError
    from eventrisk.errors import ModelError as ModelError
    from eventrisk.errors import NotTextError as NotTextError
    from eventrisk.errors import OutputError as OutputError
    from eventrisk.export import to_csv as to_csv
    from eventrisk.export import to_frame as to_frame
    from eventrisk.export import to_jsonl as to_jsonl
    from eventrisk.export import to_parquet as to_parquet
    from eventrisk.labelled import Clause as Clause
    from eventrisk.labelled import Labelled as Labelled
    from eventrisk.labelled import Placed as Placed
    from eventrisk.labelled import Span as Span
    from eventrisk.labels import Assertion as Assertion
    from eventrisk.labels import DatePrecision as DatePrecision
    from eventrisk.labels import Direction as Direction
    from eventrisk.labels import EntityLabel as EntityLabel
    from eventrisk.labels import EventType as EventType
    from eventrisk.labels import Reason as Reason
    from eventrisk.labels import RiskCategory as RiskCategory
    from eventrisk.labels import SectionKind as SectionKind
    from eventrisk.labels import VoteBody as VoteBody
    from eventrisk.labels import VoteDirection as VoteDirection
    from eventrisk.labels import VoteStage as VoteStage
    from eventrisk.names.vocabulary import Terms as Terms
    from eventrisk.results import Analysis as Analysis
    from eventrisk.results import Catalyst as Catalyst
    from eventrisk.results import Company as Company
    from eventrisk.results import Entity as Entity
    from eventrisk.results import Event as Event
    from eventrisk.results import Evidence as Evidence
    from eventrisk.results import Failure as Failure
    from eventrisk.results import Product as Product
    from eventrisk.results import Provenance as Provenance
    from eventrisk.results import RiskFactor as RiskFactor
    from eventrisk.results import Sentiment as Sentiment
    from eventrisk.results import Tone as Tone
    from eventrisk.results import Vote as Vote
    from eventrisk.sources.formats import Columns as Columns
    from eventrisk.sources.formats import Loss as Loss
    from eventrisk.sources.frames import Frame as Frame
    from eventrisk.sources.records import Record as Record
    from eventrisk.sources.records import Records as Records
    from eventrisk.sources.records import read as read
    from eventrisk.training.check import Checked as Checked
    from eventrisk.training.check import check as check
    from eventrisk.training.compare import Comparison as Comparison
    from eventrisk.training.compare import compare as compare
    from eventrisk.training.convert import convert as convert
    from eventrisk.training.data import Data as Data
    from eventrisk.training.evaluate import evaluate as evaluate
    from eventrisk.training.progress import Progress as Progress
    from eventrisk.training.report import Report as Report
    from eventrisk.training.suggest.pool import Texts as Texts
    from eventrisk.training.suggest.run import suggest as suggest
    from eventrisk.training.suggest.suggestions import Suggestion as Suggestion
    from eventrisk.training.suggest.suggestions import Suggestions as Suggestions
    from eventrisk.training.suggest.uncertainty import UncertaintyShare as UncertaintyShare
    from eventrisk.training.train.run import train as train
