"""Which releases to label next: those a model would learn most from, with its own labels on them to be corrected.

A release's score is (0.01 + 0.99 · *uncertainty*) · *novelty*. Uncertainty (0…1) is the weighted mean of what the model
is unsure of: entropy of the sentiment, silent and weak events, names and risk categories near the border, tone
(``doubts.WEIGHTS``; uncertainty sampling, Lewis and Gale 1994). Novelty (0…1) is 1 for what is unlike all that was
chosen before it or is labelled already, 0 for what says the same (``learn.spread``; Carbonell and Goldstein 1998).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled
from eventrisk.learn.spread import Space, spread
from eventrisk.results import Analysis, Failure
from eventrisk.sources.formats import AS_NAMED, Columns
from eventrisk.training.data import Data, records
from eventrisk.training.doubts import Doubt, doubts, reasons, uncertainty, weights_of
from eventrisk.training.pool import Texts, gather
from eventrisk.training.preannotate import LABELS, Offered, labelled_of
from eventrisk.training.suggestions import Suggestion, Suggestions

MOST = 2_000  # releases that are read in full; reading one takes a tenth of a second
LEAST_DOUBT = 0.01  # of a release the model is sure of: where it is sure of all, the most varied are chosen

Progress = Callable[[int, int], None]


class Reads(Protocol):
    """What reads releases: an ``Analyzer``."""

    def many(self, records: Iterable[Mapping[str, Any]]) -> Iterator[Analysis | Failure]:
        """One result a record, in order."""
        ...


def suggest(
    texts: Texts,
    n: int = 50,
    model: str | Path | Reads = "default",
    *,
    labelled: Data | None = None,
    heads: str | Iterable[str] = "auto",
    most: int | None = MOST,
    columns: Columns = AS_NAMED,
    progress: Progress | None = None,
) -> Suggestions:
    """The ``n`` releases, best first, whose labels would teach ``model`` most; see above for their score.

    ``texts`` are strings, mappings with ``text`` (``date``, ``id``), ``Labelled`` records, or ``Path`` of files and
    folders; their order makes no difference. Near-duplicates are suggested once, and what is near to a text of
    ``labelled`` ranks lower. ``heads`` are what is going to be labelled, if not all (``auto``): some of ``sentiment``,
    ``events``, ``entities``, ``risk``, ``tone``. Of more than ``most`` releases so many are read, drawn by their sha256
    with the like of one another left for last (the result says so); None reads all. ``columns`` maps names in files to
    ours (``{"body": "text"}``). ``progress(done, total)`` is called after each reading. A release that cannot be read
    is listed in ``failures``. Raises DataError where there is nothing to choose from, ModelError without a model.
    """
    if n < 1 or (most is not None and most < 1):
        raise DataError(f"n={n}, most={most}: at least one release is chosen from at least one")
    weights = weights_of(heads)
    pool = gather(texts, columns)
    known = [r.text for r in records(labelled, columns=columns)] if labelled is not None else []
    space = Space([r.text for r in pool.records], known)
    chosen = _varied(space, max(n, most) if most is not None else len(space))
    offered = Offered()
    read, failed = _read([pool.records[i] for i in chosen], model, offered, progress)
    items = tuple(_ranked(space.subset([chosen[i] for i in read]), [*read.values()], weights, n))
    failures = (*pool.failures, *failed)
    return Suggestions(items, n, len(pool.records), len(read), pool.duplicates, failures, offered.labels())


def _varied(space: Space, most: int) -> list[int]:
    """All texts, or of too many as many, those unlike one another first; in the order of the pool."""
    if len(space) <= most:
        return list(range(len(space)))
    return sorted(pick.place for pick in spread(space, [1.0] * len(space), most))


@dataclass(frozen=True, slots=True)
class Read:
    """A release with the model's labels, what of them is the model's, and where the model is unsure."""

    record: Labelled
    proposed: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def _read(
    releases: Sequence[Labelled], model: str | Path | Reads, offered: Offered, progress: Progress | None
) -> tuple[dict[int, Read], list[Failure]]:
    """What was read, by its place among the releases; a result is not kept beyond its labels and its doubts."""
    from eventrisk import api

    analyzer: Reads = api.load(model) if isinstance(model, str | Path) else model
    read: dict[int, Read] = {}
    failed: list[Failure] = []
    plain = ({"text": r.text, "date": r.date, "id": r.id} for r in releases)
    for place, (release, result) in enumerate(zip(releases, analyzer.many(plain), strict=True)):
        if isinstance(result, Failure):
            failed.append(result)
        else:
            offered.see(result)
            record = labelled_of(result, release)
            proposed = tuple(key for key in LABELS if getattr(record, key) is not getattr(release, key))
            read[place] = Read(record, proposed, tuple(doubts(result)))
        if progress is not None:
            progress(place + 1, len(releases))
    if not read:
        raise DataError(f"not one release could be read; the first: {failed[0].error}")
    return read, failed


def _ranked(space: Space, read: Sequence[Read], weights: Mapping[str, float], n: int) -> Iterator[Suggestion]:
    """The releases in order of choice; ``space`` has them in the order of ``read``."""
    unsure = [uncertainty(one.doubts, weights) for one in read]
    worth = [LEAST_DOUBT + (1 - LEAST_DOUBT) * value for value in unsure]
    for pick in spread(space, worth, n):
        one = read[pick.place]
        why = reasons(one.doubts, weights)
        yield Suggestion(one.record, one.proposed, pick.score, unsure[pick.place], pick.novelty, why)
