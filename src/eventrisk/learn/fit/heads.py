"""Trains the classifiers from readings with labels, and measures them on held-out groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.events import proposed
from eventrisk.labels import EventType
from eventrisk.learn import calibrate, lead, passages, relevance, sentiment, tone
from eventrisk.learn.adjusted import Sharpness, is_whole
from eventrisk.learn.decision import told
from eventrisk.learn.evaluate import abstention
from eventrisk.learn.evaluate.held_out import HeldOut, class_report, label_report
from eventrisk.learn.fit.decision import (
    FittedDecision,
    NewsExample,
    train_decision,
)
from eventrisk.learn.fit.examples import Example
from eventrisk.learn.fit.folds import folds
from eventrisk.learn.fit.linear import BlockSettings, fit_block, fit_classes
from eventrisk.learn.fit.relevance import train_relevance
from eventrisk.learn.fit.risk import (
    best_threshold,
    fit_risk,
    held_out,
    likely,
)
from eventrisk.learn.fit.silenced import silenced
from eventrisk.learn.fit.trusted import calibration_weights, followed
from eventrisk.learn.heads import Heads
from eventrisk.learn.linear import Features, Linear
from eventrisk.learn.risk import RiskModel
from eventrisk.learn.sentiment import CLASSES

KNOWN_RULES_WEIGHT = 0.3  # for events, of a text with all its rules, where its copy has 1
SILENCED_WEIGHT = 0.15  # for sentiment, of a copy of a text with some of its rules silent
FOLLOWING = 0.5  # weight of the lead event's log chances beside what the words say of sentiment
TITLE_TONE_WEIGHT = 0.2  # for tone, of a text that is only a title


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
        BlockSettings("sense", weight=0.7, min_df=3, max_features=5000),
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


def tone_example(example: Example) -> Example:
    """The example as tone is trained on. A title alone shows no attitude: it gets little weight,
    and is not measured.
    """
    has_body = bool(example.reading.of(*passages.NEWS))
    if has_body:
        return example
    return replace(example, weight=example.weight * TITLE_TONE_WEIGHT, whole=False)


def train_heads(examples: Sequence[Example]) -> tuple[Heads, dict[str, Any]]:
    """The classifiers fitted on all examples, and their metrics on held-out groups. Same input,
    same result.
    """
    decision = _decision(examples)
    if decision is not None:
        examples = with_decided(examples, decision)
    sentiment_fit, sentiment_held, sharpness = _classes(
        sentiment_examples(examples, decision),
        SENTIMENT,
        sentiment_features,
        lambda e: str(e.sentiment),
        FOLLOWING,
    )
    whole = [e for e in examples if e.sentiment and e.whole]
    trusted = calibration_weights(whole) == 1.0
    confidence = abstention.confidence_threshold(
        sentiment_held.probabilities[trusted], sentiment_held.y_true[trusted]
    )
    toned = [tone_example(e) for e in examples if e.tone and e.whole]
    tone_fit, tone_held, _ = _classes(toned, TONE, tone_features, lambda e: str(e.tone))
    risk_model, risk_metrics = _risks(examples)
    relevance_model, relevance_metrics = _relevance(examples)
    heads = Heads(
        sentiment.SentimentModel(
            *sentiment_fit, confidence, following=FOLLOWING, sharpness=sharpness
        ),
        tone.ToneModel(*tone_fit),
        risk_model,
        decision.model if decision else None,
        relevance_model,
    )
    metrics = {
        "sentiment": {**class_report(sentiment_held, "sentiment"), "confidence": confidence},
        "tone": class_report(tone_held, "tone"),
        "risk": risk_metrics,
        "lead": decision.metrics if decision else {},
        "relevance": relevance_metrics,
    }
    return heads, metrics


def _decision(examples: Sequence[Example]) -> FittedDecision | None:
    """The model that decides over events, learnt from whole texts: each as it is, and once more
    with some of its rules silent.
    """
    labelled = [e for e in examples if e.events and e.whole]
    news = [
        NewsExample(
            lead.features(e.reading),
            proposed(e.reading),
            e.events,
            e.group,
            e.weight * (1.0 if e.unseen else KNOWN_RULES_WEIGHT),
            unseen=e.unseen,
            is_long=is_whole(e.reading),
        )
        for e in labelled
    ]
    copies = [
        replace(example, found=proposed(silenced(e.reading, e.id)), weight=e.weight, whole=False)
        for example, e in zip(news, labelled, strict=True)
    ]
    return train_decision([*news, *copies])


def _relevance(
    examples: Sequence[Example],
) -> tuple[relevance.RelevanceModel | None, Mapping[str, Any]]:
    """The model of relevance, and its metrics on held-out groups."""
    labelled = [e for e in examples if e.relevance in relevance.ANSWERS and e.whole]
    return train_relevance(
        [relevance.features(e.reading) for e in labelled],
        [e.relevance == "yes" for e in labelled],
        [e.group for e in labelled],
        [bool(e.events) and e.events[0][0] != EventType.BUSINESS_OTHER for e in labelled],
    )


def with_decided(examples: Sequence[Example], fitted: FittedDecision | None) -> list[Example]:
    """The examples with the features of events as a model decides them that has not seen their
    group: else the classifiers would learn to trust events more than they may.
    """
    made = []
    for example in examples:
        model = fitted.held_out.get(example.group, fitted.model) if fitted else None
        made.append(replace(example, event_features=told(example.reading, model)[1]))
    return made


def sentiment_examples(examples: Sequence[Example], fitted: FittedDecision | None) -> list[Example]:
    """What sentiment is trained on: all examples that have the label, and each once more with some
    of its rules silent. On our own texts the rules find more than they will elsewhere; a model that
    always has their events learns little from the words, and fails where the rules do.
    """
    labelled = [e for e in examples if e.sentiment]
    copies = [
        replace(
            e,
            reading=silenced(e.reading, e.id),
            weight=e.weight * SILENCED_WEIGHT,
            whole=False,
        )
        for e in labelled
    ]
    return [*labelled, *with_decided(copies, fitted)]


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
    return sentiment.features(list(passages.passages(example.reading)), example.event_features)


def tone_features(example: Example) -> Features:
    """The blocks of terms that tone reads."""
    return tone.features(example.reading, example.event_features)


def _classes(
    examples: Sequence[Example],
    settings: HeadSettings,
    features_of: Callable[[Example], Features],
    label_of: Callable[[Example], str],
    following: float = 0.0,
) -> tuple[tuple[Linear, calibrate.Calibrator], HeldOut, Sharpness]:
    """A linear model with its calibrator, the probabilities of groups held out from both, and the
    sharpness of these where they follow the events (``adjusted.following_events``).
    """
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

    scores = _held_out_scores(fitted, rows, groups)
    whole = [i for i, e in enumerate(examples) if e.whole]
    texts = [examples[i] for i in whole]
    y_true = np.array([CLASSES.index(labels[i]) for i in whole])
    splits = list(folds([e.group for e in texts]))
    trust = calibration_weights(texts)
    proba = calibrate.held_out(scores[whole], y_true, splits, sample_weight=trust)
    proba, sharpness = followed(proba, texts, y_true, trust, following)
    calibrator = calibrate.fit_best(scores[whole], y_true, splits, sample_weight=trust)
    names = tuple(e.group for e in texts), tuple(e.form for e in texts)
    held = HeldOut(proba, y_true, *names)
    return (fitted(range(len(rows))), calibrator), held, sharpness


def _held_out_scores(
    fitted: Callable[[Sequence[int]], Linear], rows: Sequence[Features], groups: Sequence[str]
) -> NDArray[np.float64]:
    """Scores ``(n_texts, n_classes)``, in log-odds, by models that have not seen a text's group."""
    scores = np.zeros((len(rows), len(CLASSES)))
    for train, test in folds(groups):
        model = fitted(train)
        scores[test] = [model.scores(rows[i]) for i in test]
    return scores


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
