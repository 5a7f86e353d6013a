"""``compare``: which model is better, in words that say no more than the figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eventrisk.errors import DataError
from eventrisk.labelled import Span
from eventrisk.training.compare import compare
from report_records import RECORDS, Reads

WRONG = frozenset(r.id for r in RECORDS if r.sentiment == "negative")
GOOD, BAD = Reads("good-1.0.0"), Reads("bad-1.0.0", WRONG)
FOUND = compare(BAD, GOOD, RECORDS)  # type: ignore[arg-type]


def test_the_better_model_is_named_with_figures_and_interval() -> None:
    told = FOUND.figures["heads"]["sentiment"]
    assert (told["verdict"], told["b"], told["only_a"], told["only_b"]) == ("b", 1, 0, 8)
    words = FOUND.verdicts["sentiment"]
    assert words.startswith("sentiment: good-1.0.0 is better (good-1.0.0 macro-F1 1.000 against 0.")
    assert words.endswith("more than chance.")
    assert (
        f"{told['difference']:+.3f} [{told['interval'][0]:+.3f}, {told['interval'][1]:+.3f}]"
        in words
    )


def test_heads_without_a_difference_are_said_to_have_none() -> None:
    assert FOUND.verdicts["entities"].startswith("entities: no difference beyond chance")


def test_the_first_model_can_be_the_better_one() -> None:
    back = compare(GOOD, BAD, RECORDS)  # type: ignore[arg-type]
    assert back.figures["heads"]["sentiment"]["verdict"] == "a"
    assert back.verdicts["sentiment"].startswith("sentiment: good-1.0.0 is better")


def test_a_model_beside_itself_has_two_names_and_no_difference() -> None:
    same = compare(GOOD, GOOD, RECORDS)  # type: ignore[arg-type]
    assert (same.figures["a"], same.figures["b"]) == ("good-1.0.0 (a)", "good-1.0.0 (b)")
    assert {told["verdict"] for told in same.figures["heads"].values()} == {"same"}


def test_few_groups_say_nothing() -> None:
    few = compare(BAD, GOOD, RECORDS[:5])  # type: ignore[arg-type]
    assert few.verdicts["sentiment"].startswith("sentiment: cannot be said with 5 groups")


def test_a_comparison_shows_itself() -> None:
    pytest.importorskip("pandas")
    frame = FOUND.to_frame().set_index("head")
    assert frame.loc["sentiment", "verdict"] == "b"
    assert frame.loc["sentiment", "low"] > 0
    assert "good-1.0.0 compared with bad-1.0.0" in FOUND.card()
    assert "er-report" in FOUND._repr_html_()
    assert repr(FOUND).startswith("<Comparison sentiment: good-1.0.0 is better")


def test_progress_counts_what_both_read() -> None:
    seen: list[tuple[int, int | None]] = []

    def hear(done: int, total: int | None) -> None:
        seen.append((done, total))

    compare(GOOD, BAD, RECORDS[:2], progress=hear)  # type: ignore[arg-type]
    assert seen == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_head_of_whose_labels_one_model_knows_none_is_not_compared() -> None:
    own = {"negative": "down", "neutral": "flat", "positive": "up"}
    renamed = [replace(r, sentiment=own[str(r.sentiment)]) for r in RECORDS]
    found = compare(BAD, GOOD, renamed)  # type: ignore[arg-type]
    assert found.figures["not_compared"] == ["sentiment"]
    assert "sentiment" not in found.verdicts
    assert "Not compared: sentiment: the labels down, flat, up are none that" in found.card()


def test_a_class_that_one_model_lacks_keeps_the_head_from_being_compared() -> None:
    some = [replace(RECORDS[0], sentiment="meh"), *RECORDS[1:]]
    assert compare(BAD, GOOD, some).figures["not_compared"] == ["sentiment"]  # type: ignore[arg-type]
    with pytest.raises(DataError, match=r"sentiment: the labels meh are none that .* gives"):
        compare(BAD, GOOD, some, heads="sentiment")  # type: ignore[arg-type]
    assert compare(BAD, GOOD, RECORDS).figures["not_compared"] == []  # type: ignore[arg-type]


def test_entities_that_neither_model_knows_are_left_out_and_named() -> None:
    some = [replace(r, entities=(*(r.entities or ()), Span(0, 7, "gene"))) for r in RECORDS]
    found = compare(BAD, GOOD, some)  # type: ignore[arg-type]
    assert found.figures["heads"]["entities"]["labels"] == {"drug": [1.0, 1.0]}
    assert any(
        note.startswith("Not compared: entities: gene, for bad-1.0.0 or good-1.0.0 gives no such")
        for note in found.figures["notes"]
    )


def test_terms_of_ones_own_are_told_for_the_model_that_has_them() -> None:
    knowing = Reads("knowing-1.0.0")
    knowing.n_own_terms = 3
    notes = compare(GOOD, knowing, RECORDS[:3]).figures["notes"]  # type: ignore[arg-type]
    assert notes[-1] == "knowing-1.0.0: Read with 3 terms of your own."
    assert not any("of your own" in n for n in FOUND.figures["notes"])
