"""Counts of terms → TF-IDF values of the terms that are frequent enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from eventrisk.learn.estimators.state import FLOATS, packed, unpacked


class TermWeighter(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """TF-IDF over the ``max_features`` most frequent terms of those that ``min_df`` groups have.

    With ``norm="l2"`` a count becomes ``(1 + log(count)) · idf`` and each text a vector of L2 norm
    ``weight``; with ``norm=None`` values are taken as given, times ``weight``. Without ``groups``
    each text is a group of its own. The result is always sparse. After ``fit``: ``kept_``, the
    columns kept, and ``idf_``, one value for each, both ``(n_features_out,)``.
    """

    def __init__(
        self,
        *,
        weight: float = 1.0,
        min_df: int = 1,
        max_features: int | None = None,
        norm: str | None = "l2",
    ) -> None:
        self.weight, self.min_df, self.max_features, self.norm = weight, min_df, max_features, norm

    def fit(self, X: Any, y: Any = None, groups: Sequence[Any] | None = None) -> Self:
        """Chooses the terms. A term counts once a group, so that the habits of one author are not
        taken for the genre.

        ``X`` ``(n_texts, n_terms)`` holds counts (0 or more), dense or sparse; ``groups`` is
        ``(n_texts,)``; ``y`` is not read. Raises ValueError for an unknown ``norm``.
        """
        if self.norm not in ("l2", None):
            raise ValueError(f"norm is 'l2' or None, not {self.norm!r}")
        counts = self._checked(X, reset=True)
        documents = counts.getnnz(axis=0)
        group_df = documents if groups is None else _group_df(counts, groups)
        enough = np.flatnonzero(group_df >= max(1, self.min_df))
        first = np.argsort(-group_df[enough], kind="stable")[: self.max_features]
        self.kept_ = np.sort(enough[first])
        idf = 1 + np.log((1 + counts.shape[0]) / (1 + documents[self.kept_]))
        self.idf_ = idf if self.norm else np.ones(len(self.kept_))
        return self

    def transform(self, X: Any) -> Any:
        """A CSR matrix ``(n_texts, n_features_out)``, of the type (float64 or float32) of ``X``."""
        check_is_fitted(self)
        counts = self._checked(X, reset=False)
        values = counts[:, self.kept_].astype(counts.dtype, copy=True)
        if self.norm:
            np.log(values.data, out=values.data)
            values.data += 1
        values.data *= self.idf_.astype(values.dtype)[values.indices]
        scale = np.full(values.shape[0], self.weight, values.dtype)
        if self.norm:
            norms = np.sqrt(np.asarray(values.multiply(values).sum(axis=1)).ravel())
            scale = np.divide(scale, norms, out=np.zeros_like(scale), where=norms > 0)
        values.data *= np.repeat(scale.astype(values.dtype), np.diff(values.indptr))
        return values

    def get_feature_names_out(self, input_features: Sequence[str] | None = None) -> Any:
        """The names of the terms kept."""
        check_is_fitted(self)
        names = (
            getattr(self, "feature_names_in_", None)
            if input_features is None
            else np.asarray(input_features)
        )
        if names is None:
            names = np.array([f"x{number}" for number in range(self.n_features_in_)], dtype=object)
        if len(names) != self.n_features_in_:
            raise ValueError("input_features should have length equal to number of features")
        return np.asarray(names, dtype=object)[self.kept_]

    def _checked(self, X: Any, *, reset: bool) -> Any:
        """Counts as CSR ``(n_texts, n_terms)`` without explicit zeros; the caller's matrix is left
        as it is.
        """
        from scipy.sparse import csr_matrix

        counts = validate_data(
            self,
            X,
            reset=reset,
            accept_sparse="csr",
            dtype=FLOATS,
            ensure_non_negative=bool(self.norm),
        )
        counts = csr_matrix(counts)
        if counts.data.size and not counts.data.all():
            counts = counts.copy()
            counts.eliminate_zeros()
        return counts

    def to_state(self) -> dict[str, Any]:
        """Strings, numbers and arrays only."""
        check_is_fitted(self)
        fitted = {"kept": self.kept_, "idf": self.idf_, "n_features_in": self.n_features_in_}
        return packed(self, fitted)

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> TermWeighter:
        """The inverse. Raises ModelError for the state of another estimator."""
        made = unpacked(cls, state)
        made.kept_, made.idf_ = state["kept"], state["idf"]
        return made

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse, tags.input_tags.positive_only = True, bool(self.norm)
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags


def _group_df(counts: Any, groups: Sequence[Any]) -> Any:
    """In how many groups each term occurs, ``(n_terms,)``."""
    from scipy.sparse import csr_matrix

    names, of = np.unique(np.asarray(groups), return_inverse=True)
    if len(names) == len(of):
        return counts.getnnz(axis=0)
    occurs = csr_matrix(
        (np.ones(counts.nnz, np.int32), counts.indices, counts.indptr), counts.shape
    )
    member = csr_matrix(
        (np.ones(len(of), np.int32), (of, np.arange(len(of)))), (len(names), len(of))
    )
    return (member @ occurs).getnnz(axis=0)
