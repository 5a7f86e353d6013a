"""The result records of schema 1: frozen, plain, and turned into dicts and back from their own fields.

``start`` and ``end`` are half-open character offsets into the text as it was passed in; probabilities lie in 0…1,
scores of sentiment and tone in −1…1, ``spin`` in −2…2, ``risk_score`` in 0…1. Dates are ISO strings.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Company:
    """The issuer, as far as headline and dateline name it."""

    name: str
    ticker: str | None = None
    exchange: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words a score stands on; ``weight`` is their share of the score, signed towards the predicted label."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A named span; ``canonical`` joins brand, generic, code name and abbreviation of one thing."""

    label: str
    text: str
    start: int
    end: int
    canonical: str
    section: str
    probability: float


@dataclass(frozen=True, slots=True)
class Sentiment:
    """Better, unchanged or worse for the sponsor's product; ``score`` = P(positive) − P(negative), calibrated."""

    label: str
    score: float
    probabilities: dict[str, float]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Tone:
    """Management's attitude; ``score`` = P(positive) − P(negative)."""

    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, is planned, feared, denied or past, as ``assertion`` says."""

    type: str
    direction: str
    assertion: str
    date: str | None
    agency: str | None
    drugs: tuple[str, ...]
    indications: tuple[str, ...]
    reasons: tuple[str, ...]
    probability: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Vote:
    """One committee outcome; ``margin`` holds the words of it where no numbers are given ("slight majority")."""

    body: str
    committee: str | None
    stage: str
    direction: str
    yes: int | None
    no: int | None
    abstain: int | None
    binding: bool | None
    margin: str | None
    assertion: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Catalyst:
    """A planned event with the words of its time and the earliest and latest day they allow."""

    type: str
    when: str
    earliest: str | None
    latest: str | None
    precision: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RiskFactor:
    """A risk the release names; ``specific`` when it speaks of a named product, agency or party."""

    category: str
    probability: float
    specific: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the result: library version, model name and the sha256 of its manifest and of the settings."""

    library: str
    model: str
    model_sha256: str
    settings_sha256: str
