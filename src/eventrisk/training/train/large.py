"""The sentiment head of very many releases: learnt from and measured on title and lead, beside the
base on a sample.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from eventrisk.labelled import Labelled
from eventrisk.learn.evaluate.predictions import UNKNOWN, Prediction, era
from eventrisk.learn.fit.adapt import class_order
from eventrisk.learn.parallel import in_order
from eventrisk.learn.sentiment import SentimentModel
from eventrisk.training.predictions import predictions_of
from eventrisk.training.progress import Listener
from eventrisk.training.train.large_text import fronts, lean_sentiment
from eventrisk.training.train.plan import Plan
from eventrisk.training.train.result import Outcome
from eventrisk.training.train.trainer import SENTIMENT

BESIDE = 300  # releases that the base reads in full, to be compared with


def learn_many(plan: Plan, outcome: Outcome, listener: Listener) -> None:
    """Fills the outcome's rows and its sentiment head; nothing where the plan has no very many
    releases.

    The head that is measured is the one that is kept: of so many, the fifth held out would teach
    little more.
    """
    if plan.many_split is None:
        return
    learn, measure = plan.many_split.rounds[0]
    measured = [plan.many[i] for i in measure]
    outcome.sentiment = _learnt(plan, [plan.many[i] for i in learn], listener)
    outcome.rows += _rows(plan, measured, outcome.sentiment, listener)
    listener.stage("the base, on a sample", BESIDE)
    outcome.base_rows += predictions_of(
        _sample(measured), plan.course.base.analyzer, listener.advance, plan.course.groups
    )


def _learnt(plan: Plan, records: Sequence[Labelled], listener: Listener) -> SentimentModel:
    listener.stage(f"learning sentiment from {len(records)} releases")
    labels = [str(record.sentiment) for record in records]
    groups = [plan.course.groups[record.id] for record in records]
    return lean_sentiment([record.text for record in records], labels, groups, class_order(labels))[
        0
    ]


def _rows(
    plan: Plan, records: Sequence[Labelled], model: SentimentModel, listener: Listener
) -> list[Prediction]:
    listener.stage("measuring sentiment", len(records))
    rows = []
    tops = in_order(fronts, [record.text for record in records])
    for number, (record, top) in enumerate(zip(records, tops, strict=True), 1):
        chances = model.chances(top, {})
        rows.append(
            Prediction(
                id=record.id,
                group=plan.course.groups[record.id],
                text=record.text,
                date=record.date,
                company=record.company,
                gold={SENTIMENT: record.sentiment},
                predicted={SENTIMENT: dict(zip(model.classes, chances.tolist(), strict=True))},
                slices={"era": era(record.date), "form": record.form or UNKNOWN},
            )
        )
        listener.advance(number)
    return rows


def _sample(records: Sequence[Labelled]) -> list[Labelled]:
    return sorted(records, key=lambda record: hashlib.sha256(record.id.encode()).hexdigest())[
        :BESIDE
    ]
