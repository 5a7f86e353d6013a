"""How the two chains are learnt: the second from what the first says of texts that it has not
learnt from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from eventrisk.names.augment import Labelled
from eventrisk.nlp.crf.coded import Coded, coded
from eventrisk.nlp.crf.document import FirstPass
from eventrisk.nlp.crf.features import features
from eventrisk.nlp.crf.fit import Fitting, Watcher, fit
from eventrisk.nlp.crf.passes import Passes
from eventrisk.nlp.crf.view import View, encoded
from eventrisk.nlp.crf.weights import Line, Weights

Texts = Sequence[int]  # numbers of texts


@dataclass(frozen=True)
class Desk:
    """Texts with their gold tags and their coded features; ``bounds`` are the numbers of each
    text's lines.
    """

    seen: list[View]
    tags: list[list[str]]
    bounds: list[range]
    coded: Coded

    @classmethod
    def of(cls, seen: Sequence[View], texts: Sequence[Labelled]) -> Desk:
        """The desk of these texts, whose views were made."""
        tags: list[list[str]] = []
        bounds: list[range] = []
        for looks, source in zip(seen, texts, strict=True):
            gold = encoded(source.spans, looks)
            bounds.append(range(len(tags), len(tags) + len(looks.lines)))
            tags += [gold[start:end] for start, end in looks.lines]
        return cls(
            list(seen), tags, bounds, coded(line for looks in seen for line in features(looks))
        )

    def lines(self, texts: Texts) -> list[int]:
        """The numbers of the lines of some texts."""
        return [line for text in texts for line in self.bounds[text]]

    def first(self, texts: Texts, how: Fitting, watch: Watcher) -> Weights:
        """The first chain, learnt from some of the texts."""
        return fit(self.coded, self.tags, self.lines(texts), how, watch)

    def second(
        self,
        texts: Texts,
        how: Fitting,
        watch: Watcher,
        inner: Fitting,
        between: Watcher,
        folds: int,
    ) -> Weights:
        """The second chain; ``folds`` chains stand in for the first, fitted by ``inner`` and
        watched by ``between``.

        Folds are runs of neighbours, as a text is often cut into several records that stand
        together.
        """
        added: list[Line] = [
            [()] * (end - start) for looks in self.seen for start, end in looks.lines
        ]
        for part in parts(texts, folds):
            held = set(part)
            weights = self.first([text for text in texts if text not in held], inner, between)
            for text in part:
                for line, names in zip(
                    self.bounds[text], self.opinion(weights, text).features(), strict=True
                ):
                    added[line] = names
        return fit(self.coded.beside(coded(added)), self.tags, self.lines(texts), how, watch)

    def opinion(self, weights: Weights, text: int) -> FirstPass:
        """What a first chain says of a text."""
        looks = self.seen[text]
        return FirstPass(looks, weights.probabilities(list(features(looks))), weights.tags)


def parts(texts: Texts, count: int) -> list[list[int]]:
    """The texts in ``count`` runs of about one length, none of them empty."""
    count = max(1, min(count, len(texts)))
    borders = [len(texts) * k // count for k in range(count + 1)]
    return [list(texts[low:high]) for low, high in pairwise(borders)]


def score(passes: Passes, looks: Sequence[View], texts: Sequence[Labelled]) -> dict[str, float]:
    """Exact precision, recall and F1 over all labels."""
    right = found = there = 0
    for seen, source in zip(looks, texts, strict=True):
        guessed = {
            (seen.spans[s][0], seen.spans[e - 1][1], label) for s, e, label in passes.spans(seen)
        }
        right += len(guessed & set(source.spans))
        found += len(guessed)
        there += len(source.spans)
    p, r = right / found if found else 0.0, right / there if there else 0.0
    return {"p": p, "r": r, "f": 2 * p * r / (p + r) if p + r else 0.0}
