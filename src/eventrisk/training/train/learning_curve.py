"""The points of a training's learning curve: models that learned from a part of the companies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from eventrisk.labelled import Labelled
from eventrisk.learn.evaluate.learning_curve import PARTS, Point, main_figure, part_of
from eventrisk.learn.evaluate.predictions import Prediction
from eventrisk.training.predictions import predictions_of
from eventrisk.training.progress import Listener
from eventrisk.training.train.plan import Plan
from eventrisk.training.train.splitting import DEV

MAX_TAGGED_TEXTS = 400  # with more, training a tagger twice again takes too long
MIN_TEXTS = 16  # a quarter of fewer teaches nothing

Points = dict[str, list[Point]]


def curve(plan: Plan, predictions: Sequence[Prediction], listener: Listener) -> Points:
    """For each head (texts learned from, main figure 0…1) on the texts of the first round, without
    those that it has learnt from before.

    ``predictions`` are those of all rounds, of models that learned from all they had; the first
    round's come first. Heads whose training is long are left out, and all where there are too few
    texts.
    """
    if not plan.split.rounds:
        return {}
    trainer, records = plan.trainer, plan.records
    learn, measure = plan.split.rounds[0]
    texts = [records[i] for i in learn]
    heads = tuple(h for h in trainer.heads if h != "entities" or _few_tagged(texts))
    if len(texts) < MIN_TEXTS or not heads or not measure:
        return {}
    measured = [records[i] for i in measure]
    points: Points = {head: [] for head in heads}
    short = replace(trainer, heads=heads)
    for part in PARTS:
        some = _part(texts, trainer.groups, part, trainer.seed)
        fitted = short.fit(some, listener)
        listener.stage(f"measuring what {len(some)} texts teach", len(measured))
        model = fitted.analyzer("part")
        found = predictions_of(measured, model, listener.advance, trainer.groups)
        _add(points, plan.own_overlap.unseen(found), _learnt(some, heads))
    _add(points, predictions[: len(measured)], _learnt(texts, heads))
    return points


def _few_tagged(texts: Sequence[Labelled]) -> bool:
    return sum(record.entities is not None for record in texts) <= MAX_TAGGED_TEXTS


def _part(
    texts: Sequence[Labelled], groups: Mapping[str, str], share: float, seed: int
) -> list[Labelled]:
    """Whole companies, drawn by chance, that hold the share of the texts; what chooses the end of a
    training stays.
    """
    names = [groups[record.id] for record in texts if record.split != DEV]
    kept = {names[i] for i in part_of(names, share, seed)}
    return [record for record in texts if record.split == DEV or groups[record.id] in kept]


def _learnt(texts: Sequence[Labelled], heads: Sequence[str]) -> dict[str, int]:
    from eventrisk.training.train.head_selection import IS_LABELLED

    return {
        head: sum(IS_LABELLED[head](record) for record in texts if record.split != DEV)
        for head in heads
    }


def _add(points: Points, predictions: Sequence[Prediction], counts: Mapping[str, int]) -> None:
    for head, texts in counts.items():
        figure = main_figure(predictions, head)
        if figure is not None:
            points[head].append((float(texts), figure))
