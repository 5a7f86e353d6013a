"""What a report says in blocks, from figures made by hand."""

from __future__ import annotations

from typing import Any

from eventrisk.show.blocks import Heading, Paragraph, Table
from eventrisk.show.comparison import verdict
from eventrisk.show.report import MAX_OPEN_ROWS, blocks, gain


def figures(classes: int) -> dict[str, Any]:
    """A head of so many classes in which each is once taken for the next."""
    names = [f"c{n:02}" for n in range(classes)]
    matrix = [
        [5 * (i == j) + (j == (i + 1) % classes) for j in range(classes)] for i in range(classes)
    ]
    part = {"n": 6, "given": 6, "precision": 0.8, "recall": 0.8, "f1": 0.8, "intervals": {}}
    head = {
        "main": "macro_f1",
        "n": 6 * classes,
        "groups": 9,
        "macro_f1": 0.8,
        "accuracy": 0.8,
        "errors": [],
        "slices": {},
        "intervals": {"macro_f1": [0.7, 0.9], "accuracy": [0.7, 0.9]},
        "classes": names,
        "confusion": matrix,
        "baseline": {"answer": ["c00"], "macro_f1": 0.1, "accuracy": 0.2},
        "labels": dict.fromkeys(names, part),
    }
    return {
        "model": "m",
        "data": "d",
        "n": 6,
        "grouping": "g",
        "resamples": 2000,
        "heads": {"lead": head},
    }


def tables(report: dict[str, Any]) -> dict[str, Table]:
    return {block.title: block for block in blocks(report) if isinstance(block, Table)}


def test_few_classes_have_their_matrix_and_many_their_commonest_confusions() -> None:
    few, many = tables(figures(3)), tables(figures(MAX_OPEN_ROWS + 1))
    assert few["Confusions"].rows[0] == ("c00", 5, 1, 0)
    assert many["Commonest confusions"].rows[0] == ("c00", "c01", 1)
    assert many["By label"].folded
    assert not few["By label"].folded


def test_the_baseline_says_its_answer_and_figures() -> None:
    said = [block.text for block in blocks(figures(3)) if isinstance(block, Paragraph)]
    assert "Baseline: always giving “c00” has macro-F1 0.100, accuracy 0.200." in said


def test_a_base_that_knows_none_of_the_labels_is_said_not_shown_as_an_empty_table() -> None:
    report = figures(3) | {"base": {"model": "default-0.1.0", "heads": {}}}
    said = [block.text for block in blocks(report) if isinstance(block, Paragraph)]
    assert "There is nothing to compare: default-0.1.0 does not know these labels." in said
    assert all(table.rows for table in tables(report).values())


def test_a_base_that_learnt_from_all_texts_is_said_to_have() -> None:
    report = figures(3) | {
        "base": {"model": "default-0.1.0", "heads": {}},
        "overlap": {"texts": 200, "of": 200},
    }
    said = [block.text for block in blocks(report) if isinstance(block, Paragraph)]
    assert "There is nothing to compare: default-0.1.0 learnt from these releases." in said


def test_a_report_on_no_release_says_that_nothing_was_measured() -> None:
    first = next(b for b in blocks(figures(3) | {"n": 0, "heads": {}}) if isinstance(b, Paragraph))
    assert first.text.startswith("Nothing was measured: no labelled release was left")


def test_splits_without_a_part_are_not_shown_and_those_with_parts_are() -> None:
    part = {"rule": "by company", "parts": {"measured on": {"n": 4, "groups": 2}}}
    heads = [
        [
            block.text
            for block in blocks(figures(3) | {"splits": splits})
            if isinstance(block, Heading)
        ]
        for splits in ({"rule": "", "parts": {}}, part)
    ]
    assert ["Splits" in some for some in heads] == [False, True]


def test_a_learning_curve_counts_texts_in_whole_numbers() -> None:
    more = {"more": 200, "expected": 0.02, "low": 0.01, "high": 0.05}
    report = figures(3) | {"curve": {"lead": {"points": [[11.0, 0.6], [23.0, 0.7]], "more": more}}}
    assert tables(report)["Learning curve"].rows == ((11, 0.6), (23, 0.7))


def test_a_gain_is_said_with_its_range_or_not_at_all() -> None:
    more = {"more": 200, "expected": 0.02, "low": 0.01, "high": 0.05}
    assert gain(more, "F1") == (
        "What 200 more labelled texts would give: about +0.020 F1 (+0.010 to +0.050), if "
        "they are like those there are."
    )
    assert gain({"more": 200, "cannot_say": "one point"}, "F1").endswith(
        "cannot be said: one point."
    )


def test_verdicts_name_the_better_model_only_beyond_chance() -> None:
    found = {
        "head": "risk",
        "main": "f1",
        "a": 0.74,
        "b": 0.81,
        "difference": 0.07,
        "interval": [0.02, 0.12],
        "groups": 40,
    }
    said = {
        name: verdict({**found, "verdict": name}, "old", "new")
        for name in ("a", "b", "same", "too few")
    }
    figures = "(new F1 0.810 against 0.740, difference +0.070 [+0.020, +0.120])"
    assert said == {
        "a": f"risk: old is better {figures}, more than chance.",
        "b": f"risk: new is better {figures}, more than chance.",
        "same": f"risk: no difference beyond chance {figures}.",
        "too few": f"risk: cannot be said with 40 groups {figures}.",
    }
