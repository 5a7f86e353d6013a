"""Several annotations of one text become one record, and what people differ on is settled.

Two records are annotations of one text where their texts are the same to the character and a tool
named who labelled them or when: those of one id, or those of different people where nothing that is
told of the releases differs. An annotation that was read twice counts once, and an entry that a
reader calls not labelled gives way to another of its id and text: both come of two exports of one
project.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from eventrisk.checking.agreement import Agreement, agreement
from eventrisk.errors import DataError
from eventrisk.labelled import LABEL_KEYS, Labelled, Placed

Conflicts = Literal["latest", "majority", "drop"]
CONFLICTS: tuple[Conflicts, ...] = ("latest", "majority", "drop")
UNTIMED = "latest without times"
HOW = {  # what counts, in words
    "latest": "the latest counts",
    UNTIMED: "the latest counts (without times, the one read last)",
    "majority": "what most of them say counts, and nothing where there is no majority",
    "drop": "none of it counts",
}
ELEMENTS = ("entities", "risk_factors", "risk_clauses")  # settled one by one
TOLD = ("date", "form", "company", "split")  # of a release; no labels
NOBODY = "?"  # an annotator that no tool named

Numbered = tuple[int, Placed]  # an entry and its number


class Conflict(NamedTuple):
    """A text whose annotations differ: where, on what, and what each of them says."""

    placed: Placed
    differences: dict[str, list[tuple[str, Any]]]  # head → who gave what
    timed: bool = True  # whether a tool told when each was made

    def how(self, rule: str) -> str:
        """What counts of it, in words."""
        return how(rule, timed=self.timed)

    def __str__(self) -> str:
        return "; ".join(f"{head}: {_told(given)}" for head, given in self.differences.items())


def how(rule: str, *, timed: bool) -> str:
    """What counts of what people differ on, in words."""
    return HOW[rule if timed or rule != "latest" else UNTIMED]


def _told(given: Sequence[tuple[str, Any]]) -> str:
    if isinstance(given[0][1], str):
        return ", ".join(f"{value} ({_called(person)})" for person, value in given)
    counts = ", ".join(f"{len(value)} by {_called(person)}" for person, value in given)
    return f"{counts}, not the same"


def _called(person: str) -> str:
    """A person in words: tools give names, addresses or numbers."""
    if person == NOBODY:
        return "somebody"
    return f"annotator {person}" if person.isdecimal() else person


class Settled(NamedTuple):
    """One entry a text, in the order of their first annotation; the conflicts, how far people
    agree, and the ids that texts had beside the one they keep (by that one).
    """

    entries: list[Placed | DataError]
    conflicts: list[Conflict]
    agreement: list[Agreement]
    other_ids: Mapping[str, list[str]] = MappingProxyType({})


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
    people = [
        [(_person(p), p.record) for p in group if _is_annotation(p)]
        for group in groups.values()
        if group
    ]
    return Settled(out, found, agreement(people), _other_ids(groups.values()))


def _other_ids(groups: Iterable[Sequence[Placed]]) -> dict[str, list[str]]:
    """Of each text that had several ids, the first and the others."""
    ids = [[*dict.fromkeys(placed.record.id for placed in group)] for group in groups]
    return {first: others for first, *others in filter(None, ids) if others}


def _groups(entries: Sequence[Placed | DataError]) -> dict[int, list[Placed]]:
    """By the number of the first: what is read of a text, in the order it was read; an empty list
    for the others.
    """
    texts: dict[str, list[Numbered]] = {}
    for number, entry in enumerate(entries):
        if isinstance(entry, Placed):
            texts.setdefault(entry.record.text, []).append((number, entry))
    groups: dict[int, list[Placed]] = {}
    for found in texts.values():
        for part in _parts(found) if len(found) > 1 else ():
            if len(part) > 1:
                groups.update({number: [] for number, _ in part})
                groups[part[0][0]] = _once([placed for _, placed in part])
    return groups


def _parts(found: list[Numbered]) -> list[list[Numbered]]:
    """What of one text belongs together."""
    said = [one for one in found if _is_annotation(one[1])]
    people = [_person(placed) for placed in _once([placed for _, placed in said])]
    together = len({*people}) == len(people) and _of_one_release(said)
    parts = [said] if together and said else _by_id(said)
    others = [one for one in found if not _is_annotation(one[1])]
    return _given_way(parts, others)


def _given_way(parts: list[list[Numbered]], others: list[Numbered]) -> list[list[Numbered]]:
    """The same with ``others``, which are no annotations: one that nobody labelled goes to what has
    its id.
    """
    parts = [*parts, *([one] for one in others if not _gives_way(one[1]))]
    for one in others:
        if _gives_way(one[1]):
            name = one[1].record.id
            same = [part for part in parts if any(p.record.id == name for _, p in part)]
            if same:
                same[0].append(one)
            else:
                parts.append([one])
    return [sorted(part, key=lambda one: one[0]) for part in parts]


def _gives_way(placed: Placed) -> bool:
    """Whether a reader found it without a label, and says so."""
    return placed.note is not None and not _is_labelled(placed.record)


def _once(group: Sequence[Placed]) -> list[Placed]:
    """The same without annotations that were read before."""
    kept: list[Placed] = []
    for one in group:
        same = (_person(one), one.time, one.record)
        if not any(same == (_person(before), before.time, before.record) for before in kept):
            kept.append(one)
    return kept


def _by_id(found: list[Numbered]) -> list[list[Numbered]]:
    parts: dict[str, list[Numbered]] = {}
    for one in found:
        parts.setdefault(one[1].record.id, []).append(one)
    return [*parts.values()]


def _of_one_release(found: list[Numbered]) -> bool:
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


def _in_time(group: Sequence[Placed]) -> list[Placed]:
    """Annotations without a time come first, in their order."""
    return sorted(group, key=lambda placed: placed.time or 0.0)


def _one(group: Sequence[Placed], rule: str) -> tuple[Placed, Conflict | None]:
    """The record of a text. What only some labelled is theirs; annotations without a label say
    nothing.
    """
    in_time = _in_time(group)
    said = [placed for placed in in_time if _is_labelled(placed.record)]
    last = (said or in_time)[-1]
    values = {
        key: [(_person(p), v) for p in in_time if (v := getattr(p.record, key)) is not None]
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
    timed = all(one.time is not None for one in said)
    return placed, Conflict(placed, differing, timed) if differing else None


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
