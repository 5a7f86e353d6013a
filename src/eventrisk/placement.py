"""Maps the offsets of a result from the clean text to the text as it was passed in."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol, TypeVar

from eventrisk.results import Analysis, Catalyst, Entity, Event, Evidence, RiskFactor, Vote


class Cleaned(Protocol):
    """A cleaned text: the raw one, and the map back to it."""

    @property
    def raw(self) -> str: ...

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open clean offsets to half-open raw offsets."""
        ...


Spanned = TypeVar("Spanned", Entity, Event, Vote, Catalyst, Evidence)


def placed(cleaned: Cleaned, read: Analysis) -> Analysis:
    """The result with half-open offsets into ``cleaned.raw``, and with every entity's words as they
    are written there.
    """

    def move(record: Spanned) -> Spanned:
        start, end = cleaned.raw_span(record.start, record.end)
        return replace(record, start=start, end=end)

    def dated(catalyst: Catalyst) -> Catalyst:
        start, end = cleaned.raw_span(catalyst.sentence_start, catalyst.sentence_end)
        return replace(move(catalyst), sentence_start=start, sentence_end=end)

    def named(entity: Entity) -> Entity:
        moved = move(entity)
        return replace(moved, text=cleaned.raw[moved.start : moved.end])

    def grounded(factor: RiskFactor) -> RiskFactor:
        return replace(factor, evidence=tuple(move(e) for e in factor.evidence))

    return replace(
        read,
        text=cleaned.raw,
        entities=tuple(named(e) for e in read.entities),
        sentiment=replace(read.sentiment, evidence=tuple(move(e) for e in read.sentiment.evidence)),
        events=tuple(move(e) for e in read.events),
        votes=tuple(move(v) for v in read.votes),
        catalysts=tuple(dated(c) for c in read.catalysts),
        risk_factors=tuple(grounded(f) for f in read.risk_factors),
    )
