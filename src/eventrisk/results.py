"""The result records of schema 1: frozen, plain, and turned into dicts and back from their own
fields.

``start`` and ``end`` are half-open character offsets into the text as it was passed in;
probabilities lie in 0…1, scores of sentiment and tone in −1…1, ``spin`` in −2…2, ``risk_score`` in
0…1. ``spin`` is None where nobody of the sponsor speaks, ``risk_score`` where no model gives the
probability of negative news. Dates are ISO strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from eventrisk.errors import DataError
from eventrisk.markup import words_of
from eventrisk.news import DRUG, Catalyst, Event, Product, Vote, products_of
from eventrisk.records import ADDED, arguments, plain

__all__ = [
    "Analysis",
    "Catalyst",
    "Company",
    "Entity",
    "Event",
    "Evidence",
    "Failure",
    "Product",
    "Provenance",
    "RiskFactor",
    "Sentiment",
    "Tone",
    "Vote",
]
SCHEMA = 1
BROUGHT = ("text", "meta")  # what the user gave with the release: held, but no part of the schema


@dataclass(frozen=True, slots=True)
class Company:
    """The issuer, as far as headline and dateline name it; ``exchange`` is where ``ticker`` is
    listed.
    """

    name: str
    ticker: str | None = None
    exchange: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words a score stands on: ``text[start:end]`` of the release, offsets from 0.

    ``weight`` of a sentiment is their share of the score, signed towards the predicted label; of a
    risk factor it is, in 0…1, the probability of a clause, or a term's part in how often the rules
    of the category are right.
    """

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A named span; ``canonical`` joins brand, generic, code name and abbreviation of one thing.

    ``label`` is one of ``EntityLabel``, or one that the user taught a model; spans of the latter
    may overlap others. ``text`` is that of the release from ``start`` to before ``end``, counted in
    characters from 0; ``section`` is one of ``SectionKind``; ``probability`` lies in 0…1.
    """

    label: str
    text: str
    start: int
    end: int
    canonical: str
    section: str
    probability: float


@dataclass(frozen=True, slots=True)
class Sentiment:
    """Better, unchanged or worse for the sponsor's product; ``score`` = P(positive) − P(negative),
    calibrated.

    ``label`` is one of ``Direction``, or a class of a user's model; ``score`` lies in −1…1,
    ``probabilities`` in 0…1 with the sum 1. ``abstained`` says that the probability of ``label``
    lies below the least at which the model may be relied on (the card names it): the label is then
    the best guess, and the release one to be read by people.
    """

    label: str
    score: float
    probabilities: dict[str, float]
    evidence: tuple[Evidence, ...] = ()
    abstained: bool = field(default=False, metadata=ADDED)


@dataclass(frozen=True, slots=True)
class Tone:
    """Management's attitude: ``label`` is one of ``Direction``, ``score`` = P(positive) −
    P(negative), in −1…1.
    """

    label: str
    score: float


@dataclass(frozen=True, slots=True)
class RiskFactor:
    """A risk the release names; ``specific`` when it speaks of a named product, agency or party.

    ``category`` is one of ``RiskCategory``, or one that the user taught a model; ``probability``
    lies in 0…1; ``evidence`` are clauses, the surest first, each followed by the terms in it.
    """

    category: str
    probability: float
    specific: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the result: library version, model name and the sha256 of its manifest and of the
    settings.
    """

    library: str
    model: str
    model_sha256: str
    settings_sha256: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A record of a batch that could not be read; it stands in the record's place. ``kind`` is the
    error's class, ``meta`` the record's further keys with their values.
    """

    doc_id: str
    error: str
    kind: str
    meta: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True, repr=False)
class Analysis:
    """All that was read in one release.

    ``relevance`` (0…1) is the probability that it is regulatory or clinical news about a medicine;
    below the model's bound (its card names it) it has no event but ``business_other``. None
    where the model knows nothing of it.

    ``text`` is the text as it was passed in, ``meta`` the record's further keys with their values
    as they were given (``ticker``, ``permno``); both are part neither of ``to_dict`` nor of
    equality.
    """

    doc_id: str
    title: str | None
    date: str | None
    company: Company | None
    entities: tuple[Entity, ...]
    sentiment: Sentiment
    tone: Tone
    spin: float | None
    events: tuple[Event, ...]
    votes: tuple[Vote, ...]
    catalysts: tuple[Catalyst, ...]
    risk_factors: tuple[RiskFactor, ...]
    risk_score: float | None
    provenance: Provenance
    relevance: float | None = field(default=None, metadata=ADDED)
    text: str = field(default="", compare=False)
    meta: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values, ready for JSON: schema 1 of the contract."""
        held = (f.name for f in fields(self) if f.name not in BROUGHT)
        return {"schema": SCHEMA, **{name: plain(getattr(self, name)) for name in held}}

    @classmethod
    def from_dict(
        cls, data: Mapping[str, Any], text: str = "", meta: Mapping[str, Any] | None = None
    ) -> Self:
        """The inverse of ``to_dict``; the ``meta`` of a line of ``to_jsonl`` is read too. Raises
        DataError for another schema or missing keys.
        """
        if data.get("schema") != SCHEMA:
            raise DataError(
                f"schema {data.get('schema')!r} where {SCHEMA} is read; use the version that "
                f"wrote it"
            )
        brought = {"text": text, "meta": dict(data.get("meta", {}) if meta is None else meta)}
        return cls(**{**arguments(cls, {**data, **brought}), **brought})

    @property
    def news(self) -> tuple[Event, ...]:
        """Today's events, most important first."""
        return tuple(event for event in self.events if event.assertion == "occurred")

    @property
    def products(self) -> tuple[Product, ...]:
        """What happened to each product and what comes next, those of the first events first.

        Derived from ``events``, ``votes``, ``catalysts`` and ``entities``; no part of ``to_dict``.
        """
        names = ((e.canonical, e.text) for e in self.entities if e.label == DRUG)
        return products_of(names, self.events, self.votes, self.catalysts)

    def quote(self, record: Entity | Event | Vote | Catalyst | Evidence) -> str:
        """The words a record stands on as a reader sees them: on one line, without markup.

        Of a Catalyst they are the sentence that says what is planned. The characters as they were
        passed in are ``text[record.start:record.end]``. Empty where the result holds no text.
        """
        if isinstance(record, Catalyst):
            return words_of(self.text, record.sentence_start, record.sentence_end)
        return words_of(self.text, record.start, record.end)

    def save(self, path: str | Path) -> None:
        """Writes the result to a file of its own: the card as ``.html``, what ``print`` shows as
        ``.txt``, ``to_dict`` as ``.json``. Raises OutputError for another ending.
        """
        from eventrisk.show.saved import save

        save(self, path)

    def __str__(self) -> str:
        """The whole result as a page of plain text, 100 columns wide."""
        from eventrisk.show.saved import plain_page

        return plain_page(self)

    def __repr__(self) -> str:
        lead = f"{self.news[0].type} ({self.news[0].direction})" if self.news else "no event"
        who = f"{self.company.name}: " if self.company else ""
        return (
            f"<Analysis {self.doc_id} {self.date or 'undated'} {who}{lead}, sentiment "
            f"{self.sentiment.score:+.2f}>"
        )

    def _repr_html_(self) -> str:
        from eventrisk.show.html import card

        return card(self)
