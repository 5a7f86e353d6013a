"""Fits the model that decides over candidate events, and measures it on held-out groups.
Deterministic.

The candidates of a text are made with words that the text's own group did not teach, else the model
would trust the words as far as they are known by heart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.events import Chance, Findings, Pair
from eventrisk.events.decided import leading_pair
from eventrisk.learn.adjusted import Sharpness
from eventrisk.learn.calibrate import expected_error
from eventrisk.learn.decision import ANSWERS, BLOCK, DecisionModel, candidates, log_odds
from eventrisk.learn.fit.folds import folds
from eventrisk.learn.fit.lead import fit_lead
from eventrisk.learn.fit.linear import BlockSettings, fit_block, fit_classes
from eventrisk.learn.lead import LeadModel
from eventrisk.learn.linear import Features, Linear, softmax

CANDIDATE = BlockSettings(BLOCK, min_df=2, max_features=4000, norm=None)
C = 1.0  # inverse strength of the penalty
MIN_LABELS = 2  # with fewer there is nothing to learn
MIN_UNSEEN = 100  # texts that no rule was mended on, from which chances are calibrated on them
SHARPNESS = np.exp(np.linspace(np.log(0.2), np.log(3.0), 61))  # tried, as factors of log-odds

Rows = dict[Pair, Features]


@dataclass(frozen=True)
class NewsExample:
    """A text as the decision is learnt from it: terms of title and lead (``learn.lead``), what the
    rules found, the events it tells (the lead event first), its group and its weight.

    ``whole`` is False for a copy with rules silenced, from which neither words nor figures come;
    ``is_long`` tells whole releases from headlines and leads.
    """

    terms: Features
    found: Findings
    events: tuple[Pair, ...]
    group: str
    weight: float = 1.0
    whole: bool = True
    unseen: bool = False
    is_long: bool = False


@dataclass(frozen=True)
class FittedDecision:
    """The model of all texts; ``held_out`` has for each group a model that has not seen it, and
    ``metrics`` are those of these.
    """

    model: DecisionModel
    held_out: Mapping[str, DecisionModel]
    metrics: Mapping[str, Any]


def train_decision(examples: Sequence[NewsExample]) -> FittedDecision | None:
    """The model with its figures on held-out groups; None where all texts have one lead event."""
    groups = [e.group for e in examples]
    splits = list(folds(groups))
    if not _tell_apart(examples, splits):
        return None
    words = _words_held_out(examples, splits)
    rows = [
        candidates(e.found, model.chances(e.terms))
        for e, model in zip(examples, words, strict=True)
    ]
    parts = [_fit(examples, rows, train) for train, _ in splits]
    short, long = (_sharpness(examples, rows, splits, parts, is_long=k) for k in (False, True))
    sharpness = Sharpness(short, long)
    models = {
        i: DecisionModel(words[i], lead, listed, sharpness)
        for (_, test), (lead, listed) in zip(splits, parts, strict=True)
        for i in test
    }
    everything = range(len(examples))
    held = [models[i] for i in everything]
    measured = [i for i in everything if examples[i].whole]
    figures = _figures(
        [examples[i] for i in measured],
        [held[i].chances(rows[i], long if examples[i].is_long else short) for i in measured],
    )
    lead, listed = _fit(examples, rows, everything)
    model = DecisionModel(_words(examples, everything), lead, listed, sharpness)
    return FittedDecision(model, dict(zip(groups, held, strict=True)), figures)


def _tell_apart(
    examples: Sequence[NewsExample], splits: Sequence[tuple[list[int], list[int]]]
) -> bool:
    """Whether all texts, and those of every split, have more than one kind of lead event."""
    parts = [range(len(examples)), *(train for train, _ in splits)]
    return all(len({examples[i].events[0] for i in part}) >= MIN_LABELS for part in parts)


def _words(examples: Sequence[NewsExample], chosen: Sequence[int]) -> LeadModel:
    some = [examples[i] for i in chosen if examples[i].whole]
    labels = [" ".join(e.events[0]) for e in some]
    return fit_lead([e.terms for e in some], labels, [e.group for e in some])


def _words_held_out(
    examples: Sequence[NewsExample], splits: Sequence[tuple[list[int], list[int]]]
) -> list[LeadModel]:
    """For each text the words learnt from other groups."""
    models: dict[int, LeadModel] = {}
    for train, test in splits:
        model = _words(examples, train)
        models |= dict.fromkeys(test, model)
    return [models[i] for i in range(len(examples))]


def _fit(
    examples: Sequence[NewsExample], rows: Sequence[Rows], chosen: Sequence[int]
) -> tuple[Linear, Linear]:
    """The two models over the candidates of these texts: which leads, and which is told."""
    flat = [(i, pair, row) for i in chosen for pair, row in rows[i].items()]
    inputs, groups = [row for *_, row in flat], [examples[i].group for i, *_ in flat]
    weights = np.array([examples[i].weight for i, *_ in flat])
    blocks = [fit_block(inputs, groups, CANDIDATE)]

    def fitted(answers: Sequence[bool]) -> Linear:
        labels = [ANSWERS[answer] for answer in answers]
        return fit_classes(inputs, labels, blocks, classes=ANSWERS, c=C, weights=weights)

    return (
        fitted([pair == examples[i].events[0] for i, pair, _ in flat]),
        fitted([pair in examples[i].events for i, pair, _ in flat]),
    )


def _sharpness(
    examples: Sequence[NewsExample],
    rows: Sequence[Rows],
    splits: Sequence[tuple[list[int], list[int]]],
    parts: Sequence[tuple[Linear, Linear]],
    *,
    is_long: bool,
) -> float:
    """The factor under which it is likeliest that held-out lead events are right as often as they
    are, of whole releases or of short texts. Rules say too much of texts they were mended on, so
    where enough others are there, these alone decide.
    """
    measured = [e for e in examples if e.whole and e.is_long == is_long]
    unseen = sum(e.unseen for e in measured) >= MIN_UNSEEN
    scored: list[tuple[NDArray[np.float64], list[Pair], NewsExample]] = []
    for (_, test), (lead, _) in zip(splits, parts, strict=True):
        for i in test:
            e = examples[i]
            if e.whole and e.is_long == is_long and (e.unseen or not unseen):
                scored.append((log_odds(lead, rows[i]), list(rows[i]), e))
    if not scored:
        return 1.0

    def loss(factor: float) -> float:
        total = 0.0
        for scores, pairs, example in scored:
            leading = softmax(factor * scores)
            chances = {p: Chance(float(c), 0.0) for p, c in zip(pairs, leading, strict=True)}
            chosen = leading_pair(rules_lead(example.found), chances)
            chance = chances[chosen].lead
            right = chosen == example.events[0]
            total -= float(np.log(max(chance if right else 1.0 - chance, 1e-12)))
        return total

    return float(min(SHARPNESS, key=loss))


def rules_lead(found: Findings) -> Pair | None:
    """The lead event by the rules alone; None where they found no news."""
    pair = _rules_pair(found)
    return None if "silent" in found[pair] else pair


def _rules_pair(found: Findings) -> Pair:
    return next(pair for pair, numbers in found.items() if "rule_lead" in numbers)


def _figures(
    examples: Sequence[NewsExample], chances: Sequence[Mapping[Pair, Chance]]
) -> dict[str, Any]:
    """Accuracy (0…1) of the lead event's type and of type and direction, how far the chances are
    off (expected calibration error), and the same accuracy of the rules alone.
    """
    gold = [e.events[0] for e in examples]
    rules = [_rules_pair(e.found) for e in examples]
    best = [leading_pair(rules_lead(e.found), c) for e, c in zip(examples, chances, strict=True)]
    top = np.array([c[b].lead for c, b in zip(chances, best, strict=True)])
    right = np.array([b == g for b, g in zip(best, gold, strict=True)])
    proba = np.stack([top, 1 - top], axis=1)
    proba[top < 0.5] = np.stack([top, np.zeros_like(top)], axis=1)[top < 0.5]
    return {
        "n": len(examples),
        "accuracy": float(np.mean([b[0] == g[0] for b, g in zip(best, gold, strict=True)])),
        "accuracy_with_direction": float(right.mean()),
        "calibration_error": expected_error(proba, np.where(right, 0, 1)),
        "rules_alone": float(np.mean([r[0] == g[0] for r, g in zip(rules, gold, strict=True)])),
        "rules_alone_with_direction": float(
            np.mean([r == g for r, g in zip(rules, gold, strict=True)])
        ),
    }
