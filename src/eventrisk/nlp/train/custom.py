"""Trains the tagger of a custom label set: the pipe ``own`` of the pipeline."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from spacy.language import Language

from eventrisk.names.augment import Labelled
from eventrisk.nlp.crf.dataset import Dataset, Texts, span_scores
from eventrisk.nlp.crf.fit import FitSettings, StopCheck
from eventrisk.nlp.crf.tagger import CrfTagger
from eventrisk.nlp.crf.two_stage import TwoStageCrf
from eventrisk.nlp.crf.view import view_of
from eventrisk.nlp.crf.weights import Weights
from eventrisk.nlp.custom.collector import TAGGER, add_custom_tagger
from eventrisk.nlp.train.ner import tagger_input
from eventrisk.stopping import EarlyStopping, StepCallback, TrainingRun, ignore_step

FACTORY = "eventrisk_tagger"


@dataclass(frozen=True)
class CustomSettings:
    """How the two chains are fitted (``nlp.crf``); the defaults were chosen by experiment
    (``models/EXPERIMENTS.md``).

    - ``penalty`` on squared weights (L2); features of at least ``min_df`` tokens; at most
      ``max_weights`` weights a chain.
    - ``max_iter`` iterations a chain; the dev texts are scored every ``eval_frequency`` of them;
      ``patience`` evaluations without a better F1 end a chain.
    - ``folds`` first chains give the predictions that the second is fitted to; 0: no second chain.
    - ``dev_share`` (0…1) of the texts are set aside where no dev texts are given.
    - ``refit``: the tagger that is kept is fitted again to all texts, the dev texts included.
    - ``time_budget`` in seconds, None for no limit.
    """

    penalty: float = 0.3
    min_df: int = 2
    max_weights: int = 8_000_000
    max_iter: int = 150
    eval_frequency: int = 10
    patience: int = 5
    folds: int = 5
    dev_share: float = 0.15
    refit: bool = True
    seed: int = 0
    time_budget: float | None = None


def train_custom(
    nlp: Language,
    texts: Sequence[Labelled],
    dev: Sequence[Labelled] | None = None,
    settings: CustomSettings | None = None,
    callback: StepCallback = ignore_step,
    groups: Sequence[str] | None = None,
) -> TrainingRun:
    """Gives the pipeline a tagger ``own`` for the labels of the texts. Same texts and settings,
    same tagger.

    The chains and iterations with the best F1 on ``dev`` are kept, also after Ctrl-C and when the
    time budget is used up. Without ``dev`` a part of the texts is set aside, whole ``groups`` (one
    name a text) at a time. Raises KeyboardInterrupt where Ctrl-C comes before the first evaluation.
    """
    settings = settings or CustomSettings()
    train, dev_texts = (
        (list(texts), list(dev))
        if dev
        else set_aside(texts, groups, settings.dev_share, settings.seed)
    )
    training = _CustomTraining(nlp, train, dev_texts, settings, callback)
    try:
        with suppress(_OutOfTime):
            training.run()
    except KeyboardInterrupt:
        if training.best is None:
            raise
        training.stopping.ended = "interrupt"
    custom_tagger(nlp).crf = training.best
    return training.stopping.run()


def custom_tagger(nlp: Language) -> CrfTagger:
    """The pipe ``own`` with its collector, put in if the pipeline has none or one of another
    kind.
    """
    if TAGGER in nlp.pipe_names and nlp.get_pipe_meta(TAGGER).factory != FACTORY:
        nlp.replace_pipe(TAGGER, FACTORY)
    tagger = add_custom_tagger(nlp, factory=FACTORY).get_pipe(TAGGER)
    if not isinstance(tagger, CrfTagger):
        raise TypeError(f"the pipe {TAGGER!r} is a {type(tagger).__name__}")
    return tagger


class _CustomTraining:
    """One training from its first iteration to its last; iterations are counted through all
    fits.
    """

    def __init__(
        self,
        nlp: Language,
        train: list[Labelled],
        dev: list[Labelled],
        settings: CustomSettings,
        callback: StepCallback,
    ) -> None:
        self.stopping: EarlyStopping[TwoStageCrf] = EarlyStopping(
            settings.patience, settings.time_budget, callback
        )
        self.texts, self.settings = [*train, *dev], settings
        views = [view_of(tagger_input(nlp, text.text)) for text in self.texts]
        self.data = Dataset.of(views, self.texts)
        self.train: Texts = range(len(train))
        self.dev: Texts = range(len(train), len(self.texts))
        self.done = 0  # iterations, through all fits
        self.best_iter = 0  # iterations of the best checkpoint, within its fit
        self.refitted: TwoStageCrf | None = None

    @property
    def best(self) -> TwoStageCrf | None:
        """The best so far."""
        return self.refitted or self.stopping.best

    def run(self) -> None:
        """First chain, second chain, and both again on all texts."""
        first = self._fit(
            lambda settings, stop: self.data.fit_first(self.train, settings, stop), TwoStageCrf
        )
        if self.stopping.ended == "budget":
            return
        first_iter, second_iter = self.best_iter, 0
        if self.settings.folds and len(self.train) > 1:
            before = self.stopping.step
            self._fit(
                lambda settings, stop: self._fit_second(self.train, first_iter, settings, stop),
                lambda weights: TwoStageCrf(first, weights),
            )
            second_iter = self.best_iter if self.stopping.step > before else 0
        if self.settings.refit and not self.stopping.out_of_time():
            self._refit(first_iter, second_iter)

    def _fit(
        self,
        fit: Callable[[FitSettings, StopCheck], Weights],
        model: Callable[[Weights], TwoStageCrf],
    ) -> Weights:
        """Fits a chain with evaluations on the dev texts.

        Returns the weights of the best checkpoint where it is one of this fit, else the last ones.
        """
        self.stopping.without_gain, before, best = 0, self.done, list[Weights]()
        settings = self.settings

        def stop(iteration: int, loss: float, weights: Callable[[], Weights]) -> bool:
            self.done, over = self.done + 1, self.stopping.out_of_time()
            final = iteration == settings.max_iter
            if iteration % settings.eval_frequency and not final and not over:
                return False
            now = weights()
            crf = model(now)
            end = self.stopping.checkpoint(self.done, loss, self._dev_scores(crf), lambda: crf)
            if self.stopping.step == self.done:
                best[:], self.best_iter = [now], iteration
            return end or over

        last = fit(self._fit_settings(settings.max_iter), stop)
        return best[0] if best and before < self.stopping.step else last

    def _dev_scores(self, crf: TwoStageCrf) -> dict[str, float]:
        views = [self.data.views[text] for text in self.dev]
        return span_scores(crf, views, [self.texts[text] for text in self.dev])

    def _fit_second(
        self, texts: Texts, first_iter: int, settings: FitSettings, stop: StopCheck
    ) -> Weights:
        return self.data.fit_second(
            texts,
            settings,
            stop,
            inner=self._fit_settings(first_iter),
            inner_stop=self._count,
            folds=self.settings.folds,
        )

    def _count(self, iteration: int, loss: float, weights: Callable[[], Weights]) -> bool:
        """The check of a fit without evaluations. Raises _OutOfTime."""
        self.done += 1
        if iteration % self.settings.eval_frequency == 0:
            self.stopping.callback(self.done, loss, None)
        if self.stopping.out_of_time():
            raise _OutOfTime
        return False

    def _refit(self, first_iter: int, second_iter: int) -> None:
        everything: Texts = range(len(self.texts))
        first = self.data.fit_first(everything, self._fit_settings(first_iter), self._count)
        if not second_iter:
            self.refitted = TwoStageCrf(first)
            return
        second = self._fit_second(
            everything, first_iter, self._fit_settings(second_iter), self._count
        )
        self.refitted = TwoStageCrf(first, second)

    def _fit_settings(self, max_iter: int) -> FitSettings:
        settings = self.settings
        return FitSettings(settings.penalty, settings.min_df, settings.max_weights, max_iter)


class _OutOfTime(Exception):
    """The time is used up in a fit whose weights are of no use alone."""


def set_aside(
    texts: Sequence[Labelled], groups: Sequence[str] | None, share: float, seed: int
) -> tuple[list[Labelled], list[Labelled]]:
    """The texts in two parts, the second about ``share`` (0…1) of them.

    A group (one name a text) stays together, and each part has a text: with one group alone both
    parts are all texts.
    """
    names = list(groups) if groups is not None else [str(at) for at in range(len(texts))]
    order = sorted(set(names))
    random.Random(seed).shuffle(order)
    wanted, chosen = max(1, round(share * len(texts))), set[str]()
    for name in order[:-1]:
        if sum(n in chosen for n in names) >= wanted:
            break
        chosen.add(name)
    rest = [text for text, name in zip(texts, names, strict=True) if name not in chosen]
    dev = [text for text, name in zip(texts, names, strict=True) if name in chosen]
    return rest, dev or rest
