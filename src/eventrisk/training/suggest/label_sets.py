"""Which labels a person is offered: the model's, unless what is labelled already has others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from eventrisk.heads import KEYS_OF
from eventrisk.labelled import LABEL_KEYS, Labelled
from eventrisk.labels import TRAINED_LABELS, Direction, RiskCategory
from eventrisk.results import Analysis
from eventrisk.training.preannotate import is_learnt

AUTO = "auto"
Labels = Mapping[
    str, tuple[str, ...]
]  # by ``entities``, ``sentiment``, ``tone`` and ``risk_factors``
OURS = tuple(map(str, TRAINED_LABELS))
DIRECTIONS = tuple(map(str, Direction))
CATEGORIES = tuple(map(str, RiskCategory))


def heads_of(heads: str | Iterable[str], labelled: Iterable[Labelled]) -> tuple[str, ...]:
    """What is going to be labelled: as asked for, else (``auto``) what is labelled already, else
    everything.
    """
    if heads != AUTO:
        return (heads,) if isinstance(heads, str) else tuple(heads)
    given = {key for record in labelled for key in LABEL_KEYS if getattr(record, key) is not None}
    return tuple(head for head, keys in KEYS_OF.items() if given & {*keys}) or tuple(KEYS_OF)


class LabelSets:
    """The labels seen in results and in labelled records; ``labels`` joins them, for the parts of
    ``heads`` alone.
    """

    def __init__(self, labelled: Iterable[Labelled], heads: Iterable[str]) -> None:
        self._parts = {key for head in heads for key in KEYS_OF[head]}
        self._given: dict[str, set[str]] = {
            "entities": set(),
            "sentiment": set(),
            "tone": set(),
            "risk_factors": set(),
        }
        self._names, self._sentiments, self._risks = set[str](), dict[str, None](), set[str]()
        for record in labelled:
            self._given["entities"] |= {span.label for span in record.entities or ()}
            self._given["sentiment"] |= (
                {record.sentiment} if record.sentiment is not None else set()
            )
            self._given["tone"] |= {record.tone} if record.tone is not None else set()
            self._given["risk_factors"] |= record.risks or set()

    def see(self, analysis: Analysis) -> None:
        """Takes in the labels of one result."""
        self._names.update(
            e.label for e in analysis.entities if is_learnt(e.label) and e.label not in OURS
        )
        self._sentiments.update(dict.fromkeys(analysis.sentiment.probabilities))
        self._risks.update(factor.category for factor in analysis.risk_factors)

    def labels(self) -> dict[str, tuple[str, ...]]:
        """All labels to choose from. A model with names of its own kind was trained for these, and
        they come alone.
        """
        names, risks = tuple(sorted(self._names)), tuple(sorted(self._risks))
        labels = {
            "entities": _set_of(self._given["entities"], names, OURS, (*OURS, *names)),
            "sentiment": _set_of(self._given["sentiment"], tuple(self._sentiments)),
            "tone": _set_of(self._given["tone"], DIRECTIONS),
            "risk_factors": _set_of(
                self._given["risk_factors"], CATEGORIES if {*risks} <= {*CATEGORIES} else risks
            ),
        }
        return {key: names for key, names in labels.items() if key in self._parts}

    def within(self, record: Labelled, proposed: Iterable[str]) -> tuple[Labelled, tuple[str, ...]]:
        """The record without proposals of other parts and label sets than those chosen, and what is
        still proposed.
        """
        labels = self.labels()
        proposals = {key: self._fitting(key, getattr(record, key), labels) for key in proposed}
        return replace(record, **proposals), tuple(
            key for key, value in proposals.items() if value is not None
        )

    def _fitting(self, key: str, value: Any, labels: Labels) -> Any:
        if key not in self._parts:
            return None
        if key == "entities":
            known = {*OURS, *self._names} & {*labels[key]}
            return tuple(span for span in value if span.label in known) if known else None
        if key in ("risk_factors", "risk_clauses"):
            return value if self._risks <= {*labels["risk_factors"]} else None
        return value if key not in labels or value in labels[key] else None


def _set_of(given: Collection[str], *sets: tuple[str, ...]) -> tuple[str, ...]:
    """The first set that has all labels given; where none has, these are a set of their own."""
    return next(
        (labels for labels in sets if labels and set(given) <= set(labels)), tuple(sorted(given))
    )
