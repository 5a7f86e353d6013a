"""Trains the tagger of a label set of one's own: the pipe ``own`` of the pipeline."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.language import Language

from eventrisk.nlp.augment import Labelled
from eventrisk.nlp.crf.features import features
from eventrisk.nlp.crf.fit import fit
from eventrisk.nlp.crf.tagger import CrfTagger, spans
from eventrisk.nlp.crf.view import View, encoded, view
from eventrisk.nlp.crf.weights import Weights
from eventrisk.nlp.own import TAGGER, with_own
from eventrisk.nlp.train_ner import hinted
from eventrisk.nlp.watch import Report, Trained, Watch, silent

FACTORY = "eventrisk_tagger"


@dataclass(frozen=True)
class OwnSettings:
    """``penalty`` on large weights; features seen ``least`` times at least; ``steps`` at most, a look each ``every``.

    ``aside`` is the share of the texts that is kept for choosing the step where no dev texts are given; ``refit``: the
    tagger that is kept has then learnt from all of them, for as many steps. ``time_budget`` is in seconds.
    """

    penalty: float = 0.3
    least: int = 2
    steps: int = 200
    every: int = 10
    patience: int = 5
    aside: float = 0.15
    refit: bool = True
    seed: int = 0
    time_budget: float | None = None


def train_own(
    nlp: Language,
    texts: Sequence[Labelled],
    dev: Sequence[Labelled] | None = None,
    settings: OwnSettings | None = None,
    report: Report = silent,
    groups: Sequence[str] | None = None,
) -> Trained:
    """Gives the pipeline a tagger ``own`` for the labels of the texts. Same texts and settings, same tagger.

    The step with the best F1 on ``dev`` is kept, also after Ctrl-C and when the time is used up. Without ``dev`` a part
    of the texts is set aside, whole ``groups`` (one name a text) at a time, and learnt in the end as well.
    """
    settings = settings or OwnSettings()
    learn, aside = (texts, dev) if dev is not None else set_aside(texts, groups, settings.aside, settings.seed)
    watch: Watch[Weights] = Watch(settings.patience, settings.time_budget, report)
    try:
        _fit(_seen(nlp, learn), _seen(nlp, aside), settings, watch)
        if dev is None and settings.refit and watch.ended != "budget":
            _refit(_seen(nlp, texts), settings, watch)
    except KeyboardInterrupt:
        if watch.best is None:
            raise
        watch.ended = "interrupt"
    own_tagger(nlp).weights = watch.best
    return watch.trained()


def own_tagger(nlp: Language) -> CrfTagger:
    """The pipe ``own`` with its collector, put in if the pipeline has none or one of another kind."""
    if TAGGER in nlp.pipe_names and nlp.get_pipe_meta(TAGGER).factory != FACTORY:
        nlp.replace_pipe(TAGGER, FACTORY)
    tagger = with_own(nlp, factory=FACTORY).get_pipe(TAGGER)
    if not isinstance(tagger, CrfTagger):
        raise TypeError(f"the pipe {TAGGER!r} is a {type(tagger).__name__}")
    return tagger


Seen = list[tuple[View, Labelled]]


def _fit(learn: Seen, aside: Seen, settings: OwnSettings, watch: Watch[Weights]) -> None:
    def looked(step: int, loss: float, weights: Callable[[], Weights]) -> bool:
        late = watch.late()
        if step % settings.every and step != settings.steps and not late:
            return False
        now = weights()
        return watch.offer(step, loss, score(now, aside), lambda: now) or late

    lines, tags = _lines(learn)
    fit(lines, tags, penalty=settings.penalty, least=settings.least, steps=settings.steps, watch=looked)


def _refit(seen: Seen, settings: OwnSettings, watch: Watch[Weights]) -> None:
    """The same number of steps over all texts, also those that were set aside."""
    lines, tags = _lines(seen)

    def looked(step: int, loss: float, weights: Callable[[], Weights]) -> bool:
        if step >= watch.step:
            watch.best = weights()
        return step >= watch.step or watch.late()

    fit(lines, tags, penalty=settings.penalty, least=settings.least, steps=watch.step, watch=looked)


def _seen(nlp: Language, texts: Sequence[Labelled]) -> Seen:
    return [(view(hinted(nlp, source.text)), source) for source in texts]


def _lines(seen: Seen) -> tuple[list[list[list[str]]], list[list[str]]]:
    lines, tags = [], []
    for looks, source in seen:
        coded = encoded(source.spans, looks)
        lines += list(features(looks))
        tags += [coded[start:end] for start, end in looks.lines]
    return lines, tags


def score(weights: Weights, seen: Seen) -> dict[str, float]:
    """Exact precision, recall and F1 over all labels."""
    right = found = there = 0
    for looks, source in seen:
        guessed = {(looks.spans[s][0], looks.spans[e - 1][1], label) for s, e, label in spans(weights, looks)}
        right += len(guessed & set(source.spans))
        found += len(guessed)
        there += len(source.spans)
    p, r = right / found if found else 0.0, right / there if there else 0.0
    return {"p": p, "r": r, "f": 2 * p * r / (p + r) if p + r else 0.0}


def set_aside(
    texts: Sequence[Labelled], groups: Sequence[str] | None, share: float, seed: int
) -> tuple[list[Labelled], list[Labelled]]:
    """The texts in two parts, the second about ``share`` of them; a group stays together, and each part has a text."""
    names = list(groups) if groups is not None else [str(at) for at in range(len(texts))]
    order = sorted(set(names))
    random.Random(seed).shuffle(order)
    wanted, aside = max(1, round(share * len(texts))), set[str]()
    for name in order[:-1]:
        if sum(n in aside for n in names) >= wanted:
            break
        aside.add(name)
    kept = [text for text, name in zip(texts, names, strict=True) if name not in aside]
    return kept, [text for text, name in zip(texts, names, strict=True) if name in aside] or kept
