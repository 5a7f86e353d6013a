"""Results made by hand: offsets are looked up in the text, so that a quote is always what it
says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from eventrisk.errors import EmptyTextError, EventRiskError
from eventrisk.results import (
    Analysis,
    Catalyst,
    Company,
    Entity,
    Event,
    Evidence,
    Failure,
    Provenance,
    RiskFactor,
    Sentiment,
    Tone,
    Vote,
)

TEXT = """FDA Panel Votes 10-4 Against Corvastim for "Chronic <Wet> Cough"

BOSTON, May 4, 2021 -- Norvena & Sons, Inc. (Nasdaq: NRVN) today announced that the FDA's \
Pulmonary-Allergy Drugs \
Advisory Committee voted 10 to 4, with one abstention, against Corvastim (NRV-201) \
for the treatment of chronic wet cough.

"We are confident in Corvastim and thank the committee," said Ann Doe, chief executive officer.

The FDA is expected to decide on the New Drug Application by June 28, 2021. \
Norvena plans to report data in \
asthma in the second half of 2022.

Forward-Looking Statements
The FDA may not approve Corvastim. We may need additional capital, and our patents may not \
protect our products.
"""


def place(words: str, nth: int = 0) -> tuple[int, int]:
    """Where words stand in TEXT."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def entity(label: str, words: str, canonical: str = "", nth: int = 0) -> Entity:
    return Entity(label, words, *place(words, nth), canonical or words, "body", 0.97)


def evidence(words: str, weight: float) -> Evidence:
    return Evidence(*place(words), weight)


def risk(
    category: str, words: str, *, specific: bool = False, probability: float = 0.8
) -> RiskFactor:
    return RiskFactor(category, probability, specific, (evidence(words, 0.9),))


VOTE_WORDS = "voted 10 to 4, with one abstention, against"
SECOND_HALF, BY_JUNE = "second half of 2022", "by June 28, 2021"
NAMES = (("Corvastim",), ("chronic wet cough",))


def analysis(**changes: Any) -> Analysis:
    """A negative panel vote, with something in every field."""
    made: dict[str, Any] = {
        "doc_id": "norvena.txt",
        "title": TEXT.splitlines()[0],
        "date": "2021-05-04",
        "company": Company("Norvena & Sons, Inc.", "NRVN", "Nasdaq"),
        "entities": (
            entity("agency", "FDA"),
            entity("vote_outcome", "Votes 10-4 Against"),
            entity("drug", "Corvastim"),
            entity("agency", "Pulmonary-Allergy Drugs Advisory Committee"),
            entity("vote_outcome", VOTE_WORDS),
            entity("drug", "Corvastim", nth=1),
            entity("drug", "NRV-201", "Corvastim"),
            entity("indication", "chronic wet cough"),
        ),
        "sentiment": Sentiment(
            "negative",
            -0.87,
            {"negative": 0.9, "neutral": 0.07, "positive": 0.03},
            (evidence("Votes 10-4 Against", 0.6), evidence("against Corvastim (NRV-201)", 0.3)),
        ),
        "tone": Tone("positive", 0.41),
        "spin": 1.28,
        "events": (
            Event(
                "advisory_vote",
                "negative",
                "occurred",
                "2021-05-04",
                "FDA",
                *NAMES,
                ("efficacy",),
                0.93,
                *place(VOTE_WORDS),
            ),
            Event(
                "approval",
                "neutral",
                "scheduled",
                None,
                "FDA",
                *NAMES,
                (),
                0.9,
                *place("is expected to decide"),
            ),
        ),
        "votes": (
            Vote(
                "fda_advisory_committee",
                "Pulmonary-Allergy Drugs Advisory Committee",
                "recommendation",
                "negative",
                4,
                10,
                1,
                False,
                None,
                "occurred",
                *place(VOTE_WORDS),
                *NAMES,
            ),
        ),
        "catalysts": (
            Catalyst(
                "topline_results",
                SECOND_HALF,
                "2022-07-01",
                "2022-12-31",
                "half",
                *place(SECOND_HALF),
                indications=("asthma",),
            ),
            Catalyst(
                "approval",
                BY_JUNE,
                "2021-05-04",
                "2021-06-28",
                "range",
                *place(BY_JUNE),
                drugs=NAMES[0],
                agency="FDA",
            ),
        ),
        "risk_factors": (
            risk(
                "regulatory_approval",
                "The FDA may not approve Corvastim",
                specific=True,
                probability=0.95,
            ),
            risk("funding_liquidity", "We may need additional capital"),
            risk(
                "intellectual_property", "our patents may not protect our products", probability=0.7
            ),
        ),
        "risk_score": 0.71,
        "provenance": Provenance("0.1.0", "default", "a1b2c3d4e5", "f6a7b8c9d0"),
        "text": TEXT,
    }
    return Analysis(**{**made, **changes})


def bare(**changes: Any) -> Analysis:
    """A release in which nothing was found."""
    nothing: dict[str, Any] = {
        "title": None,
        "date": None,
        "company": None,
        "entities": (),
        "events": (),
        "votes": (),
        "catalysts": (),
        "risk_factors": (),
        "sentiment": Sentiment("neutral", 0.0, {"negative": 0.1, "neutral": 0.8, "positive": 0.1}),
        "tone": Tone("neutral", 0.0),
        "spin": 0.0,
        "risk_score": 0.0,
        "doc_id": "bare",
    }
    return analysis(**{**nothing, **changes})


FAILURE = Failure(
    "broken.txt",
    "the release is empty or holds only white space; there is nothing to read",
    "EmptyTextError",
)


class StandIn:
    """Answers as an Analyzer does, at once: the made result with the record's id, text and date."""

    def __init__(self) -> None:
        self.records: list[Mapping[str, Any]] = []

    def many(
        self, records: Iterable[Mapping[str, Any] | Failure], *, progress: bool = True
    ) -> Iterator[Analysis | Failure]:
        for record in records:
            if isinstance(record, Failure):
                yield record
                continue
            self.records.append(record)
            name = record.get("id") or "fingerprint"
            try:
                if not record["text"].strip():
                    raise EmptyTextError
                yield bare(
                    doc_id=name,
                    date=record.get("date"),
                    text=record["text"],
                    title=record["text"].splitlines()[0],
                )
            except EventRiskError as error:
                yield Failure(name, str(error), type(error).__name__)
