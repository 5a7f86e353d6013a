"""Whether twenty releases with labels of one's own already beat the default model, which knows only
ours.

python -m scripts.benchmarks.few_labels LABELLED.jsonl

LABELLED holds releases with ``sentiment`` and ``events`` in our labels; they get four classes of a
user's own: a step of procedure, a win, a setback, anything else. Twenty releases drawn by lot are
learnt from, the others measured on, ten times; the default model answers with its own classes
translated as well as they can be.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score, f1_score

from eventrisk.labelled import Labelled
from eventrisk.learn.fit.adapt import adapt_sentiment
from eventrisk.learn.fit.examples import Example
from eventrisk.learn.sentiment import SentimentModel
from eventrisk.training import data
from eventrisk.training.train.examples import examples
from eventrisk.training.train.head_selection import find_base

STEPS = {
    "submission",
    "filing_accepted",
    "priority_review",
    "designation",
    "trial_clearance",
    "trial_status",
    "appeal",
    "regulatory_feedback",
    "goal_date_set",
    "advisory_meeting_scheduled",
}
TRANSLATED = {"positive": "win", "negative": "setback", "neutral": "other"}
LEARNT, DRAWS = 20, 10


def relabelled(record: Labelled) -> Labelled:
    """The release under the user's label set."""
    lead = str(record.events[0]["type"]) if record.events else ""
    return replace(
        record, sentiment="procedure" if lead in STEPS else TRANSLATED[str(record.sentiment)]
    )


def predicted(model: SentimentModel, read: Sequence[Example]) -> list[str]:
    """The likeliest class of each release."""
    probabilities = [
        model.predict_proba(example.reading, example.event_features) for example in read
    ]
    return [model.classes[int(np.argmax(p))] for p in probabilities]


def main() -> None:
    """Reads, draws, prints a line a draw and the means."""
    records = [
        relabelled(record)
        for record in data.records(Path(sys.argv[1]))
        if record.sentiment and record.events
    ]
    base = find_base("default")
    read = {r.id: list(examples([r], base.featured, {r.id: r.id})) for r in records}
    figures = []
    for draw in range(DRAWS):
        order = random.Random(draw).sample(records, len(records))
        learnt = [example for record in order[:LEARNT] for example in read[record.id]]
        rest = [read[record.id][0] for record in order[LEARNT:]]
        gold = [str(example.sentiment) for example in rest]
        default = [TRANSLATED[label] for label in predicted(base.heads.sentiment, rest)]
        trained = predicted(adapt_sentiment(learnt, [], base.heads.sentiment), rest)
        figures.append(
            [of(gold, labels) for of in (macro, accuracy_score) for labels in (default, trained)]
        )
        print(draw, *(f"{value:.3f}" for value in figures[-1]))
    print(
        "macro-F1 default {:.3f}, trained {:.3f}; accuracy default {:.3f}, trained {:.3f}".format(
            *np.mean(figures, 0)
        )
    )


def macro(y_true: list[str], y_pred: list[str]) -> float:
    """Macro-F1 over the classes that occur."""
    return float(f1_score(y_true, y_pred, average="macro", labels=sorted(set(y_true))))


if __name__ == "__main__":
    main()
