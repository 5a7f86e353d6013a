"""Trains the classifiers from readings with labels, and measures them on groups they did not
see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.labelled import Clause
from eventrisk.learn import calibrate, lead, sentiment, tone
from eventrisk.learn.evaluate import abstention
from eventrisk.learn.evaluate.held_out import HeldOut, class_report, label_report
from eventrisk.learn.evaluate.predictions import UNKNOWN
from eventrisk.learn.fit.folds import folds
from eventrisk.learn.fit.lead import train_lead
from eventrisk.learn.fit.linear import BlockSettings, fit_block, fit_classes
from eventrisk.learn.fit.risk import RiskExample, best_threshold, fit_risk, held_out, likely
from eventrisk.learn.heads import Heads
from eventrisk.learn.linear import Linear, Parts
from eventrisk.learn.risk import RiskModel
from eventrisk.learn.sentiment import CLASSES
from eventrisk.reading import Reading
from eventrisk.risk.contexts import RiskClause

RawSpan = Callable[[int, int], tuple[int, int]]
EVENTS_MISSED = 0.5  # weight of a training text read without its events
SILENT = 0.2  # weight for tone of a text that is but a title
OVERLAP = 0.5  # of the shorter of two spans: from here on a clause found is the clause labelled


@dataclass(frozen=True)
class HeadSettings:
    """How the sentiment and tone models are fitted; ``c`` is the inverse strength of the
    penalty.
    """

    blocks: tuple[BlockSettings, ...]
    c: float
    balanced: bool


SENTIMENT = HeadSettings(
    (
        BlockSettings("head", weight=1.0, least=2, most=5000),
        BlockSettings("top", weight=1.0, least=3, most=7000),
        BlockSettings("char", weight=0.7, least=4, most=9000),
        BlockSettings("body", weight=0.4, least=3, most=5000),
        BlockSettings("event", weight=0.7, least=1, unit=False),
    ),
    c=1.0,
    balanced=True,
)
TONE = HeadSettings(
    (
        BlockSettings("spoken", weight=0.7, least=3, most=2500),
        BlockSettings("written", weight=0.3, least=4, most=2500),
        BlockSettings("attitude", weight=1.0, least=1, unit=False),
    ),
    c=1.0,
    balanced=True,
)


@dataclass(frozen=True)
class Example:
    """A reading with its labels (None: not labelled). ``group`` keeps one author's or sponsor's
    texts together.

    ``lead`` is the type and the direction of the leading event, with a blank between them. ``form``
    is that of ``data/README.md`` (headline, lead, wire …), by which results are told apart.
    ``weight`` scales its part in training; ``whole`` is False for a shortened copy, which is
    trained on, not measured.
    """

    id: str
    group: str
    reading: Reading
    event_features: Mapping[str, float]
    sentiment: str | None = None
    tone: str | None = None
    risk: RiskExample | None = None
    weight: float = 1.0
    whole: bool = True
    form: str = UNKNOWN
    lead: str | None = None


def align(
    clauses: Sequence[RiskClause], gold: Sequence[Clause], raw_span: RawSpan
) -> tuple[frozenset[str], ...]:
    """For each clause found the categories of the labelled clauses it covers; ``gold`` lies in the
    text as given.
    """
    found = []
    for clause in clauses:
        start, end = raw_span(clause.start, clause.end)
        named = [
            g.categories
            for g in gold
            if min(end, g.end) - max(start, g.start)
            >= max(1, OVERLAP * min(end - start, g.end - g.start))
        ]
        found.append(frozenset(category for categories in named for category in categories))
    return tuple(found)


def without_events(example: Example) -> Example:
    """A copy of half the weight whose events were not recognised.

    On our own texts the event rules are surer than they will be elsewhere; a model that always has
    them learns to read nothing else, and is lost where they fail.
    """
    return replace(example, event_features={}, weight=example.weight * EVENTS_MISSED, whole=False)


def as_voice(example: Example) -> Example:
    """The example as tone is trained on. A title alone voices nothing: it counts little, and is not
    measured.
    """
    speaks = bool(example.reading.of(*sentiment.NEWS))
    return example if speaks else replace(example, weight=example.weight * SILENT, whole=False)


def train_heads(examples: Sequence[Example]) -> tuple[Heads, dict[str, Any]]:
    """The classifiers fitted on all examples, and their metrics on held-out groups. Same input,
    same result.
    """
    mood, unseen = _classes(
        moods_of(examples), SENTIMENT, sentiment_parts, lambda e: str(e.sentiment)
    )
    confidence = abstention.confidence_threshold(unseen.probabilities, unseen.y_true)
    voices = [as_voice(e) for e in examples if e.tone and e.whole]
    voice, voice_unseen = _classes(voices, TONE, _tone_parts, lambda e: str(e.tone))
    risk, risk_metrics = _risks(examples)
    told = [e for e in examples if e.lead and e.whole]
    guess, guess_metrics = train_lead(
        [lead.parts(e.reading) for e in told], [str(e.lead) for e in told], [e.group for e in told]
    )
    heads = Heads(sentiment.SentimentModel(*mood, confidence), tone.ToneModel(*voice), risk, guess)
    metrics = {
        "sentiment": {**class_report(unseen, "sentiment"), "confidence": confidence},
        "tone": class_report(voice_unseen, "tone"),
        "risk": risk_metrics,
        "lead": guess_metrics,
    }
    return heads, metrics


def moods_of(examples: Sequence[Example]) -> list[Example]:
    """What sentiment is trained on: all examples that have the label, and each once more without
    its events.
    """
    labelled = [e for e in examples if e.sentiment]
    return [*labelled, *map(without_events, labelled)]


def _risks(examples: Sequence[Example]) -> tuple[RiskModel, dict[str, Any]]:
    """The risk model, and its metrics on held-out groups at the threshold chosen there."""
    labelled = [(e.risk, e.form) for e in examples if e.risk is not None and e.whole]
    risks = [risk for risk, _ in labelled]
    found = held_out(risks)
    threshold = best_threshold(risks, found)
    report = label_report(
        [r.named for r in risks],
        [likely(f, threshold) for f in found],
        [r.group for r in risks],
        [form for _, form in labelled],
    )
    return fit_risk(risks, threshold=threshold), {**report, "threshold": threshold}


def sentiment_parts(example: Example) -> Parts:
    """The blocks of terms that sentiment reads."""
    return sentiment.parts(list(sentiment.passages(example.reading)), example.event_features)


def _tone_parts(example: Example) -> Parts:
    return tone.parts(example.reading)


def _classes(
    examples: Sequence[Example],
    settings: HeadSettings,
    parts_of: Callable[[Example], Parts],
    label_of: Callable[[Example], str],
) -> tuple[tuple[Linear, calibrate.Calibrator], HeldOut]:
    """A calibrated model, and what it says of groups held out from both fitting and calibration."""
    rows = [parts_of(e) for e in examples]
    labels = [label_of(e) for e in examples]
    groups = [e.group for e in examples]
    weights = np.array([e.weight for e in examples])

    def fitted(chosen: Sequence[int]) -> Linear:
        return fit_linear(
            [rows[i] for i in chosen],
            [labels[i] for i in chosen],
            [groups[i] for i in chosen],
            weights[chosen],
            settings,
        )

    unseen = np.zeros((len(rows), len(CLASSES)))
    for train, test in folds(groups):
        model = fitted(train)
        unseen[test] = [model.scores(rows[i]) for i in test]
    whole = [i for i, e in enumerate(examples) if e.whole]
    truth = np.array([CLASSES.index(labels[i]) for i in whole])
    parts = list(folds([groups[i] for i in whole]))
    held = HeldOut(
        calibrate.held_out(unseen[whole], truth, parts),
        truth,
        tuple(groups[i] for i in whole),
        tuple(examples[i].form for i in whole),
    )
    return (fitted(range(len(rows))), calibrate.fit_best(unseen[whole], truth, parts)), held


def fit_linear(
    rows: Sequence[Parts],
    labels: Sequence[str],
    groups: Sequence[str],
    weights: NDArray[np.float64],
    settings: HeadSettings,
    classes: tuple[str, ...] = CLASSES,
) -> Linear:
    """Vocabularies and coefficients from these texts alone."""
    blocks = [fit_block(rows, groups, block) for block in settings.blocks]
    return fit_classes(
        rows,
        labels,
        blocks,
        classes=classes,
        c=settings.c,
        weights=weights,
        balanced=settings.balanced,
    )
