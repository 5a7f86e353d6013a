"""Figures of names held out: exact spans, by label and form."""

from __future__ import annotations

from eventrisk.labelled import Labelled
from eventrisk.learn.evaluate.predictions import Prediction
from scripts.models.held_out import metrics, split


def text(name: str, form: str, gold: set[object], predicted: set[object]) -> Prediction:
    return Prediction(
        name,
        name,
        "words",
        gold={"entities": frozenset(gold)},
        predicted={"entities": dict.fromkeys(predicted, 1.0)},
        slices={"form": form},
    )


DRUG, FDA = (0, 7, "drug"), (20, 23, "agency")
TEXTS = [
    text("a", "lead", {DRUG, FDA}, {DRUG, (16, 23, "agency")}),
    text("b", "headline", {DRUG}, {DRUG}),
    text("c", "whole", {FDA}, set()),
]


def test_names_are_counted_exactly_by_label_and_form() -> None:
    found = metrics(TEXTS)
    assert {k: found["drug"][k] for k in ("precision", "recall", "f1", "n")} == {
        "precision": 1,
        "recall": 1,
        "f1": 1,
        "n": 2,
    }
    assert (found["agency"]["f1"], found["agency"]["n"]) == (0, 2)
    assert (found["all"]["precision"], found["all"]["recall"]) == (0.6667, 0.5)
    assert (found["all, lead"]["f1"], found["all, lead"]["n"]) == (0.5, 2)
    low, high = found["all"]["interval"]
    assert low <= found["all"]["f1"] <= high


def test_every_fifth_slice_is_read_and_not_learned_from() -> None:
    records = [Labelled(f"{name}-{n}", "x", None, entities=()) for name in "abcde" for n in (1, 2)]
    inside, held = split(records)
    assert [record.id for record in held] == ["e-1", "e-2"]
    assert {record.id[0] for record in inside} == set("abcd")
