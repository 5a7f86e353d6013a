"""Exports of the labelling tools as they come: what is a label, what is bookkeeping, what is an
error and where.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed, Span
from eventrisk.sources.formats.doccano import DOCCANO
from eventrisk.sources.formats.doccano_examples import write as write_doccano
from eventrisk.sources.formats.label_studio import LABEL_STUDIO
from eventrisk.sources.formats.label_studio_tasks import write as write_label_studio
from eventrisk.sources.formats.prodigy import PRODIGY
from eventrisk.sources.formats.prodigy import write as write_prodigy
from eventrisk.training.data import FORMATS, entries, records

TEXT = "Velorin may fail."
DRUG = (Span(0, 7, "drug"),)


def lines(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def array(path: Path, *rows: Any) -> Path:
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return path


def error_of(path: Path, form: str, columns: Mapping[str, str] | None = None) -> str:
    """The one error of a file."""
    errors = [
        str(entry) for entry in entries(path, form, columns or {}) if isinstance(entry, DataError)
    ]
    assert len(errors) == 1
    return errors[0]


# Prodigy


def test_prodigys_spans_and_choices_are_labels_and_its_bookkeeping_is_not(tmp_path: Path) -> None:
    task = {
        "text": TEXT,
        "_input_hash": 1,
        "_task_hash": -2,
        "_session_id": "p-1",
        "_view_id": "blocks",
        "_timestamp": 3,
        "tokens": [{"text": "Velorin", "start": 0, "end": 7, "id": 0, "ws": True}],
        "answer": "accept",
        "spans": [{"start": 0, "end": 7, "label": "drug", "token_start": 0, "token_end": 0}],
        "options": [{"id": "sentiment:negative", "text": "bad"}, {"id": "risk_factors:safety"}],
        "accept": ["sentiment:negative", "tone:cool"],
        "config": {"choice_style": "multiple"},
        "meta": {"id": "a", "date": "2020-01-02", "company": "Norvena", "source": "wire"},
        "url": "x",
    }
    expected = Labelled(
        "a",
        TEXT,
        "2020-01-02",
        company="Norvena",
        entities=DRUG,
        sentiment="negative",
        tone="cool",
        risk_factors=(),
        extra={"source": "wire", "url": "x"},
    )
    assert records(lines(tmp_path / "x.jsonl", task)) == [expected]


def test_prodigys_annotators_are_people_and_the_latest_counts(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "x.jsonl",
        {
            "text": TEXT,
            "label": "up",
            "_annotator_id": "set-ann",
            "_timestamp": 20,
            "answer": "accept",
        },
        {"text": TEXT, "label": "down", "_session_id": "set-bob", "_timestamp": 10},
        {
            "text": TEXT,
            "label": "flat",
            "_annotator_id": "cy",
            "_timestamp": 30,
            "answer": "reject",
        },
    )
    found = [e for e in entries(path) if isinstance(e, Placed)]
    assert [(e.annotator, e.time) for e in found] == [
        ("set-ann", 20.0),
        ("set-bob", 10.0),
        ("cy", 30.0),
    ]
    assert [r.sentiment for r in records(path)] == ["up"]


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_a_task_that_was_not_accepted_keeps_its_text_and_loses_its_labels(
    answer: str, tmp_path: Path
) -> None:
    spans = [{"start": 0, "end": 7, "label": "drug"}]
    path = lines(
        tmp_path / "x.jsonl", {"text": TEXT, "spans": spans, "label": "negative", "answer": answer}
    )
    found = records(path)
    assert found == [Labelled("x-1", TEXT, extra={"answer": answer})]
    assert PRODIGY.write(found, path) == []
    assert records(path) == found
    assert json.loads(path.read_text(encoding="utf-8"))["answer"] == answer


def test_prodigys_plain_labels_and_categories_are_sentiments_or_what_is_said(
    tmp_path: Path,
) -> None:
    path = lines(
        tmp_path / "x.jsonl",
        {"text": "One", "label": "good", "answer": "accept"},
        {"text": "Two", "cats": {"good": 0.1, "bad": 0.9}},
        {"text": "Three", "accept": ["bad"]},
    )
    assert [r.sentiment for r in records(path, "prodigy")] == ["good", "bad", "bad"]
    assert [r.tone for r in records(path, "prodigy", {"label": "tone"})] == ["good", "bad", "bad"]
    assert [r.risk_factors for r in records(path, "prodigy", {"label": "risks"})] == [
        ("good",),
        ("bad",),
        ("bad",),
    ]


def test_proposals_are_not_answers(tmp_path: Path) -> None:
    write_prodigy(
        [Labelled("a", TEXT, entities=DRUG, tone="cool")], tmp_path / "x.jsonl", answered=False
    )
    task = json.loads((tmp_path / "x.jsonl").read_text(encoding="utf-8"))
    assert "answer" not in task
    assert (task["spans"], task["accept"]) == (
        [{"start": 0, "end": 7, "label": "drug"}],
        ["tone:cool"],
    )


@pytest.mark.parametrize(
    ("task", "message"),
    [
        (
            {"text": TEXT, "spans": [[0, 7, "drug"]]},
            "spans: [0, 7, 'drug'] is not an object with start, end and label",
        ),
        ({"text": TEXT, "spans": {"start": 0}}, "spans: a list is needed"),
        (
            {"text": TEXT, "spans": [{"start": 0, "end": 99, "label": "drug"}]},
            "entities: [0, 99, 'drug']",
        ),
        (
            {"text": TEXT, "accept": ["a", "b"]},
            "['a', 'b'] are labels of the sentiment and there can be one",
        ),
        (
            {"text": TEXT, "accept": ["tone:a", "tone:b"]},
            "['a', 'b'] are labels of the tone and there can be one",
        ),
        ({"text": TEXT, "accept": [1]}, "a choice is a string, not 1"),
        ({"text": TEXT, "meta": "x", "spans": []}, "meta: an object is needed"),
        ({"image": "x.png", "spans": []}, "text: a string with words in it is needed"),
        ([1], "a record is a JSON object, not list"),
    ],
)
def test_a_task_that_does_not_fit_is_named_by_its_line(
    task: Any, message: str, tmp_path: Path
) -> None:
    path = lines(tmp_path / "x.jsonl", {"text": "One", "spans": []}, task)
    assert error_of(path, "prodigy").startswith(f"{path}, line 2: {message}")


# doccano


def test_doccanos_spans_classes_and_both_are_read(tmp_path: Path) -> None:
    meta = {"id": 5, "Comments": [], "date": "2020-01-02"}
    spans = lines(
        tmp_path / "a.jsonl",
        {"text": TEXT, "label": [[0, 7, "drug"]], **meta},
        {"text": "B", "label": []},
    )
    drug = Labelled("a-5", TEXT, "2020-01-02", entities=DRUG)
    assert records(spans) == [drug, Labelled("a-2", "B")]
    assert records(spans, "doccano_approved") == [drug, Labelled("a-2", "B", entities=())]
    classes = lines(
        tmp_path / "b.jsonl", {"text": TEXT, "label": []}, {"text": "B", "label": ["negative"]}
    )
    assert [(r.entities, r.sentiment) for r in records(classes)] == [
        (None, None),
        (None, "negative"),
    ]
    both = lines(
        tmp_path / "c.jsonl", {"text": TEXT, "entities": [[0, 7, "drug"]], "cats": ["tone:cool"]}
    )
    assert records(both) == [Labelled("c-1", TEXT, entities=DRUG, tone="cool")]


def test_doccanos_relations_and_old_metadata_are_read(tmp_path: Path) -> None:
    entity = {"id": 1, "label": "drug", "start_offset": 0, "end_offset": 7}
    path = lines(
        tmp_path / "x.jsonl",
        {"id": 1, "text": TEXT, "entities": [entity], "relations": [], "Comments": []},
    )
    assert records(path) == [Labelled("x-1", TEXT, entities=DRUG)]
    old = {
        "id": 2,
        "text": TEXT,
        "meta": {"company": "Norvena"},
        "annotation_approver": None,
        "labels": [[0, 7, "drug"]],
    }
    assert records(lines(path, old)) == [Labelled("x-2", TEXT, company="Norvena", entities=DRUG)]


def test_of_approved_examples_no_risk_factor_is_none_there_where_others_have_some(
    tmp_path: Path,
) -> None:
    path = lines(
        tmp_path / "x.jsonl",
        {"text": TEXT, "label": ["risk_factors:safety"]},
        {"text": "B", "label": ["tone:cool"]},
    )
    assert [r.risk_factors for r in records(path, "doccano_approved")] == [("safety",), ()]
    assert [r.risk_factors for r in records(path)] == [("safety",), None]


def test_a_label_that_is_one_word_is_a_sentiment_or_what_is_said(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", {"text": TEXT, "label": "good"})
    assert records(path)[0].sentiment == "good"
    assert records(path, columns={"label": "tone"})[0].tone == "good"


def test_doccano_gets_the_project_that_the_records_need(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"

    def keys(*held: Labelled) -> tuple[list[set[str]], str]:
        DOCCANO.write(held, path)
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [set(row) - {"text", "eventrisk"} for row in rows], DOCCANO.advice(held)[0]

    named, judged = Labelled("a", TEXT, entities=DRUG), Labelled("b", TEXT, sentiment="x")
    told = "doccano: make a project of the type {}, and import the file as JSONL"
    assert keys(named) == ([{"label"}], told.format("Sequence Labeling"))
    assert keys(judged) == ([{"label"}], told.format("Text Classification"))
    both = {"entities", "cats"}
    assert keys(named, judged) == ([both, both], told.format("Intent Detection and Slot Filling"))


def test_every_line_for_doccano_has_the_same_keys(tmp_path: Path) -> None:
    held = [
        Labelled("a", TEXT, "2020-01-02", entities=DRUG),
        Labelled("b", TEXT, company="Norvena", extra={"n": 1.5}),
        Labelled("c", TEXT, split="dev", entities=()),
    ]
    path = tmp_path / "x.jsonl"
    assert DOCCANO.write(held, path) == []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert {tuple(row) for row in rows} == {
        ("text", "label", "date", "company", "split", "eventrisk")
    }
    assert [row["label"] for row in rows] == [[[0, 7, "drug"]], None, []]
    assert all(isinstance(row["eventrisk"], str) for row in rows)
    assert records(path) == held


def test_of_overlapping_spans_the_longer_goes_first_and_the_others_are_listed(
    tmp_path: Path,
) -> None:
    spans = (Span(0, 7, "drug"), Span(8, 11, "y"), Span(0, 11, "x"))
    path = tmp_path / "x.jsonl"
    losses = DOCCANO.write([Labelled("a", TEXT, entities=spans)], path)
    row = json.loads(path.read_text(encoding="utf-8"))
    assert row["label"] == [[0, 11, "x"], [0, 7, "drug"], [8, 11, "y"]]
    why = "doccano drops it unless the project allows overlapping spans; it overlaps [0, 11, 'x']"
    assert [(loss.what, loss.why) for loss in losses] == [
        ("entity [0, 7, 'drug']", why),
        ("entity [8, 11, 'y']", why),
    ]
    assert "allow overlapping spans" in DOCCANO.advice([Labelled("a", TEXT, entities=spans)])[1]


def test_a_proposal_that_comes_back_as_it_was_is_no_label_and_a_corrected_one_is(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.jsonl"
    held = [Labelled("a", TEXT, entities=DRUG), Labelled("b", "Two.", entities=())]
    write_doccano(held, path, answered=False)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert records(path) == [Labelled("a", TEXT), Labelled("b", "Two.")]
    assert records(path, "doccano_approved") == held
    taken = lines(path, {**rows[0], "label": []}, {**rows[1], "label": [[0, 3, "drug"]]})
    assert records(taken) == [
        Labelled("a", TEXT, entities=()),
        Labelled("b", "Two.", entities=(Span(0, 3, "drug"),)),
    ]


def test_a_file_of_doccanos_for_each_person_is_annotations_of_the_same_texts(
    tmp_path: Path,
) -> None:
    def exported(who: str, *labels: Any) -> Path:
        text = {"text": TEXT, "eventrisk": '{"id": "a", "entities": []}', "Comments": []}
        return lines(tmp_path / f"{who}.jsonl", {"id": 1, **text, "label": list(labels)})

    ann, bob = exported("ann", [0, 7, "drug"]), exported("bob", [0, 7, "code"])
    empty = exported("cy")
    assert [(e.annotator, e.record.entities) for e in entries([ann, bob, empty], None)] == [
        ("ann", DRUG),
        ("bob", (Span(0, 7, "code"),)),
        ("cy", None),
    ]
    assert records([ann, bob, empty]) == [Labelled("a", TEXT, entities=(Span(0, 7, "code"),))]
    assert records([ann, bob, empty], conflicts="majority") == [Labelled("a", TEXT, entities=())]


@pytest.mark.parametrize(
    ("example", "message"),
    [
        (
            {"text": TEXT, "label": [[0, 99, "drug"]]},
            "entities: [0, 99, 'drug']: the offsets do not lie",
        ),
        ({"text": TEXT, "label": [["drug"]]}, "entities: ['drug'] is not [start, end, label]"),
        ({"text": TEXT, "label": 3}, "entities: a list is needed, not 3"),
        ({"text": TEXT, "label": [], "cats": "x"}, "cats: a list is needed"),
    ],
)
def test_an_example_that_does_not_fit_is_named_by_its_line(
    example: Any, message: str, tmp_path: Path
) -> None:
    path = lines(tmp_path / "x.jsonl", {"text": TEXT, "label": [[0, 7, "drug"]]}, example)
    assert error_of(path, "doccano").startswith(f"{path}, line 2: {message}")


# Label Studio


def region(
    start: int, end: int, label: str, text: str | None = None, **value: Any
) -> dict[str, Any]:
    words = {} if text is None else {"text": text}
    value = {"start": start, "end": end, "labels": [label], **words, **value}
    return {
        "id": "x1",
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "origin": "manual",
        "value": value,
    }


def choice(control: str, *chosen: str) -> dict[str, Any]:
    return {
        "id": "x2",
        "from_name": control,
        "to_name": "text",
        "type": "choices",
        "value": {"choices": chosen},
    }


def task(text: str, *results: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "data": {"text": text},
        "annotations": [{"id": 1, "result": results, **keys}],
        "predictions": [],
    }


def test_label_studios_regions_and_choices_are_labels(tmp_path: Path) -> None:
    path = array(
        tmp_path / "x.json",
        {
            **task(
                TEXT,
                region(0, 7, "drug", "Velorin"),
                choice("sentiment", "bad"),
                choice("risk_factors", "a", "b"),
            ),
            "data": {"text": TEXT, "date": "2020-01-02", "url": "x"},
        },
        {**task("Second."), "id": 8},
        {"id": 9, "data": {"text": "Third."}, "annotations": []},
    )
    assert records(path) == [
        Labelled(
            "x-7",
            TEXT,
            "2020-01-02",
            entities=DRUG,
            sentiment="bad",
            risk_factors=("a", "b"),
            extra={"url": "x"},
        ),
        Labelled("x-8", "Second.", entities=(), risk_factors=()),
        Labelled("x-9", "Third."),
    ]


def test_of_several_annotations_the_latest_counts_whatever_is_called_ground_truth(
    tmp_path: Path,
) -> None:
    def labelled(*annotations: dict[str, Any]) -> Labelled:
        rows = [
            {
                **task(TEXT),
                "annotations": annotations,
                "predictions": [{"result": [choice("tone", "no")]}],
            }
        ]
        return records(array(tmp_path / "x.json", *rows))[0]

    first, second = (
        {
            "result": [choice("tone", name)],
            "completed_by": 1,
            "updated_at": f"2026-01-0{day}T00:00Z",
        }
        for name, day in (("first", 1), ("second", 2))
    )
    assert labelled({**first, "ground_truth": True}, second).tone == "second"
    assert labelled(second, {**first, "ground_truth": True}).tone == "second"
    assert labelled({**second, "was_cancelled": True}, first).tone == "first"
    skipped = labelled({**first, "was_cancelled": True})
    assert (skipped.tone, skipped.extra) == (None, {"was_cancelled": True})
    assert LABEL_STUDIO.write([skipped], tmp_path / "y.json") == []
    assert records(tmp_path / "y.json") == [skipped]


def test_what_is_written_for_label_studio_is_not_called_ground_truth(tmp_path: Path) -> None:
    LABEL_STUDIO.write([Labelled("a", TEXT, entities=DRUG)], tmp_path / "x.json")
    (written,) = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert [one["ground_truth"] for one in written["annotations"]] == [False]


@pytest.mark.parametrize(
    ("start", "end", "words", "expected"),
    [
        (3, 10, "Velorin", (4, 11)),  # as browsers count
        (4, 11, "Velorin", (4, 11)),
        (3, 14, "Velorin\nmay", (4, 16)),
        (5, 12, "Velorin", None),
    ],
)
def test_offsets_that_count_crlf_as_one_are_moved_by_the_breaks_before_them(
    start: int, end: int, words: str, expected: tuple[int, int] | None, tmp_path: Path
) -> None:
    path = array(
        tmp_path / "x.json", task("ab\r\nVelorin\r\nmay fail.", region(start, end, "drug", words))
    )
    (entry,) = entries(path)
    if expected is None:
        assert "but its text says" in str(entry)
    else:
        assert isinstance(entry, Placed)
        assert entry.record.entities == (Span(*expected, "drug"),)
        assert bool(entry.note) == (start != expected[0])


def test_offsets_in_utf16_units_are_found_out_by_the_regions_words(tmp_path: Path) -> None:
    text = "🙂🙂 Velorin may fail."
    units, characters = region(5, 12, "drug", "Velorin"), region(3, 10, "drug", "Velorin")
    assert records(array(tmp_path / "x.json", task(text, units)))[0].entities == (
        Span(3, 10, "drug"),
    )
    assert records(array(tmp_path / "x.json", task(text, characters)))[0].entities == (
        Span(3, 10, "drug"),
    )
    wrong = array(tmp_path / "x.json", task(text, region(4, 10, "drug", "Velorin")))
    assert "region ['drug']: [4, 10] is 'elorin', but its text says 'Velorin'" in error_of(
        wrong, "label_studio"
    )


def test_line_breaks_that_the_tool_writes_otherwise_are_the_same_words(tmp_path: Path) -> None:
    path = array(
        tmp_path / "x.json", task("Velorin\nmay fail.", region(0, 11, "drug", "Velorin\\nmay"))
    )
    assert records(path)[0].entities == (Span(0, 11, "drug"),)


def test_json_min_is_read(tmp_path: Path) -> None:
    path = array(
        tmp_path / "x.json",
        {
            "text": TEXT,
            "id": 4,
            "label": [{"start": 0, "end": 7, "text": "Velorin", "labels": ["drug"]}],
            "sentiment": "bad",
            "risk_factors": {"choices": ["a", "b"]},
            "annotator": 1,
            "annotation_id": 2,
            "created_at": "x",
            "updated_at": "y",
            "lead_time": 2.5,
            "url": "x",
        },
        {"text": "Second.", "id": 5, "annotation_id": 3, "risk_factors": "a"},
        {"text": "Third.", "id": 6, "annotation_id": None},
    )
    assert records(path) == [
        Labelled(
            "x-4", TEXT, entities=DRUG, sentiment="bad", risk_factors=("a", "b"), extra={"url": "x"}
        ),
        Labelled("x-5", "Second.", entities=(), risk_factors=("a",)),
        Labelled("x-6", "Third."),
    ]


def test_a_control_of_another_name_is_asked_for(tmp_path: Path) -> None:
    path = array(tmp_path / "x.json", task(TEXT, choice("verdict", "bad")))
    message = error_of(path, "label_studio")
    assert message.startswith(
        f"{path}, line 2: choices of the control 'verdict' are labels of nothing known"
    )
    assert records(path, columns={"verdict": "sentiment"})[0].sentiment == "bad"
    assert records(path, columns={"verdict": "extra"})[0].extra == {"verdict": ["bad"]}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"data": {"body": TEXT}, "annotations": []}, "there is no 'text'; the keys are 'body'"),
        (
            task(TEXT, choice("tone", "a", "b")),
            "['a', 'b'] were chosen at 'tone', and there can be one tone",
        ),
        (task(TEXT, region(0, 99, "drug")), "entities: [0, 99, 'drug']: the offsets"),
        (
            task(TEXT, {**region(0, 7, "drug"), "value": {"labels": ["drug"]}}),
            "region ['drug']: start and end",
        ),
        ({"data": {"text": TEXT}, "annotations": {}}, None),
        ({"data": {"text": TEXT}, "annotations": [3]}, "annotation: an object is needed, not 3"),
        (3, "a task: an object is needed, not 3"),
    ],
)
def test_a_task_that_does_not_fit_is_named_by_the_line_it_begins_on(
    row: Any, message: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "x.json"
    path.write_text(f"[\n{json.dumps(task('One'))},\n{json.dumps(row)}]", encoding="utf-8")
    if message is None:
        assert "annotations: a list is needed" in error_of(path, "label_studio")
    else:
        assert error_of(path, "label_studio").startswith(f"{path}, line 3: {message}")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            '[\n{"data": {"text": "One"}},\n{"data": {"te',
            "line 3: is not JSON (Unterminated string",
        ),
        ('[\n{"data": {"text": "One"}},\n', "line 3: is not JSON"),
        ('[\n{"data": {"text": "One"}}\n{}]', "line 3: is not JSON (Expecting ',' or ']'"),
        (
            '[\n{"data": {"text": "One"}}',
            "line 2: is not JSON (Expecting ',' or ']'; is the file cut off?",
        ),
        ("text", "line 1: is not a JSON array"),
        ('[\n"caf\udce9"]', "line 2: is not UTF-8"),
    ],
)
def test_a_damaged_array_is_one_error_with_its_line(
    content: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert error_of(path, "label_studio").startswith(f"{path}, {message}")


def test_predictions_are_for_a_person_to_correct_and_no_labels(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    write_label_studio([Labelled("a", TEXT, entities=DRUG, tone="cool")], path, answered=False)
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert [result["type"] for result in rows[0]["predictions"][0]["result"]] == [
        "labels",
        "choices",
    ]
    assert records(path) == [Labelled("a", TEXT)]


# All of them


@pytest.mark.parametrize("name", ["prodigy", "doccano", "jsonl"])
def test_half_a_line_and_another_encoding_are_named_by_their_line(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.jsonl"
    row = json.dumps({"text": TEXT})
    path.write_bytes(f"{row}\n{row[:-4]}".encode())
    assert error_of(path, name).startswith(f"{path}, line 2: is not JSON")
    path.write_bytes(f'{row}\n{{"text": "caf\u00e9"}}\n'.encode("latin-1"))
    assert error_of(path, name).startswith(f"{path}, line 2: is not UTF-8")


@pytest.mark.parametrize("name", ["prodigy", "doccano", "jsonl", "label_studio", "csv"])
def test_a_key_that_the_file_calls_otherwise_can_be_named(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    FORMATS[name].write([Labelled("a", TEXT, sentiment="bad")], path)
    path.write_text(
        path.read_text(encoding="utf-8").replace('"text":', '"body":').replace("id,text", "id,body")
    )
    assert "text" in error_of(path, name)
    assert records(path, name, {"body": "text"}) == [Labelled("a", TEXT, sentiment="bad")]
