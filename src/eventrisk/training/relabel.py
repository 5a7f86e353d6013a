"""Labels that data call otherwise: ``{"good": "positive"}`` reads ``good`` as ``positive``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed

Labels = Mapping[str, str]  # what the data call it → what it is called here
AS_LABELLED: Labels = MappingProxyType({})
SHOWN = 12  # labels that a message lists


def relabelled(
    entries: Iterable[Placed | DataError], labels: Labels = AS_LABELLED
) -> Iterator[Placed | DataError]:
    """The records with their labels called otherwise: of sentiment and tone, of entities and of
    risk factors. A label to be mapped that no record has is a DataError at the end, since it is a
    slip.
    """
    if not labels:
        yield from entries
        return
    found: set[str] = set()
    for entry in entries:
        if isinstance(entry, DataError):
            yield entry
            continue
        found |= _labels(entry.record)
        yield entry._replace(record=_renamed(entry.record, labels))
    for missing in (label for label in labels if label not in found):
        listed = ", ".join(map(repr, sorted(found)[:SHOWN])) or "none"
        yield DataError(
            f"labels: no record has the label {missing!r}; the labels are {listed}"
            + (f" and {len(found) - SHOWN} more" if len(found) > SHOWN else "")
        )


def _labels(record: Labelled) -> set[str]:
    classes = {label for label in (record.sentiment, record.tone) if label is not None}
    return classes | {span.label for span in record.entities or ()} | (record.risks or set())


def _renamed(record: Labelled, labels: Labels) -> Labelled:
    def new(label: str) -> str:
        return labels.get(label, label)

    entities, clauses, risks = record.entities, record.risk_clauses, record.risk_factors
    return replace(
        record,
        sentiment=None if record.sentiment is None else new(record.sentiment),
        tone=None if record.tone is None else new(record.tone),
        entities=None
        if entities is None
        else tuple(replace(s, label=new(s.label)) for s in entities),
        risk_clauses=None
        if clauses is None
        else tuple(replace(c, categories=_once(map(new, c.categories))) for c in clauses),
        risk_factors=None if risks is None else _once(map(new, risks)),
    )


def _once(labels: Iterable[str]) -> tuple[str, ...]:
    """Two labels that became one stand once."""
    return tuple(dict.fromkeys(labels))
