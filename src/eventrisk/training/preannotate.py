"""A result as a labelled record, so that a person corrects instead of labelling from nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from eventrisk.labelled import Clause, Labelled, Span
from eventrisk.labels import TRAINED_LABELS, EntityLabel
from eventrisk.results import Analysis, Evidence

VOTE_KEYS = ("body", "committee", "stage", "direction", "yes", "no", "abstain", "binding")
CATALYST_KEYS = ("type", "when", "earliest", "latest")


def is_learnt(label: str) -> bool:
    """Whether names of this label are learnt from examples: the four trained ones and any custom
    one.
    """
    return label in TRAINED_LABELS or label not in set(EntityLabel)


def labelled_of(analysis: Analysis, given: Labelled | None = None) -> Labelled:
    """What a model read, as the labels of ``data/schema.json``; offsets are those of the result's
    own text.

    Entities are the learnt ones (names found by rules alone are not labelled by hand), events are
    those of today, and risk clauses those that the model shows as evidence. ``given`` is the record
    that was read: what it has, its labels included, stays as it is, and only what it does not know
    is filled in.
    """
    record = given or Labelled(id=analysis.doc_id, text=analysis.text, date=analysis.date)
    read: dict[str, Any] = {
        "entities": _entities(analysis),
        "sentiment": analysis.sentiment.label,
        "tone": analysis.tone.label,
        "events": tuple({"type": e.type, "direction": e.direction} for e in analysis.news),
        "votes": tuple({key: getattr(vote, key) for key in VOTE_KEYS} for vote in analysis.votes),
        "catalysts": tuple(
            {key: getattr(c, key) for key in CATALYST_KEYS} for c in analysis.catalysts
        ),
    }
    if record.risks is None:
        read["risk_factors"] = tuple(sorted(factor.category for factor in analysis.risk_factors))
        read["risk_clauses"] = _clauses(analysis)
    return replace(
        record, **{key: value for key, value in read.items() if getattr(record, key) is None}
    )


def _entities(analysis: Analysis) -> tuple[Span, ...]:
    spans = {Span(e.start, e.end, e.label) for e in analysis.entities if is_learnt(e.label)}
    return tuple(sorted(spans, key=lambda s: (s.start, s.end, s.label)))


def _clauses(analysis: Analysis) -> tuple[Clause, ...]:
    """Each clause of the evidence with all categories it names; words inside a clause are its
    part.
    """
    named: dict[tuple[int, int], set[str]] = {}
    for factor in analysis.risk_factors:
        for evidence in factor.evidence:
            if not any(_holds(other, evidence) for other in factor.evidence):
                named.setdefault((evidence.start, evidence.end), set()).add(factor.category)
    return tuple(
        Clause(start, end, tuple(sorted(named[start, end]))) for start, end in sorted(named)
    )


def _holds(outer: Evidence, inner: Evidence) -> bool:
    """Whether one passage lies properly within the other."""
    same = (outer.start, outer.end) == (inner.start, inner.end)
    return not same and outer.start <= inner.start and inner.end <= outer.end
