"""What shows only among many records: duplicates, near-duplicates, ids, companies, classes."""

from __future__ import annotations

import random

from checked_records import kinds, placed, problems, record
from eventrisk.checking import Problem, find_problems, mended
from eventrisk.checking.near import near_duplicates
from eventrisk.labelled import Labelled

WORDS = [f"{a}{b}{c}q" for a in "bdfgk" for b in "aeiou" for c in "lmnrst"]


def prose(seed: int, count: int = 120) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=count)) + "."


def one(*records: Labelled) -> Problem:
    (problem,) = problems(*records)
    return problem


def test_a_copy_is_taken_out_even_if_case_and_spacing_differ() -> None:
    records = [
        record("Norvena wins.", id="a"),
        record("NORVENA  WINS", id="b"),
        record("Norvena loses.", id="c"),
    ]
    problem = one(*records)
    assert (problem.kind, problem.record, problem.severity) == ("duplicate", "b", "warning")
    assert "'a' (line 1)" in problem.message
    assert [p.record.id for p in mended(placed(*records), [problem])] == ["a", "c"]


def test_a_copy_across_splits_is_an_error_and_leaves_train() -> None:
    for first, second, gone in (("train", "test", "a"), ("test", "train", "b")):
        records = [
            record("Norvena wins.", id="a", split=first),
            record("Norvena wins.", id="b", split=second),
        ]
        problem = one(*records)
        assert (problem.kind, problem.severity, problem.record) == (
            "duplicate across splits",
            "error",
            gone,
        )
        assert gone not in [p.record.id for p in mended(placed(*records), [problem])]


def test_copies_with_other_labels_have_no_edit() -> None:
    problem = one(record(id="a", sentiment="positive"), record(id="b", sentiment="negative"))
    assert (problem.kind, problem.severity, problem.edits) == (
        "duplicate with other labels",
        "error",
        (),
    )
    assert "sentiment is negative there positive" in problem.message


def test_a_copy_with_further_labels_is_not_taken_out() -> None:
    problem = one(record(id="a", sentiment="positive"), record(id="b", tone="positive"))
    assert (problem.edits, problem.fix) == ((), "put its tone into the first and take it out")


def test_an_id_given_twice_gets_a_number() -> None:
    records = [record("One.", id="a"), record("Two.", id="a"), record("Three.", id="a-2")]
    problem = one(*records)
    assert problem.kind == "id twice"
    assert [p.record.id for p in mended(placed(*records), [problem])] == ["a", "a-3", "a-2"]


def test_a_changed_word_makes_a_near_duplicate_and_another_text_does_not() -> None:
    text = prose(1)
    assert kinds(record(text, id="a"), record(text.replace(text.split()[60], "xylo"), id="b")) == [
        "near-duplicate"
    ]
    assert kinds(record(text, id="a"), record(prose(2), id="b")) == []
    assert kinds(record(text, id="a"), record(text[: len(text) // 2] + prose(2, 60), id="b")) == []


def test_near_duplicates_across_splits_are_errors() -> None:
    text = prose(3)
    problem = one(
        record(text, id="a", split="train"), record(f"Update. {text}", id="b", split="test")
    )
    assert (problem.kind, problem.severity) == ("near-duplicate across splits", "error")
    assert "across splits (train and test)" in problem.message


def test_near_duplicates_are_found_whatever_their_length_and_among_shared_boilerplate() -> None:
    boilerplate = prose(99, 200)
    texts = [prose(n, 40 * 2 ** (n % 6)) + boilerplate for n in range(60)]
    copies = {60 + nth: n for nth, n in enumerate(range(0, 60, 7))}
    texts += [texts[n].replace(texts[n].split()[20], "changed", 1) for n in copies.values()]
    assert {
        pair.second: pair.first for pair in near_duplicates(texts) if pair.second >= 60
    } == copies


def test_a_company_in_train_and_test_is_a_note() -> None:
    train, test = (
        record("One.", split="train", company="Norvena"),
        record("Two.", id="b", split="test"),
    )
    assert kinds(train, test) == []
    (problem,) = problems(train, record("Two.", id="b", split="test", company="Norvena"))
    assert (problem.kind, problem.severity) == ("company across splits", "note")


def classes(*labels: str | None, head: str = "sentiment") -> list[tuple[str, str]]:
    records = [
        record(f"Text {n}.", id=str(n), **({head: label} if label else {}))
        for n, label in enumerate(labels)
    ]
    return [(p.kind, p.severity) for p in find_problems(placed(*records))]


def test_five_texts_of_a_class_are_enough_and_four_are_few() -> None:
    assert classes(*["positive", "negative"] * 5) == []
    assert classes(*["positive"] * 5, *["negative"] * 4) == [("few examples", "warning")]


def test_a_single_class_is_nothing_to_learn() -> None:
    assert classes(*["positive"] * 6) == [("single class", "error")]


def test_records_without_labels_are_noted_and_an_error_when_there_are_no_others() -> None:
    assert classes(*["positive", "negative"] * 5, None) == [("no label", "note")]
    assert classes(None, None) == [("no label", "error")]


def test_a_class_that_train_does_not_have_is_named() -> None:
    records = [
        record(f"Text {n}.", id=str(n), sentiment=("positive", "negative")[n % 2], split="train")
        for n in range(10)
    ]
    records += [
        record(f"More {n}.", id=f"t{n}", sentiment="neutral", split="test") for n in range(5)
    ]
    assert [p.kind for p in find_problems(placed(*records))] == ["class not in train"]
    assert "'neutral' is in test" in find_problems(placed(*records))[0].message


def test_a_head_labelled_without_any_label_is_an_error() -> None:
    records = [record(f"Text {n}.", id=str(n), entities=[]) for n in range(3)]
    assert [(p.kind, p.severity) for p in find_problems(placed(*records))] == [
        ("nothing to learn", "error")
    ]
