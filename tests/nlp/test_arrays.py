"""The NER decoded in arrays gives the very entities that spaCy's own loop gives."""

from __future__ import annotations

import random
import re

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

import eventrisk
from eventrisk.nlp import arrays
from eventrisk.nlp.arrays import ArrayTagger
from eventrisk.nlp.pipeline import BEFORE_NER, NER, ner_config
from scripts.corpus.build import read
from scripts.paths import RELEASES

WORDS = re.split(
    " ",
    "Velmora zelnoripib FDA CHMP voted 10-4 against approval of in for lung cancer the metastatic "
    "and EMA positive opinion ONV-22 Phase 3 , . ( ) \n \t",
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return eventrisk.load()._reader.nlp


def before_ner(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    for name in BEFORE_NER:
        doc = nlp.get_pipe(name)(doc)
    return doc


def found(doc: Doc) -> list[tuple[int, int, str]]:
    return [(e.start, e.end, e.label_) for e in doc.ents]


def both(nlp: Language, doc: Doc) -> tuple[Doc, Doc]:
    """The same Doc, tagged by arrays and by spaCy."""
    tagger = ArrayTagger.of(nlp, NER)
    assert tagger is not None
    return tagger(doc.copy()), nlp.get_pipe(NER)(doc.copy())


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.integers(0, 2**16))
@settings(max_examples=150, deadline=None)
def test_words_in_any_order_give_the_same_entities(nlp, words, seed):
    rng = random.Random(seed)
    doc = before_ner(nlp, "".join(w + rng.choice((" ", "  ", "\n\n", " ")) for w in words))
    ours, theirs = both(nlp, doc)
    assert found(ours) == found(theirs)
    assert [t.ent_iob_ for t in ours] == [t.ent_iob_ for t in theirs]


def test_every_twelfth_release_of_the_corpus_gives_the_same_entities(nlp):
    names = 0
    for path in sorted(RELEASES.glob("*.txt"))[::12]:
        ours, theirs = both(nlp, before_ner(nlp, read(path)["text"]))
        assert found(ours) == found(theirs), path.name
        names += len(theirs.ents)
    assert names > 1000


def test_stretches_change_nothing(nlp, monkeypatch):
    monkeypatch.setattr(arrays, "STRETCH", 7)
    path = next(p for p in sorted(RELEASES.glob("giant-*.txt")))
    ours, theirs = both(nlp, before_ner(nlp, read(path)["text"]))
    assert found(ours) == found(theirs)
    assert len(theirs.ents) > 20


def test_entities_that_are_there_are_left_to_spacy(nlp):
    doc = before_ner(nlp, "The FDA approved Velmora for lung cancer.")
    doc.set_ents([Span(doc, 2, 4, label="drug")], default="unmodified")
    ours, theirs = both(nlp, doc)
    assert (2, 4, "drug") in found(ours)
    assert found(ours) == found(theirs)


def blank(config: dict) -> Language:
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner", config=config)
    ner.add_label("drug")
    doc = nlp.make_doc("Velmora was approved")
    nlp.initialize(lambda: [Example.from_dict(doc, {"entities": [(0, 7, "drug")]})])
    return nlp


def test_a_pipe_trained_further_is_read_as_it_then_is():
    nlp = blank(ner_config())
    tagger = ArrayTagger.of(nlp, "ner")
    example = Example.from_dict(
        nlp.make_doc("Velmora was approved"), {"entities": [(0, 7, "drug")]}
    )
    for _ in range(30):
        nlp.update([example])
    assert found(tagger(nlp.make_doc("Velmora was approved"))) == [(0, 1, "drug")]


@pytest.mark.parametrize("name", ["ner", "parser"])
def test_other_architectures_and_missing_pipes_stay_with_spacy(name):
    config = ner_config()
    config["model"]["use_upper"] = False
    assert ArrayTagger.of(blank(config), name) is None


def test_an_empty_text_has_no_entities(nlp):
    assert found(ArrayTagger.of(nlp, NER)(nlp.make_doc(""))) == []
