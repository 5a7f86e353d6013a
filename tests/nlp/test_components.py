"""Every component is a factory that spaCy finds by itself and that works alone; what it writes
survives the wire.
"""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from eventrisk.labels import Assertion
from eventrisk.nlp import attributes
from eventrisk.nlp.pipeline import COMPONENTS, assemble, blank

TEXT = (
    "FDA Panel Votes 9 to 3 for Norvastim in Gout\n"
    "BOSTON, May 4, 2021 -- Norvena Inc. (Nasdaq: NRVN) today announced that the FDA's "
    "Arthritis Advisory Committee "
    "voted 9 to 3 that norvastim (NRV-101), its treatment for chronic gout (CG), be "
    "approved. A decision is expected "
    "by June 30, 2021.\n"
    "Forward-Looking Statements\nThe FDA may not approve norvastim."
)
WITHOUT_NER = [name for name in COMPONENTS if name != "ner"]


def read(*names: str) -> Doc:
    nlp = blank()
    for name in names:
        nlp.add_pipe(name)
    return nlp(TEXT)


@pytest.mark.parametrize("name", WITHOUT_NER)
def test_a_component_is_found_by_its_name_and_runs_alone_in_any_pipeline(name: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(name)
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert nlp("").text == ""


def test_sections_alone_find_headline_and_safe_harbour() -> None:
    kinds = [section.kind.value for section in attributes.sections(read("eventrisk_sections"))]
    assert kinds[0] == "headline"
    assert kinds[-1] == "safe_harbour"


def test_sentences_alone_become_the_sentences_of_the_doc() -> None:
    doc = read("eventrisk_sentences")
    assert [sent.text.strip() for sent in doc.sents][-1] == "The FDA may not approve norvastim."


def test_votes_alone_read_the_tally() -> None:
    (vote,) = attributes.written(read("eventrisk_votes"), "votes")
    assert (vote["direction"], vote["yes"], vote["no"], vote["assertion"]) == (
        "positive",
        9,
        3,
        "occurred",
    )


def test_cues_alone_carry_their_assertion() -> None:
    nlp = blank()
    nlp.add_pipe("eventrisk_cues")
    doc = nlp(
        "FDA Removes Clinical Hold on NRV-101\nThe FDA removed the clinical hold. Norvena "
        "may not seek approval."
    )
    held = {cue.assertion for cue in attributes.cues(doc) if cue.event.startswith("clinical_hold")}
    assert held <= {Assertion.OCCURRED, Assertion.RESOLVED}
    assert held


def test_finders_and_resolver_need_no_network_to_name_drug_disease_and_agency() -> None:
    finders = (
        "eventrisk_abbreviations",
        "eventrisk_drugs",
        "eventrisk_indications",
        "eventrisk_agencies",
    )
    doc = read(*finders, "eventrisk_entities")
    found = {(m.label, TEXT[m.start : m.end]) for m in attributes.mentions(doc)}
    assert {
        ("drug", "NRV-101"),
        ("indication", "chronic gout"),
        ("agency", "Arthritis Advisory Committee"),
    } <= found
    assert {ent.label_ for ent in doc.ents} >= {"drug", "indication", "agency"}


def test_what_is_written_survives_bytes_and_so_every_worker_process() -> None:
    doc = read(*WITHOUT_NER)
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    for name in attributes.TABLE:
        assert getattr(again._, name) == getattr(doc._, name), name
    assert attributes.cues(again) == attributes.cues(doc)


def test_the_pipeline_survives_the_disk(tmp_path) -> None:
    nlp = assemble(WITHOUT_NER)
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.pipe_names == WITHOUT_NER
    assert attributes.mentions(again(TEXT)) == attributes.mentions(nlp(TEXT))


def test_many_texts_through_pipe_read_like_each_alone() -> None:
    nlp = assemble(WITHOUT_NER)
    texts = [TEXT, "Norvena Prices Offering", TEXT.replace("9 to 3", "3 to 9")]
    streamed = [attributes.written(doc, "votes") for doc in nlp.pipe(texts)]
    assert streamed == [attributes.written(nlp(text), "votes") for text in texts]
