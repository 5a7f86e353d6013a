"""Labelled releases as examples for the classifiers: the reading of each with its labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from eventrisk.events import Pair
from eventrisk.labelled import Labelled
from eventrisk.labels import TITLE_SECTIONS, Assertion
from eventrisk.learn import risk
from eventrisk.learn.evaluate.predictions import UNKNOWN
from eventrisk.learn.fit.adapt_risk import RiskBag
from eventrisk.learn.fit.examples import Example, align
from eventrisk.learn.fit.folds import slice_of
from eventrisk.learn.fit.risk import RiskExample
from eventrisk.reading import Reading
from eventrisk.sources.clean import CleanText, clean

OCCURRED = Assertion.OCCURRED.value
SHORT_FORMS = ("headline", "lead")  # that have no safe harbour
LEAD_CHARS = 600  # of the body's beginning
SHORTENED_WEIGHT = 0.5  # of a shortened copy, where the text itself has 1

# clean text, its marks, date → reading, event features
Read = Callable[[str, Sequence[int], str | None], tuple[Reading, dict[str, float]]]


def examples(
    records: Iterable[Labelled], read: Read, groups: Mapping[str, str] | None = None
) -> Iterator[Example]:
    """One example a record, and shortened copies of long ones, so that headlines and leads alone
    are classified well too.
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
            risk=None
            if record.form in SHORT_FORMS
            else _by_clause(record, group, reading, cleaned),
            events=_events(record),
            relevance=record.relevance,
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
) -> Iterator[RiskExample | RiskBag]:
    """The clauses of every record whose risk factors are labelled, by clause or for the release as
    a whole.
    """
    for record in records:
        if record.risks is None:
            continue
        cleaned, group = clean(record.text), groups[record.id]
        reading, _ = read(cleaned.text, cleaned.marks, record.date)
        by_clause = _by_clause(record, group, reading, cleaned)
        yield by_clause or RiskBag(group, tuple(risk.read_clauses(reading)), record.risks)


def _events(record: Labelled) -> tuple[Pair, ...]:
    """Type and direction of each event of the day, the lead event first; empty where none is
    labelled, or one lacks either.
    """
    events = record.events or ()
    if not all({"type", "direction"} <= event.keys() for event in events):
        return ()
    today = [e for e in events if e.get("assertion", OCCURRED) == OCCURRED]
    return tuple(dict.fromkeys((str(e["type"]), str(e["direction"])) for e in today))


def _by_clause(
    record: Labelled, group: str, reading: Reading, cleaned: CleanText
) -> RiskExample | None:
    if record.risk_clauses is None:
        return None
    clauses = tuple(risk.read_clauses(reading))
    gold = align([c.clause for c in clauses], record.risk_clauses, cleaned.raw_span)
    return RiskExample(group, clauses, gold)


def _shorter_ends(reading: Reading) -> Iterator[int]:
    """Where the title ends, and where the lead does, if the text goes on well beyond."""
    titles = [s for s in reading.sentences if s.section in TITLE_SECTIONS]
    if not titles:
        return
    if len(reading.text) > titles[-1].end + 100:
        yield titles[-1].end
    beyond = [s for s in reading.sentences if s.start > titles[-1].end]
    lead = [s.end for s in beyond if s.end - beyond[0].start < LEAD_CHARS]
    if lead and len(reading.text) > lead[-1] + 500:
        yield lead[-1]
