"""What happened, was voted and is planned: the records of events, votes and catalysts, and what
they say of each product.

Part of the result records of schema 1 (``results``). ``start`` and ``end`` are half-open character
offsets into the text as it was passed in; probabilities lie in 0…1; dates are ISO strings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from eventrisk.markup import words_of
from eventrisk.records import ADDED, plain

DRUG = "drug"  # the label of the entities that are products


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, is planned, feared, denied or past, as ``assertion`` says.

    ``type`` is one of ``EventType``, ``direction`` of ``Direction``, ``assertion`` of
    ``Assertion``, each of ``reasons`` of ``Reason``. ``date`` (``YYYY-MM-DD``) is the day it
    happened, where the release says so; ``probability`` lies in 0…1; ``text[start:end]`` are the
    words it was read from.
    """

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
    """One committee outcome; ``margin`` holds the words of it where no numbers are given ("slight
    majority").

    ``body`` is one of ``VoteBody``, ``stage`` of ``VoteStage``, ``direction`` of ``VoteDirection``,
    ``assertion`` of ``Assertion``. ``yes``, ``no`` and ``abstain`` count members, None where the
    release gives no number; ``text[start:end]`` are the words it was read from. ``drugs`` and
    ``indications`` hold canonical names, as those of an Event: what was voted on.
    ``question`` holds the words voted on, as far as the release tells them, on one line.
    """

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
    drugs: tuple[str, ...] = field(default=(), metadata=ADDED)
    indications: tuple[str, ...] = field(default=(), metadata=ADDED)
    question: str | None = field(default=None, metadata=ADDED)


@dataclass(frozen=True, slots=True)
class Catalyst:
    """A planned event with the words of its time and the earliest and latest day they allow.

    ``type`` is one of ``EventType``; ``when`` are the words of the time, ``earliest`` and
    ``latest`` (``YYYY-MM-DD``, both days included) what they allow, None where that is open, and
    ``precision`` one of ``DatePrecision``; ``text[start:end]`` are the words of the time,
    ``text[sentence_start:sentence_end]`` the sentence, headline or row they stand in, which says
    what is planned. Without a sentence, as in records written before it was kept, these are the
    words of the time too.

    ``drugs`` and ``indications`` hold canonical names, as those of an Event; ``agency`` is the body
    that will decide, advise or be asked, None for results and the sponsor's own steps.
    """

    type: str
    when: str
    earliest: str | None
    latest: str | None
    precision: str
    start: int
    end: int
    sentence_start: int = field(default=0, metadata=ADDED)
    sentence_end: int = field(default=0, metadata=ADDED)
    drugs: tuple[str, ...] = field(default=(), metadata=ADDED)
    indications: tuple[str, ...] = field(default=(), metadata=ADDED)
    agency: str | None = field(default=None, metadata=ADDED)

    def __post_init__(self) -> None:
        if self.sentence_end == 0:
            object.__setattr__(self, "sentence_start", self.start)
            object.__setattr__(self, "sentence_end", self.end)


@dataclass(frozen=True, slots=True)
class Product:
    """One product, with its diseases, what happened to it and what comes next.

    ``name`` is the canonical name, ``names`` are those that the release writes, each once, in order
    of the text; ``indications`` hold the canonical names of the diseases of its records.
    ``events`` (without ``business_other``), ``votes`` and ``catalysts`` are the records of the
    result that are linked to it, in the order of the result: their offsets are those of the text as
    it was passed in, and ``Analysis.quote`` gives their words. A record on several products stands
    with each of them.
    """

    name: str
    names: tuple[str, ...]
    indications: tuple[str, ...]
    events: tuple[Event, ...]
    votes: tuple[Vote, ...]
    catalysts: tuple[Catalyst, ...]

    def to_dict(self) -> dict[str, Any]:
        """The product as plain values, ready for JSON."""
        return dict(plain(self))


def products_of(
    names: Iterable[tuple[str, str]],
    events: Iterable[Event],
    votes: Iterable[Vote],
    catalysts: Iterable[Catalyst],
) -> tuple[Product, ...]:
    """The products that records are linked to, those of the first records first; ``names`` are
    pairs of a product's canonical name and its words in the text, in order of the text.
    """
    happened = tuple(event for event in events if event.type != "business_other")
    voted, planned = tuple(votes), tuple(catalysts)
    written: dict[str, dict[str, None]] = {}
    for canonical, words in names:
        written.setdefault(canonical, {})[words_of(words, 0, len(words))] = None
    linked = [record.drugs for record in happened]
    linked += [record.drugs for record in voted]
    linked += [record.drugs for record in planned]
    order = dict.fromkeys(name for drugs in linked for name in drugs)
    return tuple(
        _product(name, tuple(written.get(name, {name: None})), happened, voted, planned)
        for name in order
    )


def _product(
    name: str,
    names: tuple[str, ...],
    events: tuple[Event, ...],
    votes: tuple[Vote, ...],
    catalysts: tuple[Catalyst, ...],
) -> Product:
    own_events = tuple(e for e in events if name in e.drugs)
    own_votes = tuple(v for v in votes if name in v.drugs)
    own_catalysts = tuple(c for c in catalysts if name in c.drugs)
    told = [record.indications for record in own_events]
    told += [record.indications for record in own_votes]
    told += [record.indications for record in own_catalysts]
    diseases = tuple(dict.fromkeys(disease for diseases in told for disease in diseases))
    return Product(name, names, diseases, own_events, own_votes, own_catalysts)
