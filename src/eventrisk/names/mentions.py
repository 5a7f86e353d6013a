"""Candidate spans as the mentions that results are made of. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from eventrisk.labels import SectionKind
from eventrisk.names.candidates import Candidate
from eventrisk.reading import Mention, Section


def mention(entity: Candidate, sections: Sequence[Section]) -> Mention:
    """The entity with the kind of section it begins in."""
    kind = next((s.kind for s in sections if s.start <= entity.start < s.end), SectionKind.BODY)
    return Mention(
        entity.label, entity.start, entity.end, entity.canonical, kind, round(entity.probability, 4)
    )
