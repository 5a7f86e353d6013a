"""Labelled entities in the clean text, which is what the NER reads."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from eventrisk.labelled import Labelled as Record
from eventrisk.names.augment import Labelled
from eventrisk.sources.clean import CleanText, clean


def clean_texts(records: Iterable[Record]) -> list[Labelled]:
    """The clean texts of the records whose entities are labelled."""
    return [labelled(record) for record in records if record.entities is not None]


def labelled(record: Record) -> Labelled:
    """A record's entities in its clean text, which is what the NER reads; what markup swallowed is
    left out.
    """
    cleaned = clean(record.text)
    clean_offset = _inverse(cleaned)
    spans: list[tuple[int, int, str]] = []
    for span in sorted(record.entities or (), key=lambda s: (s.start, -s.end)):
        inside = [clean_offset[i] for i in range(span.start, span.end) if i in clean_offset]
        if inside and (not spans or inside[0] >= spans[-1][1]):
            spans.append((inside[0], inside[-1] + 1, span.label))
    return Labelled(cleaned.text, tuple(spans))


def _inverse(cleaned: CleanText) -> dict[int, int]:
    """Where each raw character that survived stands in the clean text."""
    where: dict[int, int] = {}
    for at in range(len(cleaned.text)):
        with suppress(ValueError):  # a blank that cleaning put in stands for no character
            where.setdefault(cleaned.raw_span(at, at + 1)[0], at)
    return where
