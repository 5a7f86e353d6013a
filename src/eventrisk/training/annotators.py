"""Several annotations of one text become one record, and what people differ on is settled.

Two records are annotations of one text where their texts are the same to the character and a tool
named who labelled them or when: those of one id, or those of different people.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from eventrisk.checking.agreement import Agreement, agreement
from eventrisk.errors import DataError
from eventrisk.labelled import LABEL_KEYS, Labelled, Placed

Conflicts = Literal["latest", "majority", "drop"]
CONFLICTS: tuple[Conflicts, ...] = ("latest", "majority", "drop")
HOW = {  # what counts, in words
    "latest": "the latest counts",
    "majority": "what most of them say counts, and nothing where there is no majority",
    "drop": "none of it counts",
}
ELEMENTS = ("entities", "risk_factors", "risk_clauses")  # settled one by one
TOLD = ("date", "form", "company", "split")  # of a release; no labels
NOBODY = "?"  # an annotator that no tool named


class Conflict(NamedTuple):
    """A text whose annotations differ: where, on what, and what each of them says."""

    placed: Placed
    differences: dict[str, list[tuple[str, Any]]]  # head → who gave what

    def __str__(self) -> str:
        return "; ".join(
            f"{head}: {_told(head, given)}" for head, given in self.differences.items()
        )


def _told(head: str, given: Sequence[tuple[str, Any]]) -> str:
    if isinstance(given[0][1], str):
        return ", ".join(f"{value} ({person})" for person, value in given)
    return (
        ", ".join(f"{len(value)} ({person})" for person, value in given) + " of them, not the same"
    )


class Settled(NamedTuple):
    """One entry a text, in the order of their first annotation; the conflicts, and how far people
    agree.
    """

    entries: list[Placed | DataError]
    conflicts: list[Conflict]
    agreement: list[Agreement]


def settled(given: Iterable[Placed | DataError], conflicts: str = "latest") -> Settled:
    """Every text once.

    Where annotations differ, ``latest`` takes what was said last, ``majority`` what more than half
    of those who labelled it say (of lists, each element for itself) and nothing where there is no
    such, ``drop`` nothing: what is not taken is *not labelled*. Raises DataError for another rule.
    """
    if conflicts not in CONFLICTS:
        listed = ", ".join(map(repr, CONFLICTS))
        raise DataError(
            f"conflicts={conflicts!r}: what annotators differ on is settled by {listed}"
        )
    entries = list(given)
    groups = _groups(entries)
    found: list[Conflict] = []
    out: list[Placed | DataError] = []
    for number, entry in enumerate(entries):
        if number not in groups:
            out.append(entry)
        elif groups[number]:
            whole, conflict = _one(groups[number], conflicts)
            out.append(whole)
            found += [conflict] if conflict else []
    people = [[(_person(p), p.record) for p in group] for group in groups.values() if group]
    return Settled(out, found, agreement(people))


def _groups(entries: Sequence[Placed | DataError]) -> dict[int, list[Placed]]:
    """By the number of the first: the annotations of a text, in the order of time; an empty list
    for the others.
    """
    texts: dict[str, list[tuple[int, Placed]]] = {}
    for number, entry in enumerate(entries):
        if isinstance(entry, Placed) and _is_annotation(entry):
            texts.setdefault(entry.record.text, []).append((number, entry))
    groups: dict[int, list[Placed]] = {}
    for found in texts.values():
        people = [_person(placed) for _, placed in found]
        together = len({*people}) == len(people) and _of_one_release(found)
        for part in [found] if together else _by_id(found):
            if len(part) > 1:
                groups.update({number: [] for number, _ in part})
                groups[part[0][0]] = _in_time([placed for _, placed in part])
    return groups


def _by_id(found: list[tuple[int, Placed]]) -> list[list[tuple[int, Placed]]]:
    parts: dict[str, list[tuple[int, Placed]]] = {}
    for one in found:
        parts.setdefault(one[1].record.id, []).append(one)
    return [*parts.values()]


def _of_one_release(found: list[tuple[int, Placed]]) -> bool:
    """Whether nothing that is told of the releases differs."""
    records = [placed.record for _, placed in found]
    return all(len({getattr(record, key) for record in records} - {None}) < 2 for key in TOLD)


def _is_annotation(placed: Placed) -> bool:
    return _named(placed) is not None or placed.time is not None


def _named(placed: Placed) -> str | None:
    """Who labelled it; records of our own say so in a key ``annotator``."""
    given = placed.record.extra.get("annotator")
    own = str(given) if isinstance(given, str | int) and given != "" else None
    return placed.annotator if placed.annotator is not None else own


def _person(placed: Placed) -> str:
    return _named(placed) or NOBODY


def _in_time(group: list[Placed]) -> list[Placed]:
    """Annotations without a time come first, in their order."""
    return sorted(group, key=lambda placed: placed.time or 0.0)


def _one(group: Sequence[Placed], rule: str) -> tuple[Placed, Conflict | None]:
    """The record of a text. What only some labelled is theirs; annotations without a label say
    nothing.
    """
    said = [placed for placed in group if _is_labelled(placed.record)]
    last = (said or group)[-1]
    values = {
        key: [(_person(p), v) for p in group if (v := getattr(p.record, key)) is not None]
        for key in LABEL_KEYS
    }
    differing = {
        key: given
        for key, given in values.items()
        if len({_mark(key, value) for _, value in given}) > 1
    }
    labels = {
        key: _settle(key, [value for _, value in given], rule if key in differing else "latest")
        for key, given in values.items()
    }
    whole = replace(last.record, id=group[0].record.id, **labels)
    placed = last._replace(record=whole)
    return placed, Conflict(placed, differing) if differing else None


def _is_labelled(record: Labelled) -> bool:
    return any(getattr(record, key) is not None for key in LABEL_KEYS)


def _settle(key: str, values: Sequence[Any], rule: str) -> Any:
    if not values or rule == "drop":
        return None
    if rule == "latest":
        return values[-1]
    if key in ELEMENTS:
        votes = Counter(element for value in values for element in dict.fromkeys(value))
        return tuple(element for element, n in votes.items() if 2 * n > len(values))
    marks = Counter(_mark(key, value) for value in values)
    mark, n = marks.most_common(1)[0]
    return next(v for v in values if _mark(key, v) == mark) if 2 * n > len(values) else None


def _mark(key: str, value: Any) -> Hashable:
    """What is equal where two values say the same; the order of elements does not count."""
    if key in ELEMENTS:
        return frozenset(Counter(value).items())
    if isinstance(value, str):
        return value
    return json.dumps(value, sort_keys=True, default=str)
