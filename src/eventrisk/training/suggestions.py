"""What ``suggest`` returns: releases in the order in which to label them, and the way into a labelling tool."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, overload

from eventrisk.errors import OutputError
from eventrisk.export.target import replacing, writing
from eventrisk.labelled import Labelled
from eventrisk.results import Failure
from eventrisk.sources.formats import Loss, doccano, jsonl, label_studio, prodigy
from eventrisk.training.doubts import Reason

if TYPE_CHECKING:
    import pandas

    from eventrisk.show.suggested import Row

Write = Callable[[Iterable[Labelled], Path], list[Loss]]
NOTE = "suggested"  # the key of ``Labelled.extra`` that tells a proposal from what a person said
IN_TOOLS = ("entities", "sentiment", "tone", "risk_factors")  # what a person sees there, and so can correct
TOOLS: dict[str, Write] = {
    "prodigy": partial(prodigy.write, answered=False),
    "doccano": doccano.write,
    "label_studio": partial(label_studio.write, answered=False),
}
ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "label_studio"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A release worth labelling, with the model's labels on it; ``proposed`` names those that are the model's.

    ``score`` = (0.01 + 0.99 · ``uncertainty``) · ``novelty``, all in 0…1; ``reasons`` are shares of the uncertainty.
    """

    record: Labelled
    proposed: tuple[str, ...]
    score: float
    uncertainty: float
    novelty: float
    reasons: tuple[Reason, ...]

    @property
    def why(self) -> str:
        """The reasons in words, the greatest first."""
        told = (f"{reason.words} ({reason.share:.0%})" for reason in self.reasons)
        return "; ".join(told) or "the model is sure of it; unlike the others"

    def task(self, keep: Iterable[str] | None = None) -> Labelled:
        """The record for a person, with score and reasons in ``extra``; of the model's labels only ``keep``."""
        note = {"score": round(self.score, 4), "why": self.why, "proposed": list(self.proposed)}
        dropped = dict.fromkeys(key for key in self.proposed if keep is not None and key not in keep)
        if keep is not None:
            note["proposed"] = [key for key in self.proposed if key in keep]
        return replace(self.record, **dropped, extra={**self.record.extra, NOTE: note})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, repr=False)
class Suggestions(Sequence[Suggestion]):
    """Suggestions, best first. ``pool`` counts the different releases given, ``read`` those the model read."""

    items: tuple[Suggestion, ...]
    wanted: int
    pool: int
    read: int
    duplicates: int = 0
    failures: tuple[Failure, ...] = ()

    @overload
    def __getitem__(self, place: int) -> Suggestion: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Suggestion, ...]: ...

    def __getitem__(self, place: int | slice) -> Suggestion | tuple[Suggestion, ...]:
        return self.items[place]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Suggestion]:
        return iter(self.items)

    @property
    def summary(self) -> str:
        """How many were chosen of how many, and what was left out, in one line."""
        unread = self.pool - self.read - len(self.failures)
        parts = [f"{len(self)} of {self.pool:,} releases"]
        if unread > 0:
            parts.append(f"{self.read:,} of them read, chosen for variety")
        if self.duplicates:
            parts.append(f"{self.duplicates:,} duplicates left out")
        if self.failures:
            parts.append(f"{len(self.failures):,} could not be read")
        if len(self) < min(self.wanted, self.read):
            parts.append("the others say the same as these or as what is labelled")
        return "; ".join(parts)

    def __repr__(self) -> str:
        return f"<Suggestions {self.summary}>"

    def _repr_html_(self) -> str:
        from eventrisk.show.suggested import html

        return html(self.rows(), self.summary)

    def rows(self) -> list[Row]:
        """What is shown of each."""
        from eventrisk.show.suggested import Row

        return [
            Row(item.record.id, item.record.text, item.score, item.record.sentiment or "", item.why)
            for item in self.items
        ]

    def to_frame(self) -> pandas.DataFrame:
        """One row a suggestion: rank, id, score, uncertainty, novelty, why, sentiment, text. Needs pandas."""
        from eventrisk.export.frame import frame_of

        rows = [
            (rank, s.record.id, s.score, s.uncertainty, s.novelty, s.why, s.record.sentiment, s.record.text)
            for rank, s in enumerate(self.items, 1)
        ]
        kinds = (int, str, float, float, float, str, str, str)
        names = ("rank", "id", "score", "uncertainty", "novelty", "why", "sentiment", "text")
        return frame_of(dict(zip(names, kinds, strict=True)), rows)

    def export(self, path: str | Path, to: str | None = None) -> list[Loss]:
        """Writes the suggestions, pre-annotated, for ``prodigy``, ``doccano`` or ``label_studio``, or as our ``jsonl``.

        Without ``to`` the ending tells: ``.json`` is Label Studio, ``.jsonl`` ours. To a tool go those of the model's
        labels that a person can correct there (names, sentiment, tone, risk categories): what nobody looked at must not
        come back as if it were labelled. Returns what the format could not hold. Raises OutputError.
        """
        name = to or ENDINGS.get(Path(path).suffix.lower())
        known = {"jsonl": jsonl.write, **TOOLS}
        if name not in known:
            raise OutputError(f"{path}: suggestions are written for {', '.join(known)}; name one of them with to=")
        tasks = [item.task(IN_TOOLS if name in TOOLS else None) for item in self.items]
        with replacing(path) as part, writing(Path(path)):
            return known[name](tasks, part)
