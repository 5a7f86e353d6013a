"""The heads: what a model predicts for a release. One table; every list of heads is a selection of
it.
"""

from __future__ import annotations

from typing import NamedTuple


class Head(NamedTuple):
    """One part of a result.

    ``one_class``: it gives one label a release, otherwise any number of things. ``keys`` are the
    keys of a labelled record that label it (``labelled.Labelled``); the lead event is the first of
    the events and has none of its own. ``trained``: ``train`` learns it from labelled releases; the
    others are read by rules. ``custom``: it may have labels of the user's own.
    """

    name: str
    one_class: bool
    keys: tuple[str, ...]
    trained: bool = False
    custom: bool = False


# in the order of a report
TABLE = (
    Head("sentiment", True, ("sentiment",), trained=True, custom=True),
    Head("tone", True, ("tone",), trained=True),
    Head("entities", False, ("entities",), trained=True, custom=True),
    Head("events", False, ("events", "votes", "catalysts")),
    Head("lead", True, ()),
    Head("risk", False, ("risk_clauses", "risk_factors"), trained=True, custom=True),
)
HEADS = tuple(head.name for head in TABLE)  # all of them are measured
CLASS_HEADS = tuple(head.name for head in TABLE if head.one_class)
SET_HEADS = tuple(head.name for head in TABLE if not head.one_class)
TRAINED_HEADS = tuple(head.name for head in TABLE if head.trained)
CUSTOM_HEADS = tuple(head.name for head in TABLE if head.custom)
KEYS_OF = {head.name: head.keys for head in TABLE if head.keys}
CLASS_KEYS = tuple(key for head in TABLE if head.one_class for key in head.keys)
