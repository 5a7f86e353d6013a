"""Trains sentiment and tone on releases of the user's: on the base of a finished model, with some
of its old texts.

The base's opinion is one block of features among the words (``prior.py``), old texts keep what it
knows of texts unlike the user's. What is measured, calibrated and chosen is so on companies that
the model of that fold did not see.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn import calibrate, stacking
from eventrisk.learn.evaluate import abstention
from eventrisk.learn.evaluate.held_out import HeldOut
from eventrisk.learn.fit.folds import folds
from eventrisk.learn.fit.heads import (
    SENTIMENT,
    TONE,
    Example,
    HeadSettings,
    fit_linear,
    sentiment_parts,
)
from eventrisk.learn.fit.linear import BlockSettings, fit_block
from eventrisk.learn.fit.offset import fit_shifted
from eventrisk.learn.linear import Block, Linear, Parts, softmax, stacked
from eventrisk.learn.sentiment import CLASSES, SentimentModel
from eventrisk.learn.tone import ToneModel
from eventrisk.learn.tone import parts as tone_parts

Model = TypeVar("Model")
Memory = dict[
    int, Parts
]  # what was read of examples, by their identity; whoever hands one in keeps the examples alive
STACKED = BlockSettings(
    stacking.BLOCK, weight=0.5, least=1, unit=False
)  # log-odds are large beside words of unit length
INNER = 3  # folds on which calibration and thresholds are chosen
FEW = 150  # texts below which calibration has one number to choose, not six
TEMPERATURES = np.geomspace(0.25, 8.0, 41)
NARROW, WIDE = (
    0.2,
    1.5,
)  # how far, on a log scale, the temperature of a calibrated base, and of a new model, may be off
SHIFT = 4.0  # inverse strength of the penalty on differences to the base
OLD_SHARE = 0.25  # of the weight of the user's texts
UNSEEN_LEAST = 2  # companies that have to use a word where there are few of them


@dataclass(frozen=True)
class Adapted(Generic[Model]):
    """A model of all texts, and what models that had not seen their company said of the user's."""

    model: Model
    held: HeldOut


@dataclass(frozen=True)
class Task:
    """A head to train: texts of the user's and old ones, what is read of each, its label, and how
    to fit.
    """

    examples: Sequence[Example]
    old: Sequence[Example]
    parts_of: Callable[[Example], Parts]
    label_of: Callable[[Example], str]
    settings: HeadSettings
    classes: tuple[str, ...]
    memory: Memory
    shifts: bool = (
        False  # the classes are the base's: only the difference to what it says is learnt
    )

    def parts(self, example: Example) -> Parts:
        """What is read of an example; worked out once, since every course of a training asks
        again.
        """
        key = id(example)
        if key not in self.memory:
            self.memory[key] = self.parts_of(example)
        return self.memory[key]


def class_order(labels: Sequence[str]) -> tuple[str, ...]:
    """Our three classes where all labels are among them, otherwise those that occur: ours first,
    then as spelt.
    """
    found = set(labels)
    if found <= set(CLASSES):
        return CLASSES
    return (*(c for c in CLASSES if c in found), *sorted(found - set(CLASSES)))


def adapt_sentiment(
    examples: Sequence[Example],
    old: Sequence[Example],
    base: SentimentModel | None,
    memory: Memory | None = None,
) -> Adapted[SentimentModel]:
    """Sentiment of the examples that have it; old texts are used where their classes are the
    user's.
    """
    own = [e for e in examples if e.sentiment]
    classes = class_order([str(e.sentiment) for e in own])
    kept = (
        [e for e in old if e.sentiment in classes]
        if base is not None and classes == base.classes
        else []
    )

    def parts_of(example: Example) -> Parts:
        words = sentiment_parts(example)
        if base is None:
            return words
        said = base.chances(example.reading, example.event_features)
        return {**words, stacking.BLOCK: stacking.opinion(base.classes, said)}

    shifts = base is not None and classes == base.classes
    settings = SENTIMENT if shifts else _stacked(SENTIMENT, base)
    known = {} if memory is None else memory
    task = Task(own, kept, parts_of, lambda e: str(e.sentiment), settings, classes, known, shifts)
    linear, calibrator, held = _adapted(task)
    confidence = abstention.confidence_threshold(held.probabilities, held.y_true)
    return Adapted(SentimentModel(linear, calibrator, confidence, base), held)


def adapt_tone(
    examples: Sequence[Example],
    old: Sequence[Example],
    base: ToneModel | None,
    memory: Memory | None = None,
) -> Adapted[ToneModel]:
    """Tone of the examples that have it; its classes are always our three."""

    def parts_of(example: Example) -> Parts:
        words = tone_parts(example.reading)
        return (
            words
            if base is None
            else {**words, stacking.BLOCK: stacking.opinion(CLASSES, base.chances(example.reading))}
        )

    kept = [e for e in old if e.tone] if base is not None else []
    own, known = [e for e in examples if e.tone], {} if memory is None else memory
    task = Task(own, kept, parts_of, lambda e: str(e.tone), TONE, CLASSES, known, base is not None)
    linear, calibrator, held = _adapted(task)
    return Adapted(ToneModel(linear, calibrator, base), held)


def _stacked(settings: HeadSettings, base: object) -> HeadSettings:
    return settings if base is None else replace(settings, blocks=(*settings.blocks, STACKED))


def _adapted(task: Task) -> tuple[Linear, calibrate.Calibrator, HeldOut]:
    """The model of all texts, its calibration, and the held-out probabilities of the user's whole
    texts.
    """
    own, everything = task.examples, [*task.examples, *task.old]
    rows, labels = [task.parts(e) for e in everything], [task.label_of(e) for e in everything]
    weights = np.array([e.weight for e in own] + _old_weights(own, task.old))
    settings = _for_few(task.settings, len({e.group for e in own}))
    behind = list(range(len(own), len(everything)))

    def fitted(chosen: Sequence[int]) -> Linear:
        at = [*chosen, *behind]
        groups = [everything[i].group for i in at]
        fit = _shifted if task.shifts else fit_linear
        return fit(
            [rows[i] for i in at],
            [labels[i] for i in at],
            groups,
            weights[at],
            settings,
            task.classes,
        )

    raw = np.zeros((len(own), len(task.classes)))
    for train, test in folds([e.group for e in own], INNER):
        model = fitted(train)
        raw[test] = [model.scores(rows[i]) for i in test]
    whole = [i for i, e in enumerate(own) if e.whole]
    truth = np.array([task.classes.index(labels[i]) for i in whole])
    groups = tuple(own[i].group for i in whole)
    found, calibrator = _calibrated(raw[whole], truth, groups, NARROW if task.shifts else WIDE)
    held = HeldOut(found, truth, groups, tuple(own[i].form for i in whole), task.classes)
    return fitted(range(len(own))), calibrator, held


def _old_weights(own: Sequence[Any], old: Sequence[Example]) -> list[float]:
    """All old texts together weigh at most a quarter as much as the user's."""
    return [e.weight * min(1.0, OLD_SHARE * len(own) / max(1, len(old))) for e in old]


def _shifted(
    rows: Sequence[Parts],
    labels: Sequence[str],
    groups: Sequence[str],
    weights: NDArray[np.float64],
    settings: HeadSettings,
    classes: tuple[str, ...],
) -> Linear:
    """The base's opinion as it is, and what the texts add to it."""
    blocks = [fit_block(rows, groups, block) for block in settings.blocks]
    said = np.array([[row[stacking.BLOCK][label] for label in classes] for row in rows])
    truth = np.array([classes.index(label) for label in labels])
    coef, intercept = fit_shifted(stacked(rows, blocks), truth, said, c=SHIFT, weights=weights)
    base = Block(stacking.BLOCK, classes, np.ones(len(classes), np.float32), unit=False)
    whole = np.hstack([coef, np.eye(len(classes))]).astype(np.float32)
    return Linear(classes, (*blocks, base), whole, intercept.astype(np.float32))


def _for_few(settings: HeadSettings, groups: int) -> HeadSettings:
    """With few companies, a word that two of them use is not rare."""
    if groups >= FEW:
        return settings
    return replace(
        settings,
        blocks=tuple(replace(b, least=min(b.least, UNSEEN_LEAST)) for b in settings.blocks),
    )


def _calibrated(
    raw: NDArray[np.float64], truth: NDArray[np.int64], groups: Sequence[str], width: float
) -> tuple[NDArray[np.float64], calibrate.Calibrator]:
    """Probabilities of each fold calibrated on the others, and the calibrator of all."""
    parts = list(folds(groups))
    found = softmax(raw)
    for train, test in parts:
        found[test] = _calibrator(raw[train], truth[train], [groups[i] for i in train], width)(
            raw[test]
        )
    return found, _calibrator(raw, truth, groups, width)


def _calibrator(
    raw: NDArray[np.float64], truth: NDArray[np.int64], groups: Sequence[str], width: float
) -> calibrate.Calibrator:
    parts = [p for p in folds(groups) if _complete(truth, p[0], raw.shape[1])]
    if len(truth) >= FEW and parts and _complete(truth, range(len(truth)), raw.shape[1]):
        return calibrate.fit_best(raw, truth, parts)
    return _tempered(raw, truth, width)


def _complete(truth: NDArray[np.int64], at: Sequence[int], classes: int) -> bool:
    """Whether every class occurs: a calibration knows nothing of one that it never saw."""
    return len(set(truth[list(at)].tolist())) == classes


def _tempered(
    raw: NDArray[np.float64], truth: NDArray[np.int64], width: float
) -> calibrate.Sigmoid:
    """One temperature for all scores (Guo et al., ICML 2017), the likeliest where 1 ± ``width`` (on
    a log scale) was expected: few texts say little of it.
    """
    at = np.arange(len(truth))
    losses = [
        -np.log(np.maximum(softmax(raw * t)[at, truth], 1e-12)).sum() + (np.log(t) / width) ** 2 / 2
        for t in TEMPERATURES
    ]
    return calibrate.Sigmoid(
        np.eye(raw.shape[1]) * float(TEMPERATURES[int(np.argmin(losses))]), np.zeros(raw.shape[1])
    )
