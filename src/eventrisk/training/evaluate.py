"""``evaluate``: any model on any labelled releases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eventrisk.api import Analyzer, Model, load
from eventrisk.errors import DataError
from eventrisk.heads import HEADS
from eventrisk.labelled import Labelled
from eventrisk.learn.evaluate.predictions import Prediction
from eventrisk.names.vocabulary import Terms
from eventrisk.sources.formats import AS_NAMED, Columns
from eventrisk.training.data import Data, records
from eventrisk.training.label_overlap import foreign_labels
from eventrisk.training.overlap import Overlap, overlap
from eventrisk.training.predictions import gold, predictions_of
from eventrisk.training.progress import Listener, Progress, listening
from eventrisk.training.relabel import AS_LABELLED, Labels
from eventrisk.training.report import Report, report_of


def evaluate(
    data: Data,
    *,
    model: Model = "default",
    heads: str | Sequence[str] = "auto",
    format: str | None = None,
    columns: Columns = AS_NAMED,
    terms: Terms | None = None,
    labels: Labels = AS_LABELLED,
    progress: Progress = True,
) -> Report:
    """How good a model is on labelled releases, head by head, with 95 % intervals; only what is
    labelled is judged.

    ``data``, ``format``, ``columns`` and ``labels`` are those of ``check``. ``model`` is a bundle's
    name or folder, or an Analyzer. ``heads`` are some of sentiment, tone, entities, events, lead,
    risk; ``auto`` takes those that are labelled. ``terms`` are those of ``eventrisk.load``.
    ``progress`` (see ``Progress``) counts the releases read. Releases that the model learnt from
    are left out, and counted. Raises DataError for data that cannot be read, in which a head is not
    labelled, or that have a class which the model does not give, and ModelError without a model.
    Entities and risk categories that it does not know are left out, and named in the report.
    """
    labelled = records(data, format, columns, labels)
    wanted = chosen(heads, [gold(record) for record in labelled], data_name(data))
    analyzer = load(model, terms=terms)
    name = analyzer.provenance.model
    seen = overlap(name, analyzer.bundle, labelled)
    with listening(progress) as listener:
        rows = _read_unseen(labelled, analyzer, seen, wanted, listener)
    foreign = foreign_labels(rows, wanted, name, analyzer.bundle)
    judged = foreign.judged(wanted, data_name(data), chosen=heads != "auto")
    return report_of(
        foreign.shared(rows),
        model=name,
        data=data_name(data),
        heads=judged,
        notes=[
            seen.note(labelled, wanted),
            *foreign.notes("measured"),
            *own_terms(analyzer),
        ],
        overlap=seen.figures(labelled, wanted),
    )


def _read_unseen(
    labelled: Sequence[Labelled],
    analyzer: Analyzer,
    seen: Overlap,
    heads: Sequence[str],
    listener: Listener,
) -> list[Prediction]:
    """The predictions of the records that some of the heads did not learn from, with the labels of
    these heads.
    """
    new = [record for record in labelled if seen.new_to(record, heads)]
    listener.stage("reading", len(new))
    return seen.unseen(predictions_of(new, analyzer, listener.advance))


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


def own_terms(analyzer: Analyzer) -> list[str]:
    """A sentence where texts are read with terms of the user's own."""
    count = analyzer.n_own_terms
    return [f"Read with {count} term{'s' * (count != 1)} of your own."] if count else []


def data_name(data: Data) -> str:
    """What a report calls the data: the name of its file, never a path of this machine."""
    return Path(data).name if isinstance(data, str | Path) else "records in memory"
