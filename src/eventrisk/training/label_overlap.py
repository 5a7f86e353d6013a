"""Label overlap: labels of the data that a model cannot give. Judged by them it could only be
wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eventrisk.errors import DataError
from eventrisk.heads import CLASS_HEADS, CUSTOM_HEADS
from eventrisk.labels import Direction, EntityLabel, RiskCategory
from eventrisk.learn.bundle import Bundle
from eventrisk.learn.evaluate.predictions import Prediction, label_of, of_head

# what every model gives; the classes of sentiment stand in its predictions, with a probability each
BUILT_IN: Mapping[str, frozenset[str]] = {
    "tone": frozenset(map(str, Direction)),
    "entities": frozenset(map(str, EntityLabel)),
    "risk": frozenset(map(str, RiskCategory)),
}
HEADS = (*CUSTOM_HEADS, "tone")  # of which users may have other labels than ours
SHOWN = 8  # labels that a message lists


@dataclass(frozen=True)
class ForeignLabels:
    """Labels of the data that ``models`` cannot give.

    ``refused`` says in words, for each head that cannot be judged, why, and what to do.
    ``lacking`` are, for heads with sets, the labels that are taken out: the rest is judged.
    """

    models: tuple[str, ...]
    refused: Mapping[str, str]
    lacking: Mapping[str, frozenset[str]]

    def __or__(self, other: ForeignLabels) -> ForeignLabels:
        """What either of two models cannot give."""
        heads = self.lacking.keys() | other.lacking.keys()
        none = frozenset[str]()
        return ForeignLabels(
            tuple(dict.fromkeys((*self.models, *other.models))),
            {**self.refused, **other.refused},
            {h: self.lacking.get(h, none) | other.lacking.get(h, none) for h in sorted(heads)},
        )

    def judged(self, heads: Sequence[str], data: str, *, chosen: bool) -> list[str]:
        """The heads that can be judged. Raises DataError where none can, or where the user has
        ``chosen`` one that cannot; ``data`` begins its message.
        """
        judged = [head for head in heads if head not in self.refused]
        if self.refused and (chosen or not judged):
            raise DataError(f"{data}: {'; '.join(self.refused.values())}")
        return judged

    def shared(self, rows: Iterable[Prediction]) -> list[Prediction]:
        """The rows without the labels that are taken out."""
        return [replace(row, gold=self._shared(row.gold)) for row in rows]

    def notes(self, verb: str) -> list[str]:
        """A sentence for each head that is not judged, or not by all labels; ``verb`` is what is
        done, such as ``measured``.
        """
        names = " or ".join(self.models)
        told = [f"Not {verb}: {why}." for why in self.refused.values()]
        return told + [
            f"Not {verb}: {head}: {_listed(sorted(labels))}, for {names} gives no such labels; "
            f"the others are."
            for head, labels in self.lacking.items()
            if head not in self.refused
        ]

    def _shared(self, gold: Mapping[str, Any]) -> dict[str, Any]:
        return {
            head: frozenset(item for item in labels if label_of(item) not in self.lacking[head])
            if head in self.lacking
            else labels
            for head, labels in gold.items()
        }


def can_judge(rows: Sequence[Prediction], head: str, more: Collection[str] = ()) -> bool:
    """Whether the model that read ``rows`` can be judged by their labels: it has every class, and
    of a head with sets one label at least. It has the built-in ones, those that it found in
    ``rows``, and ``more``.
    """
    gold, lacking = _used(rows, head)[0], _lacking(rows, head, more)
    return not (lacking and (head in CLASS_HEADS or lacking == gold))


def foreign_labels(
    rows: Sequence[Prediction], heads: Sequence[str], model: str, bundle: Bundle | None
) -> ForeignLabels:
    """Which labels of the data a model cannot give, of these heads."""
    more: Mapping[str, Collection[str]] = (
        bundle.manifest.get("settings", {}).get("labels", {}) if bundle is not None else {}
    )
    lacking = {head: _lacking(rows, head, more.get(head, ())) for head in heads}
    refused = [head for head in heads if not can_judge(rows, head, more.get(head, ()))]
    return ForeignLabels(
        (model,),
        {head: _told(rows, head, model, sorted(lacking[head])) for head in refused},
        {head: some for head, some in lacking.items() if some and head not in CLASS_HEADS},
    )


def _lacking(rows: Sequence[Prediction], head: str, more: Collection[str]) -> frozenset[str]:
    if head not in HEADS:
        return frozenset()
    gold, found = _used(rows, head)
    return frozenset(gold - found - BUILT_IN.get(head, frozenset()) - set(more))


def _told(rows: Sequence[Prediction], head: str, model: str, lacking: Sequence[str]) -> str:
    given = sorted(_used(rows, head)[1] | BUILT_IN.get(head, frozenset()))
    gives = f" ({_listed(given)})" if head in CLASS_HEADS else ""
    python = ", ".join(f"{label!r}: …" for label in lacking[:SHOWN])
    shell = " ".join(f"--label '{label}=…'" for label in lacking[:SHOWN])
    return (
        f"{head}: the labels {_listed(lacking)} are none that {model} gives{gives}; map them with "
        f"labels={{{python}}} (on the command line: {shell})"
    )


def _listed(labels: Sequence[str]) -> str:
    more = f" and {len(labels) - SHOWN} more" if len(labels) > SHOWN else ""
    return ", ".join(labels[:SHOWN]) + more


def _used(rows: Sequence[Prediction], head: str) -> tuple[set[str], set[str]]:
    """The labels of the data and those that the model found or has."""
    judged = of_head(rows, head)
    gold = {label for row in judged for label in _labels(row.gold[head])}
    return gold, {label for row in judged for label in _labels(row.predicted[head])}


def _labels(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else {label_of(thing) for thing in value}
