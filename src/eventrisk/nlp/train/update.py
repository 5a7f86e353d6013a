"""Trains the NER on from its weights. Texts of the base between the new ones (rehearsal) keep it
from forgetting.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from eventrisk.f1 import exact_scores
from eventrisk.names.augment import Labelled
from eventrisk.nlp.train.custom import set_aside
from eventrisk.nlp.train.ner import NerSettings, all_chunks, example, fit_epochs, tagger_input
from eventrisk.stopping import (
    EarlyStopping,
    Scores,
    StepCallback,
    TrainingRun,
    ignore_step,
)


@dataclass(frozen=True)
class UpdateSettings(NerSettings):
    """Smaller steps than a training from random weights. ``dev_share`` (0…1) of the texts are set
    aside where no dev texts are given.
    """

    epochs: int = 20
    dropout: float = 0.2
    learn_rate: float = 0.0005
    dev_share: float = 0.2


def update_ner(
    nlp: Language,
    texts: Sequence[Labelled],
    rehearsal: Sequence[Labelled] = (),
    settings: UpdateSettings | None = None,
    dev: Sequence[Labelled] | None = None,
    *,
    labels: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
    callback: StepCallback = ignore_step,
) -> TrainingRun:
    """Trains the pipe ``ner`` on; half of each epoch is drawn from ``rehearsal``, texts with all
    labels.

    ``labels`` are those that the user's texts were labelled for (by default those that occur); the
    others are filled in by the NER as it was. Kept are the weights with the best F1 over these
    labels on ``dev``, those of the start where none were better; without ``dev`` a part of the
    texts is set aside, whole ``groups`` (one name a text) at a time.
    """
    settings = settings or UpdateSettings()
    fix_random_seed(settings.seed)
    rng = random.Random(settings.seed)
    ner: Any = nlp.get_pipe("ner")
    occurring = {label for text in texts for *_, label in text.spans}
    wanted = frozenset(occurring if labels is None else labels)
    train, dev_texts = (
        (list(texts), dev)
        if dev is not None
        else set_aside(texts, groups, settings.dev_share, settings.seed)
    )
    filled = [_with_predicted(nlp, source, wanted) for source in train]
    old = _cycled(all_chunks(nlp, rehearsal), rng)

    def epoch() -> list[Example]:
        new = all_chunks(nlp, filled)
        return new + old(len(new))

    stopping: EarlyStopping[bytes] = EarlyStopping(
        settings.patience, settings.time_budget, callback
    )
    dev_examples = [example(nlp, source) for source in dev_texts]
    stopping.checkpoint(0, 0.0, label_scores(nlp, dev_examples, wanted), ner.model.to_bytes)
    fit_epochs(nlp, epoch, settings, stopping, rng, lambda: label_scores(nlp, dev_examples, wanted))
    return stopping.run()


def label_scores(nlp: Language, examples: Sequence[Example], labels: frozenset[str]) -> Scores:
    """Exact precision ``p``, recall ``r`` and F1 ``f`` of the NER over these labels, 0…1."""
    correct = n_predicted = n_gold = 0
    for made in examples:
        predicted = {
            s for s in _spans(nlp.get_pipe("ner")(made.predicted.copy())) if s[2] in labels
        }
        gold = {s for s in _spans(made.reference) if s[2] in labels}
        correct += len(predicted & gold)
        n_predicted, n_gold = n_predicted + len(predicted), n_gold + len(gold)
    return exact_scores(correct, n_predicted, n_gold)


def _spans(doc: Doc) -> set[tuple[int, int, str]]:
    return {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents}


def _with_predicted(nlp: Language, source: Labelled, labels: frozenset[str]) -> Labelled:
    """The text with what the NER finds of the labels that it was not labelled for."""
    known = sorted(span for span in source.spans if span[2] in labels)
    predicted = sorted(
        s for s in _spans(nlp.get_pipe("ner")(tagger_input(nlp, source.text))) if s[2] not in labels
    )
    free = [
        (s, e, name) for s, e, name in predicted if not any(s < b and a < e for a, b, _ in known)
    ]
    return Labelled(source.text, tuple(sorted([*known, *free])))


def _cycled(stock: list[Example], rng: random.Random) -> Callable[[int], list[Example]]:
    """Draws from a stock without replacement; when it is used up, it is shuffled and used again."""
    left: list[Example] = []

    def draw(count: int) -> list[Example]:
        nonlocal left
        out: list[Example] = []
        while stock and len(out) < count:
            if not left:
                left = rng.sample(stock, len(stock))
            out.append(left.pop())
        return out

    return draw
