"""The default's learning curves end where its classifiers were measured."""

from __future__ import annotations

from dataclasses import replace

from eventrisk.learn.evaluate.learning_curve import PARTS
from eventrisk.learn.fit.heads import train_heads
from scripts.models.learning_curve import learning_curves
from training_set import examples

EXAMPLES = [
    replace(example, form="wire" if number < 6 else "lead")
    for number, example in enumerate(examples())
]


def test_a_curve_has_a_point_for_each_part_and_ends_with_what_all_texts_give() -> None:
    metrics = train_heads(EXAMPLES)[1]
    curves = learning_curves(EXAMPLES, metrics)
    for head, main in (("sentiment", "macro_f1"), ("risk", "f1")):
        curve = curves[head]
        assert len(curve["points"]) == len(PARTS) + 1
        assert [n for n, _ in curve["points"]] == [3, 6, 9]  # of four groups of three, one held out
        assert curve["points"][-1][1] == metrics[head][main]
        assert list(curve["forms"]) == ["lead", "wire"]
        for form, points in curve["forms"].items():
            assert points[-1] == (9, metrics[head]["slices"]["form"][form][main])
        assert curve["more"]["more"] == 200


def test_texts_of_one_form_have_no_curve_by_form() -> None:
    metrics = train_heads(examples())[1]
    assert learning_curves(examples(), metrics)["sentiment"]["forms"] == {}
