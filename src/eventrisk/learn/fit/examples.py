"""Readings with labels, as the classifiers learn from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eventrisk.events import Pair
from eventrisk.labelled import Clause
from eventrisk.learn.evaluate.predictions import UNKNOWN
from eventrisk.learn.fit.risk import RiskExample
from eventrisk.reading import Reading
from eventrisk.risk.contexts import RiskClause

RawSpan = Callable[[int, int], tuple[int, int]]  # clean offsets → offsets into the text as given
MIN_OVERLAP = 0.5  # share of the shorter of two spans; from here on they are the same clause


@dataclass(frozen=True)
class Example:
    """A reading with its labels (None: not labelled). ``group`` keeps one author's or sponsor's
    texts together.

    ``events`` are type and direction of the day's events, the lead event first (empty: not
    labelled). ``form`` is that of ``data/README.md`` (headline, lead, wire …), by which results are
    sliced. ``weight`` scales its part in training; ``whole`` is False for a shortened copy, which
    is trained on, not measured. ``relevance`` is ``yes``, ``no`` or None. ``unseen``: no rule was
    written or mended with the text in view.
    """

    id: str
    group: str
    reading: Reading
    event_features: Mapping[str, float]
    sentiment: str | None = None
    tone: str | None = None
    risk: RiskExample | None = None
    weight: float = 1.0
    whole: bool = True
    form: str = UNKNOWN
    events: tuple[Pair, ...] = ()
    relevance: str | None = None
    unseen: bool = False


def align(
    clauses: Sequence[RiskClause], gold: Sequence[Clause], raw_span: RawSpan
) -> tuple[frozenset[str], ...]:
    """For each clause the categories of the labelled clauses that it overlaps enough; ``gold`` lies
    in the text as given.
    """
    aligned = []
    for clause in clauses:
        start, end = raw_span(clause.start, clause.end)
        named = [
            g.categories
            for g in gold
            if min(end, g.end) - max(start, g.start)
            >= max(1, MIN_OVERLAP * min(end - start, g.end - g.start))
        ]
        aligned.append(frozenset(category for categories in named for category in categories))
    return tuple(aligned)
