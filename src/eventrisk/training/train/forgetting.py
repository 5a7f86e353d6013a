"""The trained model beside its base: on the same rows where the base knows the labels, and on the
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
from eventrisk.nlp.custom.collector import own_labels
from eventrisk.training.label_overlap import knows
from eventrisk.training.predictions import predictions_of
from eventrisk.training.progress import Listener
from eventrisk.training.train.trainer import ENTITIES, RISK, SENTIMENT, Base, Taken


def beside(base: Base, heads: Sequence[str], predictions: Sequence[Prediction]) -> list[Prediction]:
    """The base's predictions without the heads of whose labels it knows none: there it could only
    be wrong.
    """
    more = {RISK: base.heads.risk.categories, ENTITIES: own_labels(base.reader.nlp)}
    unknown = {head for head in heads if not knows(predictions, head, more.get(head, ()))}
    return [
        replace(p, predicted={h: f for h, f in p.predicted.items() if h not in unknown})
        for p in predictions
    ]


def old_skills(base: Base, taken: Taken, heads: Sequence[str], listener: Listener) -> Iterator[str]:
    """One sentence a head: how the base and the new model do on texts of the base's own that
    neither rehearsed.

    The base was trained on these texts too, so its figure is kind; the difference is what counts.
    """
    measured = list(base.rehearsal.measure)
    changed = [head for head in heads if _changed(base, taken, head)]
    if not measured or not changed:
        return
    listener.stage("measuring old skills", 2 * len(measured))
    new: Analyzer = taken.analyzer("new")
    before = predictions_of(measured, base.analyzer, listener.advance)
    known = {*CATEGORIES, *base.heads.risk.categories}
    after = of_known(
        predictions_of(measured, new, lambda n: listener.advance(len(measured) + n)), known
    )
    for head, told in differences(before, after, changed).items():
        low, high = told["interval"]
        yield (
            f"Old skills, {head} on {told['n']} of the base's own texts: {told['a']:.3f} "
            f"before, {told['b']:.3f} after "
            f"(difference {told['difference']:+.3f} [{low:+.3f}, {high:+.3f}])."
        )


def of_known(predictions: Sequence[Prediction], categories: Collection[str]) -> list[Prediction]:
    """The predictions without risk categories that are new: in old texts nobody labelled them, so
    they are not wrong there.
    """

    def kept(predicted: Mapping[str, Any]) -> dict[str, Any]:
        risks = {
            category: p for category, p in predicted.get(RISK, {}).items() if category in categories
        }
        return {**predicted, RISK: risks} if RISK in predicted else dict(predicted)

    return [replace(p, predicted=kept(p.predicted)) for p in predictions]


def _changed(base: Base, taken: Taken, head: str) -> bool:
    """Whether the head does anything else now with labels of ours."""
    if head == ENTITIES:
        return taken.learnt is not None and "ner" in taken.learnt.went
    if head == SENTIMENT:
        return taken.heads.sentiment.classes == base.heads.sentiment.classes
    return True
