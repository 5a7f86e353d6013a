"""One thread for linear algebra: small fits are faster so, and sums are made in one order, bit for
bit the same.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any


def one_thread() -> AbstractContextManager[Any]:
    """Within it, the libraries below numpy and scikit-learn use a single thread."""
    from threadpoolctl import threadpool_limits  # comes with scikit-learn

    limits: AbstractContextManager[Any] = threadpool_limits(1)
    return limits
