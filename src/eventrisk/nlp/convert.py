"""From a spaCy Doc to the plain records the decisions read."""

from __future__ import annotations

from spacy.tokens import Doc

from eventrisk.nlp import attributes
from eventrisk.reading import Reading
from eventrisk.records import arguments
from eventrisk.results import Vote
from eventrisk.structure.metadata import find_company, find_title


def to_reading(doc: Doc) -> Reading:
    """All that the pipeline wrote onto the Doc, as one record with offsets into ``doc.text``."""
    sections = attributes.sections(doc)
    rows = attributes.written(doc, "abbreviations") or []
    return Reading(
        text=attributes.text(doc),
        date=attributes.written(doc, "date"),
        sections=tuple(sections),
        sentences=tuple(attributes.sentences(doc)),
        mentions=tuple(attributes.mentions(doc)),
        custom=tuple(attributes.custom(doc)),
        company=find_company(attributes.text(doc), sections),
        votes=tuple(
            Vote(**arguments(Vote, vote)) for vote in attributes.written(doc, "votes") or ()
        ),
        cues=tuple(attributes.cues(doc)),
        title=find_title(attributes.text(doc), sections),
        abbreviations={short: long for short, long, *_ in rows},
    )
