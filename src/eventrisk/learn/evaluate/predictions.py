"""What a model found in a release beside what its labels say: the rows that every figure of a
report is made from.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

UNKNOWN = "unknown"
CLASSES = ("sentiment", "tone", "lead")  # heads that give one label a release
SETS = ("entities", "risk", "events")  # heads that give any number of things a release
HEADS = ("sentiment", "tone", "entities", "events", "lead", "risk")  # in the order of a report
KINDS = ("era", "company size", "form")  # by which a report is sliced

Thing = Hashable  # an entity (start, end, label); a category of risk; an event ("type direction")


@dataclass(frozen=True)
class Row:
    """One release. ``gold`` holds the heads that are labelled, ``found`` what the model says, both
    by head.

    Of a head with classes: gold is a label; found its probabilities by label, or a label where the
    model gives none. Of a head with sets: gold is a set of things; found maps each thing to its
    probability. ``group`` keeps texts together that resemble each other; ``slices`` says to which
    part of each kind a row belongs.
    """

    id: str
    group: str
    text: str
    date: str | None = None
    company: str | None = None
    gold: Mapping[str, Any] = field(default_factory=dict)
    found: Mapping[str, Any] = field(default_factory=dict)
    slices: Mapping[str, str] = field(default_factory=dict)


def era(date: str | None) -> str:
    """The decade of an ISO date."""
    return f"{date[:3]}0s" if date else UNKNOWN


def of_head(rows: Sequence[Row], head: str) -> list[Row]:
    """The rows whose labels and whose model have the head; where it is not labelled a row says
    nothing.
    """
    return [
        row for row in rows if row.gold.get(head) is not None and row.found.get(head) is not None
    ]


def label_of(thing: Thing) -> str:
    """The label of a thing: an entity's, or the category or event itself."""
    return str(thing[2]) if isinstance(thing, tuple) else str(thing)


def given(found: Mapping[str, float] | str) -> str:
    """The label a model gives: its own, or the likeliest (of two alike the first)."""
    return found if isinstance(found, str) else max(found, key=lambda label: found[label])
