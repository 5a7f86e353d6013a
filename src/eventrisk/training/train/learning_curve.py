"""The learning curve: how well models do that learnt from a part of the texts only, on the same
held-out ones.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from eventrisk.labelled import Labelled
from eventrisk.learn.evaluate.figures import assess
from eventrisk.learn.evaluate.predictions import HEADS, Row
from eventrisk.training.predictions import rows_of
from eventrisk.training.progress import Listener
from eventrisk.training.train.splitting import DEV, Round
from eventrisk.training.train.trainer import Course

PARTS = (0.25, 0.5)  # of the companies learnt from, beside all of them
MOST_NAMES = 400  # texts with entities; with more, training a tagger twice again takes too long
LEAST = 16  # texts; a quarter of fewer teaches nothing

Points = dict[str, list[tuple[float, float]]]


def curve(
    course: Course,
    records: Sequence[Labelled],
    rounds: Sequence[Round],
    rows: Sequence[Row],
    listener: Listener,
) -> Points:
    """For each head (number of texts learnt from, main figure) on the texts of the first round.

    ``rows`` are those of all rounds, read by models that learnt from all they had; the first
    round's come first. Heads whose training is long are left out, and all where there are too few
    texts.
    """
    if not rounds:
        return {}
    learn, measure = rounds[0]
    texts = [records[i] for i in learn]
    heads = tuple(h for h in course.heads if h != "entities" or _short(texts))
    if len(texts) < LEAST or not heads:
        return {}
    measured = [records[i] for i in measure]
    points: Points = {head: [] for head in heads}
    short = replace(course, heads=heads)
    for part in PARTS:
        some = _part(texts, course.groups, part, course.seed)
        taken = short.take(some, listener)
        listener.stage(f"measuring what {len(some)} texts teach", len(measured))
        found = rows_of(measured, taken.analyzer("part"), listener.advance, course.groups)
        _add(points, found, heads, _learnt(some, heads))
    _add(points, rows[: len(measured)], heads, _learnt(texts, heads))
    return points


def _short(texts: Sequence[Labelled]) -> bool:
    return sum(record.entities is not None for record in texts) <= MOST_NAMES


def _part(
    texts: Sequence[Labelled], groups: Mapping[str, str], share: float, seed: int
) -> list[Labelled]:
    """Whole companies, drawn by chance, until the share is reached; what chooses the end of a
    training stays.
    """
    names = sorted({groups[record.id] for record in texts if record.split != DEV})
    random.Random(seed).shuffle(names)
    wanted, kept = share * sum(record.split != DEV for record in texts), set[str]()
    for name in names:
        if sum(groups[r.id] in kept for r in texts if r.split != DEV) >= wanted:
            break
        kept.add(name)
    return [record for record in texts if record.split == DEV or groups[record.id] in kept]


def _learnt(texts: Sequence[Labelled], heads: Sequence[str]) -> dict[str, int]:
    from eventrisk.training.train.head_selection import HAS

    return {
        head: sum(HAS[head](record) for record in texts if record.split != DEV) for head in heads
    }


def _add(
    points: Points, rows: Sequence[Row], heads: Sequence[str], counts: Mapping[str, int]
) -> None:
    figures = assess(rows, [head for head in HEADS if head in heads])
    for head, m in figures.items():
        points[head].append((float(counts[head]), float(m[m["main"]])))
