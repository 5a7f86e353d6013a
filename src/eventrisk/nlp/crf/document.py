"""The features of the second pass: what the first one thinks of a token, of its neighbours, of the
same word elsewhere in the text, and of the other side of an abbreviation.

After V. Krishnan and C. D. Manning, "An effective two-stage model for exploiting non-local
dependencies in named entity recognition", ACL 2006.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from eventrisk.nlp.crf.view import View

NEAR = (-2, -1, 0, 1, 2)
SEEN = 0.1  # probability from which a label counts as thought of


class FirstPass:
    """How probable the first pass holds each tag (``full``) and each label (``kinds``) at each
    token of a text.
    """

    def __init__(self, seen: View, lines: Sequence[Any], tags: Sequence[str]) -> None:
        self.seen, self.tags = seen, list(tags)
        self.labels = sorted({tag[2:] for tag in tags if tag != "O"})
        self.full = np.zeros((len(seen.words), len(tags)))
        self.full[:, self.tags.index("O")] = 1
        for (start, end), probable in zip(seen.lines, lines, strict=True):
            self.full[start:end] = probable
        columns = [[at for at, tag in enumerate(tags) if tag[2:] == label] for label in self.labels]
        self.kinds = (
            np.stack([self.full[:, own].sum(1) for own in columns], 1)
            if columns
            else self.full[:, :0]
        )
        self.best = [self.tags[at] for at in self.full.argmax(1)]
        self.keys = [word if word.isupper() else word.lower() for word in seen.words]
        self.longs = {short: long.lower().split()[-1] for short, long in seen.longs.items()}
        self.shorts = {long: short for short, long in self.longs.items()}

    def features(self) -> Iterator[list[tuple[tuple[str, ...], ...]]]:
        """For each line, for each of its tokens, the features in groups."""
        inside = [at for start, end in self.seen.lines for at in range(start, end)]
        words = _Groups([(at, self.keys[at]) for at in inside])
        pairs = _Groups(
            [
                (k, (self.keys[k], self.keys[k + 1]))
                for a, b in self.seen.lines
                for k in range(a, b - 1)
            ]
        )
        same, here, next_ = (
            words.others(self.full, 0),
            pairs.others(self.full, 0),
            pairs.others(self.full, 1),
        )
        top = words.highest(self.kinds)
        for start, end in self.seen.lines:
            yield [
                (
                    self._near(at, start, end),
                    self._elsewhere(at, same, top),
                    (*self._common("oa", here.get(at)), *self._common("ob", next_.get(at - 1))),
                    self._other_side(at, words),
                )
                for at in range(start, end)
            ]

    def _near(self, at: int, start: int, end: int) -> tuple[str, ...]:
        near = [f"q{k}={self.best[at + k]}" for k in NEAR if start <= at + k < end]
        return (*near, f"Q={self.best[at]}{int(self.full[at].max() * 5)}")

    def _elsewhere(
        self, at: int, same: Mapping[int, Any], top: Mapping[int, Any]
    ) -> tuple[str, ...]:
        """The same word elsewhere in the text."""
        mean = same.get(at)
        if mean is None or len(self.keys[at]) < 2:
            return ()
        out = [*self._common("ot", mean)]
        for label, highest in zip(self.labels, top[at], strict=True) if at in top else ():
            if highest > SEEN:
                usual = sum(mean[k] for k, tag in enumerate(self.tags) if tag[2:] == label)
                out += [f"o{label}={tenths(usual)}", f"O{label}={tenths(highest)}"]
        return tuple(out) if len(out) > 1 else (*out, "o=none")

    def _common(self, name: str, mean: Any) -> tuple[str, ...]:
        """The tag that is the most probable one on the mean."""
        if mean is None:
            return ()
        at = int(mean.argmax())
        return (f"{name}={self.tags[at]}{int(mean[at] * 3)}",)

    def _other_side(self, at: int, words: _Groups) -> tuple[str, ...]:
        """The last word of an abbreviation's long form, or the short form that such a word has."""
        word = self.seen.words[at]
        name, other = (
            ("L", self.longs[word])
            if word in self.longs
            else ("S", self.shorts.get(word.lower(), ""))
        )
        places = words.places.get(other, []) if other else []
        if not places:
            return ()
        top = self.kinds[places].max(0)
        out = tuple(
            f"{name}{k}={tenths(p)}" for k, p in zip(self.labels, top, strict=True) if p > SEEN
        )
        return out or ((f"{name}=none",) if name == "L" else ())


class _Groups:
    """Tokens that have a key in common."""

    def __init__(self, keyed: Sequence[tuple[int, Any]]) -> None:
        self.places: dict[Any, list[int]] = {}
        for at, key in keyed:
            self.places.setdefault(key, []).append(at)
        self.several = [places for places in self.places.values() if len(places) > 1]

    def others(self, values: Any, shift: int) -> dict[int, Any]:
        """For each token the mean of ``values`` over the others of its group, each taken ``shift``
        tokens on.
        """
        out: dict[int, Any] = {}
        for places in self.several:
            own = values[[at + shift for at in places]]
            out.update(zip(places, (own.sum(0) - own) / (len(places) - 1), strict=True))
        return out

    def highest(self, values: Any) -> dict[int, Any]:
        """For each token the maximum over the others, in the groups where it is above ``SEEN``
        anywhere.
        """
        out: dict[int, Any] = {}
        for places in self.several:
            own = values[places]
            if own.size and own.max() > SEEN:
                second, first = np.sort(own, 0)[-2:]
                out.update(zip(places, np.where(own == first, second, first), strict=True))
        return out


def tenths(probability: float) -> int:
    """0 to 9, and −1 for next to nothing."""
    return int(min(9, probability * 10)) if probability >= 0.02 else -1
