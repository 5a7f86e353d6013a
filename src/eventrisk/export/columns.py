"""The columns of every table, in their order, with their type and where their value stands:
declared once, here.

What a record holds becomes a column by itself, so that a new field of ``Event`` is a new column
``event_…`` of ``scores`` and a new column of ``events``. Values are ``None`` where a release says
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, get_args, get_type_hints

from eventrisk.errors import OutputError
from eventrisk.labels import Direction, EntityLabel
from eventrisk.markup import words_of
from eventrisk.results import (
    Analysis,
    Catalyst,
    Company,
    Entity,
    Event,
    Evidence,
    Provenance,
    RiskFactor,
    Vote,
)

SEPARATOR = "; "  # between the names of one cell; the long tables hold them one by one
LONG: dict[str, type] = {
    "entities": Entity,
    "events": Event,
    "votes": Vote,
    "catalysts": Catalyst,
    "risk_factors": RiskFactor,
}
TABLES = ("scores", *LONG)
DAYS = frozenset({"date", "earliest", "latest"})  # fields that hold a day, as an ISO string
OURS = frozenset(str(label) for label in EntityLabel)
FAILURE = ("doc_id", "error", "error_kind")  # what the row of a Failure fills in ``scores``


class Column(NamedTuple):
    """A column: its name, the type of its values and how to get one.

    The type is ``str``, ``int``, ``float``, ``bool`` or ``date``; the value of a ``date`` is an ISO
    string, as results have it.
    """

    name: str
    type_: type
    value: Callable[[Any], Any]


def columns(table: str = "scores") -> tuple[Column, ...]:
    """The columns of a table in their order. Raises OutputError for a table that does not exist."""
    if table not in TABLES:
        raise OutputError(f"there is no table {table!r}; choose one of {', '.join(TABLES)}")
    return _columns(table)


@lru_cache(maxsize=len(TABLES))
def _columns(table: str) -> tuple[Column, ...]:
    return tuple(_scores()) if table == "scores" else (*_release(), *_long(table))


def lead_event(release: Analysis) -> Event | None:
    """The most important event of today."""
    return release.news[0] if release.news else None


def lead_vote(release: Analysis) -> Vote | None:
    """The first vote that is today's news, otherwise the first one of all."""
    return min(release.votes, key=lambda vote: vote.assertion != "occurred", default=None)


def next_catalyst(release: Analysis) -> Catalyst | None:
    """The catalyst that can come first; those without a date stand behind."""
    return min(
        release.catalysts,
        key=lambda c: (c.earliest or "9999", c.latest or "9999", c.start),
        default=None,
    )


def clause(evidence: tuple[Evidence, ...]) -> Evidence | None:
    """Of a risk factor's evidence the first: the surest clause; the terms in it and further clauses
    follow.
    """
    return evidence[0] if evidence else None


def _scores() -> Iterator[Column]:
    yield _key()
    yield Column("title", str, lambda r: r.title)
    yield Column("date", date, lambda r: r.date)
    yield from _of(Company, "company_", lambda r: r.company)
    yield Column("sentiment", str, lambda r: r.sentiment.label)
    yield Column("sentiment_score", float, lambda r: r.sentiment.score)
    for label in Direction:
        yield Column(f"p_{label}", float, _probability(label))
    yield Column(
        "sentiment_probabilities", str, lambda r: _probabilities(r.sentiment.probabilities)
    )
    yield Column("sentiment_abstained", bool, lambda r: r.sentiment.abstained)
    yield Column("tone", str, lambda r: r.tone.label)
    yield Column("tone_score", float, lambda r: r.tone.score)
    yield Column("spin", float, lambda r: r.spin)
    yield Column("risk_score", float, lambda r: r.risk_score)
    yield Column("relevance", float, lambda r: r.relevance)
    yield Column("events_today", int, lambda r: len(r.news))
    yield from _quoted(Event, "event_", lead_event)
    yield Column("votes", int, lambda r: len(r.votes))
    yield from _quoted(Vote, "vote_", lead_vote)
    yield Column("catalysts", int, lambda r: len(r.catalysts))
    yield from _quoted(Catalyst, "catalyst_", next_catalyst)
    yield Column(
        "risk_factors", str, lambda r: SEPARATOR.join(f.category for f in r.risk_factors) or None
    )
    yield Column("drugs", str, lambda r: _named(r, EntityLabel.DRUG))
    yield Column("indications", str, lambda r: _named(r, EntityLabel.INDICATION))
    yield Column("agencies", str, lambda r: _named(r, EntityLabel.AGENCY))
    yield Column("other_entities", str, _others)
    yield from _of(Provenance, "", lambda r: r.provenance)
    yield Column("error", str, lambda r: None)
    yield Column("error_kind", str, lambda r: None)


def _long(table: str) -> Iterator[Column]:
    """The fields of its records; their values are read off pairs (release, record)."""
    record = LONG[table]
    for column in _of(record, "", lambda pair: pair[1]):
        # An entity's words are its quote: what a reader sees of them.
        yield column._replace(value=_words) if column.name == "text" else column
    if record is RiskFactor:
        yield from _of(Evidence, "", lambda pair: clause(pair[1].evidence))
        yield Column("quote", str, lambda pair: _quote(pair[0], clause(pair[1].evidence)))
    elif record is not Entity:
        yield Column("quote", str, lambda pair: _quote(*pair))


def _release() -> Iterator[Column]:
    """What a long table says of the release of each record, so that it can be read without a join;
    ``date`` is the name of an event's own.
    """
    yield _key()
    yield Column("release_date", date, lambda pair: pair[0].date)
    yield from _of(Company, "company_", lambda pair: pair[0].company)


def _key() -> Column:
    return Column("doc_id", str, lambda row: (row[0] if isinstance(row, tuple) else row).doc_id)


def _of(record: type, prefix: str, pick: Callable[[Any], Any]) -> Iterator[Column]:
    """A column for every plain field of a record."""
    hints = get_type_hints(record)
    for name in (f.name for f in fields(record)):
        type_ = date if name in DAYS else _cell_type(hints[name])
        if type_ is not None:
            yield Column(prefix + name, type_, _reader(pick, name))


def _quoted(record: type, prefix: str, pick: Callable[[Any], Any]) -> Iterator[Column]:
    """The same, with the record's words as a reader sees them."""
    yield from _of(record, prefix, pick)
    yield Column(f"{prefix}quote", str, lambda r: _quote(r, pick(r)))


def _cell_type(hint: Any) -> type | None:
    """The type of a cell; None for nested records, which have columns or tables of their own."""
    options = [arg for arg in get_args(hint) if arg not in (type(None), Ellipsis)]
    inner = options[0] if options else hint
    return None if is_dataclass(inner) else inner


def _reader(pick: Callable[[Any], Any], name: str) -> Callable[[Any], Any]:
    """Gets a field of the picked record; names of a tuple are joined."""

    def read(row: Any) -> Any:
        value = getattr(pick(row), name, None)
        return (SEPARATOR.join(value) or None) if isinstance(value, tuple) else value

    return read


def _probability(label: Direction) -> Callable[[Any], Any]:
    return lambda release: release.sentiment.probabilities.get(label.value)


def _probabilities(probabilities: Mapping[str, float]) -> str | None:
    """All classes, a model's own too, in the model's order: ``bearish 0.812; bullish 0.188``."""
    return (
        SEPARATOR.join(f"{label} {probability:.3f}" for label, probability in probabilities.items())
        or None
    )


def _quote(release: Analysis, record: Any) -> str | None:
    return None if record is None or not release.text else release.quote(record)


def _words(pair: Any) -> str:
    text = pair[1].text
    return words_of(text, 0, len(text))


def _named(release: Analysis, label: str) -> str | None:
    """The canonical names of one label, each once, in the order of their first mention."""
    return (
        SEPARATOR.join(dict.fromkeys(e.canonical for e in release.entities if e.label == label))
        or None
    )


def _others(release: Analysis) -> str | None:
    """The canonical names of labels that are none of ours: ``chemical: naloxone, clonidine;
    disease: hypotension``.
    """
    names: dict[str, dict[str, None]] = {}
    for entity in release.entities:
        if entity.label not in OURS:
            names.setdefault(entity.label, {})[entity.canonical] = None
    return SEPARATOR.join(f"{label}: {', '.join(each)}" for label, each in names.items()) or None
