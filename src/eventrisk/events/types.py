"""The table of event types: which leads, what it replaces, hides and joins, and what is read of it.

The judgement stands in ``lexicons/events/event_types.tsv``, one row a type; its head explains the
columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from eventrisk.lexicon import terms

TABLE = "events/event_types.tsv"
NONE = "-"


@dataclass(frozen=True, slots=True)
class TypeRow:
    """What is known of one type of event; sets hold names of types."""

    rank: int
    agency: str | None
    over: frozenset[str]
    hides: frozenset[str]
    reasons: str | None
    joins: frozenset[str]
    joins_bad_news: frozenset[str]
    direction: str | None
    direction_of: str | None
    is_vote: bool
    widens_to: str | None
    is_promoted: bool
    has_endpoint: bool

    @property
    def is_open(self) -> bool:
        """Whether a headline may tell it and leave open how it went."""
        return self.direction == "open"

    @property
    def is_pointed(self) -> bool:
        """Whether words elsewhere may give the direction that the chosen words leave out."""
        return self.direction is not None


@lru_cache(maxsize=1)
def event_types() -> Mapping[str, TypeRow]:
    """The rows by type, in order of the table."""
    return {row["event"]: _row(row) for row in terms(TABLE)}


def _row(row: Mapping[str, str]) -> TypeRow:
    return TypeRow(
        rank=int(row["rank"]),
        agency=_value(row["agency"]),
        over=_names(row["over"]),
        hides=_names(row["hides"]),
        reasons=_value(row["reasons"]),
        joins=_names(row["joins"]),
        joins_bad_news=_names(row["joins_bad_news"]),
        direction=_value(row["direction"]),
        direction_of=_value(row["direction_of"]),
        is_vote=row["vote"] == "yes",
        widens_to=_value(row["widens_to"]),
        is_promoted=row["promoted"] == "yes",
        has_endpoint=row["endpoint"] == "yes",
    )


def _value(cell: str) -> str | None:
    return None if cell == NONE else cell


def _names(cell: str) -> frozenset[str]:
    return frozenset() if cell == NONE else frozenset(cell.split())
