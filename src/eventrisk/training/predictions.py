"""Labelled releases read by a model: predictions beside gold, with group and slices of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from eventrisk.api import Analyzer
from eventrisk.errors import DataError, DateError, InputError
from eventrisk.labelled import Labelled
from eventrisk.learn.evaluate.predictions import UNKNOWN, Prediction, era
from eventrisk.results import Analysis, Event

GROUPING = (
    "releases of one company together (as the data names it, else as the text does), else each "
    "by itself"
)
SIZE = "company_size"  # the column of the user's own that says how large a company is
NONE = "none"  # the lead event of a release without one
UNLISTED = "no exchange named"


def predictions_of(
    records: Iterable[Labelled],
    analyzer: Analyzer,
    advance: Callable[[int], object] | None = None,
    groups: Mapping[str, str] | None = None,
) -> list[Prediction]:
    """One prediction a record, in order. ``groups`` names the group of each id; without it
    ``GROUPING`` is the rule. ``advance`` is called with the number of releases read.

    Raises DataError that names the first record that cannot be read.
    """
    predictions = []
    for number, record in enumerate(records, 1):
        predictions.append(prediction_of(record, _read(record, analyzer), groups))
        if advance is not None:
            advance(number)
    return predictions


def prediction_of(
    record: Labelled, release: Analysis, groups: Mapping[str, str] | None = None
) -> Prediction:
    """What is labelled in a record and what a model says of it."""
    company = record.company or (release.company.name if release.company else None)
    group = (groups or {}).get(record.id) or (
        f"company {company.casefold()}" if company else f"id {record.id}"
    )
    date = record.date or release.date
    return Prediction(
        id=record.id,
        group=group,
        text=record.text,
        date=date,
        company=company,
        gold=gold(record),
        predicted=predicted(release),
        slices={
            "era": era(date),
            "company size": size(record, release),
            "form": record.form or UNKNOWN,
        },
    )


def gold(record: Labelled) -> dict[str, Any]:
    """The labels of a record by head; a head that is not labelled is left out."""
    known: dict[str, Any] = {
        "sentiment": record.sentiment,
        "tone": record.tone,
        "risk": record.risks,
    }
    if record.entities is not None:
        known["entities"] = frozenset((s.start, s.end, s.label) for s in record.entities)
    if record.events is not None and all("type" in event for event in record.events):
        known["events"] = frozenset(
            f"{event['type']} {event.get('direction')}" for event in record.events
        )
        known["lead"] = str(record.events[0]["type"]) if record.events else NONE
    return {head: value for head, value in known.items() if value is not None}


def predicted(release: Analysis) -> dict[str, Any]:
    """What a model says, by head. Of the lead event it gives no probabilities, of tone but a
    score.
    """
    news = release.news
    return {
        "sentiment": dict(release.sentiment.probabilities) or release.sentiment.label,
        "tone": release.tone.label,
        "risk": {factor.category: factor.probability for factor in release.risk_factors},
        "entities": {(e.start, e.end, e.label): e.probability for e in release.entities},
        "events": {_event(event): event.probability for event in reversed(news)},
        "lead": news[0].type if news else NONE,
    }


def size(record: Labelled, release: Analysis) -> str:
    """How large the company is, as the data says; else where its shares are listed, as the text
    says.
    """
    if record.extra.get(SIZE) is not None:
        return str(record.extra[SIZE])
    company = release.company
    return company.exchange if company is not None and company.exchange else UNLISTED


def _event(event: Event) -> str:
    return f"{event.type} {event.direction}"


def _read(record: Labelled, analyzer: Analyzer) -> Analysis:
    try:
        return analyzer(record.text, date=record.date, doc_id=record.id)
    except InputError as error:
        raise DataError(f"record {record.id!r}: {error}") from error
    except DateError as error:
        raise DataError(f"record {record.id!r}: date: {error}") from error
