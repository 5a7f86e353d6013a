"""Classes with too few examples to learn from or to measure, and heads that cannot be learned at
all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from eventrisk.checking.labels import SPLIT, corrected_labels, uses
from eventrisk.checking.problem import Entry, Problem, Severity
from eventrisk.heads import CLASS_KEYS

MIN_TEXTS = 5  # of a class; with fewer, folds and intervals say nothing
HEADS = (*CLASS_KEYS, "entities", "risk_factors")  # keys whose labels are counted


def class_problems(entries: Sequence[Entry]) -> Iterator[Problem]:
    """For each head that carries labels: classes that are rare, alone, or in a test part only."""
    if not entries:
        return
    texts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    parts: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    corrections = corrected_labels(
        entries
    )  # a misspelt label is a problem of its own, and no class
    splits = corrections.get(SPLIT, {})
    for entry in entries:
        split = entry.placed.record.split or "train"
        head_labels = {
            (head, corrections[head].get(label, label))
            for head, label, _ in uses(entry.placed.record)
            if head in HEADS
        }
        for head, label in head_labels:
            texts[head][label] += 1
            parts[head, label].add(splits.get(split, split))
    labelled = {head: sum(_has(entry, head) for entry in entries) for head in HEADS}
    for head in HEADS:
        if labelled[head]:
            yield from _of_head(entries[0], head, labelled[head], texts[head])
            yield from _not_in_train(entries[0], head, parts)
    yield from _unlabelled(entries)


def _has(entry: Entry, head: str) -> bool:
    record = entry.placed.record
    return (record.risks if head == "risk_factors" else getattr(record, head)) is not None


def _of_head(first: Entry, head: str, labelled: int, counts: Counter[str]) -> Iterator[Problem]:
    if not counts:
        message = f"{head}: labelled in {labelled} texts, and none holds one"
        yield first.of_set(
            "nothing to learn", Severity.ERROR, message, "mark some, or leave the key out"
        )
    if head in CLASS_KEYS and len(counts) == 1:
        message = (
            f"{head}: every text is {next(iter(counts))!r}; with a single class there is nothing "
            f"to tell apart"
        )
        yield first.of_set(
            "single class",
            Severity.ERROR,
            message,
            "add texts of another class, or leave the key out",
        )
    for label, count in sorted(counts.items()):
        if count < MIN_TEXTS:
            message = f"{head}: {label!r} is in {count} text{'s' * (count != 1)} only"
            fix = (
                f"label at least {MIN_TEXTS} texts with it (50 are better), or join it to another "
                f"class"
            )
            yield first.of_set("few examples", Severity.WARNING, message, fix)
        elif head == "risk_factors" and count == labelled:
            message = f"{head}: {label!r} is in all {count} texts"
            yield first.of_set(
                "single class", Severity.WARNING, message, "add texts that do not name it"
            )


def _not_in_train(
    first: Entry, head: str, parts: Mapping[tuple[str, str], set[str]]
) -> Iterator[Problem]:
    for (other, label), labels in sorted(parts.items()):
        if other == head and "train" not in labels:
            message = f"{head}: {label!r} is in {' and '.join(sorted(labels))} and not in train"
            fix = "move some of its texts to train, or it can only be missed"
            yield first.of_set("class not in train", Severity.WARNING, message, fix)


def _unlabelled(entries: Sequence[Entry]) -> Iterator[Problem]:
    unlabelled = [entry for entry in entries if not _any_label(entry)]
    if len(unlabelled) == len(entries):
        message = f"none of the {len(entries)} records carries a label"
        fix = "name the label columns as the documentation does, e.g. sentiment"
        yield entries[0].of_set("no label", Severity.ERROR, message, fix)
        return
    for entry in unlabelled:
        yield entry.problem(
            "no label", Severity.NOTE, "carries no label", "label it, or leave it out"
        )


def _any_label(entry: Entry) -> bool:
    record = entry.placed.record
    heads = (record.sentiment, record.tone, record.entities, record.risks)
    return any(
        value is not None for value in (*heads, record.events, record.votes, record.catalysts)
    )
