"""The features of the second stage: what the first chain predicts for a token, for its neighbours,
for the same word elsewhere in the text, and for the other side of an abbreviation.

After V. Krishnan and C. D. Manning, "An effective two-stage model for exploiting non-local
dependencies in named entity recognition", ACL 2006.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from eventrisk.nlp.crf.view import View
from eventrisk.nlp.crf.weights import Line

WINDOW = (-2, -1, 0, 1, 2)  # distances in tokens
MIN_PROBABILITY = 0.1  # below it a label is not a feature


class StageTwoFeatures:
    """Features from the first chain's probabilities.

    ``proba`` holds one array ``(n_tokens, n_tags)`` a line, as ``Weights.predict_proba`` gives
    them; tokens outside of lines count as ``O``.
    """

    def __init__(self, view: View, proba: Sequence[Any], tags: Sequence[str]) -> None:
        self.view, self.tags = view, list(tags)
        self.labels = sorted({tag[2:] for tag in tags if tag != "O"})
        self.tag_proba = np.zeros((len(view.words), len(tags)))
        self.tag_proba[:, self.tags.index("O")] = 1
        for (start, end), rows in zip(view.lines, proba, strict=True):
            self.tag_proba[start:end] = rows
        self.label_proba = self._label_proba()
        self.best = [self.tags[at] for at in self.tag_proba.argmax(1)]
        self.keys = [word if word.isupper() else word.lower() for word in view.words]
        self.long_heads = {short: long.lower().split()[-1] for short, long in view.longs.items()}
        self.shorts = {long: short for short, long in self.long_heads.items()}

    def _label_proba(self) -> Any:
        """The probability (0…1) of each label, whatever the part of an entity,
        ``(n_tokens, n_labels)``.
        """
        if not self.labels:
            return self.tag_proba[:, :0]
        columns = [
            [at for at, tag in enumerate(self.tags) if tag[2:] == label] for label in self.labels
        ]
        return np.stack([self.tag_proba[:, own].sum(1) for own in columns], 1)

    def lines(self) -> Iterator[Line]:
        """For each line, for each of its tokens, the features in groups."""
        words, pairs = self._words(), self._pairs()
        same = words.mean_of_others(self.tag_proba, 0)
        first = pairs.mean_of_others(self.tag_proba, 0)
        second = pairs.mean_of_others(self.tag_proba, 1)
        top = words.max_of_others(self.label_proba)
        for start, end in self.view.lines:
            yield [
                (
                    self._window(at, start, end),
                    self._elsewhere(at, same, top),
                    (
                        *self._likeliest("oa", first.get(at)),
                        *self._likeliest("ob", second.get(at - 1)),
                    ),
                    self._other_side(at, words),
                )
                for at in range(start, end)
            ]

    def _words(self) -> _Groups:
        """Tokens that are the same word."""
        inside = (at for start, end in self.view.lines for at in range(start, end))
        return _Groups([(at, self.keys[at]) for at in inside])

    def _pairs(self) -> _Groups:
        """Tokens that begin the same pair of words."""
        inside = (at for start, end in self.view.lines for at in range(start, end - 1))
        return _Groups([(at, (self.keys[at], self.keys[at + 1])) for at in inside])

    def _window(self, at: int, start: int, end: int) -> tuple[str, ...]:
        neighbours = [f"q{k}={self.best[at + k]}" for k in WINDOW if start <= at + k < end]
        return (*neighbours, f"Q={self.best[at]}{int(self.tag_proba[at].max() * 5)}")

    def _elsewhere(
        self, at: int, same: Mapping[int, Any], top: Mapping[int, Any]
    ) -> tuple[str, ...]:
        """The same word elsewhere in the text: by token the mean of the others ``same``,
        ``(n_tags,)``, and their maximum ``top``, ``(n_labels,)``.
        """
        mean = same.get(at)
        if mean is None or len(self.keys[at]) < 2:
            return ()
        out = [*self._likeliest("ot", mean)]
        for label, highest in zip(self.labels, top[at], strict=True) if at in top else ():
            if highest > MIN_PROBABILITY:
                usual = sum(mean[k] for k, tag in enumerate(self.tags) if tag[2:] == label)
                out += [f"o{label}={tenths(usual)}", f"O{label}={tenths(highest)}"]
        return tuple(out) if len(out) > 1 else (*out, "o=none")

    def _likeliest(self, name: str, mean: Any) -> tuple[str, ...]:
        """The likeliest tag of a mean ``(n_tags,)``, and its probability in thirds."""
        if mean is None:
            return ()
        at = int(mean.argmax())
        return (f"{name}={self.tags[at]}{int(mean[at] * 3)}",)

    def _other_side(self, at: int, words: _Groups) -> tuple[str, ...]:
        """The last word of an abbreviation's long form, or the short form that such a word has."""
        word = self.view.words[at]
        is_short = word in self.long_heads
        name, other = "L" if is_short else "S", self.shorts.get(word.lower(), "")
        if is_short:
            other = self.long_heads[word]
        places = words.places.get(other, []) if other else []
        if not places:
            return ()
        top = self.label_proba[places].max(0)
        out = tuple(
            f"{name}{label}={tenths(p)}"
            for label, p in zip(self.labels, top, strict=True)
            if p > MIN_PROBABILITY
        )
        return out or (("L=none",) if is_short else ())


class _Groups:
    """Tokens grouped by a key."""

    def __init__(self, keyed: Sequence[tuple[int, Any]]) -> None:
        self.places: dict[Any, list[int]] = {}
        for at, key in keyed:
            self.places.setdefault(key, []).append(at)
        self.repeated = [places for places in self.places.values() if len(places) > 1]

    def mean_of_others(self, values: Any, shift: int) -> dict[int, Any]:
        """For each token of a group of two or more the mean of ``values`` ``(n_tokens, n_tags)``
        over the others, each taken ``shift`` tokens on: ``(n_tags,)`` by token number.
        """
        out: dict[int, Any] = {}
        for places in self.repeated:
            rows = values[[at + shift for at in places]]
            out.update(zip(places, (rows.sum(0) - rows) / (len(places) - 1), strict=True))
        return out

    def max_of_others(self, values: Any) -> dict[int, Any]:
        """For each token the maximum of ``values`` ``(n_tokens, n_labels)`` over the others of its
        group, ``(n_labels,)`` by token number, where the group has any value above
        ``MIN_PROBABILITY``.
        """
        out: dict[int, Any] = {}
        for places in self.repeated:
            rows = values[places]
            if rows.size and rows.max() > MIN_PROBABILITY:
                second, first = np.sort(rows, 0)[-2:]
                out.update(zip(places, np.where(rows == first, second, first), strict=True))
        return out


def tenths(probability: float) -> int:
    """A probability (0…1) as 0 to 9, and −1 below 0.02."""
    return int(min(9, probability * 10)) if probability >= 0.02 else -1
