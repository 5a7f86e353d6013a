"""Trains the classifiers from readings with labels, and measures them on held-out groups."""

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
from eventrisk.learn.fit.risk import (
    RiskExample,
    best_threshold,
    fit_risk,
    held_out,
    likely,
)
from eventrisk.learn.heads import Heads
from eventrisk.learn.linear import Features, Linear
from eventrisk.learn.risk import RiskModel
from eventrisk.learn.sentiment import CLASSES
from eventrisk.reading import Reading
from eventrisk.risk.contexts import RiskClause

RawSpan = Callable[[int, int], tuple[int, int]]  # clean offsets → offsets into the text as given
NO_EVENTS_WEIGHT = 0.5  # of a copy of a training text read without its events
TITLE_TONE_WEIGHT = 0.2  # for tone, of a text that is only a title
MIN_OVERLAP = 0.5  # share of the shorter of two spans; from here on they are the same clause


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
        BlockSettings("head", weight=1.0, min_df=2, max_features=5000),
        BlockSettings("top", weight=1.0, min_df=3, max_features=7000),
        BlockSettings("char", weight=0.7, min_df=4, max_features=9000),
        BlockSettings("body", weight=0.4, min_df=3, max_features=5000),
        BlockSettings("event", weight=0.7, min_df=1, norm=None),
    ),
    c=1.0,
    balanced=True,
)
TONE = HeadSettings(
    (
        BlockSettings("spoken", weight=0.7, min_df=3, max_features=2500),
        BlockSettings("written", weight=0.3, min_df=4, max_features=2500),
        BlockSettings("attitude", weight=1.0, min_df=1, norm=None),
    ),
    c=1.0,
    balanced=True,
)


@dataclass(frozen=True)
class Example:
    """A reading with its labels (None: not labelled). ``group`` keeps one author's or sponsor's
    texts together.

    ``lead`` is the type and the direction of the leading event, with a blank between them. ``form``
    is that of ``data/README.md`` (headline, lead, wire …), by which results are sliced.
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
    """For each clause the categories of the labelled clauses that it overlaps enough; ``gold`` lies
    in the text as given.
    """
    aligned = []
    for clause in clauses:
        start, end = raw_span(clause.start, clause.end)
        named = [
            g.categories
            for g in gold
            if min(end, g.end) - max(start, g.start)
            >= max(1, MIN_OVERLAP * min(end - start, g.end - g.start))
        ]
        aligned.append(frozenset(category for categories in named for category in categories))
    return tuple(aligned)


def without_events(example: Example) -> Example:
    """A copy of half the weight whose events were not recognised.

    On our own texts the event rules find more than they will elsewhere; a model that always has
    their features learns little from the words, and fails where the rules do.
    """
    return replace(
        example, event_features={}, weight=example.weight * NO_EVENTS_WEIGHT, whole=False
    )


def tone_example(example: Example) -> Example:
    """The example as tone is trained on. A title alone shows no attitude: it gets little weight,
    and is not measured.
    """
    has_body = bool(example.reading.of(*sentiment.NEWS))
    return (
        example
        if has_body
        else replace(example, weight=example.weight * TITLE_TONE_WEIGHT, whole=False)
    )


def train_heads(examples: Sequence[Example]) -> tuple[Heads, dict[str, Any]]:
    """The classifiers fitted on all examples, and their metrics on held-out groups. Same input,
    same result.
    """
    sentiment_fit, sentiment_held = _classes(
        sentiment_examples(examples), SENTIMENT, sentiment_features, lambda e: str(e.sentiment)
    )
    confidence = abstention.confidence_threshold(
        sentiment_held.probabilities, sentiment_held.y_true
    )
    with_tone = [tone_example(e) for e in examples if e.tone and e.whole]
    tone_fit, tone_held = _classes(with_tone, TONE, tone_features, lambda e: str(e.tone))
    risk_model, risk_metrics = _risks(examples)
    lead_model, lead_metrics = _lead(examples)
    heads = Heads(
        sentiment.SentimentModel(*sentiment_fit, confidence),
        tone.ToneModel(*tone_fit),
        risk_model,
        lead_model,
    )
    metrics = {
        "sentiment": {**class_report(sentiment_held, "sentiment"), "confidence": confidence},
        "tone": class_report(tone_held, "tone"),
        "risk": risk_metrics,
        "lead": lead_metrics,
    }
    return heads, metrics


def _lead(examples: Sequence[Example]) -> tuple[lead.LeadModel | None, Mapping[str, Any]]:
    """The model of the lead event, and its metrics on held-out groups."""
    labelled = [e for e in examples if e.lead and e.whole]
    return train_lead(
        [lead.features(e.reading) for e in labelled],
        [str(e.lead) for e in labelled],
        [e.group for e in labelled],
    )


def sentiment_examples(examples: Sequence[Example]) -> list[Example]:
    """What sentiment is trained on: all examples that have the label, and each once more without
    its events.
    """
    labelled = [e for e in examples if e.sentiment]
    return [*labelled, *map(without_events, labelled)]


def _risks(examples: Sequence[Example]) -> tuple[RiskModel, dict[str, Any]]:
    """The risk model, and its metrics on held-out groups at the threshold chosen there."""
    labelled = [(e.risk, e.form) for e in examples if e.risk is not None and e.whole]
    risks = [risk for risk, _ in labelled]
    proba, y_true = held_out(risks), [risk.categories for risk in risks]
    threshold = best_threshold(y_true, proba)
    report = label_report(
        y_true,
        [likely(p, threshold) for p in proba],
        [risk.group for risk in risks],
        [form for _, form in labelled],
    )
    return fit_risk(risks, threshold=threshold), {**report, "threshold": threshold}


def sentiment_features(example: Example) -> Features:
    """The blocks of terms that sentiment reads."""
    return sentiment.features(list(sentiment.passages(example.reading)), example.event_features)


def tone_features(example: Example) -> Features:
    """The blocks of terms that tone reads."""
    return tone.features(example.reading)


def _classes(
    examples: Sequence[Example],
    settings: HeadSettings,
    features_of: Callable[[Example], Features],
    label_of: Callable[[Example], str],
) -> tuple[tuple[Linear, calibrate.Calibrator], HeldOut]:
    """A linear model with its calibrator, and the probabilities of groups held out from both."""
    rows = [features_of(e) for e in examples]
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

    scores = np.zeros((len(rows), len(CLASSES)))
    for train, test in folds(groups):
        model = fitted(train)
        scores[test] = [model.scores(rows[i]) for i in test]
    whole = [i for i, e in enumerate(examples) if e.whole]
    y_true = np.array([CLASSES.index(labels[i]) for i in whole])
    splits = list(folds([groups[i] for i in whole]))
    held = HeldOut(
        calibrate.held_out(scores[whole], y_true, splits),
        y_true,
        tuple(groups[i] for i in whole),
        tuple(examples[i].form for i in whole),
    )
    return (fitted(range(len(rows))), calibrate.fit_best(scores[whole], y_true, splits)), held


def fit_linear(
    rows: Sequence[Features],
    labels: Sequence[str],
    groups: Sequence[str],
    weights: NDArray[np.float64],
    settings: HeadSettings,
    classes: tuple[str, ...] = CLASSES,
) -> Linear:
    """Vocabularies and coefficients from these texts alone; ``rows``, ``labels``, ``groups`` and
    ``weights`` (0 or more) are ``(n_texts,)``.
    """
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
