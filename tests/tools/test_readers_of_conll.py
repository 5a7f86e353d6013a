"""What we write as CoNLL and for spaCy is read by spaCy, seqeval and nervaluate as we mean it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from seqeval.metrics import classification_report
from seqeval.metrics.sequence_labeling import get_entities
from spacy.tokens import DocBin

from eventrisk.labelled import Labelled, Span
from eventrisk.training.convert import convert
from eventrisk.training.data import records
from small_training import release
from tool_records import HELD, spans_alone

pytestmark = [pytest.mark.tools, pytest.mark.timeout(1800)]
COUNTED = """
import json, sys
from nervaluate import Evaluator
text = open(sys.argv[1], encoding="utf-8").read()
labels = json.loads(sys.argv[2])
found = Evaluator(text, text, tags=labels, loader="conll").evaluate()
strict = found["overall"]["strict"]
print(json.dumps([strict.possible, strict.correct, strict.f1]))
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> list[Labelled]:
    """The releases as CoNLL holds them: without overlaps and labels with blanks."""
    path = tmp_path_factory.mktemp("held") / "x.conll"
    convert([r for r in spans_alone(HELD) if r.entities is not None], path)
    return records(path)


def spacy_says(*arguments: object) -> str:
    command = [sys.executable, "-m", "spacy", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def words_of(record: Labelled) -> list[tuple[str, str]]:
    """The entities without white space, which tags do not hold."""
    spans = sorted(record.entities or (), key=lambda span: span.start)
    return [("".join(record.text[s.start : s.end].split()), s.label) for s in spans]


@pytest.mark.parametrize("name", ["conll", "conll2003"])
def test_spacy_convert_reads_every_token_and_entity(
    name: str, held: list[Labelled], tmp_path: Path
) -> None:
    convert(held, tmp_path / "x.conll", to=name)
    spacy_says("convert", tmp_path / "x.conll", tmp_path, "--converter", "ner", "--n-sents", "1")
    docs = list(DocBin().from_disk(tmp_path / "x.spacy").get_docs(spacy.blank("en").vocab))
    tokens = [line.split("\t")[0] for line in lines(tmp_path / "x.conll")]
    assert [token.text for doc in docs for token in doc] == tokens
    found = [("".join(e.text.split()), e.label_) for doc in docs for e in doc.ents]
    assert found == [pair for record in held for pair in words_of(record)]
    if name == "conll2003":
        assert len(docs) == len(held)


def lines(path: Path) -> list[str]:
    """The lines with a token."""
    return [line for line in path.read_text(encoding="utf-8").split("\n") if "\t" in line]


def test_spacy_debug_data_finds_the_corpus_in_order(tmp_path: Path) -> None:
    held = [release(number) for number in range(140)]
    convert(held, tmp_path / "corpus", to="spacy-train")
    folder = tmp_path / "corpus"
    paths = [f"--paths.{part}={folder / f'{part}.spacy'}" for part in ("train", "dev")]
    said = spacy_says("debug", "data", folder / "config.cfg", *paths)
    assert "Corpus is loadable" in said
    assert "No entities consisting of or starting/ending with whitespace" in said
    assert "0 missing value(s)" in said
    assert "1 label(s)" in said


def test_seqeval_counts_the_entities_that_we_hold(held: list[Labelled], tmp_path: Path) -> None:
    convert(held, tmp_path / "x.conll")
    blocks = (tmp_path / "x.conll").read_text(encoding="utf-8").strip().split("\n\n")
    tags = [[line.split("\t")[1] for line in block.split("\n")] for block in blocks]
    assert len(get_entities(tags)) == sum(len(record.entities or ()) for record in held)
    report = classification_report(tags, tags, output_dict=True)
    assert report["drug"]["support"] == sum(
        span.label == "drug" for record in held for span in record.entities or ()
    )


def test_nervaluate_counts_the_entities_that_we_hold(
    held: list[Labelled], nervaluate: Path, tmp_path: Path
) -> None:
    convert(held, tmp_path / "x.conll")
    labels = sorted({span.label for record in held for span in record.entities or ()})
    command = [nervaluate, "-c", COUNTED, tmp_path / "x.conll", json.dumps(labels)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    count = sum(len(record.entities or ()) for record in held)
    assert json.loads(done.stdout) == [count, count, 1.0]


def test_labels_with_blanks_would_break_the_columns_and_are_listed(tmp_path: Path) -> None:
    record = Labelled("a", "One two", entities=(Span(0, 3, "own label"), Span(4, 7, "x")))
    losses = convert([record], tmp_path / "x.conll")
    assert [loss.what for loss in losses] == ["entity [0, 3, 'own label']"]
    spacy_says("convert", tmp_path / "x.conll", tmp_path, "--converter", "ner", "--n-sents", "1")
    (doc,) = DocBin().from_disk(tmp_path / "x.spacy").get_docs(spacy.blank("en").vocab)
    assert [(e.text, e.label_) for e in doc.ents] == [("two", "x")]
