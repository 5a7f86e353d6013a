"""The spaCy pipeline as one object: clean text in, plain records out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from eventrisk.catalysts import with_planned
from eventrisk.errors import ModelError
from eventrisk.events.medicine import cues_of_medicines, speaks_of_medicine
from eventrisk.labels import EntityLabel
from eventrisk.names.companies.bare import bare_company
from eventrisk.names.vocabulary import NO_TERMS, Vocabulary
from eventrisk.nlp import attributes
from eventrisk.nlp.arrays import ArrayTagger
from eventrisk.nlp.convert import to_reading
from eventrisk.nlp.pipeline import MAX_TEXT_CHARS, NER
from eventrisk.reading import Reading
from eventrisk.results import Company, Entity
from eventrisk.structure.metadata import find_release_date, is_at_top
from eventrisk.votes import read_votes

VOTES = "eventrisk_votes"  # the pipe that writes votes onto a Doc, for those who work with spaCy


class Reader:
    """Runs the pipeline on a clean text, with terms of the user's own beside what it knows."""

    def __init__(self, nlp: Language, terms: Vocabulary = NO_TERMS) -> None:
        self.nlp, self.terms = nlp, terms
        self.nlp.max_length = MAX_TEXT_CHARS  # not part of what spaCy stores
        self._tagger = ArrayTagger.of(nlp, NER)

    @classmethod
    def load(cls, path: Path, terms: Vocabulary = NO_TERMS) -> Reader:
        """From a directory that ``nlp.to_disk`` wrote. Raises ModelError when spaCy cannot read
        it.
        """
        try:
            return cls(spacy.load(path), terms)
        except (OSError, ValueError) as error:
            raise ModelError(
                f"{path}: spaCy cannot read the pipeline: {error}; rebuild the bundle"
            ) from error

    def with_terms(self, terms: Vocabulary) -> Reader:
        """A reader of the same pipeline that knows these terms too; this one stays as it is."""
        return Reader(self.nlp, terms)

    def read(
        self,
        text: str,
        *,
        marks: Sequence[int] = (),
        date: str | None = None,
        date_else: str | None = None,
    ) -> Reading:
        """All that is read of a clean text; without a ``date`` (ISO) the one of the dateline is
        used, and without that ``date_else``. ``marks`` are the offsets at which a trade mark was
        taken off.

        The votes are read here and not by their component, so that the reading is built once.
        """
        doc = self._made(text)
        attributes.write(doc, "marks", list(marks))
        sections = attributes.sections(doc)
        attributes.write(doc, "date", date or find_release_date(text, sections) or date_else)
        reading = to_reading(self._piped(doc))
        company = reading.company or self._issuer(reading) or bare_company(reading)
        reading = replace(reading, company=company, cues=cues_of_medicines(reading))
        reading = with_planned(reading)
        votes = read_votes(reading) if speaks_of_medicine(reading) else ()
        return replace(reading, votes=votes)

    def _piped(self, doc: Doc) -> Doc:
        """What ``nlp`` does, without the votes, and with the NER decoded in arrays where it can
        be.
        """
        for name, pipe in self.nlp.pipeline:
            if name == NER and self._tagger is not None:
                doc = self._tagger(doc)
            elif name != VOTES:
                doc = pipe(doc)
        return doc

    def doc(self, text: str) -> Doc:
        """The spaCy Doc itself, for those who work with spaCy."""
        return self.nlp(self._made(text))

    def _made(self, text: str) -> Doc:
        """A Doc that holds the user's terms as candidates, before any finder has run."""
        doc = self.nlp.make_doc(text)
        if candidates := self.terms.find(text):
            attributes.add_candidates(doc, candidates)
        return doc

    def _issuer(self, reading: Reading) -> Company | None:
        """The first company of the user's terms in headline or lead."""
        known = self.terms.companies
        named = reading.mentions if known else ()
        for m in named:
            if (
                m.label == EntityLabel.COMPANY
                and m.canonical in known
                and is_at_top(reading.sections, m.start)
            ):
                return Company(reading.text[m.start : m.end], None, None)
        return None

    def entities(self, reading: Reading) -> tuple[Entity, ...]:
        """The mentions of a reading, custom labels included, as result records in text order.

        Offsets are those of the clean text.
        """
        mentions = (
            sorted((*reading.mentions, *reading.custom), key=lambda m: (m.start, m.end))
            if reading.custom
            else None
        )
        return tuple(
            Entity(
                str(m.label),
                reading.text[m.start : m.end],
                m.start,
                m.end,
                m.canonical,
                m.section.value,
                m.probability,
            )
            for m in mentions or reading.mentions
        )
