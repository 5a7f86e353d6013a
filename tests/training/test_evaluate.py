"""``evaluate``: any model on any labelled releases, judged where they are labelled."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eventrisk.errors import DataError, ModelError
from eventrisk.labelled import Clause, Labelled
from eventrisk.training.evaluate import evaluate
from eventrisk.training.predictions import NONE, UNLISTED, gold, prediction_of, predictions_of
from report_records import EVENTS, RECORDS, Reads, record

MODEL = Reads("mine-1.0.0", frozenset({"r0", "r3"}))
REPORT = evaluate(RECORDS, model=MODEL)


def test_every_head_that_is_labelled_is_judged() -> None:
    heads = REPORT.figures["heads"]
    assert list(heads) == ["sentiment", "tone", "entities", "events", "lead", "risk"]
    assert heads["sentiment"]["accuracy"] == pytest.approx(22 / 24)
    assert heads["lead"]["accuracy"] == pytest.approx(22 / 24)
    assert heads["events"]["f1"] == pytest.approx(22 / 24)
    assert (heads["entities"]["f1"], heads["risk"]["f1"], heads["tone"]["accuracy"]) == (1, 1, 1)
    assert heads["entities"]["left_out"] == {"company": 24}


def test_the_worst_errors_have_the_text_of_the_release() -> None:
    errors = REPORT.figures["heads"]["sentiment"]["errors"]
    assert {error["id"] for error in errors} == {"r0", "r3"}
    assert "The news is negative." in errors[0]["text"]


def test_missing_labels_leave_a_row_out_of_that_head_only() -> None:
    some = [replace(r, sentiment=None) if n >= 10 else r for n, r in enumerate(RECORDS)]
    heads = evaluate(some, model=MODEL).figures["heads"]
    assert (heads["sentiment"]["n"], heads["tone"]["n"]) == (10, 24)


def test_heads_can_be_chosen_and_mistakes_are_named() -> None:
    assert list(evaluate(RECORDS, model=MODEL, heads="risk").figures["heads"]) == ["risk"]
    assert list(evaluate(RECORDS, model=MODEL, heads=["tone", "sentiment"]).figures["heads"]) == [
        "tone",
        "sentiment",
    ]
    with pytest.raises(DataError, match="no head is called 'mood'; there are sentiment"):
        evaluate(RECORDS, model=MODEL, heads="mood")
    bare = [Labelled("a", "A text.", sentiment="neutral")]
    with pytest.raises(
        DataError, match="tone is not labelled in any record; labelled are sentiment"
    ):
        evaluate(bare, model=MODEL, heads=["tone"])
    with pytest.raises(DataError, match="no record has labels"):
        evaluate([Labelled("a", "A text.")], model=MODEL)


def test_a_model_that_is_not_there_is_said_so() -> None:
    with pytest.raises(ModelError, match="no model 'nowhere'"):
        evaluate(RECORDS[:1], model="nowhere")


def test_releases_of_one_company_are_one_group() -> None:
    rows = predictions_of(
        [
            record(1, "neutral", company="Norvena Inc."),
            record(2, "neutral", company="NORVENA Inc."),
        ],
        MODEL,
    )
    assert len({row.group for row in rows}) == 1
    assert [row.group for row in predictions_of(RECORDS[:2], MODEL)] == [
        "company norvena 0",
        "company norvena 1",
    ]
    assert [row.group for row in predictions_of(RECORDS[:2], MODEL, groups={"r0": "one"})] == [
        "one",
        "company norvena 1",
    ]


def test_the_size_of_a_company_is_what_the_data_says_else_its_exchange() -> None:
    rows = predictions_of(
        [record(1, "neutral", extra={"company_size": "large"}), record(2, "neutral")], MODEL
    )
    assert [row.slices["company size"] for row in rows] == ["large", "Nasdaq"]
    release = replace(MODEL(RECORDS[0].text), company=None)
    assert prediction_of(RECORDS[0], release).slices["company size"] == UNLISTED


def test_labelled_and_nothing_there_is_not_the_same_as_not_labelled() -> None:
    empty = Labelled("a", "A text.", entities=(), events=(), risk_clauses=())
    assert gold(empty) == {
        "risk": frozenset(),
        "entities": frozenset(),
        "events": frozenset(),
        "lead": NONE,
    }
    assert gold(Labelled("a", "A text.")) == {}
    clauses = Labelled("a", "A text.", risk_clauses=(Clause(0, 6, ("safety", "cash")),))
    assert gold(clauses) == {"risk": frozenset({"safety", "cash"})}
    assert gold(RECORDS[0])["events"] == {f"{EVENTS['negative']} negative"}


def test_a_record_that_cannot_be_read_is_named() -> None:
    with pytest.raises(DataError, match=r"record 'a': date: .*2021-02-30"):
        evaluate([Labelled("a", "News of Velorin.", "2021-02-30", sentiment="neutral")])


def test_a_column_named_otherwise_is_taken_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("body,mood\nNews on Velorin: neutral.,neutral\n", encoding="utf-8")
    report = evaluate(path, model=MODEL, columns={"body": "text", "mood": "sentiment"})
    assert report.figures["heads"]["sentiment"]["n"] == 1


def test_progress_counts_the_releases_read() -> None:
    seen: list[tuple[int, int | None]] = []
    evaluate(RECORDS[:3], model=MODEL, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_the_default_model_reads_a_file_of_ones_own(tmp_path: Path) -> None:
    releases = [
        (
            (
                "FDA Approves Velorin for Asthma\n\nBOSTON, May 4, 2021 -- Norvena, Inc. "
                "(Nasdaq: NRVN) today announced that "
                "the U.S. Food and Drug Administration has approved Velorin for the treatment of "
                "asthma."
            ),
            "positive",
        ),
        (
            (
                "Orlo Pharma Receives Complete Response Letter for Tavanil\n\nLONDON, June 2, "
                "2008 -- Orlo Pharma plc said "
                "the FDA issued a complete response letter and will not approve Tavanil in its "
                "present form."
            ),
            "negative",
        ),
    ]
    path = tmp_path / "mine.jsonl"
    path.write_text(
        "".join(
            json.dumps(
                {
                    "id": str(n),
                    "text": text,
                    "sentiment": label,
                    "events": [
                        {
                            "type": "approval" if label == "positive" else "complete_response",
                            "direction": label,
                        }
                    ],
                }
            )
            + "\n"
            for n, (text, label) in enumerate(releases)
        ),
        encoding="utf-8",
    )
    report = evaluate(path)
    heads = report.figures["heads"]
    assert list(heads) == ["sentiment", "events", "lead"]
    assert (heads["sentiment"]["accuracy"], heads["lead"]["accuracy"]) == (1, 1)
    assert list(heads["sentiment"]["slices"]["era"]) == ["2000s", "2020s"]
    assert report.figures["data"] == "mine.jsonl"
