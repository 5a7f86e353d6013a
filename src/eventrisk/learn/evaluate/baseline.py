"""What an answer that never looks at the text would get: the least that a model has to beat."""

from __future__ import annotations

from typing import Any

import numpy as np

from eventrisk.heads import CLASS_HEADS
from eventrisk.learn.evaluate.counting import Counted
from eventrisk.learn.evaluate.intervals import GOLD, PREDICTED, RIGHT


def baseline(count: Counted) -> dict[str, Any]:
    """The best constant answer and its figures: the commonest class, or the set of labels with the
    highest F1.

    Entities have places, so no constant answer is ever right: theirs is nothing, with F1 0.
    """
    if count.head == "entities":
        return {"answer": [], **dict.fromkeys(count.statistics, 0.0)}
    order = np.argsort(-count.counts[:, :, GOLD].sum(axis=0), kind="stable")
    sizes = [1] if count.head in CLASS_HEADS else range(1, len(order) + 1)
    answers = [_scored(count, order[:size]) for size in sizes]
    return max(answers, key=lambda answer: float(answer[count.main]), default={"answer": []})


def _scored(count: Counted, labels: Any) -> dict[str, Any]:
    """The figures of always predicting these labels, each once."""
    gold = count.counts[:, :, GOLD]
    counts = np.zeros_like(count.counts)
    counts[:, :, GOLD] = gold
    counts[:, labels, RIGHT] = np.minimum(1, gold[:, labels])
    counts[:, labels, PREDICTED] = 1
    whole = counts.sum(axis=0)
    figures = {name: float(of(whole)) for name, of in count.statistics.items()}
    return {"answer": [count.labels[k] for k in labels], **figures}
