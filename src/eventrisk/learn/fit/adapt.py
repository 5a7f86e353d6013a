"""Trains sentiment and tone on the user's releases: on the base of a finished model, with texts of
the base between them (rehearsal).

The base's log-odds are one block of features among the words (``learn.stacking``). Calibration,
thresholds and all figures come from folds of whole companies: no model is measured on a company
that it was fitted to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn import calibrate, stacking
from eventrisk.learn.evaluate import abstention
from eventrisk.learn.evaluate.held_out import HeldOut
from eventrisk.learn.fit.examples import Example
from eventrisk.learn.fit.folds import folds
from eventrisk.learn.fit.heads import (
    SENTIMENT,
    TONE,
    HeadSettings,
    fit_linear,
    sentiment_features,
    tone_features,
)
from eventrisk.learn.fit.linear import fit_block
from eventrisk.learn.fit.offset import fit_with_offset
from eventrisk.learn.fit.risk import BASE_BLOCK
from eventrisk.learn.linear import Block, Features, Linear, feature_matrix, softmax
from eventrisk.learn.sentiment import CLASSES, SentimentModel
from eventrisk.learn.tone import ToneModel

# features by ``id`` of their example; whoever hands one in keeps the examples alive
FeatureCache = dict[int, Features]
Array = NDArray[np.float64]
ClassNumbers = NDArray[np.int64]
INNER_FOLDS = 3  # for the scores that calibration and thresholds are chosen on
MANY_TEXTS = 150  # below, calibration chooses one number, the temperature
TEMPERATURES = np.geomspace(0.25, 8.0, 41)  # (n_temperatures,), factors of log-odds
# standard deviations of the natural log of the temperature: on a base, whose scores are
# calibrated already, and without one
BASE_LOG_SD, NEW_LOG_SD = 0.2, 1.5
OFFSET_C = 4.0  # inverse strength (above 0) of the penalty on differences to the base
REHEARSAL_WEIGHT = 0.25  # weight of all texts of the base together, as a share of the user's
FEW_COMPANIES = 150  # below, a word that FEW_MIN_DF of them use is not rare
FEW_MIN_DF = 2  # companies


@dataclass(frozen=True)
class _Task:
    """A head to train: texts of the user and of the base, how features and label of each are read,
    and how to fit. With ``offset`` only the difference to the base is learnt.
    """

    examples: Sequence[Example]
    rehearsal: Sequence[Example]
    features_of: Callable[[Example], Features]
    label_of: Callable[[Example], str]
    settings: HeadSettings
    classes: tuple[str, ...]
    cache: FeatureCache
    offset: bool

    def features(self, example: Example) -> Features:
        """The features of an example, computed once: every fit of a training needs them again."""
        key = id(example)
        if key not in self.cache:
            self.cache[key] = self.features_of(example)
        return self.cache[key]


def class_order(labels: Sequence[str]) -> tuple[str, ...]:
    """The built-in classes where all labels are among them, otherwise those that occur: built-in
    ones first, then in order of the alphabet.
    """
    found = set(labels)
    if found <= set(CLASSES):
        return CLASSES
    return (*(c for c in CLASSES if c in found), *sorted(found - set(CLASSES)))


def adapt_sentiment(
    examples: Sequence[Example],
    rehearsal: Sequence[Example],
    base: SentimentModel | None,
    cache: FeatureCache | None = None,
) -> SentimentModel:
    """Sentiment of the examples that have it; ``rehearsal`` is used where the classes are the
    base's.
    """
    labelled = [e for e in examples if e.sentiment]
    classes = class_order([str(e.sentiment) for e in labelled])
    same = base is not None and classes == base.classes

    def features_of(example: Example) -> Features:
        words = sentiment_features(example)
        if base is None:
            return words
        proba = base.predict_proba(example.reading, example.event_features)
        return {**words, stacking.BLOCK: stacking.class_log_odds(base.classes, proba)}

    task = _Task(
        examples=labelled,
        rehearsal=[e for e in rehearsal if e.sentiment in classes] if same else [],
        features_of=features_of,
        label_of=lambda e: str(e.sentiment),
        settings=SENTIMENT if same or base is None else _with_base_block(SENTIMENT),
        classes=classes,
        cache={} if cache is None else cache,
        offset=same,
    )
    linear, calibrator, held = _adapted(task)
    confidence = abstention.confidence_threshold(held.probabilities, held.y_true)
    return SentimentModel(linear, calibrator, confidence, base)


def adapt_tone(
    examples: Sequence[Example],
    rehearsal: Sequence[Example],
    base: ToneModel | None,
    cache: FeatureCache | None = None,
) -> ToneModel:
    """Tone of the examples that have it; its classes are always the built-in three."""

    def features_of(example: Example) -> Features:
        words = tone_features(example)
        if base is None:
            return words
        proba = base.predict_proba(example.reading, example.event_features)
        return {**words, stacking.BLOCK: stacking.class_log_odds(CLASSES, proba)}

    task = _Task(
        examples=[e for e in examples if e.tone],
        rehearsal=[e for e in rehearsal if e.tone] if base is not None else [],
        features_of=features_of,
        label_of=lambda e: str(e.tone),
        settings=TONE,
        classes=CLASSES,
        cache={} if cache is None else cache,
        offset=base is not None,
    )
    linear, calibrator, _ = _adapted(task)
    return ToneModel(linear, calibrator, base)


def _with_base_block(settings: HeadSettings) -> HeadSettings:
    return replace(settings, blocks=(*settings.blocks, BASE_BLOCK))


def _adapted(task: _Task) -> tuple[Linear, calibrate.Calibrator, HeldOut]:
    """The model of all texts, its calibration, and the held-out probabilities of the user's whole
    texts.
    """
    own = task.examples
    fit = _fitter(task)
    scores = np.zeros((len(own), len(task.classes)))
    for train, test in folds([e.group for e in own], INNER_FOLDS):
        model = fit(train)
        scores[test] = [model.scores(task.features(own[i])) for i in test]
    whole = [i for i, e in enumerate(own) if e.whole]
    y_true = np.array([task.classes.index(task.label_of(own[i])) for i in whole])
    groups = tuple(own[i].group for i in whole)
    log_sd = BASE_LOG_SD if task.offset else NEW_LOG_SD
    proba, calibrator = _calibrated(scores[whole], y_true, groups, log_sd)
    held = HeldOut(proba, y_true, groups, tuple(own[i].form for i in whole), task.classes)
    return fit(range(len(own))), calibrator, held


def _fitter(task: _Task) -> Callable[[Sequence[int]], Linear]:
    """Fits to the user's texts at these positions and all texts of the base."""
    everything = [*task.examples, *task.rehearsal]
    rows = [task.features(e) for e in everything]
    labels = [task.label_of(e) for e in everything]
    weights = np.array([e.weight for e in task.examples] + _rehearsal_weights(task))
    settings = _for_few(task.settings, len({e.group for e in task.examples}))
    old = range(len(task.examples), len(everything))
    fit = _fit_on_base if task.offset else fit_linear

    def fitted(chosen: Sequence[int]) -> Linear:
        at = [*chosen, *old]
        groups = [everything[i].group for i in at]
        some, names = [rows[i] for i in at], [labels[i] for i in at]
        return fit(some, names, groups, weights[at], settings, task.classes)

    return fitted


def _rehearsal_weights(task: _Task) -> list[float]:
    """All texts of the base together weigh at most ``REHEARSAL_WEIGHT`` as much as the user's."""
    share = min(1.0, REHEARSAL_WEIGHT * len(task.examples) / max(1, len(task.rehearsal)))
    return [example.weight * share for example in task.rehearsal]


def _fit_on_base(
    rows: Sequence[Features],
    labels: Sequence[str],
    groups: Sequence[str],
    weights: Array,
    settings: HeadSettings,
    classes: tuple[str, ...],
) -> Linear:
    """The base's log-odds as they are, and what the words add to them; ``rows``, ``labels``,
    ``groups`` and ``weights`` are ``(n_texts,)``.
    """
    blocks = [fit_block(rows, groups, block) for block in settings.blocks]
    offset = np.array([[row[stacking.BLOCK][label] for label in classes] for row in rows])
    y_true = np.array([classes.index(label) for label in labels])
    coef, intercept = fit_with_offset(
        feature_matrix(rows, blocks), y_true, offset, c=OFFSET_C, sample_weight=weights
    )
    base = Block(stacking.BLOCK, classes, np.ones(len(classes), np.float32), norm=None)
    whole = np.hstack([coef, np.eye(len(classes))]).astype(np.float32)
    return Linear(classes, (*blocks, base), whole, intercept.astype(np.float32))


def _for_few(settings: HeadSettings, groups: int) -> HeadSettings:
    """With few companies, a word that two of them use is not rare."""
    if groups >= FEW_COMPANIES:
        return settings
    blocks = tuple(replace(b, min_df=min(b.min_df, FEW_MIN_DF)) for b in settings.blocks)
    return replace(settings, blocks=blocks)


def _calibrated(
    scores: Array, y_true: ClassNumbers, groups: Sequence[str], log_sd: float
) -> tuple[Array, calibrate.Calibrator]:
    """Probabilities ``(n_texts, n_classes)``, each fold calibrated on the others, and the
    calibrator of all; ``scores`` (log-odds) have the same shape.
    """
    proba = softmax(scores)
    for train, test in list(folds(groups)):
        others = [groups[i] for i in train]
        calibrator = _calibrator(scores[train], y_true[train], others, log_sd)
        proba[test] = calibrator(scores[test])
    return proba, _calibrator(scores, y_true, groups, log_sd)


def _calibrator(
    scores: Array, y_true: ClassNumbers, groups: Sequence[str], log_sd: float
) -> calibrate.Calibrator:
    classes = scores.shape[1]
    splits = [pair for pair in folds(groups) if _complete(y_true, pair[0], classes)]
    if len(y_true) >= MANY_TEXTS and splits and _complete(y_true, range(len(y_true)), classes):
        return calibrate.fit_best(scores, y_true, splits)
    return _temperature_scaled(scores, y_true, log_sd)


def _complete(y_true: ClassNumbers, at: Sequence[int], classes: int) -> bool:
    """Whether every class occurs at these places of ``y_true`` ``(n_texts,)``: a calibration knows
    nothing of one that it never saw.
    """
    return len(set(y_true[list(at)].tolist())) == classes


def _temperature_scaled(scores: Array, y_true: ClassNumbers, log_sd: float) -> calibrate.Sigmoid:
    """One factor for all scores (Guo et al., ICML 2017): the likeliest of ``TEMPERATURES`` under a
    log-normal prior around 1 with standard deviation ``log_sd``, since few texts say little of it.

    ``scores`` are ``(n_texts, n_classes)``, in log-odds; ``y_true`` is ``(n_texts,)``.
    """
    at = np.arange(len(y_true))

    def loss(factor: float) -> float:
        proba = np.maximum(softmax(scores * factor)[at, y_true], 1e-12)
        return float(-np.log(proba).sum() + (np.log(factor) / log_sd) ** 2 / 2)

    best = float(TEMPERATURES[int(np.argmin([loss(factor) for factor in TEMPERATURES]))])
    classes = scores.shape[1]
    return calibrate.Sigmoid(np.eye(classes) * best, np.zeros(classes))
