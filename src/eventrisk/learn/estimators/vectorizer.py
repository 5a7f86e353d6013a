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
from eventrisk.learn.fit.counts import count_terms
from eventrisk.learn.fit.linear import BlockSettings, fit_counted_block
from eventrisk.learn.lead import features
from eventrisk.learn.linear import Features, Linear, feature_matrix
from eventrisk.reading import Reading, Sentence

BLOCKS = ("head", "top", "char")
DEFAULT_WEIGHTS: Mapping[str, float] = {"char": 0.7}  # L2 norm of a text in a block, else 1


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
    """TF-IDF over the words and character n-grams of title and lead; takes a list of strings.

    There are three blocks of columns: ``head`` (title), ``top`` (title and lead) and ``char`` (the
    character n-grams of their words). Each keeps the ``max_features`` most frequent of the terms
    that at least ``min_df`` groups have (texts, where no ``groups`` are given), and each text has
    L2 norm ``transformer_weights[block]`` in it (1 where none is named; None: ``{"char": 0.7}``).
    ``read`` finds title and news in a clean text (``eventrisk.structure.skim.skim``); by default
    the first line is the title.
    """

    def __init__(
        self,
        *,
        min_df: int = 2,
        max_features: int = 7000,
        transformer_weights: Mapping[str, float] | None = None,
        read: Callable[[str], Reading] | None = None,
    ) -> None:
        self.min_df, self.max_features = min_df, max_features
        self.transformer_weights, self.read = transformer_weights, read

    def fit(self, X: Iterable[str], y: Any = None, groups: Sequence[Any] | None = None) -> Self:
        """Chooses the terms of each block.

        ``X`` and ``groups`` have one entry a text, ``(n_texts,)``; ``y`` is not read. Raises
        ValueError for a weight of an unknown block and where there is no text.
        """
        given = self.transformer_weights
        weights = DEFAULT_WEIGHTS if given is None else given
        if unknown := sorted(set(weights) - set(BLOCKS)):
            raise ValueError(f"transformer_weights: {unknown[0]!r} is none of {', '.join(BLOCKS)}")
        counted = count_terms(self._rows(X), BLOCKS)
        if not counted["top"].matrix.shape[0]:
            raise ValueError("Found array with 0 sample(s) while a minimum of 1 is required")
        settings = [
            BlockSettings(name, weights.get(name, 1.0), self.min_df, self.max_features)
            for name in BLOCKS
        ]
        self.blocks_ = tuple(fit_counted_block(counted[s.name], groups, s) for s in settings)
        return self

    def transform(self, X: Iterable[str]) -> Any:
        """A CSR matrix ``(n_texts, n_features_out)`` of float32, block after block."""
        check_is_fitted(self)
        return feature_matrix(list(self._rows(X)), self.blocks_)

    def get_feature_names_out(self, input_features: Any = None) -> Any:
        """``block=term`` for each column."""
        check_is_fitted(self)
        return np.array(
            [f"{block.name}={term}" for block in self.blocks_ for term in block.terms], dtype=object
        )

    def _rows(self, texts: Iterable[str]) -> Iterator[Features]:
        if isinstance(texts, str):
            raise ValueError("an iterable of texts is expected, not one string")
        read = self.read or read_lines
        for text in texts:
            if not isinstance(text, str):
                raise TypeError(f"a text is expected, not {type(text).__name__}")
            yield features(read(text), masking=False)

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
