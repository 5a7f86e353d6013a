"""Releases → one sparse matrix of words: title, top (title and lead) and the characters of their
words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from eventrisk.labels import SectionKind
from eventrisk.learn.estimators.state import packed, unpacked
from eventrisk.learn.fit.counts import count
from eventrisk.learn.fit.linear import BlockSettings, weighed
from eventrisk.learn.lead import BLOCKS, parts
from eventrisk.learn.linear import Linear, Parts, stacked
from eventrisk.reading import Reading, Sentence


def read_lines(text: str) -> Reading:
    """The plainest reading there is: the first line that holds words is the title, the others are
    the news.
    """
    sentences: list[Sentence] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            kind = SectionKind.BODY if sentences else SectionKind.HEADLINE
            sentences.append(Sentence(at, at + len(line), kind))
        at += len(line) + 1
    return Reading(text, None, (), tuple(sentences))


class ReleaseVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts in, weighted words out; takes a list of strings.

    Each block keeps the ``most`` frequent terms of at least ``least`` groups (texts, where no
    ``groups`` are given). ``read`` finds title and news in a clean text
    (``eventrisk.structure.skim.skim``); by default the first line is the title.
    """

    def __init__(
        self,
        *,
        least: int = 2,
        most: int = 7000,
        char_weight: float = 0.7,
        read: Callable[[str], Reading] | None = None,
    ) -> None:
        self.least, self.most, self.char_weight, self.read = least, most, char_weight, read

    def fit(self, X: Iterable[str], y: Any = None, groups: Sequence[Any] | None = None) -> Self:
        """Chooses the terms of each block."""
        counted = count(self._rows(X), BLOCKS)
        if not counted["top"].matrix.shape[0]:
            raise ValueError("Found array with 0 sample(s) while a minimum of 1 is required")
        weights = {"char": self.char_weight}
        settings = [
            BlockSettings(name, weights.get(name, 1.0), self.least, self.most) for name in BLOCKS
        ]
        self.blocks_ = tuple(weighed(counted[s.name], groups, s) for s in settings)
        return self

    def transform(self, X: Iterable[str]) -> Any:
        """A CSR matrix of float32, block after block."""
        check_is_fitted(self)
        return stacked(list(self._rows(X)), self.blocks_)

    def get_feature_names_out(self, input_features: Any = None) -> Any:
        """``block=term`` for each column."""
        check_is_fitted(self)
        return np.array(
            [f"{block.name}={term}" for block in self.blocks_ for term in block.terms], dtype=object
        )

    def _rows(self, texts: Iterable[str]) -> Iterator[Parts]:
        if isinstance(texts, str):
            raise ValueError("an iterable of texts is expected, not one string")
        read = self.read or read_lines
        for text in texts:
            if not isinstance(text, str):
                raise TypeError(f"a text is expected, not {type(text).__name__}")
            yield parts(read(text), masking=False)

    def to_state(self) -> dict[str, Any]:
        """Strings, numbers and arrays only; ``read`` is code and is given again to
        ``from_state``.
        """
        check_is_fitted(self)
        width = sum(len(block.terms) for block in self.blocks_)
        frame = Linear((), self.blocks_, np.zeros((0, width), np.float32), np.zeros(0, np.float32))
        return packed(self, frame.to_state(), leaving=("read",))

    @classmethod
    def from_state(
        cls, state: Mapping[str, Any], read: Callable[[str], Reading] | None = None
    ) -> ReleaseVectorizer:
        """The inverse. Raises ModelError for the state of another estimator."""
        made = unpacked(cls, state, read=read)
        made.blocks_ = Linear.from_state(state).blocks
        return made

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string, tags.input_tags.two_d_array = True, False
        tags.transformer_tags.preserves_dtype = []
        return tags
