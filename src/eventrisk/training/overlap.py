"""Overlap: labelled releases that a model has learnt from. What it says of them says nothing of how
good it is, so they are left out of what is measured, head by head, and counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from eventrisk.labelled import Labelled
from eventrisk.learn.bundle import Bundle
from eventrisk.learn.evaluate.predictions import Prediction
from eventrisk.learn.seen_texts import SeenTexts, Sketches, sketched

# in the settings of a bundle: whether its file names all that it and its bases learnt from
KNOWN = "all_texts_known"
SAME = "the same words, a title of them, or nearly the same"


@dataclass(frozen=True)
class Overlap:
    """Which heads of a model learnt from which records, by id; ``known`` is False where its bundle
    does not say what it learnt from.
    """

    model: str
    heads: Mapping[str, frozenset[str]] = field(default_factory=dict)
    known: bool = True

    def saw(self, record: Labelled | Prediction, head: str) -> bool:
        """Whether the head learnt from the text."""
        return head in self.heads.get(record.id, ())

    def masked(self, rows: Iterable[Prediction]) -> list[Prediction]:
        """The rows without the labels of heads that learnt from their texts."""
        return [
            replace(row, gold={h: gold for h, gold in row.gold.items() if not self.saw(row, h)})
            for row in rows
        ]

    def unseen(self, rows: Iterable[Prediction]) -> list[Prediction]:
        """The same, without the rows of which no label is left."""
        return [row for row in self.masked(rows) if row.gold]

    def new_to(self, record: Labelled, heads: Sequence[str]) -> bool:
        """Whether there is a head that did not learn from the text."""
        return not all(self.saw(record, head) for head in heads)

    def count(self, records: Collection[Labelled], heads: Sequence[str]) -> int:
        """How many of the records any of these heads learnt from."""
        return sum(any(self.saw(record, head) for head in heads) for record in records)

    def by_head(self, records: Collection[Labelled], heads: Sequence[str]) -> dict[str, int]:
        """How many of the records each head learnt from; heads that learnt from none are left
        out.
        """
        counts = {head: sum(self.saw(record, head) for record in records) for head in heads}
        return {head: count for head, count in counts.items() if count}

    def figures(self, records: Collection[Labelled], heads: Sequence[str]) -> dict[str, Any]:
        """The plain values of a report: of how many records the heads learnt from how many."""
        return {
            "model": self.model,
            "known": self.known,
            "of": len(records),
            "texts": self.count(records, heads),
            "heads": self.by_head(records, heads),
        }

    def note(
        self, records: Collection[Labelled], heads: Sequence[str], out_of: str = "what is measured"
    ) -> str:
        """What of the records was left out of what is measured, in a sentence or two."""
        seen, count = self.count(records, heads), len(records)
        if not self.known:
            unknown = (
                f"Not all that {self.model} learnt from is recorded in its bundle: where these "
                "releases are among it, the figures flatter."
            )
            return unknown if not seen else f"{unknown} {self._left_out(records, heads, out_of)}"
        if not seen:
            return f"{self.model} learnt from none of these {count} releases."
        return self._left_out(records, heads, out_of)

    def _left_out(self, records: Collection[Labelled], heads: Sequence[str], out_of: str) -> str:
        seen, count = self.count(records, heads), len(records)
        whose = f"which {self.model} learnt from ({SAME})"
        if not any(self.new_to(record, heads) for record in records):
            return (
                f"Left out of {out_of}: all {count} releases, {whose}; nothing is left. How good a "
                "model is shows on releases that are new to it."
            )
        parts = ", ".join(f"{head} {n}" for head, n in self.by_head(records, heads).items())
        return f"Left out of {out_of}: {seen} of {count} releases, {whose}; by head: {parts}."


def overlap(
    model: str,
    bundle: Bundle | None,
    records: Sequence[Labelled],
    sketches: Sketches | None = None,
) -> Overlap:
    """The overlap of records with what a bundle learnt from; ``sketches`` are those of their texts,
    where they are known. Raises ModelError for a broken file.
    """
    seen = SeenTexts.load(bundle.path) if bundle is not None else None
    if bundle is None or seen is None:
        return Overlap(model, known=False)
    asked = sketched([record.text for record in records]) if sketches is None else sketches
    found = seen.heads_of_sketches(asked)
    heads = {r.id: some for r, some in zip(records, found, strict=True) if some}
    return Overlap(model, heads, bool(bundle.manifest.get("settings", {}).get(KNOWN, True)))
