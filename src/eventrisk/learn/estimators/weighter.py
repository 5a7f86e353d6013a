"""Counts of terms → weighted values: which terms count at all, and how much each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from eventrisk.learn.estimators.state import FLOATS, packed, unpacked


class TermWeighter(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Keeps terms of at least ``least`` groups, the ``most`` frequent of them, and weighs them.

    A count becomes ``(1 + log(count)) · idf``, a text a vector of length ``weight``. With
    ``unit=False`` values are taken as given, times ``weight``. Without ``groups`` each text is a
    group of its own. The result is always sparse.
    """

    def __init__(
        self, *, weight: float = 1.0, least: int = 1, most: int | None = None, unit: bool = True
    ) -> None:
        self.weight, self.least, self.most, self.unit = weight, least, most, unit

    def fit(self, X: Any, y: Any = None, groups: Sequence[Any] | None = None) -> Self:
        """Chooses the terms. A term counts once a group, so one author's habits are not taken for
        the genre.
        """
        counts = self._checked(X, reset=True)
        documents = counts.getnnz(axis=0)
        spread = documents if groups is None else _by_group(counts, groups)
        enough = np.flatnonzero(spread >= max(1, self.least))
        first = np.argsort(-spread[enough], kind="stable")[: self.most]
        self.kept_ = np.sort(enough[first])
        idf = 1 + np.log((1 + counts.shape[0]) / (1 + documents[self.kept_]))
        self.idf_ = idf if self.unit else np.ones(len(self.kept_))
        return self

    def transform(self, X: Any) -> Any:
        """A CSR matrix with a column for each term kept, of the type (float64 or float32) of
        ``X``.
        """
        check_is_fitted(self)
        counts = self._checked(X, reset=False)
        found = counts[:, self.kept_].astype(counts.dtype, copy=True)
        if self.unit:
            np.log(found.data, out=found.data)
            found.data += 1
        found.data *= self.idf_.astype(found.dtype)[found.indices]
        lengths = (
            np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel()) if self.unit else None
        )
        scale = np.full(found.shape[0], self.weight, found.dtype)
        if lengths is not None:
            scale = np.divide(scale, lengths, out=np.zeros_like(scale), where=lengths > 0)
        found.data *= np.repeat(scale.astype(found.dtype), np.diff(found.indptr))
        return found

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
        """Counts as CSR without explicit zeros; the caller's matrix is left as it is."""
        from scipy.sparse import csr_matrix

        found = validate_data(
            self, X, reset=reset, accept_sparse="csr", dtype=FLOATS, ensure_non_negative=self.unit
        )
        found = csr_matrix(found)
        if found.data.size and not found.data.all():
            found = found.copy()
            found.eliminate_zeros()
        return found

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
        tags.input_tags.sparse, tags.input_tags.positive_only = True, self.unit
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags


def _by_group(counts: Any, groups: Sequence[Any]) -> Any:
    """In how many groups each term occurs."""
    from scipy.sparse import csr_matrix

    names, of = np.unique(np.asarray(groups), return_inverse=True)
    if len(names) == len(of):
        return counts.getnnz(axis=0)
    there = csr_matrix((np.ones(counts.nnz, np.int32), counts.indices, counts.indptr), counts.shape)
    member = csr_matrix(
        (np.ones(len(of), np.int32), (of, np.arange(len(of)))), (len(names), len(of))
    )
    return (member @ there).getnnz(axis=0)
