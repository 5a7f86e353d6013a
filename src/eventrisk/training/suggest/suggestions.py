"""What ``suggest`` returns: releases in the order in which to label them, and the way into a
labelling tool.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, overload

from eventrisk.export.target import replacing, writing
from eventrisk.labelled import Labelled
from eventrisk.results import Failure
from eventrisk.sources.formats import Format, Loss, doccano_examples, label_studio_tasks, prodigy
from eventrisk.sources.formats.interface import write_interface
from eventrisk.training.convert import files_of as files_written
from eventrisk.training.convert import format_for, refuse_existing
from eventrisk.training.suggest.uncertainty import UncertaintyShare

if TYPE_CHECKING:
    from eventrisk.export.frame import DataFrame
    from eventrisk.show.suggested import Row

Write = Callable[[Iterable[Labelled], Path], list[Loss]]
OURS = "jsonl"
NOTE = "suggested"  # the key of ``Labelled.extra`` that tells a proposal from what a person said
CORRECTABLE = (
    "entities",
    "sentiment",
    "tone",
    "risk_factors",
)  # what a person sees in a tool, and so can correct
LABEL_STUDIO = "label_studio"
DOCCANO_BACK = (
    "doccano: it does not tell a proposal from an answer; share annotations among the people, "
    "approve each example that is done, export approved examples alone, and read them with "
    "--from doccano-approved"
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A release worth labelling, with the model's labels on it; ``proposed`` names those that are
    the model's.

    ``score`` = (0.01 + 0.99 · ``uncertainty``) · ``novelty``, all in 0…1; ``reasons`` are shares of
    the uncertainty.
    """

    record: Labelled
    proposed: tuple[str, ...]
    score: float
    uncertainty: float
    novelty: float
    reasons: tuple[UncertaintyShare, ...]

    @property
    def explanations(self) -> tuple[str, ...]:
        """Each reason with its share of the uncertainty, the greatest first."""
        explanations = tuple(f"{reason.words} ({reason.share:.0%})" for reason in self.reasons)
        return explanations or ("the model is sure of it; unlike the others",)

    @property
    def why(self) -> str:
        """The reasons as one line."""
        return "; ".join(self.explanations)

    def task(self, keep: Iterable[str] | None = None) -> Labelled:
        """The record for a person, with score and reasons in ``extra``; of the model's labels only
        ``keep``.
        """
        note = {"score": round(self.score, 4), "why": self.why, "proposed": list(self.proposed)}
        dropped = dict.fromkeys(
            key for key in self.proposed if keep is not None and key not in keep
        )
        if keep is not None:
            note["proposed"] = [key for key in self.proposed if key in keep]
        return replace(self.record, **dropped, extra={**self.record.extra, NOTE: note})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, repr=False)
class Suggestions(Sequence[Suggestion]):
    """Suggestions, best first. ``pool`` counts the different releases given, ``read`` those the
    model read.

    ``labels`` are those a person may choose from: by ``entities``, ``sentiment``, ``tone`` and
    ``risk_factors``. ``agreement`` says how far people agree on what is labelled already, where
    several labelled one text.
    """

    items: tuple[Suggestion, ...]
    wanted: int
    pool: int
    read: int
    duplicates: int = 0
    failures: tuple[Failure, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    agreement: tuple[str, ...] = ()

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
            parts.append(f"{self.duplicates:,} duplicate{'s' * (self.duplicates > 1)} left out")
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
            Row(s.record.id, s.record.text, s.score, s.record.sentiment or "", s.explanations)
            for s in self.items
        ]

    def to_frame(self) -> DataFrame:
        """One row a suggestion: rank, id, score, uncertainty, novelty, why, sentiment, text. Needs
        pandas.
        """
        from eventrisk.export.frame import frame_of

        rows = [
            (
                rank,
                s.record.id,
                s.score,
                s.uncertainty,
                s.novelty,
                s.why,
                s.record.sentiment,
                s.record.text,
            )
            for rank, s in enumerate(self.items, 1)
        ]
        kinds = (int, str, float, float, float, str, str, str)
        names = ("rank", "id", "score", "uncertainty", "novelty", "why", "sentiment", "text")
        return frame_of(dict(zip(names, kinds, strict=True)), rows)

    def export(
        self, out: str | Path, *, to: str | None = None, overwrite: bool = False
    ) -> list[Loss]:
        """Writes the suggestions, pre-annotated, for ``prodigy``, ``doccano``, ``label_studio``, or
        any format of ours.

        ``out`` is the file. ``to`` names the format; without it the ending tells: ``.json`` is
        Label Studio, ``.jsonl`` our own, which holds all. Elsewhere go those of the model's labels
        that a person sees and can correct (names, sentiment, tone, risk categories): what nobody
        looked at must not come back as if it were labelled. Beside a file for Label Studio stands
        one ending in ``.xml``: its project's interface, which has to name its controls as the file
        does. Returns what the format could not hold. Raises OutputError, also for a file that
        exists (somebody may have labelled in it), unless ``overwrite``.
        """
        form = writable(out, to, overwrite)
        tasks = [item.task(None if form.name == OURS else CORRECTABLE) for item in self.items]
        target, *side_files = files_of(out, to)
        for file in side_files:
            with replacing(file) as part, writing(file):
                if form.name == LABEL_STUDIO:
                    write_interface(self.labels, part)
                elif form.side:
                    form.side.write(tasks, part)
        with replacing(target) as part, writing(target):
            return self._writer(form)(tasks, part)

    def advice(self, path: str | Path, to: str | None = None) -> list[str]:
        """What the tool needs to take in what ``export`` writes, and how its work comes back."""
        form = format_for(Path(path), to)
        tasks = [item.task(None if form.name == OURS else CORRECTABLE) for item in self.items]
        advice = form.advice(tasks)
        return [*advice, DOCCANO_BACK] if form.write is doccano_examples.write else advice

    def _writer(self, form: Format) -> Write:
        """Writes labels as proposals where the format can tell them from answers."""
        if form.name == "prodigy":
            heads = (key for key in self.labels if key != "entities")
            offered = [f"{head}:{label}" for head in heads for label in self.labels[head]]
            return partial(prodigy.write, answered=False, offered=offered)
        if form.write is doccano_examples.write:
            return partial(doccano_examples.write, answered=False)
        return (
            partial(label_studio_tasks.write, answered=False)
            if form.name == LABEL_STUDIO
            else form.write
        )


def files_of(path: str | Path, to: str | None = None) -> list[Path]:
    """What ``export`` writes: the file itself, and for Label Studio the interface beside it."""
    return files_written(Path(path), format_for(Path(path), to))


def writable(path: str | Path, to: str | None = None, overwrite: bool = False) -> Format:
    """The format to be written. Raises OutputError or DataError where ``export`` would."""
    form = format_for(Path(path), to)
    for file in files_of(path, to):
        refuse_existing(file, overwrite)
    return form
