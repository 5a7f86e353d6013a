"""What a training will do, settled before it begins: records that stand a check, heads, base, and
rounds.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

from eventrisk.checking import Severity
from eventrisk.dates import parse_iso
from eventrisk.errors import DataError, DateError
from eventrisk.labelled import Labelled, Placed
from eventrisk.learn.seen_texts import sketched
from eventrisk.names.vocabulary import Vocabulary
from eventrisk.sources.formats import Columns
from eventrisk.training.annotation_problems import told
from eventrisk.training.annotators import Settled, how, settled
from eventrisk.training.check import Checked, check_settled
from eventrisk.training.data import Data, entries
from eventrisk.training.overlap import Overlap, overlap
from eventrisk.training.relabel import Labels, relabelled
from eventrisk.training.train.head_selection import (
    IS_LABELLED,
    HeadSelection,
    find_base,
    select_heads,
)
from eventrisk.training.train.splitting import DEV, TEST, Split, divide, groups_of, origins
from eventrisk.training.train.trainer import ENTITIES, SENTIMENT, Trainer

# with more, releases are not read in full: at a tenth of a second each that takes too long
MAX_TEXTS_IN_FULL = 5_000  # releases
SAMPLE_TEXTS = 2_000  # of these, for heads that need the whole reading
MAX_TEXTS_NEAR_DUPLICATES = 5_000  # with more, near-duplicates are not looked for
# Problems that make a training or its figures worthless without showing in them: wrong labels,
# texts both learnt from and measured on. Other problems cost a text or a span; the report names
# them.
GRAVE = (
    "label misspelt",
    "label unknown",
    "id twice",
    "duplicate across splits",
    "near-duplicate across splits",
)
EMPTY = "text empty"
WITH_TERMS = (
    "Read with {} terms of your own. The bundle does not hold them: load it with the same terms."
)


@dataclass(frozen=True)
class TrainingData:
    """The records of a training, and remarks on what a check found wrong with them."""

    records: list[Labelled]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What is trained from what, and how it is measured. ``records`` are read in full. ``asked``
    are those that the split would measure on; ``sketches`` are those of the texts by id,
    ``overlap`` says which of all of them the base learnt from.

    ``large`` are the records of a sentiment head that learns from title and lead alone, since they
    are too many to read in full.
    """

    records: list[Labelled]
    trainer: Trainer
    split: Split
    data: str
    notes: tuple[str, ...]
    large: list[Labelled]
    large_split: Split | None
    asked: list[Labelled]
    overlap: Overlap
    sketches: Mapping[str, Any]

    @property
    def own_overlap(self) -> Overlap:
        """Texts that the heads in training have learnt from already, as their base did; heads that
        start from nothing have not.
        """
        fresh = self.trainer.base.fresh
        return Overlap(self.overlap.model) if fresh else self.overlap

    def with_terms(self, terms: Vocabulary) -> Plan:
        """The plan of the same training, whose texts are read with terms of the user's own."""
        trainer = replace(self.trainer, base=replace(self.trainer.base, terms=terms))
        return replace(self, trainer=trainer, notes=(*self.notes, WITH_TERMS.format(len(terms))))


@dataclass(frozen=True)
class Sources:
    """Where the records come from; ``format``, ``columns``, ``labels`` and ``conflicts`` are those
    of ``training.data.records``.
    """

    data: Data
    dev: Data | None
    test: Data | None
    format: str | None
    columns: Columns
    conflicts: str = "latest"
    labels: Labels = field(default_factory=dict)

    def given(self) -> TrainingData:
        """All records, those of ``dev`` and ``test`` marked so, after a check. Raises DataError for
        a grave problem.
        """
        found = self._parts()
        placed = [entry for part in found for entry in part.entries if isinstance(entry, Placed)]
        if not placed:
            raise DataError("the data hold no record; at least a few labelled releases are needed")
        others = {first: ids for part in found for first, ids in part.other_ids.items()}
        whole = Settled([*placed], [c for part in found for c in part.conflicts], [], others)
        checked = check_settled(
            whole, self.conflicts, quick=len(placed) > MAX_TEXTS_NEAR_DUPLICATES
        )
        grave = tuple(p for p in checked.problems if p.kind in GRAVE)
        Checked(checked.placed, grave).raise_for_errors()
        empty = {p.record for p in checked.problems if p.kind == EMPTY}
        readable = [_dated(entry.record) for entry in placed if entry.record.id not in empty]
        remarks = (
            *_of_annotators(found, self.conflicts),
            *_remarks(checked, len(placed) - len(readable)),
        )
        return TrainingData(readable, remarks)

    def _parts(self) -> list[Settled]:
        """The records of each part, with the labels mapped. Raises the first DataError, and one for
        a label to be mapped that no part has.
        """
        parts = ((self.data, None), (self.dev, DEV), (self.test, TEST))
        marked = [self._marked(part, name) for part, name in parts if part is not None]
        renamed = relabelled(chain.from_iterable(marked), self.labels)
        found = [settled([*islice(renamed, len(part))], self.conflicts) for part in marked]
        for missing in renamed:
            assert isinstance(missing, DataError)
            raise missing
        return found

    def _marked(self, part: Data, name: str | None) -> list[Placed]:
        """The records of a part, marked as its own. Raises the first DataError."""
        marked: list[Placed] = []
        for entry in entries(part, self.format, self.columns):
            if isinstance(entry, DataError):
                raise entry
            record = entry.record if name is None else replace(entry.record, split=name)
            marked.append(entry._replace(record=record))
        return marked


def _of_annotators(found: Sequence[Settled], rule: str) -> Iterator[str]:
    """What several people labelled, and what counted of what they differ on."""
    for part in found:
        for said in told(part.agreement):
            yield f"Agreement of annotators: {said}."
    differing = [conflict for part in found for conflict in part.conflicts]
    if differing:
        texts = f"{len(differing):,} text{'s' * (len(differing) != 1)}"
        counts = how(rule, timed=all(conflict.timed for conflict in differing))
        yield f"Annotators differ on {texts}, and {counts} (conflicts: {rule})."


def _dated(record: Labelled) -> Labelled:
    """The record without a date that is no valid one; its text may name one."""
    try:
        if record.date is not None:
            parse_iso(record.date)
    except DateError:
        return replace(record, date=None)
    return record


def _remarks(checked: Checked, left_out: int) -> Iterator[str]:
    if left_out:
        yield f"Left out: {left_out} records of whose text nothing is left without its markup."
    kinds = Counter(p.kind for p in checked.problems if p.severity is Severity.ERROR)
    if kinds:
        named = ", ".join(f"{kind} ({count})" for kind, count in kinds.most_common())
        yield f"Errors in the data that a check names with their places: {named}."


def planned(
    given: TrainingData,
    base: Any,
    heads: str | Sequence[str],
    rule: str,
    seed: int,
    name: str,
    folds: int | None = None,
) -> Plan:
    """The plan of a training; ``rule`` is one of ``splitting.RULES``, ``name`` that of the data,
    ``folds`` the number of parts that are measured in turn.

    Raises DataError where nothing can be trained or divided, and ModelError for an unknown base.
    """
    selection = select_heads(given.records, heads)
    is_large = _is_large(selection)
    known = origins(selection.records, brief=is_large)
    groups = groups_of(selection.records, known)
    by_id = {record.id: where for record, where in zip(selection.records, known, strict=True)}
    full = tuple(head for head in selection.heads if not (is_large and head == SENTIMENT))
    read, notes = (
        _read_in_full(selection, full) if is_large else (selection.records, selection.notes)
    )
    large = [record for record in selection.records if is_large and record.sentiment is not None]

    def split(records: Sequence[Labelled]) -> Split:
        return divide(records, [by_id[record.id] for record in records], rule, seed, folds)

    start = find_base(base)
    sketches = sketched([record.text for record in selection.records])
    seen = overlap(start.bundle.name, start.bundle, selection.records, sketches)
    whole = split(read) if full else Split("", [], False)
    large_split = split(large) if large else None
    if large_split is not None and len(large_split.rounds) == 1:
        large_split = large_split._replace(kept_out=True)  # of so many, the rest is enough
    plan = Plan(
        records=read,
        trainer=Trainer(start, full, groups, seed),
        split=whole,
        data=name,
        notes=(*given.remarks, *notes),
        large=large,
        large_split=large_split,
        asked=[*_measured(read, whole), *_measured(large, large_split)],
        sketches=dict(zip(by_id, sketches, strict=True)),
        overlap=seen if start.sourced is None else replace(seen, known=False),
    )
    return replace(plan, split=_of_new(plan))


def _measured(records: Sequence[Labelled], split: Split | None) -> list[Labelled]:
    return [records[i] for found in (split.rounds if split else ()) for i in found.measure]


def _of_new(plan: Plan) -> Split:
    """The split without texts that all heads in training have learnt from, and without the rounds
    of which nothing is left; a given division keeps its round, whose model is the bundle's.
    """
    seen, heads = plan.own_overlap, plan.trainer.heads
    rounds = [
        found._replace(measure=[i for i in found.measure if seen.new_to(plan.records[i], heads)])
        for found in plan.split.rounds
    ]
    kept = rounds if plan.split.kept_out else [found for found in rounds if found.measure]
    return plan.split._replace(rounds=kept)


def _is_large(selection: HeadSelection) -> bool:
    """Whether sentiment is learnt from title and lead alone."""
    count = sum(IS_LABELLED[SENTIMENT](record) for record in selection.records)
    return SENTIMENT in selection.heads and count > MAX_TEXTS_IN_FULL


def _read_in_full(
    selection: HeadSelection, heads: Sequence[str]
) -> tuple[list[Labelled], tuple[str, ...]]:
    """The records of all heads but sentiment: all those with entities, and a sample of the
    others.
    """
    large = (
        f"Sentiment learnt from title and lead alone: {len(selection.records)} releases are too "
        f"many to read in full. "
        "Dates are the data's own; "
        "none were read off the texts."
    )
    if not heads:
        return [], (*selection.notes, large)
    useful = [
        record for record in selection.records if any(IS_LABELLED[head](record) for head in heads)
    ]
    order = sorted(
        useful, key=lambda r: (r.entities is None, hashlib.sha256(r.id.encode()).hexdigest())
    )
    kept = {record.id for record in order[:SAMPLE_TEXTS]}
    kept |= {record.id for record in useful if ENTITIES in heads and record.entities is not None}
    sample = (
        f"{', '.join(heads)} learnt from {len(kept)} of them, drawn by chance."
        if len(kept) < len(useful)
        else ""
    )
    return [record for record in useful if record.id in kept], (
        *selection.notes,
        large,
        *([sample] if sample else []),
    )
