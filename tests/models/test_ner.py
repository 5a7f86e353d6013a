"""The NER is trained the same way each time: same records and plan, same weights; labels lead to the clean text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "models"))  # holds scripts, not a package

import ner  # noqa: E402

from eventrisk.learn.dataset import Labelled, Span, parse_jsonl  # noqa: E402


def records(count: int, work: Path) -> list[Labelled]:
    target = work / "corpus.jsonl"
    subprocess.run([sys.executable, ROOT / "data" / "build.py", "--jsonl", target], check=True, capture_output=True)
    return list(parse_jsonl(target.read_text(encoding="utf-8"), target.name))[:count]


def test_labels_stand_on_the_same_words_in_the_clean_text() -> None:
    raw = "<p>The <b>FDA</b> refused Norvex&reg; in ulcerative&nbsp;colitis.</p>"
    marks = [("FDA", "agency"), ("Norvex", "drug"), ("ulcerative&nbsp;colitis", "indication")]
    spans = tuple(Span(raw.index(w), raw.index(w) + len(w), label) for w, label in marks)
    clean = ner.labelled(Labelled(id="x", text=raw, entities=spans))
    assert [(clean.text[s:e], label) for s, e, label in clean.spans] == [
        ("FDA", "agency"),
        ("Norvex", "drug"),
        ("ulcerative colitis", "indication"),
    ]


@pytest.mark.slow
def test_two_trainings_give_the_same_weights_and_find_names(tmp_path: Path) -> None:
    some = records(12, tmp_path)
    plan = ner.NerPlan(epochs=3, short_copies=1)
    first, second = ner.train_pipeline(some, plan), ner.train_pipeline(some, plan)
    assert first.get_pipe("ner").model.to_bytes() == second.get_pipe("ner").model.to_bytes()
    assert {ent.label_ for ent in first(some[0].text).ents} >= {"drug", "agency"}
    assert first.meta["ner_plan"]["epochs"] == 3
