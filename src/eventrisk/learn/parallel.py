"""Work on very many items in several processes, the results in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
CHUNK = 250  # items a process is handed at once
ENOUGH = 5000  # items below which a process more costs longer than it saves


def in_order(
    work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], jobs: int | None = None
) -> Iterator[Result]:
    """``work`` done on chunks of the items; it must be a module's function, and each item's result
    its own.

    ``jobs`` are the processes, by default one a core where there is enough to do. The results do
    not depend on it.
    """
    import joblib

    chunks = (items[at : at + CHUNK] for at in range(0, len(items), CHUNK))
    count = jobs if jobs is not None else joblib.cpu_count() if len(items) >= ENOUGH else 1
    if count <= 1:
        for chunk in chunks:
            yield from work(chunk)
        return
    for done in joblib.Parallel(n_jobs=count, return_as="generator")(
        joblib.delayed(work)(chunk) for chunk in chunks
    ):
        yield from done
