"""Invented releases with all that labelling tools have lost: CRLF, tabs, pictures, overlaps, labels
with blanks, long texts, texts that nobody labelled and such in which there is nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eventrisk.labelled import Clause, Labelled, Span

NAMES = ("Velorin", "Calmirone", "NVL-101")


def marked(text: str, *words: tuple[str, str]) -> tuple[Span, ...]:
    """The first place of each of these words, with its label."""
    return tuple(
        Span(text.index(word), text.index(word) + len(word), label) for word, label in words
    )


CRLF = "Norvena Inc.\r\n\r\nVelorin may fail in AML.\r\nCalmirone\tmay not.\r\n"
ODD = "  «Calmirone» 🙂 e\u0301té \u00a0\u2028 said \"no\", 5 < 6 & 'x' \\n; NVL-101®.\n"
OVER = "Velorin tablets for chronic wet cough, an orphan disease, were refused."
NONE = "Norvena names a new chief financial officer."
UNSEEN = "Calmirone was submitted to the agency today."


def _long() -> Labelled:
    """A release of 60,000 characters with a name in each paragraph."""
    parts, spans, at = list[str](), list[Span](), 0
    for number in range(300):
        name = NAMES[number % 3]
        part = f"Paragraph {number}: {'the sponsor said that work goes on, ' * 5}and {name} too.\n"
        start = at + part.index(name)
        spans.append(Span(start, start + len(name), "drug"))
        parts.append(part)
        at += len(part)
    return Labelled("long", "".join(parts), entities=tuple(spans), sentiment="up", risk_factors=())


CRLF_SPANS = (("Norvena Inc.", "company"), ("Velorin", "drug"), ("AML", "own label"))
HELD = [
    Labelled(
        "crlf",
        CRLF,
        "2021-05-04",
        company="Norvena, Inc.",
        entities=(*marked(CRLF, *CRLF_SPANS, ("Calmirone", "drug")),),
        sentiment="down",
        tone="calm",
        risk_factors=("safety", "two, words"),
    ),
    Labelled(
        "odd é",
        ODD,
        form="lead",
        split="dev",
        entities=marked(ODD, ("Calmirone", "drug"), ("NVL-101", "own label")),
        sentiment="up",
        risk_factors=(),
        extra={"url": "x", "n": [0.12345678901234567, {"deep": None}]},
    ),
    Labelled(
        "over",
        OVER,
        entities=(
            *marked(OVER, ("chronic wet cough, an orphan disease", "disease")),
            *marked(OVER, ("Velorin tablets", "own label"), ("Velorin", "drug")),
            *marked(OVER, ("wet cough", "disease")),
        ),
        sentiment="down",
        risk_factors=("safety",),
        risk_clauses=(Clause(0, 7, ("safety",)),),
        events=({"type": "refusal", "direction": "negative"},),
    ),
    Labelled("none", NONE, entities=(), sentiment="flat", risk_factors=()),
    Labelled("unseen", UNSEEN, "2022-01-02"),
    _long(),
]


def spans_alone(records: Sequence[Labelled]) -> list[Labelled]:
    """The records without labels of the whole release."""
    plain = {"sentiment": None, "tone": None, "risk_factors": None}
    return [replace(record, **plain) for record in records]  # type: ignore[arg-type]


def classes_alone(records: Sequence[Labelled]) -> list[Labelled]:
    """The records without entities."""
    return [replace(record, entities=None) for record in records]


def ordered(records: Sequence[Labelled]) -> list[Labelled]:
    """Entities and risk factors in one order: tools have their own."""
    return [
        replace(
            record,
            entities=None if record.entities is None else _by_place(record.entities),
            risk_factors=None if record.risk_factors is None else _sorted(record.risk_factors),
        )
        for record in records
    ]


def _by_place(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda span: (span.start, span.end, span.label)))


def _sorted(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(labels))


# What the kept exports were made of: short, and labelled by two people where it says so.
KEPT = [record for record in HELD if record.id != "long"]
EXPORTS = "tests/sources/formats/exports"
REVIEWED = replace(KEPT[3], sentiment="up", entities=(Span(0, 7, "company"),))
