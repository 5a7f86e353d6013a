"""Which releases to label next: those a model would learn most from, with its own labels on them to
be corrected.

A release's score is (0.01 + 0.99 · *uncertainty*) · *novelty*. Uncertainty (0…1) is the weighted
mean of what the model is unsure of: entropy of the sentiment, silent and weak events, names and
risk categories near the border, tone (``uncertainty.WEIGHTS``; uncertainty sampling, Lewis and Gale
1994). Novelty (0…1) is 1 for what is unlike all that was chosen before it or is labelled already, 0
for what says the same (``learn.evaluate.diversity``; Carbonell and Goldstein 1998).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eventrisk.api import Analyzer, Model, load
from eventrisk.errors import DataError
from eventrisk.labelled import LABEL_KEYS, Labelled
from eventrisk.learn.evaluate.diversity import Space, select_diverse
from eventrisk.names.vocabulary import Terms
from eventrisk.results import Analysis, Entity, Failure
from eventrisk.sources.formats import AS_NAMED, Columns
from eventrisk.training.annotation_problems import told
from eventrisk.training.annotators import settled
from eventrisk.training.data import Data, entries, readable
from eventrisk.training.preannotate import is_learnt, labelled_of
from eventrisk.training.progress import Listener, Progress, listening
from eventrisk.training.suggest.label_sets import LabelSets, heads_of
from eventrisk.training.suggest.pool import Texts, gather
from eventrisk.training.suggest.suggestions import Suggestion, Suggestions
from eventrisk.training.suggest.uncertainty import (
    Uncertainty,
    reasons,
    tells_of_product,
    uncertainties,
    uncertainty_of_names,
    weighted_sum,
    weights_of,
)

MAX_TEXTS = 2_000  # releases that are read in full; reading one takes a tenth of a second
# 0…1, of a release the model is sure of: where it is sure of all, the most varied are chosen
MIN_UNCERTAINTY = 0.01


def suggest(
    texts: Texts,
    *,
    n: int = 50,
    model: Model = "default",
    labelled: Data | None = None,
    heads: str | Sequence[str] = "auto",
    max_texts: int | None = MAX_TEXTS,
    format: str | None = None,
    columns: Columns = AS_NAMED,
    terms: Terms | None = None,
    conflicts: str = "latest",
    progress: Progress = True,
) -> Suggestions:
    """The ``n`` releases, best first, whose labels would teach ``model`` most; see above for their
    score.

    ``texts`` are strings, mappings with ``text`` (``date``, ``id``), ``Labelled`` records, or
    ``Path`` of files and folders; their order makes no difference. Near-duplicates are suggested
    once, and what is near to a text of ``labelled`` ranks lower; labels used there that the model
    does not know are offered, and its own then are not proposed. ``heads`` are what is going to be
    labelled: some of ``sentiment``, ``events``, ``entities``, ``risk``, ``tone``; ``auto`` is what
    ``labelled`` has labels of, else all. Only these count, are proposed and are offered. Of more
    than ``max_texts`` releases so many are read, drawn by their sha256 with the like of one
    another left for last (the result says so); None reads all. ``format`` says what the files of
    ``texts`` are written in, where their endings do not tell (``text``, ``csv``, ``jsonl`` …);
    ``columns`` maps names in files to ours (``{"body": "text"}``). ``terms`` are those of
    ``eventrisk.load``. ``conflicts``, as in ``check``, says what counts where several people
    labelled a text of ``labelled``, and ``agreement`` how far they agree. ``progress`` (see
    ``Progress``) counts the releases read. A release that cannot be read is listed in ``failures``.
    Raises DataError where there is nothing to choose from, ModelError without a model.
    """
    if n < 1 or (max_texts is not None and max_texts < 1):
        raise DataError(
            f"n={n}, max_texts={max_texts}: at least one release is chosen from at least one"
        )
    known, people = _known(labelled, columns, conflicts)
    parts = heads_of(heads, known)
    weights = weights_of(parts)
    pool = gather(texts, columns, format)
    space = Space([r.text for r in pool.records], [r.text for r in known])
    chosen = _varied(space, max(n, max_texts) if max_texts is not None else len(space))
    sets = LabelSets(known, parts)
    with listening(progress) as listener:
        analyzer = load(model, terms=terms)
        read, failed = _read([pool.records[i] for i in chosen], analyzer, sets, listener)
    items = tuple(
        _ranked(space.subset([chosen[i] for i in read]), [*read.values()], weights, sets, n)
    )
    failures = (*pool.failures, *failed)
    return Suggestions(
        items, n, len(pool.records), len(read), pool.duplicates, failures, sets.labels(), people
    )


def _known(
    labelled: Data | None, columns: Columns, conflicts: str
) -> tuple[list[Labelled], tuple[str, ...]]:
    """What is labelled already, and how far people agree on it, in words."""
    if labelled is None:
        return [], ()
    data = settled(entries(labelled, columns=columns), conflicts)
    return [entry.record for entry in readable(data, labelled)], tuple(told(data.agreement))


def _varied(space: Space, max_texts: int) -> list[int]:
    """All texts, or of too many as many, those unlike one another first; in the order of the
    pool.
    """
    if len(space) <= max_texts:
        return list(range(len(space)))
    return sorted(pick.position for pick in select_diverse(space, [1.0] * len(space), max_texts))


@dataclass(frozen=True, slots=True)
class Read:
    """What is used of a result: its labels, which of them are the model's, its uncertainties, and
    its names for more.
    """

    record: Labelled
    proposed: tuple[str, ...]
    uncertainties: tuple[Uncertainty, ...]
    names: tuple[Entity, ...]
    tells_of_product: bool

    def all_uncertainties(self, labels: Collection[str]) -> list[Uncertainty]:
        """Those of the names too, by the labels they are to have."""
        of_names = uncertainty_of_names(self.names, labels, self.tells_of_product)
        return [*self.uncertainties, of_names]


def _read(
    releases: Sequence[Labelled],
    analyzer: Analyzer,
    sets: LabelSets,
    listener: Listener,
) -> tuple[dict[int, Read], list[Failure]]:
    """What was read, by its place among the releases."""
    listener.stage("reading", len(releases))
    read: dict[int, Read] = {}
    failed: list[Failure] = []
    plain = ({"text": r.text, "date": r.date, "id": r.id} for r in releases)
    results = analyzer.many(plain, progress=False)  # the stage is counted here
    for place, (release, result) in enumerate(zip(releases, results, strict=True)):
        if isinstance(result, Failure):
            failed.append(result)
        else:
            sets.see(result)
            read[place] = _of_result(release, result)
        listener.advance(place + 1)
    if not read:
        raise DataError(f"not one release could be read; the first: {failed[0].error}")
    return read, failed


def _of_result(release: Labelled, result: Analysis) -> Read:
    record = labelled_of(result, release)
    proposed = tuple(key for key in LABEL_KEYS if getattr(record, key) is not getattr(release, key))
    names = tuple(entity for entity in result.entities if is_learnt(entity.label))
    return Read(record, proposed, tuple(uncertainties(result)), names, tells_of_product(result))


def _ranked(
    space: Space, read: Sequence[Read], weights: Mapping[str, float], sets: LabelSets, n: int
) -> Iterator[Suggestion]:
    """The releases in order of choice; ``space`` has them in the order of ``read``."""
    names = sets.labels().get("entities", ())
    parts = [one.all_uncertainties(names) for one in read]
    totals = [weighted_sum(each, weights) for each in parts]
    utilities = [MIN_UNCERTAINTY + (1 - MIN_UNCERTAINTY) * value for value in totals]
    for pick in select_diverse(space, utilities, n):
        one = read[pick.position]
        record, proposed = sets.within(one.record, one.proposed)
        why = reasons(parts[pick.position], weights)
        yield Suggestion(record, proposed, pick.score, totals[pick.position], pick.novelty, why)
