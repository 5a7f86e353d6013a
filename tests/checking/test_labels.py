"""Labels: what is misspelt, what is written otherwise, and what is a label set of one's own."""

from __future__ import annotations

import pytest

from checked_records import entity, placed, problems, record
from eventrisk.checking import Problem, find_problems, mended
from eventrisk.checking.labels import KNOWN, is_misspelling, nearest
from eventrisk.labelled import Labelled

ENTITIES, DIRECTIONS, SPLITS = KNOWN["entities"], KNOWN["sentiment"], KNOWN["split"]


def of_kind(kind: str, *records: Labelled) -> list[Problem]:
    return [p for p in find_problems(placed(*records)) if p.kind == kind]


def texts(count: int, label: str, start: int = 0) -> list[Labelled]:
    return [
        record(f"Text number {n} of {label}.", id=f"{label}{n}", sentiment=label)
        for n in range(start, start + count)
    ]


@pytest.mark.parametrize(
    ("label", "known", "meant"),
    [
        ("Drug", ENTITIES, "drug"),
        ("DRUG", ENTITIES, "drug"),
        ("indicaton", ENTITIES, "indication"),
        ("Vote Outcome", ENTITIES, "vote_outcome"),
        ("drugs", ENTITIES, "drug"),
        ("postive", DIRECTIONS, "positive"),
        ("neg", DIRECTIONS, "negative"),
        ("Pos", DIRECTIONS, "positive"),
        ("validation", SPLITS, "dev"),
        ("Training", SPLITS, "train"),
        ("commercialization", KNOWN["risk_factors"], "commercialisation"),
    ],
)
def test_the_nearest_label_corrects_another_writing_or_a_misspelling(
    label: str, known: tuple[str, ...], meant: str
) -> None:
    assert nearest(label, {label: 1}, known) == meant


@pytest.mark.parametrize(
    ("label", "known"),
    [
        ("Chemical", ENTITIES),
        ("phase_1", ENTITIES),
        ("drug_class", ENTITIES),
        ("gene", ENTITIES),
        ("dose", ENTITIES),
        ("bullish", DIRECTIONS),
        ("mixed", DIRECTIONS),
        ("very_positive", DIRECTIONS),
        ("-1", DIRECTIONS),
        ("litigation", KNOWN["risk_factors"]),
        ("weather", KNOWN["risk_factors"]),
    ],
)
def test_a_custom_label_has_no_correction(label: str, known: tuple[str, ...]) -> None:
    assert nearest(label, {label: 1}, known) is None


def test_labels_that_differ_in_signs_or_digits_are_different() -> None:
    assert nearest("-1", {"1": 90, "-1": 1, "0": 90}, DIRECTIONS) is None
    assert not is_misspelling("grade1", "grade2")
    assert is_misspelling("indciation", "indication")


def test_a_rare_custom_label_close_to_a_frequent_one_is_misspelt_and_a_frequent_one_is_not() -> (
    None
):
    assert nearest("Chemcal", {"Chemical": 100, "Chemcal": 2}, ENTITIES) == "Chemical"
    assert nearest("chemical", {"Chemical": 100, "chemical": 60}, ENTITIES) == "Chemical"
    assert nearest("clause", {"clause": 80, "cause": 90}, ENTITIES) is None


def test_a_misspelt_label_is_named_with_the_nearest_one_and_mended() -> None:
    records = [*texts(6, "positive"), *texts(6, "negative"), *texts(1, "postive")]
    (problem,) = of_kind("label misspelt", *records)
    assert (problem.line, problem.record, problem.severity) == (13, "postive0", "error")
    assert "'postive' (1 time) is close to 'positive' (6 times)" in problem.message
    assert mended(placed(*records), [problem])[-1].record.sentiment == "positive"


def test_one_of_ours_in_capitals_throughout_is_a_warning() -> None:
    (problem,) = of_kind("label misspelt", record(entities=[entity("Pluxelor", "DRUG")]))
    assert (problem.severity, problem.fix) == ("warning", "write 'drug'")


def test_a_label_close_to_ours_that_a_set_uses_throughout_is_not_changed() -> None:
    records = [record(f"Text {n}.", id=str(n), entities=[[0, 4, "drugs"]]) for n in range(25)]
    assert of_kind("label misspelt", *records) == []
    (problem,) = of_kind("label close to ours", *records)
    assert (problem.severity, problem.edits) == ("warning", ())


def test_custom_labels_are_one_note_for_each_head() -> None:
    records = [*texts(6, "bullish"), *texts(7, "bearish")]
    (problem,) = of_kind("own labels", *records)
    assert (problem.severity, problem.message) == (
        "note",
        "sentiment: bearish (7), bullish (6) are labels of your own",
    )


def test_categories_of_clauses_and_types_of_events_are_mended_in_their_place() -> None:
    found = record(
        risk_clauses=[[0, 7, ["safety", "competiton"]]],
        events=[{"type": "aproval", "direction": "positive"}],
    )
    after = mended(placed(found), problems(found))[0].record
    assert after.risk_clauses is not None
    assert after.risk_clauses[0].categories == ("safety", "competition")
    assert after.events == ({"type": "approval", "direction": "positive"},)
    assert found.events == ({"type": "aproval", "direction": "positive"},)


def test_an_event_has_a_known_type_and_a_direction() -> None:
    (unknown,) = problems(record(events=[{"type": "parade", "direction": "positive"}]))
    assert (unknown.kind, unknown.edits) == ("label unknown", ())
    (incomplete,) = problems(record(events=[{"type": "approval"}]))
    assert (incomplete.kind, incomplete.message) == ("event incomplete", "event 1 has no direction")
