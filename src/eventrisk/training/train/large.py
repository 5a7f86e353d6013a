"""The sentiment head of very many releases: fitted to and measured on title and lead; the base is
measured on a sample of them, read in full.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from eventrisk.labelled import Labelled
from eventrisk.learn.evaluate.predictions import UNKNOWN, Prediction, era
from eventrisk.learn.fit.adapt import class_order
from eventrisk.learn.parallel import map_chunks
from eventrisk.learn.sentiment import SentimentModel
from eventrisk.training.predictions import predictions_of
from eventrisk.training.progress import Listener
from eventrisk.training.train.large_text import fit_large_sentiment, titles_and_leads
from eventrisk.training.train.plan import Plan
from eventrisk.training.train.result import TrainingResult
from eventrisk.training.train.trainer import NO_SIGNAL, SENTIMENT

BASELINE_TEXTS = 300  # that the base reads in full, to be compared with


def train_large(plan: Plan, result: TrainingResult, listener: Listener) -> None:
    """Fills the result's rows and its sentiment head; nothing where the plan has no very many
    releases.

    Of one part held out, the head that is measured is the one that is kept, since of so many texts
    a fifth more would add little; of parts in turn, it is one more, of all texts.
    """
    split = plan.large_split
    if split is None:
        return
    measured: list[Labelled] = []
    for learn, measure in split.rounds:
        held = [plan.large[i] for i in measure]
        result.sentiment = _fitted(plan, [plan.large[i] for i in learn], listener)
        result.rows += _rows(plan, held, result.sentiment, listener)
        measured += held
    if not split.kept_out:
        result.sentiment = _fitted(plan, plan.large, listener)
    if result.sentiment is not None and result.sentiment.calibrator.flat:
        plan.trainer.remarks[NO_SIGNAL.format(SENTIMENT)] = None
    listener.stage("the base, on a sample", BASELINE_TEXTS)
    trainer = plan.trainer
    new = [record for record in measured if plan.overlap.new_to(record, [SENTIMENT])]
    result.base_rows += predictions_of(
        _sample(new), trainer.base.analyzer, listener.advance, trainer.groups
    )


def _fitted(plan: Plan, records: Sequence[Labelled], listener: Listener) -> SentimentModel:
    listener.stage(f"learning sentiment from {len(records)} releases")
    labels = [str(record.sentiment) for record in records]
    groups = [plan.trainer.groups[record.id] for record in records]
    texts = [record.text for record in records]
    return fit_large_sentiment(texts, labels, groups, class_order(labels))


def _rows(
    plan: Plan, records: Sequence[Labelled], model: SentimentModel, listener: Listener
) -> list[Prediction]:
    listener.stage("measuring sentiment", len(records))
    rows = []
    readings = map_chunks(titles_and_leads, [record.text for record in records])
    for number, (record, reading) in enumerate(zip(records, readings, strict=True), 1):
        proba = model.predict_proba(reading, {})
        rows.append(
            Prediction(
                id=record.id,
                group=plan.trainer.groups[record.id],
                text=record.text,
                date=record.date,
                company=record.company,
                gold={SENTIMENT: record.sentiment},
                predicted={SENTIMENT: dict(zip(model.classes, proba.tolist(), strict=True))},
                slices={"era": era(record.date), "form": record.form or UNKNOWN},
            )
        )
        listener.advance(number)
    return rows


def _sample(records: Sequence[Labelled]) -> list[Labelled]:
    """``BASELINE_TEXTS`` of the records, the same ones whatever their order."""
    order = sorted(records, key=lambda record: hashlib.sha256(record.id.encode()).hexdigest())
    return order[:BASELINE_TEXTS]
