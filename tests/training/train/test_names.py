"""The NER is trained the same way each time: same records and plan, same weights; labels lead to
the clean text.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from eventrisk.labelled import Labelled, Span
from eventrisk.nlp.train import config
from eventrisk.training import data
from eventrisk.training.train import names

ROOT = Path(__file__).parents[3]


def records(count: int, work: Path) -> list[Labelled]:
    target = work / "corpus.jsonl"
    subprocess.run(
        [sys.executable, ROOT / "data" / "build.py", "--jsonl", target],
        check=True,
        capture_output=True,
    )
    return data.records(target)[:count]


def test_labels_stand_on_the_same_words_in_the_clean_text() -> None:
    raw = "<p>The <b>FDA</b> refused Norvex&reg; in ulcerative&nbsp;colitis.</p>"
    marks = [("FDA", "agency"), ("Norvex", "drug"), ("ulcerative&nbsp;colitis", "indication")]
    spans = tuple(Span(raw.index(w), raw.index(w) + len(w), label) for w, label in marks)
    clean = names.labelled(Labelled(id="x", text=raw, entities=spans))
    assert [(clean.text[s:e], label) for s, e, label in clean.spans] == [
        ("FDA", "agency"),
        ("Norvex", "drug"),
        ("ulcerative colitis", "indication"),
    ]


def test_an_endless_run_of_characters_that_cleaning_parts_costs_no_label() -> None:
    raw = f"See https://example.org/{'x' * 300} on Norvex."
    clean = names.labelled(
        Labelled(id="x", text=raw, entities=(Span(len(raw) - 7, len(raw) - 1, "drug"),))
    )
    assert [clean.text[s:e] for s, e, _ in clean.spans] == ["Norvex"]


def test_a_name_in_a_link_is_learnt() -> None:
    raw = "The [FDA](https://example.org) approved [Norvex](x)."
    spans = tuple(Span(raw.index(w), raw.index(w) + len(w), "drug") for w in ("FDA", "Norvex"))
    clean = names.labelled(Labelled(id="x", text=raw, entities=spans))
    assert [clean.text[s:e] for s, e, _ in clean.spans] == ["FDA", "Norvex"]


@pytest.mark.slow
def test_two_trainings_give_the_same_weights_and_find_names(tmp_path: Path) -> None:
    some = records(12, tmp_path)
    how = config.NerConfig(epochs=3, short_copies=1)
    texts = names.clean_texts(some)
    first, second = config.train_pipeline(texts, how), config.train_pipeline(texts, how)
    assert first.get_pipe("ner").model.to_bytes() == second.get_pipe("ner").model.to_bytes()
    assert {ent.label_ for ent in first(some[0].text).ents} >= {"drug", "agency"}
    assert first.meta["ner_plan"]["epochs"] == 3
