"""The pipeline as one object, with terms of the user's own."""

from __future__ import annotations

from eventrisk.names.vocabulary import NO_TERMS, vocabulary
from eventrisk.nlp.pipeline import COMPONENTS, NER, assemble
from eventrisk.nlp.reader import Reader

RULES_ONLY = [name for name in COMPONENTS if name != NER]
TEXT = "In May the Norland Board of Medicines met in Oslo."
TERMS = vocabulary([{"term": "Norland Board of Medicines", "label": "agency"}])


def test_a_reader_with_terms_shares_its_pipeline_and_leaves_the_first_as_it_was() -> None:
    plain = Reader(assemble(RULES_ONLY))
    known = plain.with_terms(TERMS)
    assert known.nlp is plain.nlp
    assert plain.terms is NO_TERMS
    before = plain.read(TEXT)
    assert [(m.label, m.start, m.end) for m in known.read(TEXT).mentions] == [("agency", 11, 37)]
    assert plain.read(TEXT) == before
    assert "agency" not in {m.label for m in before.mentions}


def test_the_doc_for_those_who_work_with_spacy_has_the_terms_too() -> None:
    doc = Reader(assemble(RULES_ONLY), TERMS).doc(TEXT)
    assert [(e.text, e.label_) for e in doc.ents] == [("Norland Board of Medicines", "agency")]
