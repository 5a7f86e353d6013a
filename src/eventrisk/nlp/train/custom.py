"""Trains the tagger of a label set of one's own: the pipe ``own`` of the pipeline."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from spacy.language import Language

from eventrisk.names.augment import Labelled
from eventrisk.nlp.crf.fit import Fitting, Watcher
from eventrisk.nlp.crf.learn import Desk, Texts, score
from eventrisk.nlp.crf.passes import Passes
from eventrisk.nlp.crf.tagger import CrfTagger
from eventrisk.nlp.crf.view import view
from eventrisk.nlp.crf.weights import Weights
from eventrisk.nlp.custom.collector import TAGGER, with_own
from eventrisk.nlp.train.ner import hinted
from eventrisk.stopping import EarlyStopping, StepCallback, TrainingRun, ignore_step

FACTORY = "eventrisk_tagger"


@dataclass(frozen=True)
class OwnSettings:
    """How the two chains are fitted (``nlp.crf``), by default as chosen by experiment
    (``models/EXPERIMENTS.md``).

    ``penalty`` on squared weights; features seen ``least`` times at least; ``most`` weights;
    ``steps`` at most, the dev texts looked at ``every`` so many; ``patience`` looks without a
    better one end a pass. ``folds`` stand in for the first pass while the second is learnt; without
    any there is no second. ``aside`` is the share of the texts that is set aside where no dev texts
    are given; ``refit``: what is kept has in the end learnt from all texts, those for choosing too.
    ``time_budget`` is in seconds.
    """

    penalty: float = 0.3
    least: int = 2
    most: int = 8_000_000
    steps: int = 150
    every: int = 10
    patience: int = 5
    folds: int = 5
    aside: float = 0.15
    refit: bool = True
    seed: int = 0
    time_budget: float | None = None


def train_own(
    nlp: Language,
    texts: Sequence[Labelled],
    dev: Sequence[Labelled] | None = None,
    settings: OwnSettings | None = None,
    report: StepCallback = ignore_step,
    groups: Sequence[str] | None = None,
) -> TrainingRun:
    """Gives the pipeline a tagger ``own`` for the labels of the texts. Same texts and settings,
    same tagger.

    The passes and steps with the best F1 on ``dev`` are kept, also after Ctrl-C and when the time
    is used up. Without ``dev`` a part of the texts is set aside, whole ``groups`` (one name a text)
    at a time.
    """
    settings = settings or OwnSettings()
    learn, aside = (
        (list(texts), list(dev)) if dev else set_aside(texts, groups, settings.aside, settings.seed)
    )
    course = _Course(nlp, learn, aside, settings, report)
    try:
        with suppress(_Late):
            course.run()
    except KeyboardInterrupt:
        if course.kept is None:
            raise
        course.stopping.ended = "interrupt"
    own_tagger(nlp).passes = course.kept
    return course.stopping.run()


def own_tagger(nlp: Language) -> CrfTagger:
    """The pipe ``own`` with its collector, put in if the pipeline has none or one of another
    kind.
    """
    if TAGGER in nlp.pipe_names and nlp.get_pipe_meta(TAGGER).factory != FACTORY:
        nlp.replace_pipe(TAGGER, FACTORY)
    tagger = with_own(nlp, factory=FACTORY).get_pipe(TAGGER)
    if not isinstance(tagger, CrfTagger):
        raise TypeError(f"the pipe {TAGGER!r} is a {type(tagger).__name__}")
    return tagger


class _Course:
    """One training from its first step to its last; steps are counted through all fits."""

    def __init__(
        self,
        nlp: Language,
        learn: list[Labelled],
        aside: list[Labelled],
        settings: OwnSettings,
        report: StepCallback,
    ) -> None:
        self.stopping: EarlyStopping[Passes] = EarlyStopping(
            settings.patience, settings.time_budget, report
        )
        self.texts, self.settings = [*learn, *aside], settings
        self.desk = Desk.of([view(hinted(nlp, source.text)) for source in self.texts], self.texts)
        self.learn: Texts = range(len(learn))
        self.aside: Texts = range(len(learn), len(self.texts))
        self.made, self.again = 0, 0  # steps before this fit; steps of the fit that was best
        self.refitted: Passes | None = None

    @property
    def kept(self) -> Passes | None:
        """The best so far."""
        return self.refitted or self.stopping.best

    def run(self) -> None:
        """First pass, second pass, and both again over all texts."""
        first = self._chosen(
            lambda how, stopping: self.desk.first(self.learn, how, stopping), Passes
        )
        if self.stopping.ended == "budget":
            return
        steps, second = self.again, 0
        if self.settings.folds and len(self.learn) > 1:
            best = self.stopping.step
            self._chosen(
                lambda how, stopping: self._second(self.learn, steps, how, stopping),
                lambda w: Passes(first, w),
            )
            second = self.again if self.stopping.step > best else 0
        if self.settings.refit and not self.stopping.out_of_time():
            self._refit(steps, second)

    def _chosen(
        self, fitted: Callable[[Fitting, Watcher], Weights], passes: Callable[[Weights], Passes]
    ) -> Weights:
        """Fits with looks at the dev texts; returns the weights of the best look of this fit, or
        the last.
        """
        self.stopping.without_gain, before, best = 0, self.made, list[Weights]()
        settings = self.settings

        def looked(step: int, loss: float, weights: Callable[[], Weights]) -> bool:
            self.made, late = self.made + 1, self.stopping.out_of_time()
            if step % settings.every and step != settings.steps and not late:
                return False
            now = weights()
            dev = (
                [self.desk.seen[text] for text in self.aside],
                [self.texts[text] for text in self.aside],
            )
            stop = self.stopping.checkpoint(
                self.made, loss, score(passes(now), *dev), lambda: passes(now)
            )
            if self.stopping.step == self.made:
                best[:], self.again = [now], step
            return stop or late

        last = fitted(self._fitting(settings.steps), looked)
        return best[0] if best and before < self.stopping.step else last

    def _second(self, texts: Texts, steps: int, how: Fitting, stopping: Watcher) -> Weights:
        return self.desk.second(
            texts, how, stopping, self._fitting(steps), self._between, self.settings.folds
        )

    def _between(self, step: int, loss: float, weights: Callable[[], Weights]) -> bool:
        self.made += 1
        if step % self.settings.every == 0:
            self.stopping.callback(self.made, loss, None)
        if self.stopping.out_of_time():
            raise _Late
        return False

    def _refit(self, steps: int, second: int) -> None:
        everything: Texts = range(len(self.texts))
        first = self.desk.first(everything, self._fitting(steps), self._between)
        if not second:
            self.refitted = Passes(first)
            return
        weights = self._second(everything, steps, self._fitting(second), self._between)
        self.refitted = Passes(first, weights)

    def _fitting(self, steps: int) -> Fitting:
        return Fitting(self.settings.penalty, self.settings.least, self.settings.most, steps)


class _Late(Exception):
    """The time is used up in a fit whose weights are of no use alone."""


def set_aside(
    texts: Sequence[Labelled], groups: Sequence[str] | None, share: float, seed: int
) -> tuple[list[Labelled], list[Labelled]]:
    """The texts in two parts, the second about ``share`` of them; a group stays together, and each
    part has a text.
    """
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
