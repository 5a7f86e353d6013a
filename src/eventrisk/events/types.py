"""The table of event types: their rank, and which types each replaces, hides and joins.

It is ``lexicons/events/event_types.tsv``, one row a type; its head explains the columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from eventrisk.lexicon import terms

TABLE = "events/event_types.tsv"
NONE, OWN_STEP = "-", "none"


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One type of event; sets hold names of types. Of two events in one zone the one of lower
    ``rank`` is the lead event. The other columns are explained in the head of the table.
    """

    rank: int
    agency: str | None
    has_agency: bool
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
    kin: str | None

    @property
    def is_open(self) -> bool:
        """Whether a headline may state it and leave open how it went."""
        return self.direction == "open"

    @property
    def inherits_direction(self) -> bool:
        """Whether a cue without direction takes that of another cue of the text."""
        return self.direction is not None


@lru_cache(maxsize=1)
def event_types() -> Mapping[str, TypeRow]:
    """The rows by type, in order of the table."""
    return {row["event"]: _row(row) for row in terms(TABLE)}


def _row(row: Mapping[str, str]) -> TypeRow:
    return TypeRow(
        rank=int(row["rank"]),
        agency=None if row["agency"] == OWN_STEP else _value(row["agency"]),
        has_agency=row["agency"] != OWN_STEP,
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
        kin=_value(row["kin"]),
    )


def _value(cell: str) -> str | None:
    return None if cell == NONE else cell


def _names(cell: str) -> frozenset[str]:
    return frozenset() if cell == NONE else frozenset(cell.split())
