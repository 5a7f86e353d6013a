"""Texts and ids given twice, and companies on both sides of a split."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields

from eventrisk.checking.problem import Edit, Entry, Problem, Severity
from eventrisk.heads import CLASS_KEYS
from eventrisk.labelled import Labelled

WORDS = re.compile(r"\w+")
LABELS = tuple(
    f.name
    for f in fields(Labelled)
    if f.name not in ("id", "text", "form", "company", "split", "extra")
)


def duplicate_problems(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Exact duplicates, ids given twice, companies in train and in test."""
    yield from _texts(entries)
    yield from _ids(entries)
    yield from _companies(entries)


def same_words(text: str) -> bytes:
    """A fingerprint that case, punctuation and white space do not change."""
    return hashlib.blake2b(
        " ".join(WORDS.findall(text.lower())).encode("utf-8", "surrogatepass"), digest_size=12
    ).digest()


def _texts(entries: Sequence[Entry]) -> Iterator[Problem]:
    first: dict[bytes, Entry] = {}
    for entry in entries:
        earlier = first.setdefault(same_words(entry.placed.record.text), entry)
        if earlier is not entry:
            yield _duplicate(entry, earlier)


def _duplicate(entry: Entry, earlier: Entry) -> Problem:
    one, other = earlier.placed.record, entry.placed.record
    as_in = f"the text of {place(earlier, entry)}"
    # A release that was published twice has two dates; that is no contradiction.
    differ = [
        key for key in LABELS if key != "date" and _differ(getattr(one, key), getattr(other, key))
    ]
    if (one.text == other.text and differ) or set(differ) & set(CLASS_KEYS):
        named = ", ".join(_values(one, other, key) for key in differ)
        fix = "decide which is right and take out the other"
        return entry.problem(
            "duplicate with other labels", Severity.ERROR, f"{as_in} again, but {named}", fix
        )
    if one.split != other.split:
        return _across_splits(entry, earlier)
    return entry.problem("duplicate", Severity.WARNING, f"{as_in} again", *_taken_out(one, other))


def _taken_out(remaining: Labelled, removed: Labelled) -> tuple[str, list[Edit]]:
    """What to do with a copy that is taken out, in words and, where no label is lost with it, as an
    edit.
    """
    lost = [k for k in LABELS if getattr(removed, k) is not None and getattr(remaining, k) is None]
    if lost:
        return f"put its {', '.join(lost)} into the first and take it out", []
    return "take it out", [Edit((), None)]


def _across_splits(entry: Entry, earlier: Entry) -> Problem:
    """A text in two splits: where the later copy is held out, that in train is the one to go."""
    one, other = earlier.placed.record, entry.placed.record
    kind, splits = "duplicate across splits", f"({one.split or 'none'} and {other.split or 'none'})"
    if one.split in (None, "train") and other.split in ("dev", "test"):
        message = f"the text of {place(entry, earlier)} again, across splits {splits}"
        _, drop = _taken_out(other, one)
        return earlier.problem(kind, Severity.ERROR, message, "take it out of train", drop)
    message = f"the text of {place(earlier, entry)} again, across splits {splits}"
    return entry.problem(kind, Severity.ERROR, message, *_taken_out(one, other))


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _values(one: Labelled, other: Labelled, key: str) -> str:
    a, b = getattr(one, key), getattr(other, key)
    return f"{key} is {b} there {a}" if isinstance(a, str) else f"{key} differ"


def place(entry: Entry, beside: Entry) -> str:
    """A record as a message about another names it."""
    placed = entry.placed
    if placed.line is None:
        return f"{placed.record.id!r} ({placed.file})"
    file = "" if placed.file == beside.placed.file else f"{placed.file}, "
    return f"{placed.record.id!r} ({file}line {placed.line})"


def _ids(entries: Sequence[Entry]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    taken = {entry.placed.record.id for entry in entries}
    for entry in entries:
        name = entry.placed.record.id
        earlier = first.setdefault(name, entry)
        if earlier is not entry:
            number = 2
            while f"{name}-{number}" in taken:
                number += 1
            taken.add(f"{name}-{number}")
            yield entry.problem(
                "id twice",
                Severity.ERROR,
                f"the id {name!r} is that of {place(earlier, entry)} too",
                f"call it {f'{name}-{number}'!r}",
                [Edit(("id",), f"{name}-{number}")],
            )


def _companies(entries: Sequence[Entry]) -> Iterator[Problem]:
    splits: defaultdict[str, set[str]] = defaultdict(set)
    first: dict[str, Entry] = {}
    for entry in entries:
        record = entry.placed.record
        if record.company and record.split:
            splits[record.company].add(record.split)
            first.setdefault(record.company, entry)
    shared = sorted(c for c, parts in splits.items() if "train" in parts and len(parts) > 1)
    if shared:
        named = ", ".join(shared[:8]) + (f" and {len(shared) - 8} more" if len(shared) > 8 else "")
        message = f"companies in train and outside of it: {named}"
        fix = (
            "figures will flatter; keep a company within one part if new companies are what the "
            "model is for"
        )
        yield first[shared[0]].of_set("company across splits", Severity.NOTE, message, fix)
