"""The baseline of a training and what it forgot: the base on the same rows, and both models on the
base's own texts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from eventrisk.api import Analyzer
from eventrisk.learn.evaluate.paired import differences
from eventrisk.learn.evaluate.predictions import Prediction
from eventrisk.learn.risk import CATEGORIES
from eventrisk.nlp.custom.collector import custom_labels
from eventrisk.training.label_overlap import can_judge
from eventrisk.training.predictions import predictions_of
from eventrisk.training.progress import Listener
from eventrisk.training.train.trainer import ENTITIES, RISK, SENTIMENT, Base, FittedModel


def baseline_rows(base: Base, heads: Sequence[str], rows: Sequence[Prediction]) -> list[Prediction]:
    """The base's rows without the heads that cannot be judged by labels it does not know: there it
    could only be wrong.
    """
    more = {RISK: base.heads.risk.categories, ENTITIES: custom_labels(base.reader.nlp)}
    unknown = {head for head in heads if not can_judge(rows, head, more.get(head, ()))}
    return [
        replace(row, predicted={h: f for h, f in row.predicted.items() if h not in unknown})
        for row in rows
    ]


def forgetting(
    base: Base, model: FittedModel, heads: Sequence[str], listener: Listener
) -> Iterator[str]:
    """One sentence a head: the main figures of the base and of the new model on texts of the base
    that were not rehearsed.

    The base was trained on these texts, so that its figure is too high; the difference counts.
    """
    measured = list(base.rehearsal.measure)
    changed = [head for head in heads if _changed(base, model, head)]
    if not measured or not changed:
        return
    listener.stage("measuring what was forgotten", 2 * len(measured))
    new: Analyzer = model.analyzer("new")
    before = predictions_of(measured, base.analyzer, listener.advance)
    known = {*CATEGORIES, *base.heads.risk.categories}
    after = without_new(
        predictions_of(measured, new, lambda n: listener.advance(len(measured) + n)), known
    )
    for head, paired in differences(before, after, changed).items():
        low, high = paired["interval"]
        yield (
            f"Forgetting, {head} on {paired['n']} of the base's own texts: {paired['a']:.3f} "
            f"before, {paired['b']:.3f} after "
            f"(difference {paired['difference']:+.3f} [{low:+.3f}, {high:+.3f}])."
        )


def without_new(rows: Sequence[Prediction], categories: Collection[str]) -> list[Prediction]:
    """The rows with these risk categories alone: new ones are not labelled in the base's texts, so
    that they are not wrong there.
    """

    def kept(found: Mapping[str, Any]) -> dict[str, Any]:
        risks = {
            category: p for category, p in found.get(RISK, {}).items() if category in categories
        }
        return {**found, RISK: risks} if RISK in found else dict(found)

    return [replace(row, predicted=kept(row.predicted)) for row in rows]


def _changed(base: Base, model: FittedModel, head: str) -> bool:
    """Whether the head may do something else on the base's texts."""
    if head == ENTITIES:
        return model.taggers is not None and "ner" in model.taggers.runs
    if head == SENTIMENT:
        return model.heads.sentiment.classes == base.heads.sentiment.classes
    return True
