"""What choosing the next releases to label gains over drawing them by lot: the figures in
``EXPERIMENTS.md``.

python -m scripts.models.suggestions [SEEDS]      minutes on one core

A third of the slices is held out. A linear model over words starts from 100 labelled texts and gets
50 more, three times: drawn by lot, the least sure ones, or those that
``learn.evaluate.diversity`` takes. In
the second pool a quarter of the news comes seven times, each time with other words missing, as
wires, agencies and filings repeat a release.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from eventrisk.learn.evaluate.diversity import Space, select_diverse
from eventrisk.learn.features import words
from eventrisk.learn.fit.folds import slice_of
from eventrisk.training.suggest.run import MIN_UNCERTAINTY
from eventrisk.training.suggest.uncertainty import entropy
from scripts.models import records

START, STEP, ROUNDS = 100, 50, 3
CHARACTERS = 1_500  # of a text: the news
AGAIN, LOST = 6, 0.12  # repetitions of a repeated text, and the share of its words that each lacks
WAYS = ("by lot", "least sure", "suggest")

Rows = list[tuple[str, str, str]]  # text, sentiment, slice


def terms(text: str) -> list[str]:
    """Words and pairs of neighbours."""
    single = words(text)
    return [*single, *(" ".join(pair) for pair in pairwise(single))]


def repeated(rows: Rows) -> Rows:
    """The rows, and a quarter of them several times more with words missing."""
    draw = np.random.default_rng(5)
    often = draw.permutation(len(rows))[: len(rows) // 4]
    again = [
        (" ".join(word for word in rows[i][0].split(" ") if draw.random() > LOST), *rows[i][1:])
        for i in often
        for _ in range(AGAIN)
    ]
    return [*rows, *again]


class Trial:
    """Texts, their labels and vectors; ``run`` gives the macro-F1 after each round for each way of
    choosing.
    """

    def __init__(self, rows: Rows) -> None:
        self.texts, sentiments, slices = zip(*rows, strict=True)
        self.sentiments, self.slices = np.array(sentiments), np.array(slices)
        self.vectors = (
            TfidfVectorizer(analyzer=terms, sublinear_tf=True, min_df=2)
            .fit_transform(self.texts)
            .tocsr()
        )
        self.space = Space(self.texts)

    def run(self, seed: int) -> NDArray[np.float64]:
        """One row a way, one column a round (before, and after each step)."""
        draw = np.random.default_rng(seed)
        names = draw.permutation(sorted(set(self.slices)))
        held = np.isin(self.slices, names[: len(names) // 3])
        order = draw.permutation(np.flatnonzero(~held))
        return np.array(
            [self._learn(way, [*order[:START]], [*order[START:]], held, seed) for way in WAYS]
        )

    def _learn(
        self, way: str, known: list[int], pool: list[int], held: NDArray[np.bool_], seed: int
    ) -> list[float]:
        reached = []
        for number in range(ROUNDS + 1):
            model = LogisticRegression(C=10, class_weight="balanced", max_iter=200, tol=1e-3)
            model.fit(self.vectors[known], self.sentiments[known])
            reached.append(
                f1_score(self.sentiments[held], model.predict(self.vectors[held]), average="macro")
            )
            chosen = self._choose(way, model, pool, np.random.default_rng([seed, number]))
            known = [*known, *(pool[i] for i in chosen)]
            pool = [text for i, text in enumerate(pool) if i not in chosen]
        return reached

    def _choose(
        self, way: str, model: LogisticRegression, pool: list[int], draw: np.random.Generator
    ) -> set[int]:
        if way == "by lot":
            return {int(i) for i in draw.permutation(len(pool))[:STEP]}
        unsure = np.array([entropy(row) for row in model.predict_proba(self.vectors[pool])])
        if way == "least sure":
            return {int(i) for i in np.argsort(-unsure, kind="stable")[:STEP]}
        worth = MIN_UNCERTAINTY + (1 - MIN_UNCERTAINTY) * unsure
        return {pick.position for pick in select_diverse(self.space.subset(pool), worth, STEP)}


def main(seeds: int) -> None:
    """Prints both pools: means over seeds, and gains over drawing by lot with their standard
    errors.
    """
    with tempfile.TemporaryDirectory() as work:
        labelled, _ = records.labelled(Path(work))
    rows = [(r.text[:CHARACTERS], r.sentiment, slice_of(r.id)) for r in labelled if r.sentiment]
    for name, pool in (("each once", rows), ("a quarter seven times", repeated(rows))):
        trial = Trial(pool)
        reached = np.array([trial.run(seed) for seed in range(seeds)])
        print(f"{name}: {len(pool)} texts, {seeds} seeds")
        for way, values in zip(WAYS, np.moveaxis(reached, 1, 0), strict=True):
            gain = values - reached[:, 0]
            error = gain.std(axis=0, ddof=1) / np.sqrt(seeds)
            means = " ".join(f"{value:.3f}" for value in values.mean(axis=0))
            gains = " ".join(
                f"{g:+.3f}±{e:.3f}" for g, e in zip(gain.mean(axis=0)[1:], error[1:], strict=True)
            )
            print(f"  {way:10} {means}  {gains}  better in {(gain[:, -1] > 0).sum()}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 24)
