"""The tagger of an own label set: it learns, is the same each time, stops when it should, survives
the disk.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from eventrisk.names.augment import Labelled
from eventrisk.nlp.pipeline import BEFORE_NER, assemble
from eventrisk.nlp.train.custom import CustomSettings, set_aside, train_custom
from eventrisk.stopping import Scores, TrainingRun

SITES = ("Boston", "Lyon", "Osaka", "Leeds", "Turin", "Ghent", "Porto", "Basel", "Malmo", "Graz")
TOOLS = ("scanner", "centrifuge", "sequencer", "incubator")


def sentences() -> list[Labelled]:
    out = []
    for number, site in enumerate(SITES):
        tool = TOOLS[number % len(TOOLS)]
        text = (
            f"The plant in {site} has bought a new {tool}.\nStaff at {site} were trained on the "
            f"{tool} last week."
        )
        spans = [(text.index(site), text.index(site) + len(site), "place")]
        spans.append((text.rindex(site), text.rindex(site) + len(site), "place"))
        spans += [(text.index(tool), text.index(tool) + len(tool), "tool")]
        spans += [(text.rindex(tool), text.rindex(tool) + len(tool), "tool")]
        out.append(Labelled(text, tuple(sorted(spans))))
    return out


@pytest.fixture
def nlp() -> Language:
    return assemble(BEFORE_NER)


def own(nlp: Language, text: str) -> list[tuple[str, str]]:
    doc = nlp(text)
    return [(span.text, span.label_) for span in doc.spans["own"]]


NEW = "The plant in Nantes has bought a new scanner."


def test_it_finds_names_it_has_not_seen(nlp: Language) -> None:
    trained = train_custom(nlp, sentences())
    assert own(nlp, NEW) == [("Nantes", "place"), ("scanner", "tool")]
    assert trained.scores["f"] > 0.9
    assert trained.ended in {"done", "patience"}


def test_same_data_and_seed_give_the_same_bytes(nlp: Language) -> None:
    train_custom(nlp, sentences(), settings=CustomSettings(max_iter=20, folds=2))
    again = assemble(BEFORE_NER)
    train_custom(again, sentences(), settings=CustomSettings(max_iter=20, folds=2))
    assert nlp.get_pipe("own").to_bytes() == again.get_pipe("own").to_bytes()  # type: ignore[attr-defined]


def test_it_survives_the_disk(nlp: Language, tmp_path: Path) -> None:
    train_custom(nlp, sentences(), settings=CustomSettings(max_iter=20, folds=2))
    nlp.to_disk(tmp_path / "p")
    again = spacy.load(tmp_path / "p")
    assert again.get_pipe("own").labels == ("place", "tool")  # type: ignore[attr-defined]
    assert own(again, NEW) == own(nlp, NEW) != []


def trained_until(
    nlp: Language, settings: CustomSettings, stop_at: int | None = None
) -> tuple[TrainingRun, list[int]]:
    dev_examples: list[int] = []

    def report(step: int, loss: float, scores: Scores | None) -> None:
        dev_examples.append(step)
        if step == stop_at:
            raise KeyboardInterrupt

    return train_custom(nlp, sentences()[:8], sentences()[8:], settings, report), dev_examples


def test_early_stopping_keeps_the_best_look(nlp: Language) -> None:
    trained, dev_examples = trained_until(
        nlp, CustomSettings(max_iter=60, eval_frequency=2, patience=3, folds=0, refit=False)
    )
    best = max(scores["f"] for _, _, scores in trained.history)
    assert trained.ended == "patience"
    assert trained.scores["f"] == best
    assert trained.step == next(step for step, _, scores in trained.history if scores["f"] == best)
    assert dev_examples[-1] == trained.step + 6


def test_an_interrupt_keeps_what_was_best(nlp: Language) -> None:
    trained, _ = trained_until(
        nlp, CustomSettings(max_iter=60, eval_frequency=2, patience=30), stop_at=20
    )
    assert trained.ended == "interrupt"
    assert 0 < trained.step < 20
    assert own(nlp, NEW)


def test_an_interrupt_before_the_first_look_goes_on_to_the_caller(nlp: Language) -> None:
    with pytest.raises(KeyboardInterrupt):
        trained_until(nlp, CustomSettings(max_iter=60, eval_frequency=2), stop_at=2)


def test_a_used_up_budget_leaves_a_tagger_that_works(nlp: Language) -> None:
    trained, dev_examples = trained_until(
        nlp, CustomSettings(max_iter=60, eval_frequency=10, time_budget=0.0)
    )
    assert (trained.ended, dev_examples) == ("budget", [1])
    assert isinstance(own(nlp, NEW), list)


def test_groups_stay_together_when_texts_are_set_aside() -> None:
    texts = sentences()
    groups = [f"group {number // 2}" for number in range(len(texts))]
    kept, dev_share = set_aside(texts, groups, 0.2, seed=1)
    assert sorted(kept + dev_share) == sorted(texts)
    assert len(dev_share) == 2
    assert groups[texts.index(dev_share[0])] == groups[texts.index(dev_share[1])]
