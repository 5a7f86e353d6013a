"""What is trained: the heads that have enough labels, and from which base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError
from eventrisk.heads import TRAINED_HEADS
from eventrisk.labelled import Labelled
from eventrisk.labels import Direction, EntityLabel
from eventrisk.learn.bundle import DEFAULT, find
from eventrisk.training.preannotate import is_learnt
from eventrisk.training.train.trainer import ENTITIES, RISK, SENTIMENT, TONE, Base

MIN_TEXTS = 4  # texts a head needs, and two of each class
DIRECTIONS = {str(d).casefold(): str(d) for d in Direction}
ENTITY_LABELS = {str(label).casefold(): str(label) for label in EntityLabel}


@dataclass(frozen=True)
class HeadSelection:
    """The heads to train, the records (built-in labels in their exact spelling), and notes on what
    was left out and why.
    """

    heads: tuple[str, ...]
    records: list[Labelled]
    notes: tuple[str, ...]


def select_heads(given: Sequence[Labelled], heads: str | Sequence[str]) -> HeadSelection:
    """The heads asked for, ``auto`` for all that have enough labels.

    Raises DataError for an unknown head, one that was named but cannot be trained, and where none
    can.
    """
    spelt = [_spelt(record) for record in given]
    asked = _asked(heads)
    refused = {head: reason for head in asked if (reason := UNTRAINABLE[head](spelt))}
    chosen = tuple(head for head in TRAINED_HEADS if head in asked and head not in refused)
    _refuse(refused, by_name=heads != "auto", nothing_left=not chosen)
    notes = tuple(f"Kept from the base: {head} ({reason})." for head, reason in refused.items())
    useful = [record for record in spelt if any(IS_LABELLED[head](record) for head in chosen)]
    return HeadSelection(chosen, useful, (*notes, *_changed(given, spelt), *_by_rules(useful)))


def _refuse(refused: Mapping[str, str], *, by_name: bool, nothing_left: bool) -> None:
    if refused and by_name:
        reasons = (f"{head} cannot be trained: {reason}" for head, reason in refused.items())
        raise DataError("; ".join(reasons))
    if nothing_left:
        listed = "; ".join(f"{head}: {reason}" for head, reason in refused.items())
        raise DataError(f"nothing can be trained: {listed}")


def _asked(heads: str | Sequence[str]) -> tuple[str, ...]:
    asked = (
        TRAINED_HEADS if heads == "auto" else (heads,) if isinstance(heads, str) else tuple(heads)
    )
    if unknown := sorted(set(asked) - set(TRAINED_HEADS)):
        raise DataError(
            f"there is no head {unknown[0]!r} to train; there are {', '.join(TRAINED_HEADS)}"
        )
    return asked


IS_LABELLED: dict[str, Callable[[Labelled], bool]] = {
    ENTITIES: lambda r: r.entities is not None,
    SENTIMENT: lambda r: r.sentiment is not None,
    TONE: lambda r: r.tone is not None,
    RISK: lambda r: r.risks is not None,
}


def find_base(base: Any) -> Base:
    """A bundle by name or folder; a pipeline of spaCy's by folder or as the object; None for heads
    from nothing.
    """
    if base is None:
        return Base(find(DEFAULT), fresh=True)
    if not isinstance(base, str | Path) or (Path(base) / "config.cfg").is_file():
        return Base(find(DEFAULT), sourced=base)
    return Base(find(base))


def _spelt(record: Labelled) -> Labelled:
    """Built-in labels that differ in case alone, in their exact spelling."""
    entities = record.entities
    if entities is not None:
        entities = tuple(
            replace(span, label=ENTITY_LABELS.get(span.label.casefold(), span.label))
            for span in entities
        )
    sentiment, tone = (_direction(value) for value in (record.sentiment, record.tone))
    return replace(record, entities=entities, sentiment=sentiment, tone=tone)


def _direction(value: str | None) -> str | None:
    """A class in its exact spelling."""
    return None if value is None else DIRECTIONS.get(value.strip().casefold(), value.strip())


def _changed(given: Sequence[Labelled], spelt: Sequence[Labelled]) -> Iterator[str]:
    changed = sum(
        (a.sentiment, a.tone, a.entities) != (b.sentiment, b.tone, b.entities)
        for a, b in zip(given, spelt, strict=True)
    )
    if changed:
        yield (
            f"In {changed} records a label of ours was written otherwise (such as Drug for drug) "
            f"and taken as ours."
        )


def _by_rules(useful: Sequence[Labelled]) -> Iterator[str]:
    """A note on entities whose labels are found by rules, not learnt."""
    labels = {span.label for record in useful for span in record.entities or ()}
    if rules := sorted(label for label in labels if not is_learnt(label)):
        yield f"Entities labelled {', '.join(rules)} were passed over: these are found by rules."


def _why_entities(given: Sequence[Labelled]) -> str:
    texts = [record for record in given if record.entities is not None and record.split != "test"]
    learnt = sum(is_learnt(span.label) for record in texts for span in record.entities or ())
    if len(texts) < MIN_TEXTS:
        return _too_few(len(texts))
    return "" if learnt else "no entity has a label that is learnt from examples"


def _why_classes(name: str) -> Callable[[Sequence[Labelled]], str]:
    def why(given: Sequence[Labelled]) -> str:
        counts = Counter(
            getattr(r, name) for r in given if getattr(r, name) is not None and r.split != "test"
        )
        if sum(counts.values()) < MIN_TEXTS:
            return _too_few(sum(counts.values()))
        if name == TONE and not set(counts) <= set(DIRECTIONS.values()):
            return f"tone is {', '.join(DIRECTIONS.values())}, and has no labels of one's own"
        if len(counts) < 2:
            return f"all {sum(counts.values())} labelled texts are {next(iter(counts))}"
        rare = sorted(label for label, n in counts.items() if n < 2)
        return f"only one text is {rare[0]}" if rare else ""

    return why


def _why_risk(given: Sequence[Labelled]) -> str:
    named = [
        record.risks for record in given if record.risks is not None and record.split != "test"
    ]
    if len(named) < MIN_TEXTS:
        return _too_few(len(named))
    return "" if any(named) else "no category occurs"


def _too_few(count: int) -> str:
    few = f"only {count} texts are labelled, at least {MIN_TEXTS} are needed"
    return few if count else "not labelled"


# why a head cannot be trained, by head; "" where it can
UNTRAINABLE: dict[str, Callable[[Sequence[Labelled]], str]] = {
    ENTITIES: _why_entities,
    SENTIMENT: _why_classes(SENTIMENT),
    TONE: _why_classes(TONE),
    RISK: _why_risk,
}
