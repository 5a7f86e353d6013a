"""Labels that are none of ours: misspelt, written otherwise, or a label set of one's own.

Counts decide. A label close to a known one is misspelt unless a set uses it throughout; among own
labels the rare one is misspelt when a frequent one is close. What is left is an own label, which is
as good as ours.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from eventrisk.checking.problem import At, Edit, Problem, Severity
from eventrisk.heads import CLASS_KEYS
from eventrisk.labelled import Labelled
from eventrisk.labels import (
    Assertion,
    Direction,
    EntityLabel,
    EventType,
    RiskCategory,
    VoteBody,
    VoteDirection,
    VoteStage,
)

Path = tuple[str | int, ...]
SPLIT = "split"


def _values(labels: type[StrEnum]) -> tuple[str, ...]:
    return tuple(label.value for label in labels)


KNOWN: Mapping[str, tuple[str, ...]] = {
    SPLIT: ("train", "dev", "test"),
    "entities": _values(EntityLabel),
    "sentiment": _values(Direction),
    "tone": _values(Direction),
    "risk_factors": _values(RiskCategory),
    "events type": _values(EventType),
    "events direction": _values(Direction),
    "events assertion": _values(Assertion),
    "catalysts type": _values(EventType),
    "votes body": _values(VoteBody),
    "votes stage": _values(VoteStage),
    "votes direction": _values(VoteDirection),
}
ROWS = tuple(head for head in KNOWN if " " in head)
OWN = (
    "entities",
    "sentiment",
    "tone",
    "risk_factors",
)  # heads that may have a label set of one's own
NEEDED = ("type", "direction")  # of an event
CONSISTENT = 20  # uses after which a label close to an unused one of ours is nobody's slip
BETWEEN = re.compile(r"(?<=[^\W_])[\s_./-]+(?=[^\W_])")
PART = re.compile(r"[^\W_]+")
SHORTEST = 5  # letters of an own label that may be misspelt
RARE = 0.05  # of the uses of the label it is close to


class Use(NamedTuple):
    """A label where it stands."""

    at: At
    path: Path


def uses(record: Labelled) -> Iterator[tuple[str, str, Path]]:
    """Every label of a record: head, label, and its path in the plain form."""
    for key in (SPLIT, *CLASS_KEYS):
        if getattr(record, key) is not None:
            yield key, getattr(record, key), (key,)
    for i, span in enumerate(record.entities or ()):
        yield "entities", span.label, ("entities", i, 2)
    for i, clause in enumerate(record.risk_clauses or ()):
        for j, category in enumerate(clause.categories):
            yield "risk_factors", category, ("risk_clauses", i, 2, j)
    for i, category in enumerate(record.risk_factors or ()):
        yield "risk_factors", category, ("risk_factors", i)
    for head in ROWS:
        key, part = head.split()
        for i, row in enumerate(getattr(record, key) or ()):
            if isinstance(row.get(part), str):
                yield head, row[part], (key, i, part)


def meant_labels(every: Sequence[At]) -> dict[str, dict[str, str]]:
    """For each head the labels that are not as they should be, and what is meant by each."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for at in every:
        for head, label, _ in uses(at.placed.record):
            counts[head][label] += 1
    return {head: _meant(head, found) for head, found in counts.items()}


def _meant(head: str, counts: Mapping[str, int]) -> dict[str, str]:
    own = {
        label: nearest(label, counts, KNOWN[head]) for label in counts if label not in KNOWN[head]
    }
    return {label: meant for label, meant in own.items() if meant is not None}


def label_problems(every: Sequence[At]) -> Iterator[Problem]:
    """Labels misspelt or unknown, events without type or direction, and a note of each head with
    own labels.
    """
    where: defaultdict[str, defaultdict[str, list[Use]]] = defaultdict(lambda: defaultdict(list))
    for at in every:
        for head, label, path in uses(at.placed.record):
            where[head][label].append(Use(at, path))
        yield from _incomplete(at)
    for head, found in where.items():
        counts = Counter({label: len(places) for label, places in found.items()})
        meant = _meant(head, counts)
        own = [label for label in found if label not in KNOWN[head]]
        for label in own:
            yield from _of_label(head, label, meant.get(label), counts, found[label])
        rest = [label for label in own if label not in meant]
        if rest and head in OWN:
            yield _own_labels(head, rest, found)


def _incomplete(at: At) -> Iterator[Problem]:
    for i, event in enumerate(at.placed.record.events or ()):
        missing = [key for key in NEEDED if not isinstance(event.get(key), str)]
        if missing:
            message = f"event {i + 1} has no {' and no '.join(missing)}"
            yield at.problem(
                "event incomplete", Severity.ERROR, message, "give both, or take the event out"
            )


def _of_label(
    head: str, label: str, meant: str | None, counts: Counter[str], found: list[Use]
) -> Iterator[Problem]:
    times = f"{counts[label]} time{'s' * (counts[label] != 1)}"
    if meant is None:
        if head not in OWN:
            message = f"{head}: {label!r} ({times}) is none of {_listed(KNOWN[head])}"
            for use in found:
                yield use.at.problem(
                    "label unknown", Severity.ERROR, message, "use one of them, or take it out"
                )
        return
    same = shape(label) == shape(meant)
    throughout = counts[meant] == 0 and counts[label] >= CONSISTENT
    message = (
        f"{head}: {label!r} ({times}) is {'written otherwise than' if same else 'close to'} "
        f"{meant!r} "
    )
    message += (
        f"({counts[meant]} times)" if counts[meant] or meant not in KNOWN[head] else "of our labels"
    )
    for use in found:
        if throughout and not same:
            fix = (
                f"rename it to {meant!r} if that is meant; else it is learned as a label of its own"
            )
            yield use.at.of_set("label close to ours", Severity.WARNING, message, fix)
            return
        # Only beside the right one it splits a class; alone it is learned, if under another name
        # than ours.
        certain = counts[meant] and (same or meant in KNOWN[head])
        severity = Severity.ERROR if certain or head not in OWN else Severity.WARNING
        yield use.at.problem(
            "label misspelt", severity, message, f"write {meant!r}", [Edit(use.path, meant)]
        )


def _own_labels(head: str, labels: list[str], found: Mapping[str, list[Use]]) -> Problem:
    first = min((found[label][0] for label in labels), key=lambda use: use.at.number)
    named = _listed([f"{label} ({len(found[label])})" for label in sorted(labels)])
    verb = "is a label" if len(labels) == 1 else "are labels"
    fix = "nothing to do if that is meant: they are learned and come out as they are"
    return first.at.of_set("own labels", Severity.NOTE, f"{head}: {named} {verb} of your own", fix)


def _listed(labels: Sequence[str], most: int = 12) -> str:
    return ", ".join(labels[:most]) + (
        f" and {len(labels) - most} more" if len(labels) > most else ""
    )


def nearest(label: str, counts: Mapping[str, int], known: Sequence[str]) -> str | None:
    """The label that is meant by one that is not known, or None for an own one.

    ``counts`` are the uses of all labels of the head.
    """
    return _nearest_known(label, counts, known) or _nearest_custom(label, counts, known)


def _nearest_known(label: str, counts: Mapping[str, int], known: Sequence[str]) -> str | None:
    """The label of ours that is written otherwise, shortened, or with a slip of the pen."""
    common = sorted(known, key=lambda k: -counts.get(k, 0))
    alike = (
        [k for k in known if shape(k) == shape(label)]
        or [k for k in known if _shortened(label, k, known)]
        or [k for k in common if slip(shape(label), shape(k))]
    )
    return alike[0] if alike else None


def _nearest_custom(label: str, counts: Mapping[str, int], known: Sequence[str]) -> str | None:
    """The more common custom label that differs by its writing alone, or by a rare slip."""
    others = [o for o in counts if o not in known and o != label]
    alike = [o for o in others if shape(o) == shape(label)]
    same = [o for o in alike if (counts[o], label) > (counts[label], o)]
    slips = [o for o in others if counts[label] <= RARE * counts[o] and slip_of_own(label, o)]
    return max(same or slips, key=lambda o: (counts[o], o), default=None)


def shape(label: str) -> str:
    """What stays when case and the spaces, dashes and underlines between words do not count; signs
    at an end do.
    """
    return BETWEEN.sub("", label.strip().casefold())


def _shortened(label: str, whole: str, known: Sequence[str]) -> bool:
    """``pos`` and ``neg`` for a direction; ``training``, ``devel`` and ``validation`` for a
    split.
    """
    bare = shape(label)
    if tuple(known) == KNOWN[SPLIT]:
        return bare.startswith(whole) or (whole == "dev" and bare.startswith("val"))
    return len(known) == len(Direction) and len(bare) >= 3 and whole.startswith(bare)


def slip(one: str, other: str) -> bool:
    """Whether one word is the other with a slip of the pen: one edit, in long words two; digits
    never slip.
    """
    if [c for c in one if c.isdigit()] != [c for c in other if c.isdigit()]:
        return False
    length = min(len(one), len(other))
    allowed = 0 if length < 4 else 1 if length < 8 else 2
    return abs(len(one) - len(other)) <= allowed and 0 < _edits(one, other) <= allowed


def slip_of_own(one: str, other: str) -> bool:
    """Whether a label nobody knows is another with one slip of the pen.

    Stricter than ``slip``, since words are alike that mean the contrary: no slip is in the first
    letter, none turns the last into another (``grade A``), and parts that number (single letters,
    Roman numerals) do not slip.
    """
    a, b = shape(one), shape(other)
    if (
        a[:1] != b[:1]
        or a[:-1] == b[:-1]
        or min(len(a), len(b)) < SHORTEST
        or _numbers(one) != _numbers(other)
    ):
        return False
    return slip(a, b) and _edits(a, b) == 1


def _numbers(label: str) -> list[str]:
    return [
        part for part in PART.findall(label.casefold()) if len(part) == 1 or not part.strip("ivx")
    ]


def _edits(one: str, other: str) -> int:
    """Letters added, left out, changed or swapped with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
