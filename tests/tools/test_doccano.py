"""The real doccano: what we write goes in, what people do with it comes back to the character."""

from __future__ import annotations

from pathlib import Path

import pytest

from doccano_server import BOTH, CLASSES, SPANS, Doccano, rows
from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Span
from eventrisk.sources.formats.conll import CONLL
from eventrisk.sources.formats.doccano_examples import write
from eventrisk.training.check import check
from eventrisk.training.convert import convert
from eventrisk.training.data import records
from labelled_records import without
from tool_records import HELD, OVER, classes_alone, ordered, spans_alone

pytestmark = [pytest.mark.tools, pytest.mark.timeout(1800)]
TEXT = "Velorin may fail in AML."
DRUG, DISEASE, LONG = Span(0, 7, "drug"), Span(20, 23, "disease"), Span(0, 11, "drug")
KINDS = {
    "Sequence Labeling": SPANS,
    "Text Classification": CLASSES,
    "Intent Detection and Slot Filling": BOTH,
}


def loaded(dock: Doccano, held: list[Labelled], folder: Path, *, shared: bool = True) -> int:
    """A project as ``convert`` advises, with the examples that it writes."""
    said: list[str] = []
    convert(held, folder / "in.jsonl", to="doccano", advise=said.append)
    kind = said[0].partition("of the type ")[2].partition(",")[0]
    made = dock.project(KINDS[kind], shared=shared)
    assert dock.load(made, folder / "in.jsonl") == []
    assert len(dock.examples(made)) == len(held)
    return made


@pytest.mark.parametrize(
    "held",
    [HELD, spans_alone(HELD), classes_alone(HELD)],
    ids=["spans and classes", "spans", "classes"],
)
def test_what_was_imported_comes_back_to_the_character(
    held: list[Labelled], dock: Doccano, tmp_path: Path
) -> None:
    made = loaded(dock, held, tmp_path)
    if held is HELD:  # spans and classes: such a project holds no overlaps
        losses = convert(held, tmp_path / "again.jsonl", to="doccano")
        assert {loss.record for loss in losses} == {"over"}
        held = without(held, losses)
    forms = dock.formats(made)
    assert forms == (
        ["CSV", "fastText", "JSON", "JSONL"] if held[3].entities is None else ["JSONL"]
    )
    for form in forms:
        (path,) = dock.export(made, tmp_path / form, form)
        if form == "fastText":
            with pytest.raises(DataError, match="is fastText"):
                records(path)
        else:
            assert ordered(records(path)) == ordered(held), form


def test_overlaps_that_were_listed_are_what_a_project_without_them_drops(
    dock: Doccano, tmp_path: Path
) -> None:
    held = spans_alone([record for record in HELD if record.id == "over"])
    losses = convert(held, tmp_path / "in.jsonl", to="doccano")
    made = dock.project(SPANS, overlaps=False)
    assert dock.load(made, tmp_path / "in.jsonl") == []
    (path,) = dock.export(made, tmp_path / "out")
    kept = {(s.start, s.end, s.label) for s in records(path)[0].entities or ()}
    listed = {f"entity {[s.start, s.end, s.label]}" for s in held[0].entities or ()}
    assert {f"entity {[*span]}" for span in kept} == listed - {loss.what for loss in losses}
    assert {OVER[start:end] for start, end, _ in kept} == {
        "Velorin tablets",
        "chronic wet cough, an orphan disease",
    }


def test_what_nobody_opened_is_not_labelled_and_approved_examples_are(
    dock: Doccano, tmp_path: Path
) -> None:
    held = [
        Labelled("a", TEXT, entities=(DRUG, DISEASE)),
        Labelled("b", "Two."),
        Labelled("c", "Three."),
    ]
    made = loaded(dock, held, tmp_path)
    first, second, _ = (example["id"] for example in dock.examples(made))
    (path,) = dock.export(made, tmp_path / "all")
    assert records(path) == held
    told = [p.message for p in check(path, quick=True).problems if p.kind == "not labelled"]
    assert len(told) == 1
    assert told[0].startswith("2 records (b, c): doccano writes an empty list for what nobody")
    for example in (first, second):
        dock.approve(made, example)
    (path,) = dock.export(made, tmp_path / "approved", approved=True)
    assert records(path, "doccano_approved") == [held[0], Labelled("b", "Two.", entities=())]


def test_corrections_count_and_labels_taken_away_are_none_there(
    dock: Doccano, tmp_path: Path
) -> None:
    held = [Labelled("a", TEXT, entities=(DRUG,)), Labelled("b", TEXT + " B", entities=(DRUG,))]
    made = loaded(dock, held, tmp_path)
    first, second = (example["id"] for example in dock.examples(made))
    for example in (first, second):
        dock.unmark(made, example, dock.spans(made, example)[0]["id"])
    dock.add_type(made, "span", "own label")
    dock.mark(made, first, 0, 11, "own label")
    (path,) = dock.export(made, tmp_path / "out")
    assert records(path) == [
        Labelled("a", TEXT, entities=(Span(0, 11, "own label"),)),
        Labelled("b", TEXT + " B", entities=()),
    ]


def test_classes_that_were_corrected_count_and_those_taken_away_are_not_labelled(
    dock: Doccano, tmp_path: Path
) -> None:
    held = [
        Labelled(name, f"{TEXT} {name}", sentiment="up", tone="calm", risk_factors=("safety",))
        for name in ("left", "corrected", "emptied")
    ]
    made = loaded(dock, held, tmp_path)
    _, second, third = (example["id"] for example in dock.examples(made))
    for example in (second, third):
        dock.unchoose(made, example)
    dock.add_type(made, "category", "sentiment:own class")
    dock.choose(made, second, "sentiment:own class")
    dock.choose(made, second, "risk_factors:safety")
    expected = [
        held[0],
        Labelled("corrected", held[1].text, sentiment="own class", risk_factors=("safety",)),
        Labelled("emptied", held[2].text, risk_factors=()),
    ]
    for form in ("JSONL", "JSON", "CSV"):
        (path,) = dock.export(made, tmp_path / form, form)
        assert ordered(records(path)) == ordered(expected), form


def test_suggestions_are_labels_only_where_a_person_changed_or_approved_them(
    dock: Doccano, tmp_path: Path
) -> None:
    held = [
        Labelled(name, f"{TEXT} {name}", entities=(DRUG, DISEASE), sentiment="up")
        for name in ("untouched", "approved", "corrected")
    ]
    write(held, tmp_path / "in.jsonl", answered=False)
    made = dock.project(BOTH)
    assert dock.load(made, tmp_path / "in.jsonl") == []
    _, second, third = (example["id"] for example in dock.examples(made))
    dock.unmark(made, third, dock.spans(made, third)[0]["id"])
    for example in (second, third):
        dock.approve(made, example)
    (path,) = dock.export(made, tmp_path / "all")
    left = held[2].entities[1:] if held[2].entities else ()
    corrected = Labelled("corrected", held[2].text, entities=left, sentiment="up")
    bare = [Labelled(record.id, record.text) for record in held[:2]]
    assert records(path) == [*bare, corrected]
    told = [p.message for p in check(path, quick=True).problems if p.kind == "not labelled"]
    assert told[0].startswith("2 records (untouched, approved): the proposal came back as it was")
    (path,) = dock.export(made, tmp_path / "done", approved=True)
    assert records(path, "doccano_approved") == [held[1], corrected]


def test_several_people_have_a_file_each_and_their_agreement_is_told(
    dock: Doccano, tmp_path: Path
) -> None:
    held = [Labelled("a", TEXT), Labelled("b", "Velorin B."), Labelled("c", "Three.")]
    held = [Labelled("start", "Calmirone.", entities=(Span(0, 9, "drug"),)), *held]
    made = loaded(dock, held, tmp_path, shared=False)
    ann, bob = dock.person("ann", made), dock.person("bob", made)
    _, first, second, _ = (example["id"] for example in dock.examples(made))
    for person, ends in ((ann, (0, 7)), (bob, (0, 11))):
        person.mark(made, first, *ends, "drug")
        person.mark(made, second, 0, 7, "drug")
    files = dock.export(made, tmp_path / "out")
    assert [file.name for file in files] == ["admin.jsonl", "ann.jsonl", "bob.jsonl"]
    found = records(files)
    assert [(r.id, r.entities) for r in found] == [
        ("start", (Span(0, 9, "drug"),)),
        ("a", (LONG,)),
        ("b", (DRUG,)),
        ("c", None),
    ]
    checked = check(files, quick=True)
    of = {(row.head, row.label): row for row in checked.agreement}
    assert of["entities", None].texts == 2
    assert of["entities", None].exact == 0.5
    assert of["entities", None].overlapping == 1.0
    assert [p.record for p in checked.problems if p.kind == "annotators differ"] == ["a"]


def test_our_conll_is_taken_in_an_example_a_sentence(dock: Doccano, tmp_path: Path) -> None:
    held = Labelled("a", "Velorin may fail.\nIn AML.", entities=(DRUG, Span(21, 24, "disease")))
    CONLL.write([held], tmp_path / "in.conll")
    made = dock.project(SPANS)
    assert dock.load(made, tmp_path / "in.conll", "CoNLL", delimiter=" ", scheme="IOB2") == []
    (path,) = dock.export(made, tmp_path / "out")
    assert [(row["text"], row["label"]) for row in rows(path)] == [
        ("Velorin may fail .", [[0, 7, "drug"]]),
        ("In AML .", [[3, 6, "disease"]]),
    ]
