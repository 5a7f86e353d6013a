"""Small labelled releases, and a model of no cost that reads them: it answers with the words it is
told to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import factories
from eventrisk.labelled import Labelled, Span
from eventrisk.results import Analysis, Company, Entity, Provenance, RiskFactor, Sentiment, Tone

LABELS = ("negative", "neutral", "positive")
EVENTS = {"negative": "complete_response", "neutral": "business_other", "positive": "approval"}


def record(number: int, label: str, **more: object) -> Labelled:
    text = f"Norvena {number} Inc. Reports News on Velorin\nThe news is {label}."
    start = text.index("Velorin")
    made = Labelled(
        f"r{number}",
        text,
        f"{1995 + number % 30}-03-01",
        "wire" if number % 2 else "lead",
        entities=(Span(start, start + 7, "drug"),),
        sentiment=label,
        tone="neutral",
        risk_factors=("safety",),
        events=({"type": EVENTS[label], "direction": label},),
    )
    return replace(made, **more)  # type: ignore[arg-type]


RECORDS = [record(number, LABELS[number % 3]) for number in range(24)]


class Reads:
    """An analyzer that gives the true label but for the releases named in ``wrong``, which it takes
    for neutral.
    """

    def __init__(self, name: str, wrong: frozenset[str] = frozenset()) -> None:
        self.provenance, self._wrong = Provenance("0.1.0", name, "0" * 64, "0" * 64), wrong
        self.bundle = None
        self.n_own_terms = 0

    def __call__(
        self, text: str, *, date: str | None = None, doc_id: str | None = None
    ) -> Analysis:
        missed = doc_id in self._wrong
        label = "neutral" if missed else next(label for label in LABELS if label in text)
        start = text.index("Velorin")
        drug = Entity("drug", "Velorin", start, start + 7, "Velorin", "headline", 0.9)
        company = Entity("company", "Norvena", 0, 7, "Norvena", "headline", 1.0)
        event = replace(
            factories.analysis().events[0],
            type=EVENTS[label],
            direction=label,
            assertion="occurred",
        )
        return factories.bare(
            doc_id=doc_id,
            text=text,
            date=date,
            company=Company(text.split(" Inc.")[0], "NRVN", "Nasdaq"),
            entities=(company, drug),
            tone=Tone("neutral", 0.0),
            sentiment=Sentiment(label, 0.0, _sure(label, 0.6 if missed else 0.8)),
            events=(event,),
            risk_factors=(RiskFactor("safety", 0.8, False, ()),),
        )


def _sure(label: str, sure: float) -> Mapping[str, float]:
    return {name: sure if name == label else (1 - sure) / 2 for name in LABELS}
