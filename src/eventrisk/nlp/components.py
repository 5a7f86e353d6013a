"""The pipeline's components: each *matches* (what was found) and then *sets* (what is written),
nothing else.

The finding itself is done by pure functions and classes in the modules beside this one, which know
no spaCy.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.tokens import Doc

from eventrisk.events.cues import CueFinder
from eventrisk.names.abbreviations import Definition, find_abbreviations
from eventrisk.names.agencies import AgencyFinder
from eventrisk.names.candidates import Candidate
from eventrisk.names.companies.finder import company_names
from eventrisk.names.drugs.finder import DrugFinder
from eventrisk.names.indications.finder import IndicationFinder
from eventrisk.names.terms import TermFinder
from eventrisk.nlp import attributes
from eventrisk.reading import Cue, Section, Sentence
from eventrisk.votes.outcomes import VoteOutcomeFinder


class Sectionizer:
    """Writes the sections of a release."""

    def __call__(self, doc: Doc) -> Doc:
        self.match(doc)
        return doc

    def match(self, doc: Doc) -> list[Section]:
        """The sections; the attribute table writes what it has to work out."""
        return attributes.sections(doc)


class SentenceSplitter:
    """Writes the sentences of a release and marks the tokens they start at."""

    def __call__(self, doc: Doc) -> Doc:
        self.set(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Sentence]:
        """The sentences; the attribute table writes what it has to work out."""
        return attributes.sentences(doc)

    def set(self, doc: Doc, sentences: list[Sentence]) -> None:
        """Makes ``doc.sents`` agree with the sentences; a token that straddles a border opens no
        sentence.

        Written as one array: spaCy's setter of a single token scans the whole Doc each time.
        """
        starts = {sentence.start for sentence in sentences}
        marks = [1 if token.i == 0 or token.idx in starts else -1 for token in doc]
        column: Any = np.array(marks, dtype="int64").astype(
            "uint64"
        )  # the stub knows matrices only
        doc.from_array(["SENT_START"], column)


class AbbreviationReader:
    """Writes the abbreviations that the release itself defines."""

    def __call__(self, doc: Doc) -> Doc:
        self.set(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Definition]:
        """Definitions such as ``acute myeloid leukaemia (AML)``."""
        return find_abbreviations(attributes.text(doc))

    def set(self, doc: Doc, definitions: list[Definition]) -> None:
        """Stores the definitions as plain lists."""
        rows = [
            [d.short, d.long, d.short_start, d.short_end, d.long_start, d.long_end]
            for d in definitions
        ]
        attributes.write(doc, "abbreviations", rows)


class DrugTagger:
    """Adds the candidate drugs of lexicons, stems, shapes and marks."""

    def __init__(self, finder: DrugFinder) -> None:
        self.finder = finder

    def __call__(self, doc: Doc) -> Doc:
        attributes.add_candidates(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Candidate]:
        """Candidates in clean-text offsets."""
        return self.finder.find(attributes.text(doc), marks=attributes.written(doc, "marks") or ())


class IndicationTagger:
    """Adds the candidate indications of lexicon, head words and modifiers."""

    def __init__(self, finder: IndicationFinder) -> None:
        self.finder = finder

    def __call__(self, doc: Doc) -> Doc:
        attributes.add_candidates(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Candidate]:
        """Candidates in clean-text offsets."""
        return self.finder.find(attributes.text(doc), sections=attributes.sections(doc))


class AgencyTagger:
    """Adds the agencies and committees of the world, and the words that state a committee's
    outcome.
    """

    def __init__(self, agencies: AgencyFinder, outcomes: VoteOutcomeFinder) -> None:
        self.agencies, self.outcomes = agencies, outcomes

    def __call__(self, doc: Doc) -> Doc:
        attributes.add_candidates(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Candidate]:
        """Candidates in clean-text offsets."""
        text = attributes.text(doc)
        return [*self.agencies.find(text), *self.outcomes.find(text, attributes.sentences(doc))]


class CompanyTagger:
    """Adds the names of companies, so that no other finder's claim on them stands."""

    PROBABILITY = 0.9  # share of the names that are right in our own releases

    def __call__(self, doc: Doc) -> Doc:
        attributes.add_candidates(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Candidate]:
        """Candidates in clean-text offsets."""
        text = attributes.text(doc)
        spans = company_names(text, attributes.sections(doc))
        return [
            Candidate(s, e, "company", text[s:e].lower(), "company", self.PROBABILITY)
            for s, e in spans
        ]


class TermTagger:
    """Adds applications, designations, phases and trials."""

    def __init__(self, finder: TermFinder) -> None:
        self.finder = finder

    def __call__(self, doc: Doc) -> Doc:
        attributes.add_candidates(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Candidate]:
        """Candidates in clean-text offsets."""
        return self.finder.find(attributes.text(doc))


class CueTagger:
    """Writes the cues of events with their assertion."""

    def __init__(self, finder: CueFinder) -> None:
        self.finder = finder

    def __call__(self, doc: Doc) -> Doc:
        attributes.write_cues(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Cue]:
        """Cues in order of the text."""
        return self.finder.find(
            attributes.text(doc), attributes.sentences(doc), attributes.release_date(doc)
        )
