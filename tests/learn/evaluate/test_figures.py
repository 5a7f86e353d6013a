"""Figures of reports are those of scikit-learn and of the hand, and only what is labelled is
judged.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import (
    accuracy_score,
    brier_score_loss,
    confusion_matrix,
    precision_recall_fscore_support,
)
from sklearn.preprocessing import MultiLabelBinarizer

from eventrisk.learn.evaluate.figures import MIN_TEXTS, OTHERS, assess
from eventrisk.learn.evaluate.predictions import Prediction, era
from eventrisk.learn.evaluate.predictions import predicted_label as said
from hand_predictions import CLASSES, mood, moods_by_chance, risky

MOODS = moods_by_chance(1)
TRUTH = [row.gold["sentiment"] for row in MOODS]
GIVEN = [said(row.predicted["sentiment"]) for row in MOODS]
FIGURES = assess(MOODS)["sentiment"]


def test_classes_are_judged_as_scikit_learn_judges_them() -> None:
    macro = precision_recall_fscore_support(TRUTH, GIVEN, average="macro")
    by_label = precision_recall_fscore_support(TRUTH, GIVEN, labels=CLASSES)
    assert FIGURES["macro_f1"] == pytest.approx(macro[2])
    assert FIGURES["accuracy"] == pytest.approx(accuracy_score(TRUTH, GIVEN))
    assert FIGURES["confusion"] == confusion_matrix(TRUTH, GIVEN, labels=CLASSES).tolist()
    for number, label in enumerate(CLASSES):
        part = FIGURES["labels"][label]
        found = (part["precision"], part["recall"], part["f1"], part["n"])
        assert found == pytest.approx([column[number] for column in by_label])


def test_the_brier_score_is_that_of_scikit_learn_summed_over_the_classes() -> None:
    expected = sum(
        brier_score_loss(
            [truth == label for truth in TRUTH],
            [row.predicted["sentiment"][label] for row in MOODS],
        )
        for label in CLASSES
    )
    assert FIGURES["brier"] == pytest.approx(expected)


def test_sets_are_judged_as_scikit_learn_judges_them() -> None:
    rows = [
        risky(1, {"safety", "cash"}, {"safety": 0.9}),
        risky(2, {"cash"}, {"cash": 0.6, "patents": 0.7}),
        risky(3, set(), {"safety": 0.5}),
        risky(4, {"patents"}, {"patents": 0.9}),
    ]
    binary = MultiLabelBinarizer().fit([["cash", "patents", "safety"]])
    truth, found = (
        binary.transform([sorted(getattr(r, side)["risk"]) for r in rows])
        for side in ("gold", "predicted")
    )
    micro = precision_recall_fscore_support(truth, found, average="micro")
    figures = assess(rows)["risk"]
    assert (figures["precision"], figures["recall"], figures["f1"]) == pytest.approx(micro[:3])
    each = precision_recall_fscore_support(truth, found, zero_division=0)
    assert [part["f1"] for part in figures["labels"].values()] == pytest.approx(each[2])


def test_entities_are_exact_spans_and_labels_the_data_never_uses_do_not_count() -> None:
    text = "Velorin was refused by the FDA, said Norvena Inc."
    fda = text.index("FDA")
    gold = frozenset({(0, 7, "drug"), (fda, fda + 3, "agency")})
    found = {(0, 7, "drug"): 0.9, (fda - 4, fda + 3, "agency"): 0.8, (37, 49, "company"): 1.0}
    row = Prediction("a", "a", text, gold={"entities": gold}, predicted={"entities": found})
    figures = assess([row])["entities"]
    assert (figures["precision"], figures["recall"], figures["f1"]) == (0.5, 0.5, 0.5)
    assert figures["overlap_f1"] == 1
    assert figures["left_out"] == {"company": 1}
    assert list(figures["labels"]) == ["agency", "drug"]
    error = figures["errors"][0]
    assert (error["missed"], error["invented"], error["counts"]) == (
        ["agency: FDA"],
        ["agency: the FDA"],
        [1, 1],
    )


def test_entities_agree_with_seqeval() -> None:
    """Its strict scheme, of the same spans as IOB2 tags over words."""
    metrics = pytest.importorskip("seqeval.metrics")
    from seqeval.scheme import IOB2

    gold = [["B-drug", "I-drug", "O", "B-agency"], ["O", "B-drug", "O", "O"]]
    found = [["B-drug", "O", "O", "B-agency"], ["B-drug", "B-drug", "O", "O"]]

    def spans(tags: list[str]) -> frozenset[tuple[int, int, str]]:
        starts = [k for k, tag in enumerate(tags) if tag.startswith("B")]
        ends = [
            next((j for j in range(k + 1, len(tags)) if not tags[j].startswith("I")), len(tags))
            for k in starts
        ]
        return frozenset((k, end, tags[k][2:]) for k, end in zip(starts, ends, strict=True))

    rows = [
        Prediction(
            str(n),
            str(n),
            "a b c d",
            gold={"entities": spans(g)},
            predicted={"entities": dict.fromkeys(spans(f), 1.0)},
        )
        for n, (g, f) in enumerate(zip(gold, found, strict=True))
    ]
    expected = metrics.f1_score(gold, found, mode="strict", scheme=IOB2)
    assert assess(rows)["entities"]["f1"] == pytest.approx(expected)


def test_the_baseline_is_the_commonest_class_or_the_best_constant_set() -> None:
    assert FIGURES["baseline"]["macro_f1"] == pytest.approx(
        precision_recall_fscore_support(
            TRUTH, [FIGURES["baseline"]["answer"][0]] * len(TRUTH), average="macro", zero_division=0
        )[2]
    )
    rows = [
        risky(1, {"a", "b"}, {}),
        risky(2, {"a", "b"}, {}),
        risky(3, {"a"}, {}),
        risky(4, {"c"}, {}),
    ]
    base = assess(rows)["risk"]["baseline"]
    assert base["answer"] == ["a", "b"]
    assert base["f1"] == pytest.approx(2 * 5 / (8 + 6))


def test_rows_that_are_not_labelled_say_nothing() -> None:
    rows = [
        *MOODS,
        Prediction(
            "x",
            "x",
            "No label.",
            gold={"tone": "neutral"},
            predicted={"sentiment": {"positive": 1.0}},
        ),
    ]
    assert assess(rows)["sentiment"] == FIGURES
    assert set(assess(rows)) == {"sentiment"}


def test_classes_of_ones_own_are_judged_without_a_sign() -> None:
    told = [("bull", 0.9), ("bear", 0.8), ("bear", 0.1), ("sideways", 0.6)]
    rows = [
        Prediction(
            str(n),
            str(n),
            "x",
            gold={"sentiment": gold},
            predicted={"sentiment": {"bull": p, "bear": 1 - p}},
        )
        for n, (gold, p) in enumerate(told)
    ]
    figures = assess(rows)["sentiment"]
    assert figures["classes"] == ["bull", "bear", "sideways"]
    assert figures["confusion"] == [[1, 0, 0], [1, 1, 0], [1, 0, 0]]
    assert "wrong_sign" not in figures
    assert figures["labels"]["sideways"]["recall"] == 0


def test_risks_by_categories_of_ones_own_are_judged_by_these_alone() -> None:
    own = assess([risky(1, {"cash"}, {"cash": 0.9, "safety": 0.8})])["risk"]
    assert (own["f1"], own["left_out"]) == (1, {"safety": 1})
    ours = assess([risky(1, {"competition"}, {"competition": 0.9, "safety": 0.8})])["risk"]
    assert (ours["precision"], ours["left_out"]) == (0.5, {})


def test_a_label_without_probabilities_has_no_calibration() -> None:
    row = Prediction("a", "a", "x", gold={"tone": "neutral"}, predicted={"tone": "positive"})
    figures = assess([row])["tone"]
    assert figures["accuracy"] == 0
    assert not {"brier", "ece", "calibration"} & set(figures)
    assert figures["errors"][0]["probability"] is None


def test_the_worst_error_is_the_surest_and_has_its_text() -> None:
    rows = [
        mood(1, "negative", "positive", 0.6),
        mood(2, "negative", "positive", 0.95, company="Norvena Inc."),
        mood(3, "neutral", "neutral", 0.99),
    ]
    errors = assess(rows)["sentiment"]["errors"]
    assert [error["id"] for error in errors] == ["r2", "r1"]
    assert errors[0] == {
        "id": "r2",
        "date": None,
        "company": "Norvena Inc.",
        "truth": "negative",
        "given": "positive",
        "probability": 0.95,
        "weight": pytest.approx(0.925),
        "text": "Text number 2.",
    }


def test_slices_show_each_part_and_join_the_rare_ones() -> None:
    sizes = ["Nasdaq"] * MIN_TEXTS + ["NYSE"] * MIN_TEXTS + ["Oslo", "Tokyo"]
    rows = [
        mood(
            n, "neutral", "neutral", slices={"company size": name, "era": era(f"{1990 + n}-01-01")}
        )
        for n, name in enumerate(sizes)
    ]
    slices = assess(rows)["sentiment"]["slices"]
    assert {name: part["n"] for name, part in slices["company size"].items()} == {
        "NYSE": MIN_TEXTS,
        "Nasdaq": MIN_TEXTS,
        OTHERS: 2,
    }
    assert {name: part["n"] for name, part in slices["era"].items()} == {"1990s": 10, "2000s": 2}
    assert "form" not in slices


def test_where_all_is_right_the_interval_still_leaves_room_for_doubt() -> None:
    figures = assess([mood(n, "neutral", "neutral") for n in range(10)])["sentiment"]
    low, high = figures["intervals"]["accuracy"]
    assert low == pytest.approx(
        0.025 ** (1 / 10), abs=1e-4
    )  # Clopper and Pearson: ten trials without a failure
    assert high == 1
    assert figures["labels"]["neutral"]["intervals"]["f1"] == [low, 1]


@given(st.integers(0, 10_000), st.floats(0.1, 1.0))
@settings(max_examples=15, deadline=None)
def test_every_interval_holds_its_figure_and_all_is_plain(seed: int, right: float) -> None:
    figures = assess(moods_by_chance(seed, 24, 8, right))["sentiment"]
    assert json.loads(json.dumps(figures)) == figures
    for part in (figures, *figures["labels"].values()):
        for name, (low, high) in part["intervals"].items():
            assert 0 <= low <= round(part[name], 4) <= high <= 1
