"""Labelled releases as examples for the classifiers: what the pipeline reads in each, beside its
labels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from eventrisk.labelled import Labelled
from eventrisk.labels import TITLE_SECTIONS
from eventrisk.learn import risk
from eventrisk.learn.evaluate.predictions import UNKNOWN
from eventrisk.learn.fit.adapt_risk import Whole
from eventrisk.learn.fit.folds import slice_of
from eventrisk.learn.fit.heads import Example, align
from eventrisk.learn.fit.risk import RiskExample
from eventrisk.reading import Reading
from eventrisk.sources.clean import CleanText, clean

SHORT = ("headline", "lead")  # forms that have no safe harbour
LEAD_CHARACTERS = 600
SHORTENED_WEIGHT = 0.5

Read = Callable[
    [str, Sequence[int], str | None], tuple[Reading, dict[str, float]]
]  # clean text, its marks, date


def examples(
    records: Iterable[Labelled], read: Read, groups: Mapping[str, str] | None = None
) -> Iterator[Example]:
    """One example a record, and shortened copies of long ones so that headlines and leads alone are
    judged well.
    """
    for record in records:
        group = groups[record.id] if groups is not None else slice_of(record.id)
        cleaned = clean(record.text)
        reading, features = read(cleaned.text, cleaned.marks, record.date)
        yield Example(
            id=record.id,
            group=group,
            reading=reading,
            event_features=features,
            sentiment=record.sentiment,
            tone=record.tone,
            form=record.form or UNKNOWN,
            risk=None if record.form in SHORT else _by_clause(record, group, reading, cleaned),
            lead=_lead(record),
        )
        for end in _shorter_ends(reading) if record.form != "headline" else ():
            short, short_features = read(
                cleaned.text[:end], [m for m in cleaned.marks if m <= end], record.date
            )
            yield Example(
                id=f"{record.id}:{end}",
                group=group,
                reading=short,
                event_features=short_features,
                sentiment=record.sentiment,
                form=record.form or UNKNOWN,
                weight=SHORTENED_WEIGHT,
                whole=False,
            )


def risk_examples(
    records: Iterable[Labelled], read: Read, groups: Mapping[str, str]
) -> Iterator[RiskExample | Whole]:
    """The clauses of every record whose risk factors are labelled, by clause or for the release as
    a whole.
    """
    for record in records:
        if record.risks is None:
            continue
        cleaned, group = clean(record.text), groups[record.id]
        reading, _ = read(cleaned.text, cleaned.marks, record.date)
        by_clause = _by_clause(record, group, reading, cleaned)
        yield by_clause or Whole(group, tuple(risk.see(reading)), record.risks)


def _lead(record: Labelled) -> str | None:
    """Type and direction of the leading event, if events are labelled."""
    first = record.events[0] if record.events else {}
    return (
        f"{first['type']} {first['direction']}" if {"type", "direction"} <= first.keys() else None
    )


def _by_clause(
    record: Labelled, group: str, reading: Reading, cleaned: CleanText
) -> RiskExample | None:
    if record.risk_clauses is None:
        return None
    seen = tuple(risk.see(reading))
    truth = align([s.clause for s in seen], record.risk_clauses, cleaned.raw_span)
    return RiskExample(group, seen, truth)


def _shorter_ends(reading: Reading) -> Iterator[int]:
    """Where the title ends, and where the lead does, if the text goes on well beyond."""
    titles = [s for s in reading.sentences if s.section in TITLE_SECTIONS]
    if not titles:
        return
    if len(reading.text) > titles[-1].end + 100:
        yield titles[-1].end
    beyond = [s for s in reading.sentences if s.start > titles[-1].end]
    lead = [s.end for s in beyond if s.end - beyond[0].start < LEAD_CHARACTERS]
    if lead and len(reading.text) > lead[-1] + 500:
        yield lead[-1]
