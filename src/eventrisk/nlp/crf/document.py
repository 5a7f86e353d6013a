"""The features of the second pass: what the first one thinks of a token, of its neighbours, of the same word elsewhere
in the text, and of the other side of an abbreviation.

After V. Krishnan and C. D. Manning, "An effective two-stage model for exploiting non-local dependencies in named entity
recognition", ACL 2006.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from eventrisk.nlp.crf.view import View

NEAR = (-2, -1, 0, 1, 2)
SEEN = 0.1  # probability from which a label counts as thought of
LONGEST = 40  # mentions of one word that are looked at; more say no more


class FirstPass:
    """How probable the first pass holds each tag (``full``) and each label (``kinds``) at each token of a text."""

    def __init__(self, seen: View, lines: Sequence[Any], tags: Sequence[str]) -> None:
        self.seen, self.tags = seen, list(tags)
        self.labels = sorted({tag[2:] for tag in tags if tag != "O"})
        self.full = np.zeros((len(seen.words), len(tags)))
        self.full[:, self.tags.index("O")] = 1
        for (start, end), probable in zip(seen.lines, lines, strict=True):
            self.full[start:end] = probable
        columns = [[at for at, tag in enumerate(tags) if tag[2:] == label] for label in self.labels]
        self.kinds = np.stack([self.full[:, own].sum(1) for own in columns], 1) if columns else self.full[:, :0]
        self.best = [self.tags[at] for at in self.full.argmax(1)]
        self.keys = [word if word.isupper() else word.lower() for word in seen.words]
        self.places, self.pairs = self._index()
        self.longs = {short: long.lower().split()[-1] for short, long in seen.longs.items()}
        self.shorts = {long: short for short, long in self.longs.items()}

    def _index(self) -> tuple[dict[str, list[int]], dict[tuple[str, str], list[int]]]:
        places: dict[str, list[int]] = defaultdict(list)
        pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
        for start, end in self.seen.lines:
            for at in range(start, end):
                places[self.keys[at]].append(at)
                if at + 1 < end:
                    pairs[self.keys[at], self.keys[at + 1]].append(at)
        return places, pairs

    def features(self) -> Iterator[list[list[str]]]:
        """For each line, for each of its tokens, the features."""
        for start, end in self.seen.lines:
            yield [
                [*self._near(at, start, end), *self._elsewhere(at), *self._pair(at, start, end), *self._other_side(at)]
                for at in range(start, end)
            ]

    def _near(self, at: int, start: int, end: int) -> list[str]:
        near = [f"q{k}={self.best[at + k]}" for k in NEAR if start <= at + k < end]
        return [*near, f"Q={self.best[at]}{int(self.full[at].max() * 5)}"]

    def _elsewhere(self, at: int) -> list[str]:
        key = self.keys[at]
        others = [k for k in self.places[key][:LONGEST] if k != at]
        if not others or len(key) < 2:
            return []
        mean, top = self.kinds[others].mean(0), self.kinds[others].max(0)
        out = [self._common("ot", others)]
        for label, usual, highest in zip(self.labels, mean, top, strict=True):
            if highest > SEEN:
                out += [f"o{label}={tenths(usual)}", f"O{label}={tenths(highest)}"]
        return out if len(out) > 1 else [*out, "o=none"]

    def _pair(self, at: int, start: int, end: int) -> list[str]:
        """The same pair of words elsewhere."""
        out = []
        if at > start:
            others = [k + 1 for k in self.pairs[self.keys[at - 1], self.keys[at]][:LONGEST] if k != at - 1]
            out += [self._common("ob", others)] if others else []
        if at + 1 < end:
            others = [k for k in self.pairs[self.keys[at], self.keys[at + 1]][:LONGEST] if k != at]
            out += [self._common("oa", others)] if others else []
        return out

    def _common(self, name: str, places: list[int]) -> str:
        mean = self.full[places].mean(0)
        return f"{name}={self.tags[int(mean.argmax())]}{int(mean.max() * 3)}"

    def _other_side(self, at: int) -> list[str]:
        """The last word of an abbreviation's long form, or the short form that such a word has."""
        word = self.seen.words[at]
        name, other = ("L", self.longs[word]) if word in self.longs else ("S", self.shorts.get(word.lower(), ""))
        places = self.places.get(other, []) if other else []
        if not places:
            return []
        top = self.kinds[places].max(0)
        out = [f"{name}{k}={tenths(p)}" for k, p in zip(self.labels, top, strict=True) if p > SEEN]
        return out or ([f"{name}=none"] if name == "L" else [])


def tenths(probability: float) -> int:
    """0 to 9, and −1 for next to nothing."""
    return int(min(9, probability * 10)) if probability >= 0.02 else -1
