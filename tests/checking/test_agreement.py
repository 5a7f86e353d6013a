"""Agreement of people who labelled the same texts, beside worked examples and scikit-learn."""

from __future__ import annotations

import random

import pytest
from sklearn.metrics import cohen_kappa_score

from eventrisk.checking.agreement import Agreement, agreement, kappa
from eventrisk.labelled import Labelled, Span


def group(*records: Labelled) -> list[tuple[str, Labelled]]:
    return [(f"person {number}", record) for number, record in enumerate(records)]


def moods(*pairs: tuple[str | None, str | None]) -> list[list[tuple[str, Labelled]]]:
    return [group(*(Labelled("x", "T", sentiment=mood) for mood in pair)) for pair in pairs]


def of(found: list[Agreement], head: str, label: str | None = None) -> Agreement:
    (row,) = [row for row in found if (row.head, row.label) == (head, label)]
    return row


def test_kappa_is_that_of_the_worked_example() -> None:
    # 20 both yes, 5 and 10 one of them, 15 both no: (0.7 - 0.5) / (1 - 0.5)
    answers = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(answers) == pytest.approx(0.4)


def test_kappa_is_that_of_scikit_learn() -> None:
    draw = random.Random(0)
    for _ in range(20):
        answers = [(draw.choice("abc"), draw.choice("abc")) for _ in range(30)]
        first, second = zip(*answers, strict=True)
        assert kappa(answers) == pytest.approx(cohen_kappa_score(first, second))


def test_kappa_is_undefined_where_everybody_gives_one_class_and_0_where_one_person_does() -> None:
    assert kappa([("a", "a")] * 3) is None
    assert kappa([]) is None
    assert kappa([("a", "a"), ("a", "b")]) == 0.0


def test_classes_are_compared_over_all_labels_and_by_label() -> None:
    found = agreement(moods(("up", "up"), ("up", "down"), ("down", "down"), ("flat", "flat")))
    assert of(found, "sentiment").texts == 4
    assert of(found, "sentiment").agreed == 0.75
    assert of(found, "sentiment", "flat").kappa == 1.0
    assert of(found, "sentiment", "up").kappa == pytest.approx(0.5)


def test_what_one_of_them_did_not_label_is_not_compared() -> None:
    assert agreement(moods(("up", None), (None, None))) == []


def test_three_people_are_three_pairs() -> None:
    records = [Labelled("x", "T", sentiment=mood) for mood in ("up", "up", "down")]
    found = agreement([group(*records)])
    assert (of(found, "sentiment").texts, of(found, "sentiment").agreed) == (
        3,
        pytest.approx(1 / 3),
    )


def test_spans_are_compared_exactly_and_by_overlap_and_label() -> None:
    one = Labelled("x", "T" * 30, entities=(Span(0, 5, "a"), Span(10, 15, "a"), Span(20, 25, "b")))
    two = Labelled("x", "T" * 30, entities=(Span(0, 5, "a"), Span(11, 15, "a"), Span(20, 25, "c")))
    found = agreement([group(one, two)])
    assert of(found, "entities").exact == pytest.approx(2 / 6)
    assert of(found, "entities").overlapping == pytest.approx(4 / 6)
    assert of(found, "entities", "a").overlapping == 1.0
    assert of(found, "entities", "b").exact == 0.0


def test_spans_that_touch_do_not_overlap() -> None:
    one, two = (Labelled("x", "TTTT", entities=(Span(*ends, "a"),)) for ends in ((0, 2), (2, 4)))
    assert of(agreement([group(one, two)]), "entities").overlapping == 0.0


def test_risk_factors_are_a_question_for_each_category() -> None:
    one, two = (Labelled("x", "T", risk_factors=risks) for risks in (("a", "b"), ("a",)))
    other = Labelled("y", "U", risk_factors=())
    found = agreement([group(one, two), group(other, other)])
    assert (of(found, "risk_factors").texts, of(found, "risk_factors").agreed) == (2, 0.75)
    assert of(found, "risk_factors", "a").kappa == 1.0
    assert of(found, "risk_factors", "b").kappa == 0.0


def test_a_person_who_labels_a_text_again_counts_as_another() -> None:
    records = [("ann", Labelled("x", "T", tone=tone)) for tone in ("cool", "warm")]
    assert of(agreement([records]), "tone").agreed == 0.0


def test_figures_are_told_in_words() -> None:
    found = agreement(moods(("up", "up"), ("down", "down")))
    assert str(of(found, "sentiment")) == "Cohen's kappa 1.00, the same in 100%"
    assert str(of(found, "sentiment", "up")) == "up, Cohen's kappa 1.00, the same in 100%"
