"""Trains the NER on from its weights, with old texts between the new ones so that old skills
stay.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from eventrisk.names.augment import Labelled
from eventrisk.nlp.train.ner import (
    NerSettings,
    Step,
    cut,
    example,
    fit_epochs,
    tagger_input,
    varied,
)
from eventrisk.stopping import EarlyStopping, Scores, StepCallback, TrainingRun, ignore_step


@dataclass(frozen=True)
class UpdateSettings(NerSettings):
    """Gentler than a training from nothing: the weights are good already."""

    epochs: int = 20
    dropout: float = 0.2
    rate: float = 0.0005
    aside: float = 0.2


def update_ner(
    nlp: Language,
    texts: Sequence[Labelled],
    rehearsal: Sequence[Labelled] = (),
    settings: UpdateSettings | None = None,
    dev: Sequence[Labelled] | None = None,
    *,
    labels: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
    steps: Sequence[tuple[float, Step]] = (),
    report: StepCallback = ignore_step,
) -> TrainingRun:
    """Trains the pipe ``ner`` on; half of each epoch is drawn from ``rehearsal``, texts with all
    labels.

    ``labels`` are those that the user's texts were labelled for (by default those that occur); the
    others are filled in by the NER as it was. The weights that are kept are the best on ``dev``,
    counted by these labels, or those of the start where none were better; without ``dev`` a part of
    the texts is set aside, whole ``groups`` at a time.
    """
    from eventrisk.nlp.train.custom import set_aside

    settings = settings or UpdateSettings()
    fix_random_seed(settings.seed)
    rng = random.Random(settings.seed)
    ner = nlp.get_pipe("ner")
    wanted = (
        frozenset(labels)
        if labels is not None
        else frozenset(label for t in texts for *_, label in t.spans)
    )
    learn, aside = (
        (list(texts), dev)
        if dev is not None
        else set_aside(texts, groups, settings.aside, settings.seed)
    )
    filled = [_filled(nlp, source, wanted) for source in learn]
    old = _endless(cut(nlp, rehearsal), rng)

    def epoch() -> list[Example]:
        new = cut(nlp, [varied(source, steps, rng) for source in filled])
        return new + old(len(new))

    stopping: EarlyStopping[bytes] = EarlyStopping(settings.patience, settings.time_budget, report)
    looks = [example(nlp, source) for source in aside]
    stopping.checkpoint(0, 0.0, label_scores(nlp, looks, wanted), ner.model.to_bytes)  # type: ignore[attr-defined]
    fit_epochs(nlp, epoch, settings, stopping, rng, lambda: label_scores(nlp, looks, wanted))
    return stopping.run()


def label_scores(nlp: Language, looks: Sequence[Example], labels: frozenset[str]) -> Scores:
    """Exact precision, recall and F1 of the NER over these labels."""
    right = found = there = 0
    for look in looks:
        guessed = {s for s in _spans(nlp.get_pipe("ner")(look.predicted.copy())) if s[2] in labels}
        gold = {s for s in _spans(look.reference) if s[2] in labels}
        right, found, there = right + len(guessed & gold), found + len(guessed), there + len(gold)
    p, r = right / found if found else 0.0, right / there if there else 0.0
    return {"p": p, "r": r, "f": 2 * p * r / (p + r) if p + r else 0.0}


def _spans(doc: Doc) -> set[tuple[int, int, str]]:
    return {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents}


def _filled(nlp: Language, source: Labelled, labels: frozenset[str]) -> Labelled:
    """The text with what the NER finds of the labels that it was not labelled for."""
    known = sorted(span for span in source.spans if span[2] in labels)
    guessed = sorted(
        s for s in _spans(nlp.get_pipe("ner")(tagger_input(nlp, source.text))) if s[2] not in labels
    )
    free = [(s, e, name) for s, e, name in guessed if not any(s < b and a < e for a, b, _ in known)]
    return Labelled(source.text, tuple(sorted([*known, *free])))


def _endless(stock: list[Example], rng: random.Random) -> Callable[[int], list[Example]]:
    """Draws from a stock without return; when it is used up, it is shuffled and used again."""
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
