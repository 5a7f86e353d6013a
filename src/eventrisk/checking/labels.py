"""Labels that are none of ours: misspelt, written otherwise, or custom labels.

Counts decide. A label close to a known one is misspelt unless a set uses it throughout; of custom
labels the rare one is misspelt where a frequent one is close. Others are custom labels, which are
as good as ours.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from eventrisk.checking.problem import Edit, Entry, Problem, Severity
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
CUSTOM_HEADS = ("entities", "sentiment", "tone", "risk_factors")  # heads with custom labels
BETWEEN = re.compile(r"(?<=[^\W_])[\s_./-]+(?=[^\W_])")
PART = re.compile(r"[^\W_]+")


class Use(NamedTuple):
    """A use of a label: its record, and its path in the record's plain form."""

    entry: Entry
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


def corrected_labels(entries: Sequence[Entry]) -> dict[str, dict[str, str]]:
    """For each head the labels that are wrong, each with the correct one."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        for head, label, _ in uses(entry.placed.record):
            counts[head][label] += 1
    return {head: _corrections(head, counted) for head, counted in counts.items()}


def _corrections(head: str, counts: Mapping[str, int]) -> dict[str, str]:
    custom = {
        label: nearest(label, counts, KNOWN[head]) for label in counts if label not in KNOWN[head]
    }
    return {label: corrected for label, corrected in custom.items() if corrected is not None}


def label_problems(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Labels misspelt or unknown, events without type or direction, and a note of each head with
    custom labels.
    """
    uses_by_head: defaultdict[str, defaultdict[str, list[Use]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for entry in entries:
        for head, label, path in uses(entry.placed.record):
            uses_by_head[head][label].append(Use(entry, path))
        yield from _incomplete(entry)
    for head, uses_by_label in uses_by_head.items():
        counts = Counter({label: len(places) for label, places in uses_by_label.items()})
        corrections = _corrections(head, counts)
        custom = [label for label in uses_by_label if label not in KNOWN[head]]
        for label in custom:
            yield from _of_label(head, label, corrections.get(label), counts, uses_by_label[label])
        uncorrected = [label for label in custom if label not in corrections]
        if uncorrected and head in CUSTOM_HEADS:
            yield _custom_labels(head, uncorrected, uses_by_label)


def _incomplete(entry: Entry) -> Iterator[Problem]:
    """Events without a type or a direction."""
    for i, event in enumerate(entry.placed.record.events or ()):
        missing = [key for key in ("type", "direction") if not isinstance(event.get(key), str)]
        if missing:
            message = f"event {i + 1} has no {' and no '.join(missing)}"
            yield entry.problem(
                "event incomplete", Severity.ERROR, message, "give both, or take the event out"
            )


def _of_label(
    head: str, label: str, corrected: str | None, counts: Counter[str], label_uses: list[Use]
) -> Iterator[Problem]:
    consistent_uses = 20  # of a label that is close to an unused one of ours and no misspelling
    times = f"{counts[label]} time{'s' * (counts[label] != 1)}"
    if corrected is None:
        if head not in CUSTOM_HEADS:
            message = f"{head}: {label!r} ({times}) is none of {_listed(KNOWN[head])}"
            for use in label_uses:
                yield use.entry.problem(
                    "label unknown", Severity.ERROR, message, "use one of them, or take it out"
                )
        return
    same = normalised(label) == normalised(corrected)
    throughout = counts[corrected] == 0 and counts[label] >= consistent_uses
    message = (
        f"{head}: {label!r} ({times}) is {'written otherwise than' if same else 'close to'} "
        f"{corrected!r} "
    )
    message += (
        f"({counts[corrected]} times)"
        if counts[corrected] or corrected not in KNOWN[head]
        else "of our labels"
    )
    for use in label_uses:
        if throughout and not same:
            fix = (
                f"rename it to {corrected!r} if that is meant; else it is learned as a label of "
                f"its own"
            )
            yield use.entry.of_set("label close to ours", Severity.WARNING, message, fix)
            return
        # Only beside the right one it splits a class; alone it is learned, if under another name
        # than ours.
        certain = counts[corrected] and (same or corrected in KNOWN[head])
        severity = Severity.ERROR if certain or head not in CUSTOM_HEADS else Severity.WARNING
        yield use.entry.problem(
            "label misspelt", severity, message, f"write {corrected!r}", [Edit(use.path, corrected)]
        )


def _custom_labels(head: str, labels: list[str], uses_by_label: Mapping[str, list[Use]]) -> Problem:
    first = min((uses_by_label[label][0] for label in labels), key=lambda use: use.entry.number)
    named = _listed([f"{label} ({len(uses_by_label[label])})" for label in sorted(labels)])
    verb = "is a label" if len(labels) == 1 else "are labels"
    fix = "nothing to do if that is meant: they are learned and come out as they are"
    return first.entry.of_set(
        "own labels", Severity.NOTE, f"{head}: {named} {verb} of your own", fix
    )


def _listed(labels: Sequence[str], most: int = 12) -> str:
    return ", ".join(labels[:most]) + (
        f" and {len(labels) - most} more" if len(labels) > most else ""
    )


def nearest(label: str, counts: Mapping[str, int], known: Sequence[str]) -> str | None:
    """The correct label for one that is not known, or None for a custom one.

    ``counts`` are the numbers of uses of all labels of the head.
    """
    return _nearest_known(label, counts, known) or _nearest_custom(label, counts, known)


def _nearest_known(label: str, counts: Mapping[str, int], known: Sequence[str]) -> str | None:
    """The known label of another writing, of an abbreviation, or of a misspelling."""
    common = sorted(known, key=lambda k: -counts.get(k, 0))
    alike = (
        [k for k in known if normalised(k) == normalised(label)]
        or [k for k in known if _is_abbreviation(label, k, known)]
        or [k for k in common if is_misspelling(normalised(label), normalised(k))]
    )
    return alike[0] if alike else None


def _nearest_custom(label: str, counts: Mapping[str, int], known: Sequence[str]) -> str | None:
    """The more common custom label of another writing, or of a rare misspelling."""
    rare_share = 0.05  # of the uses of the other label
    others = [o for o in counts if o not in known and o != label]
    alike = [o for o in others if normalised(o) == normalised(label)]
    same = [o for o in alike if (counts[o], label) > (counts[label], o)]
    slips = [
        o
        for o in others
        if counts[label] <= rare_share * counts[o] and is_custom_misspelling(label, o)
    ]
    return max(same or slips, key=lambda o: (counts[o], o), default=None)


def normalised(label: str) -> str:
    """A label without case and without the spaces, dashes and underlines between its words; signs
    at its ends stay.
    """
    return BETWEEN.sub("", label.strip().casefold())


def _is_abbreviation(label: str, whole: str, known: Sequence[str]) -> bool:
    """``pos`` and ``neg`` for a direction; ``training``, ``devel`` and ``validation`` for a
    split.
    """
    bare = normalised(label)
    if tuple(known) == KNOWN[SPLIT]:
        return bare.startswith(whole) or (whole == "dev" and bare.startswith("val"))
    return len(known) == len(Direction) and len(bare) >= 3 and whole.startswith(bare)


def is_misspelling(one: str, other: str) -> bool:
    """Whether one word is a misspelling of the other: one edit, two in words of eight letters or
    more, none in words under four; digits are never misspelt.
    """
    if [c for c in one if c.isdigit()] != [c for c in other if c.isdigit()]:
        return False
    length = min(len(one), len(other))
    allowed = 0 if length < 4 else 1 if length < 8 else 2
    return abs(len(one) - len(other)) <= allowed and 0 < edit_distance(one, other) <= allowed


def is_custom_misspelling(one: str, other: str) -> bool:
    """Whether a custom label is another one with a single edit.

    Stricter than ``is_misspelling``, since similar words may be opposites: no edit is in the first
    letter, none is only in the last (``grade A``), none in a part that numbers (single letters,
    Roman numerals), and none in a label of fewer than five letters.
    """
    min_letters = 5
    a, b = normalised(one), normalised(other)
    if (
        a[:1] != b[:1]
        or a[:-1] == b[:-1]
        or min(len(a), len(b)) < min_letters
        or _numbers(one) != _numbers(other)
    ):
        return False
    return is_misspelling(a, b) and edit_distance(a, b) == 1


def _numbers(label: str) -> list[str]:
    return [
        part for part in PART.findall(label.casefold()) if len(part) == 1 or not part.strip("ivx")
    ]


def edit_distance(one: str, other: str) -> int:
    """Letters added, left out, changed or swapped with their neighbour (restricted
    Damerau-Levenshtein distance).
    """
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
