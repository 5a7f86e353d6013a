"""Work on very many items in several processes, the results in order; and linear algebra in one
thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
CHUNK_ITEMS = 250  # that a process is handed at once
MIN_ITEMS = 5000  # below, a further process takes longer to start than it saves


def map_chunks(
    work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], n_jobs: int | None = None
) -> Iterator[Result]:
    """``work`` done on chunks of the items, the results in order of the items.

    ``work`` must be a module-level function, and the result of an item must not depend on the
    others. ``n_jobs`` is the number of processes, by default one a core where there are
    ``MIN_ITEMS``; the results do not depend on it.
    """
    import joblib

    chunks = (items[at : at + CHUNK_ITEMS] for at in range(0, len(items), CHUNK_ITEMS))
    count = n_jobs if n_jobs is not None else joblib.cpu_count() if len(items) >= MIN_ITEMS else 1
    if count <= 1:
        for chunk in chunks:
            yield from work(chunk)
        return
    for done in joblib.Parallel(n_jobs=count, return_as="generator")(
        joblib.delayed(work)(chunk) for chunk in chunks
    ):
        yield from done


def one_thread() -> AbstractContextManager[Any]:
    """Within it, the libraries below numpy and scikit-learn use a single thread: small fits are
    faster so, and sums are made in one order, bit for bit the same.
    """
    from threadpoolctl import threadpool_limits  # comes with scikit-learn

    limits: AbstractContextManager[Any] = threadpool_limits(1)
    return limits
