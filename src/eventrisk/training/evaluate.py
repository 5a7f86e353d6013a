"""``evaluate``: any model on any labelled releases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eventrisk.api import Model, load
from eventrisk.errors import DataError
from eventrisk.heads import HEADS
from eventrisk.names.vocabulary import Terms
from eventrisk.sources.formats import AS_NAMED, Columns
from eventrisk.training.data import Data, records
from eventrisk.training.predictions import gold, predictions_of
from eventrisk.training.progress import Progress, listening
from eventrisk.training.report import Report, report_of

SEEN = (
    "Figures flatter a model that has learned from these releases; whether it has, this report "
    "cannot know."
)


def evaluate(
    data: Data,
    *,
    model: Model = "default",
    heads: str | Sequence[str] = "auto",
    format: str | None = None,
    columns: Columns = AS_NAMED,
    terms: Terms | None = None,
    progress: Progress = True,
) -> Report:
    """How good a model is on labelled releases, head by head, with 95 % intervals; only what is
    labelled is judged.

    ``data``, ``format`` and ``columns`` are those of ``check``. ``model`` is a bundle's name or
    folder, or an Analyzer. ``heads`` are some of sentiment, tone, entities, events, lead, risk;
    ``auto`` takes those that are labelled. ``terms`` are those of ``eventrisk.load``. ``progress``
    (see ``Progress``) counts the releases read. Raises DataError for data that cannot be read or in
    which a head is not labelled, and ModelError without a model.
    """
    labelled = records(data, format, columns)
    wanted = chosen(heads, [gold(record) for record in labelled], data_name(data))
    analyzer = load(model, terms=terms)
    with listening(progress) as listener:
        listener.stage("reading", len(labelled))
        predictions = predictions_of(labelled, analyzer, listener.advance)
    name = analyzer.provenance.model
    return report_of(predictions, model=name, data=data_name(data), heads=wanted, notes=[SEEN])


def chosen(heads: str | Sequence[str], labels: Sequence[object], name: str) -> list[str]:
    """The heads to judge. Raises DataError for one that is not known or not labelled, and where
    nothing is labelled.
    """
    labelled = [
        head for head in HEADS if any(head in known for known in labels if isinstance(known, dict))
    ]
    if heads == "auto":
        if not labelled:
            raise DataError(
                f"{name}: no record has labels; at least one of {', '.join(HEADS)} is needed"
            )
        return labelled
    asked = [heads] if isinstance(heads, str) else list(heads)
    for head in asked:
        if head not in HEADS:
            raise DataError(f"no head is called {head!r}; there are {', '.join(HEADS)}")
        if head not in labelled:
            raise DataError(
                f"{name}: {head} is not labelled in any record; labelled are "
                f"{', '.join(labelled) or 'none'}"
            )
    return asked


def data_name(data: Data) -> str:
    """What a report calls the data: the name of its file, never a path of this machine."""
    return Path(data).name if isinstance(data, str | Path) else "records in memory"
