"""What happened, was voted and is planned: the records of events, votes and catalysts.

Part of the result records of schema 1 (``results``). ``start`` and ``end`` are half-open character
offsets into the text as it was passed in; probabilities lie in 0…1; dates are ISO strings.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from eventrisk.records import ADDED


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
