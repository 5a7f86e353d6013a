"""The real Label Studio: what we write goes in, what people do with it comes back to the
character.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eventrisk.labelled import Labelled, Placed, Span
from eventrisk.sources.formats.label_studio_tasks import write
from eventrisk.training.check import check
from eventrisk.training.convert import convert
from eventrisk.training.data import entries, records
from label_studio_server import LabelStudio
from tool_records import CRLF, HELD, ordered

pytestmark = [pytest.mark.tools, pytest.mark.timeout(1800)]
TEXT = "Velorin may fail in AML."
BOTH = Labelled("a", TEXT, entities=(Span(0, 7, "drug"), Span(20, 23, "disease")), sentiment="down")
HOLDS_ALL = {"JSON", "JSON_MIN", "CSV", "TSV"}


def project(studio: LabelStudio, held: list[Labelled], folder: Path) -> int:
    """A project with the interface and the tasks that ``convert`` writes."""
    assert convert(held, folder / "tasks.json") == []
    made = studio.project((folder / "tasks.xml").read_text(encoding="utf-8"))
    told = studio.load(made, folder / "tasks.json")
    assert told["task_count"] == len(held)
    return made


def region(start: int, end: int, label: str, words: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": words, "labels": [label]}
    return {
        "id": f"x{start}",
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "origin": "manual",
        "value": value,
    }


def choice(control: str, *chosen: str) -> dict[str, Any]:
    value = {"choices": list(chosen)}
    return {
        "id": control,
        "from_name": control,
        "to_name": "text",
        "type": "choices",
        "value": value,
    }


def test_it_offers_the_formats_that_are_tried_here(studio: LabelStudio, tmp_path: Path) -> None:
    made = project(studio, [BOTH], tmp_path)
    assert set(studio.formats(made)) == HOLDS_ALL | {"CONLL2003"}


@pytest.mark.parametrize("every", [True, False])
def test_what_was_imported_comes_back_in_every_format_to_the_character(
    every: bool, studio: LabelStudio, tmp_path: Path
) -> None:
    made = project(studio, HELD, tmp_path)
    wanted = ordered([r for r in HELD if every or r.id != "unseen"])
    by_id = {record.id: record for record in wanted}
    for form in HOLDS_ALL:
        path = studio.export(made, tmp_path, form, every=every)
        back = {record.id: record for record in ordered(records(path))}
        assert back == by_id, form


def test_its_conll_gives_a_record_a_text_and_says_what_it_lacks(
    studio: LabelStudio, tmp_path: Path
) -> None:
    made = project(studio, HELD, tmp_path)
    found = list(entries(studio.export(made, tmp_path, "CONLL2003")))
    assert all(isinstance(entry, Placed) and "export JSON" in (entry.note or "") for entry in found)
    texts = {"".join(e.record.text.split()) for e in found if isinstance(e, Placed)}
    assert len(texts) == len(HELD)
    long = next(e.record for e in found if isinstance(e, Placed) and len(e.record.text) > 50_000)
    words = {long.text[s.start : s.end] for s in long.entities or ()}
    assert len(long.entities or ()) == 300
    assert words <= {"Velorin", "Calmirone", "NVL-101"}
    labels = {s.label for e in found if isinstance(e, Placed) for s in e.record.entities or ()}
    assert labels == {"drug", "own label", "disease", "company"}


@pytest.mark.parametrize("form", sorted(HOLDS_ALL))
def test_a_reviewers_later_annotation_counts_and_the_difference_is_told(
    form: str, studio: LabelStudio, tmp_path: Path
) -> None:
    made = project(studio, [BOTH, Labelled("b", "Two.", entities=(), sentiment="up")], tmp_path)
    reviewer = studio.person(f"reviewer.{form.lower()}@example.org")
    first, second = studio.tasks(made)
    reviewer.annotate(first["id"], [region(0, 11, "drug", TEXT[:11]), choice("sentiment", "up")])
    reviewer.annotate(second["id"], [choice("sentiment", "up")])
    path = studio.export(made, tmp_path, form)
    found = {record.id: record for record in records(path)}
    assert found["a"] == Labelled("a", TEXT, entities=(Span(0, 11, "drug"),), sentiment="up")
    assert found["b"] == Labelled("b", "Two.", entities=(), sentiment="up")
    checked = check(path, quick=True)
    of = {(row.head, row.label): row for row in checked.agreement}
    assert (of["sentiment", None].agreed, of["sentiment", None].texts) == (0.5, 2)
    assert of["sentiment", None].kappa == pytest.approx(0.0)
    assert of["entities", None].exact == 0.0
    assert of["entities", None].overlapping == pytest.approx(2 / 3)
    assert [p.record for p in checked.problems if p.kind == "annotators differ"] == ["a"]
    assert records(path, conflicts="drop")[0 if found["a"].id == "a" else 1].sentiment is None


def test_an_annotation_that_is_corrected_in_place_counts(
    studio: LabelStudio, tmp_path: Path
) -> None:
    made = project(studio, [BOTH], tmp_path)
    (task,) = studio.tasks(made)
    studio.correct(task["annotations"][0]["id"], [region(20, 23, "disease", "AML")])
    expected = Labelled("a", TEXT, entities=(Span(20, 23, "disease"),))
    for form in HOLDS_ALL:
        assert records(studio.export(made, tmp_path, form)) == [expected], form
    studio.correct(task["annotations"][0]["id"], [])
    for form in HOLDS_ALL:
        path = studio.export(made, tmp_path, form)
        assert records(path) == [Labelled("a", TEXT, entities=())], form


def test_what_nobody_annotated_or_what_was_skipped_is_not_labelled(
    studio: LabelStudio, tmp_path: Path
) -> None:
    held = [BOTH, Labelled("b", "Two."), Labelled("c", "Three.")]
    made = project(studio, held, tmp_path)
    studio.annotate(studio.tasks(made)[2]["id"], [], was_cancelled=True)
    for form in HOLDS_ALL:
        path = studio.export(made, tmp_path, form)
        found = {record.id: (record.entities, record.sentiment) for record in records(path)}
        assert found["b"] == (None, None), form
        assert found.get("c", (None, None)) == (None, None), form
        assert form != "JSON" or "c" in found
        told = [p.message for p in check(path, quick=True).problems if p.kind == "not labelled"]
        assert any("nobody annotated it" in message for message in told), form


def test_suggestions_are_labels_only_where_a_person_took_them(
    studio: LabelStudio, tmp_path: Path
) -> None:
    held = [BOTH, Labelled("b", TEXT + " B", entities=BOTH.entities, sentiment="down"), BOTH]
    held[2] = Labelled("c", TEXT + " C", entities=BOTH.entities, sentiment="down")
    convert(held, tmp_path / "x.json")
    write(held, tmp_path / "tasks.json", answered=False)
    made = studio.project((tmp_path / "x.xml").read_text(encoding="utf-8"))
    studio.load(made, tmp_path / "tasks.json")
    proposed = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    accepted = proposed[0]["predictions"][0]["result"]
    tasks = studio.tasks(made)
    studio.annotate(tasks[0]["id"], accepted)
    studio.annotate(tasks[1]["id"], [region(0, 11, "drug", TEXT[:11]), choice("sentiment", "down")])
    for form in HOLDS_ALL:
        found = {r.id: r for r in records(studio.export(made, tmp_path, form))}
        assert found["a"] == BOTH, form
        corrected = Labelled("b", TEXT + " B", entities=(Span(0, 11, "drug"),), sentiment="down")
        assert found["b"] == corrected, form
        assert found["c"] == Labelled("c", TEXT + " C"), form


def test_offsets_of_a_browser_that_counts_crlf_as_one_are_mended(
    studio: LabelStudio, tmp_path: Path
) -> None:
    held = [Labelled("a", CRLF, entities=(Span(0, 7, "drug"),))]
    made = project(studio, held, tmp_path)
    single = CRLF.replace("\r\n", "\n")
    start = single.index("Calmirone")
    task = studio.tasks(made)[0]
    drawn = region(start, start + 9, "drug", "Calmirone")
    studio.correct(task["annotations"][0]["id"], [drawn])
    real = CRLF.index("Calmirone")
    for form in HOLDS_ALL:
        path = studio.export(made, tmp_path, form)
        checked = check(path, quick=True)
        assert any("CRLF as one character" in p.message for p in checked.problems), form
        (mended,) = checked.fixed()
        assert mended.entities == (Span(real, real + 9, "drug"),), form
        assert mended.text == CRLF
