"""Plain ``spacy train`` learns from what we export, and what it makes comes back as a bundle."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.training import Example

from eventrisk.api import Analyzer
from eventrisk.errors import DataError, ModelError, OutputError
from eventrisk.labelled import Labelled, Span
from eventrisk.learn.bundle import find
from eventrisk.nlp.custom.collector import custom_labels
from eventrisk.nlp.custom.sourced import source_tagger, tagger_of
from eventrisk.nlp.pipeline import blank, ner_config
from eventrisk.nlp.reader import Reader
from eventrisk.training.train.spacy_cli import (
    DEV,
    TEST,
    TRAIN,
    divided,
    export_corpus,
    source_bundle,
)

DRUGS = ("naloxone", "clonidine", "haloperidol", "warfarin", "morphine", "lithium")
ILLS = ("hypotension", "seizures", "nausea", "bleeding")


SENTENCE = "We gave naloxone today"


def release(number: int, **more: object) -> Labelled:
    """A short release in which a chemical and a disease are labelled."""
    drug, ill = DRUGS[number % 6], ILLS[number % 4]
    text = (
        f"Norvena Reports on {drug}\nBOSTON, May 4, 2021 -- Norvena, Inc. said that {drug} "
        f"caused {ill} in {number}."
    )
    spans = [
        Span(at, at + len(word), label)
        for word, label in ((drug, "chemical"), (ill, "disease"))
        for at in range(len(text))
        if text.startswith(word, at)
    ]
    given = {
        "company": f"company {number}",
        "entities": tuple(sorted(spans, key=lambda s: s.start)),
        **more,
    }
    return Labelled(f"r-{number}", text, **given)  # type: ignore[arg-type]


def trained(
    nlp: Language, pipe: str = "ner", labels: tuple[str, ...] = ("chemical",), steps: int = 12
) -> Language:
    """A pipeline of a user's, taught one sentence."""
    for label in labels:
        nlp.get_pipe(pipe).add_label(label)  # type: ignore[attr-defined]
    gold = Example.from_dict(nlp.make_doc(SENTENCE), {"entities": [(8, 16, labels[0])]})
    nlp.initialize(lambda: [gold])
    for _ in range(steps):
        nlp.update([gold])
    return nlp


def own_names(nlp: Language) -> list[str]:
    doc = nlp(SENTENCE)
    return [span.text for span in doc.spans["own"]]


@pytest.fixture(scope="module")
def default() -> Language:
    return Reader.load(find().pipeline).nlp


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spacy") / "corpus"
    assert export_corpus([release(n) for n in range(24)], folder) == []
    return folder


@pytest.fixture(scope="module")
def best(corpus: Path) -> Path:
    """The pipeline that plain spaCy trains from the folder as it stands."""
    command = [sys.executable, "-m", "spacy", "train", "config.cfg", "--output", "trained"]
    shortly = ["--training.max_steps", "80", "--training.eval_frequency", "40"]
    done = subprocess.run(
        [*command, *shortly], cwd=corpus, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return corpus / "trained" / "model-best"


@pytest.fixture(scope="module")
def analyzer(best: Path, tmp_path_factory: pytest.TempPathFactory) -> Analyzer:
    return Analyzer.of(source_bundle(best, tmp_path_factory.mktemp("models") / "mine"))


def test_what_spacy_trained_reads_as_a_bundle_what_it_reads_there(
    best: Path, analyzer: Analyzer
) -> None:
    text = release(3).text
    there = [(e.text, e.label_) for e in spacy.load(best)(text).ents]
    result = analyzer(text)
    assert ("warfarin", "chemical") in there
    assert {
        (e.text, e.label) for e in result.entities if e.label in ("chemical", "disease")
    } >= set(there)
    assert any(e.label == "drug" for e in result.entities)
    assert result.provenance.model == "mine-1"


def test_a_tagger_that_reads_hints_keeps_the_finders_and_splits_words_as_they_do(
    best: Path,
) -> None:
    sourced = tagger_of(best)
    assert sourced.pipe_names == spacy.load(best).pipe_names
    assert [t.tag_ for t in sourced("Norvena gave naloxone.") if t.text == "naloxone"] == [
        "B-drug-sure"
    ]
    plain = spacy.blank("en")
    plain.add_pipe("sentencizer")
    plain.add_pipe("ner")
    sourced = tagger_of(trained(plain, steps=1))
    assert sourced.pipe_names == ["ner"]
    assert [t.text for t in sourced("BRAND/generic")] == ["BRAND", "/", "generic"]
    assert [t.text for t in plain("BRAND/generic")] == ["BRAND", "/", "generic"]


def test_an_adopted_tagger_has_the_precision_that_spacy_measured(
    best: Path, tmp_path: Path
) -> None:
    bundle = source_bundle(best, tmp_path / "mine-2.1")
    measured = spacy.load(best).meta["performance"]
    config = Reader.load(bundle.pipeline).nlp.get_pipe_config("eventrisk_own")
    assert config["probability"] == pytest.approx(measured["ents_p"], abs=1e-4)
    assert bundle.name == "mine-2.1"
    assert bundle.manifest["settings"]["adopted"]["pipes"] == ["own"]
    card = (bundle.path / "CARD.md").read_text(encoding="utf-8")
    assert "Labels: chemical, disease." in card
    scores = measured["ents_per_type"]["chemical"]
    assert "| label | precision | recall | F1 |" in card
    assert f"| chemical | {' | '.join(f'{scores[key]:.3f}' for key in 'prf')} |" in card
    assert "`" not in card.split("## The base model")[0]
    assert "# default 0.1.0" in card
    assert (bundle.path / "sentiment_calibration.svg").is_file()
    with pytest.raises(OutputError, match="never overwritten"):
        source_bundle(best, tmp_path / "mine-2.1")


def test_the_corpus_holds_the_clean_texts_with_their_entities(corpus: Path) -> None:
    nlp = blank()
    docs = [
        doc
        for name in (TRAIN, DEV)
        for doc in DocBin().from_disk(corpus / name).get_docs(nlp.vocab)
    ]
    assert sorted(doc.text for doc in docs) == sorted(release(n).text for n in range(24))
    assert {(e.label_, e.text) for doc in docs for e in doc.ents} == {
        *(("chemical", word) for word in DRUGS),
        *(("disease", word) for word in ILLS),
    }
    assert "spacy train config.cfg" in (corpus / "README.md").read_text(encoding="utf-8")


def test_what_spacy_cannot_learn_counts_as_unlabelled_and_is_listed(tmp_path: Path) -> None:
    text = "Norvena Reports\n\nIt gave naloxones. To all."
    odd = Labelled(
        "odd", text, entities=(Span(25, 33, "chemical"), Span(26, 30, "part"), Span(25, 37, "long"))
    )
    losses = export_corpus(
        [release(0), odd, release(1, entities=None), release(2, tone="neutral")], tmp_path / "x"
    )
    assert [(loss.record, loss.what) for loss in losses] == [
        ("r-1", "the whole record"),
        ("r-2", "tone"),
        ("odd", "entity 'naloxones. T' (long)"),
        ("odd", "2 of its entities"),
    ]
    nlp = blank()
    docs = [
        doc
        for name in (TRAIN, DEV)
        for doc in DocBin().from_disk(tmp_path / "x" / name).get_docs(nlp.vocab)
    ]
    (doc,) = [doc for doc in docs if "naloxones" in doc.text]
    assert doc.ents == ()
    assert [token.text for token in doc if token.ent_iob == 0] == ["naloxones", ".", "To"]


def test_only_the_labels_asked_for_are_exported(tmp_path: Path) -> None:
    export_corpus([release(0), release(1)], tmp_path / "x", labels=["disease"])
    docs = DocBin().from_disk(tmp_path / "x" / TRAIN).get_docs(blank().vocab)
    assert {e.label_ for doc in docs for e in doc.ents} == {"disease"}
    with pytest.raises(DataError, match="no record has an entity labelled protein"):
        export_corpus([release(0), release(1)], tmp_path / "y", labels=["protein"])


def test_a_folder_that_holds_something_and_too_few_texts_are_refused(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("x")
    with pytest.raises(OutputError, match="not empty"):
        export_corpus([release(0), release(1)], tmp_path)
    with pytest.raises(DataError, match="at least 2"):
        export_corpus([release(0)], tmp_path / "x")
    with pytest.raises(DataError, match="no record has an entity labelled at all"):
        export_corpus([release(0, entities=None)], tmp_path / "x")


def test_a_set_that_comes_divided_stays_so_and_another_is_divided_by_company() -> None:
    given = divided(
        [release(0, split="dev"), release(1, split="test"), release(2, split="train"), release(3)]
    )
    assert {name: [r.id for r in part] for name, part in given.items()} == {
        TRAIN: ["r-2", "r-3"],
        DEV: ["r-0"],
        TEST: ["r-1"],
    }
    made = divided([release(n, company=f"company {n % 5}") for n in range(30)])
    sides = [{r.company for r in made[name]} for name in (TRAIN, DEV)]
    assert not sides[0] & sides[1]
    assert len(made[DEV]) == 6
    assert sum(map(len, divided([release(n, company="one") for n in range(10)]).values())) == 10


def listening() -> Language:
    """A pipeline whose ner listens to a layer that others could share."""
    user = spacy.blank("en")
    user.add_pipe("tok2vec")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    user.add_pipe("ner", config={"model": {**ner_config()["model"], "tok2vec": listener}})
    return trained(user, steps=30)


def test_a_foreign_pipeline_whose_ner_listens_to_a_shared_layer_is_taken_over_whole() -> None:
    user = listening()
    before = user.get_pipe_config("ner")["model"]["tok2vec"]["@architectures"]
    nlp = Reader.load(find().pipeline).nlp
    source_tagger(user, nlp)
    assert custom_labels(nlp) == ("chemical",)
    assert [e.text for e in user(SENTENCE).ents] == ["naloxone"]
    assert own_names(nlp) == ["naloxone"]
    assert user.get_pipe_config("ner")["model"]["tok2vec"]["@architectures"] == before


def test_a_ner_that_reads_word_vectors_brings_them_along(tmp_path: Path) -> None:
    user = spacy.blank("en")
    for word in ("naloxone", "today"):
        user.vocab.set_vector(word, np.ones(8, dtype="float32"))
    config = ner_config(gazetteer=False)
    config["model"]["tok2vec"]["embed"]["include_static_vectors"] = True
    user.add_pipe("ner", config=config)
    trained(user, steps=30).to_disk(tmp_path / "user")
    bundle = source_bundle(tmp_path / "user", tmp_path / "mine")
    nlp = Reader.load(bundle.pipeline).nlp
    assert nlp.vocab.get_vector("naloxone").tolist() == [1.0] * 8
    assert own_names(nlp) == ["naloxone"]


def test_the_package_of_a_shared_layer_is_named(default: Language, tmp_path: Path) -> None:
    listening().to_disk(tmp_path)
    text = (tmp_path / "config.cfg").read_text(encoding="utf-8")
    (tmp_path / "config.cfg").write_text(
        text.replace('factory = "tok2vec"', 'factory = "transformer"')
    )
    with pytest.raises(ModelError, match=r"with: pip install spacy-transformers$"):
        source_tagger(tmp_path, default)


@pytest.mark.parametrize(
    ("labels", "pipes"),
    [
        (("drug", "chemical"), ("own",)),
        (("drug", "indication", "agency", "vote_outcome", "chemical"), ("ner", "own")),
    ],
)
def test_labels_decide_which_tagger_it_becomes(
    labels: tuple[str, ...], pipes: tuple[str, ...], default: Language
) -> None:
    user = spacy.blank("en")
    user.add_pipe("ner")
    sourced = source_tagger(trained(user, labels=labels, steps=1), default)
    assert (sourced.pipes, sourced.unknown) == (pipes, ())


def test_a_main_tagger_that_knows_less_than_the_one_before_is_told_of(tmp_path: Path) -> None:
    user = spacy.blank("en")
    user.add_pipe("ner")
    bundle = source_bundle(trained(user, labels=("drug",), steps=1), tmp_path / "mine")
    assert bundle.manifest["settings"]["adopted"]["pipes"] == ["ner"]
    assert "was not taught agency, indication, vote_outcome" in (bundle.path / "CARD.md").read_text(
        encoding="utf-8"
    )
    assert Analyzer.of(bundle)(release(0).text).provenance.model == "mine-1"


def test_a_pipeline_that_cannot_be_taken_over_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such directory, and no installed package"):
        source_bundle(tmp_path / "nowhere", tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []


def test_what_a_pipeline_lacks_is_said(default: Language, tmp_path: Path) -> None:
    def refused(match: str, user: Language | Path) -> None:
        with pytest.raises(ModelError, match=match):
            source_tagger(user, default)

    refused("no config.cfg", tmp_path)
    (tmp_path / "config.cfg").touch()
    refused("no meta.json, so this is no trained pipeline .* model-best", tmp_path)
    empty, untrained, ruled, tagged = (spacy.blank("en") for _ in range(4))
    empty.add_pipe("sentencizer")
    refused(r"has no component ner \(sentencizer\)", empty)
    untrained.add_pipe("ner")
    untrained.initialize()
    refused("knows no label; train it first", untrained)
    ruled.add_pipe("ner")
    refused(
        "the labels company are found by rules here", trained(ruled, labels=("company",), steps=1)
    )
    tagged.add_pipe("ner", config=ner_config())
    refused("reads TAG that another component writes", trained(tagged, steps=1))


def test_what_cannot_be_loaded_is_named_and_what_is_not_needed_is_not_loaded(
    default: Language, tmp_path: Path
) -> None:
    user = spacy.blank("en")
    user.add_pipe("sentencizer")
    user.add_pipe("ner")
    trained(user, steps=1).to_disk(tmp_path / "user")
    config = tmp_path / "user" / "config.cfg"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace('factory = "sentencizer"', 'factory = "someone_elses"'), encoding="utf-8"
    )
    assert source_tagger(tmp_path / "user", default).pipes == ("own",)
    config.write_text(
        text.replace("spacy.TransitionBasedParser.v2", "someone.Parser.v1"), encoding="utf-8"
    )
    with pytest.raises(
        ModelError, match=r"spaCy cannot load it: .*someone\.Parser\.v1.*install the packages"
    ):
        source_tagger(tmp_path / "user", default)
