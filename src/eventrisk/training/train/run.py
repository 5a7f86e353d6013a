"""``train``: labelled releases in, a bundle and an honest report out."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled
from eventrisk.learn.evaluate.predictions import Prediction
from eventrisk.learn.parallel import one_thread
from eventrisk.learn.save import refuse_existing
from eventrisk.names.vocabulary import Terms, vocabulary
from eventrisk.nlp.custom.sourced import Pipeline
from eventrisk.sources.formats import AS_NAMED, Columns
from eventrisk.training.data import Data
from eventrisk.training.evaluate import data_name
from eventrisk.training.predictions import predictions_of
from eventrisk.training.progress import Listener, Progress, listening
from eventrisk.training.relabel import AS_LABELLED, Labels
from eventrisk.training.report import Report
from eventrisk.training.train.large import train_large
from eventrisk.training.train.made import command_of
from eventrisk.training.train.plan import Plan, Sources, planned
from eventrisk.training.train.result import TrainingResult
from eventrisk.training.train.save import saved
from eventrisk.training.train.splitting import BY_COMPANY_AND_TIME

SECONDS = 60  # of a minute


def train(
    data: Data,
    out: str | Path,
    *,
    base: Pipeline | None = "default",
    heads: str | Sequence[str] = "auto",
    split: str = BY_COMPANY_AND_TIME,
    dev: Data | None = None,
    test: Data | None = None,
    folds: int | None = None,
    seed: int = 0,
    minutes: float | None = None,
    format: str | None = None,
    columns: Columns = AS_NAMED,
    terms: Terms | None = None,
    conflicts: str = "latest",
    labels: Labels = AS_LABELLED,
    progress: Progress = True,
) -> Report:
    """Trains a model on labelled releases, saves it as the bundle ``out``, and says how good it is.

    ``data``, ``format``, ``columns`` and ``labels`` are those of ``eventrisk.check``; what a record
    does not label is unknown, not absent. ``out`` is the bundle's folder, which must not exist, and
    names the model: ``mine-1.2`` is version 1.2 of ``mine``, and ``mine`` its version 1, which
    reports call ``mine-1``. Only ``heads`` that are labelled are trained (``auto``: all of these,
    of entities, sentiment, tone and risk); the others are the base's. ``base`` is a bundle, a
    pipeline of spaCy's (its directory or the object) whose tagger is trained on, or None: heads
    then start from nothing.

    ``split`` says what is measured: ``by company and time`` (the newest companies, about a fifth of
    the releases; below 1,000 as many fifths of whole companies in turn as hold 200 releases, or all
    five), ``by company``, ``by time``, ``at random`` or ``as given`` by the records' ``split``.
    ``folds`` (2 or more) measures all releases, in so many parts in turn, whatever their number.
    Releases that the base learnt from are not measured on, and counted in the report. ``dev`` and
    ``test`` are further data: the first chooses when taggers stop (a tagger of custom labels learns
    from it in the end), the second is measured on and never learnt from. ``seed`` is of all that is
    drawn by chance: same data, seed and versions, same predictions. ``minutes`` is how long all
    taggers together may learn (more than 0). ``terms`` are those of ``eventrisk.load``: the texts
    are read with them, and the bundle, which does not hold them, is to be loaded with the same.
    ``conflicts`` says what counts where several people labelled one text, as in ``check``; the
    report's notes say how far they agree. ``progress`` (see ``Progress``) counts within each stage.
    Ctrl-C ends the training and keeps the best model so far.

    Raises DataError for data that cannot be read or from which nothing can be learnt, and for
    ``minutes`` that are none, ModelError
    for a base that is none, and OutputError where ``out`` exists or cannot be written.
    """
    target = Path(out)
    refuse_existing(target)
    budget = None if minutes is None else _seconds(minutes)
    own = None if terms is None else vocabulary(terms)  # a mistake in them is said first
    given = Sources(data, dev, test, format, columns, conflicts, labels).given()
    plan = planned(given, base, heads, split, seed, data_name(data), folds)
    plan = plan if own is None else plan.with_terms(own)
    options = {
        "base": base,
        "heads": heads,
        "split": None if split == BY_COMPANY_AND_TIME else split,
        "dev": dev,
        "test": test,
        "folds": folds,
        "seed": seed,
        "minutes": minutes,
        "format": format,
        "columns": columns,
        "labels": labels,
        "terms": terms,
        "conflicts": None if conflicts == "latest" else conflicts,
    }
    command = command_of(data, target.name, options)
    with listening(progress) as listener:
        with one_thread():
            result = _trained(plan, target.name, listener, budget)
        return saved(plan, result, target, listener, command)


def _seconds(minutes: float) -> float:
    """Raises DataError for what is no time to learn in."""
    if isinstance(minutes, int | float) and 0 < minutes < math.inf:
        return SECONDS * minutes
    raise DataError(
        f"minutes: a number above 0 is needed, not {minutes!r}; leave it out to learn as "
        f"long as it helps"
    )


def _trained(plan: Plan, name: str, listener: Listener, budget: float | None) -> TrainingResult:
    """All rounds and the last fit. Ctrl-C ends them; where there is no model yet, it is raised."""
    result = TrainingResult()
    try:
        train_large(plan, result, listener)
        _rounds(plan, result, name, listener, budget)
    except KeyboardInterrupt:
        if not result.usable:
            raise
        result.stopped = True
    return result


def _rounds(
    plan: Plan, result: TrainingResult, name: str, listener: Listener, budget: float | None
) -> None:
    rounds, last = plan.split.rounds, bool(plan.records) and not plan.split.kept_out
    left = _shares(budget, len(rounds) + last)
    for number, (learn, measure) in enumerate(rounds, 1):
        result.latest = plan.trainer.fit([plan.records[i] for i in learn], listener, left())
        result.stopped = result.latest.interrupted
        listener.stage(f"measuring, round {number} of {len(rounds)}", 2 * len(measure))
        if measure:
            _measure(plan, [plan.records[i] for i in measure], result, name, listener)
        if result.stopped:
            return
    if last:
        result.latest = plan.trainer.fit(plan.records, listener, left())
        result.stopped = result.latest.interrupted


def _measure(
    plan: Plan, measured: list[Labelled], result: TrainingResult, name: str, listener: Listener
) -> None:
    groups, base = plan.trainer.groups, plan.trainer.base
    model = result.model(base).analyzer(name)
    rows = predictions_of(measured, model, listener.advance, groups)
    result.rows += plan.own_overlap.masked(_of_heads(plan, rows))
    behind = len(measured)
    before = predictions_of(measured, base.analyzer, lambda n: listener.advance(behind + n), groups)
    result.base_rows += plan.overlap.unseen(_of_heads(plan, before))


def _of_heads(plan: Plan, rows: list[Prediction]) -> list[Prediction]:
    """The rows with the labels of the heads that are trained."""
    return [
        replace(row, gold={head: row.gold[head] for head in plan.trainer.heads if head in row.gold})
        for row in rows
    ]


def _shares(budget: float | None, fits: int) -> Callable[[], float | None]:
    """What is left of the time budget (seconds), in equal parts for the fits to come."""
    begun, started = time.monotonic(), [0]

    def share() -> float | None:
        started[0] += 1
        if budget is None:
            return None
        return max(0.0, budget - (time.monotonic() - begun)) / max(1, fits - started[0] + 1)

    return share
