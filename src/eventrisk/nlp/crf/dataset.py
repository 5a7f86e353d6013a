"""Labelled texts as the data set of a two-stage CRF, and how its two chains are fitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from eventrisk.f1 import exact_scores
from eventrisk.names.augment import Labelled
from eventrisk.nlp.crf.design_matrix import DesignMatrix, design_matrix
from eventrisk.nlp.crf.features import features
from eventrisk.nlp.crf.fit import FitSettings, StopCheck, fit
from eventrisk.nlp.crf.stage_two import StageTwoFeatures
from eventrisk.nlp.crf.two_stage import TwoStageCrf
from eventrisk.nlp.crf.view import View, encode_bioes
from eventrisk.nlp.crf.weights import Line, Weights

Texts = Sequence[int]  # positions of texts


@dataclass(frozen=True)
class Dataset:
    """Texts with the gold tags and features of their lines.

    ``tags`` holds the gold tags of each line, ``lines_of`` the numbers of the lines of each text.
    """

    views: list[View]
    tags: list[list[str]]
    lines_of: list[range]
    features: DesignMatrix

    @classmethod
    def of(cls, views: Sequence[View], texts: Sequence[Labelled]) -> Dataset:
        """The data set of these texts; ``views`` are theirs, in the same order."""
        tags: list[list[str]] = []
        lines_of: list[range] = []
        for view, text in zip(views, texts, strict=True):
            gold = encode_bioes(text.spans, view)
            lines_of.append(range(len(tags), len(tags) + len(view.lines)))
            tags += [gold[start:end] for start, end in view.lines]
        matrix = design_matrix(line for view in views for line in features(view))
        return cls(list(views), tags, lines_of, matrix)

    def lines(self, texts: Texts) -> list[int]:
        """The numbers of the lines of some texts."""
        return [line for text in texts for line in self.lines_of[text]]

    def fit_first(self, texts: Texts, settings: FitSettings, stop: StopCheck) -> Weights:
        """The first chain, fitted to some of the texts."""
        return fit(self.features, self.tags, self.lines(texts), settings, stop)

    def fit_second(
        self,
        texts: Texts,
        settings: FitSettings,
        stop: StopCheck,
        *,
        inner: FitSettings,
        inner_stop: StopCheck,
        folds: int,
    ) -> Weights:
        """The second chain, fitted to out-of-fold predictions of the first.

        In each of ``folds`` folds a first chain is fitted (by ``inner`` and ``inner_stop``) to the
        other texts. Folds are runs of neighbours, as one text is often cut into several records
        that stand together.
        """
        added: list[Line] = [
            [()] * (end - start) for view in self.views for start, end in view.lines
        ]
        for fold in contiguous_folds(texts, folds):
            held_out = set(fold)
            rest = [text for text in texts if text not in held_out]
            weights = self.fit_first(rest, inner, inner_stop)
            for text in fold:
                lines = self.stage_two(weights, text).lines()
                for number, line in zip(self.lines_of[text], lines, strict=True):
                    added[number] = line
        both = self.features.hstack(design_matrix(added))
        return fit(both, self.tags, self.lines(texts), settings, stop)

    def stage_two(self, weights: Weights, text: int) -> StageTwoFeatures:
        """The features of the second stage, from what a first chain predicts for a text."""
        view = self.views[text]
        return StageTwoFeatures(view, weights.predict_proba(list(features(view))), weights.tags)


def contiguous_folds(texts: Texts, count: int) -> list[list[int]]:
    """The texts in at most ``count`` runs of about one length, none of them empty."""
    count = max(1, min(count, len(texts)))
    borders = [len(texts) * k // count for k in range(count + 1)]
    return [list(texts[low:high]) for low, high in pairwise(borders)]


def span_scores(
    model: TwoStageCrf, views: Sequence[View], texts: Sequence[Labelled]
) -> dict[str, float]:
    """Exact precision ``p``, recall ``r`` and F1 ``f`` over all labels, each 0…1."""
    correct = predicted = gold = 0
    for view, text in zip(views, texts, strict=True):
        spans = {
            (view.spans[first][0], view.spans[end - 1][1], label)
            for first, end, label in model.predict(view)
        }
        correct += len(spans & set(text.spans))
        predicted += len(spans)
        gold += len(text.spans)
    return exact_scores(correct, predicted, gold)
