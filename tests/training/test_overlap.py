"""Texts that a model learnt from are left out of what is measured, counted and told."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Span
from eventrisk.learn.bundle import find
from eventrisk.training.compare import compare
from eventrisk.training.evaluate import evaluate
from eventrisk.training.overlap import Overlap, overlap
from report_records import RECORDS, Reads
from scripts.corpus import build

OURS = [
    Labelled(str(r["id"]), str(r["text"]), sentiment=str(r["sentiment"]))
    for r in build.corpus()[:150]
]
NEW = Labelled(
    "new",
    "Norvena Receives Complete Response Letter for Velorin\n\nBOSTON, May 4, 2021 -- Norvena, Inc. "
    "(Nasdaq: NRVN) said the FDA issued a complete response letter for Velorin in asthma.",
    sentiment="negative",
)


def written(path: Path, records: list[Labelled]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.writer(handle)
        rows.writerow(("id", "text", "sentiment"))
        rows.writerows((r.id, r.text, r.sentiment) for r in records)
    return path


def test_a_csv_of_our_own_corpus_is_told_to_be_seen_and_not_measured(tmp_path: Path) -> None:
    report = evaluate(written(tmp_path / "ours.csv", OURS))
    assert report.figures["heads"] == {}
    assert report.figures["n"] == 0
    assert report.figures["overlap"] == {
        "model": "default-0.1.0",
        "known": True,
        "of": 150,
        "texts": 150,
        "heads": {"sentiment": 150},
    }
    assert "all 150 releases, which default-0.1.0 learnt from" in report.card()
    assert "nothing is left. How good a model is" in report.card()


def test_what_is_new_to_the_model_is_measured_beside_what_is_not() -> None:
    near = [replace(r, id=f"{r.id}b", text=r.text.replace(",", " ;").upper()) for r in OURS[:5]]
    report = evaluate([*near, NEW])
    assert report.figures["n"] == 1
    assert report.figures["heads"]["sentiment"]["n"] == 1
    assert "Left out of what is measured: 5 of 6 releases" in report.card()


def test_data_that_are_new_are_said_to_be_new() -> None:
    assert "learnt from none of these 1 releases" in evaluate([NEW]).card()


def test_a_model_that_does_not_say_what_it_learnt_from_is_said_not_to() -> None:
    report = evaluate(RECORDS, model=Reads("mine-1.0.0"))  # type: ignore[arg-type]
    assert report.figures["n"] == 24
    assert report.figures["overlap"]["known"] is False
    assert "is recorded in its bundle" in report.figures["notes"][0]


def test_compare_gives_no_verdict_on_texts_that_either_model_learnt_from() -> None:
    found = compare("default", "default", [*OURS[:10], NEW])
    assert found.figures["n"] == 1
    assert found.figures["heads"]["sentiment"]["n"] == 1
    assert "10 of 11 releases" in found.card()
    none = compare("default", "default", OURS[:10])
    assert none.verdicts == {}
    assert "nothing is left. How good a model is" in none.card()


def test_a_head_that_did_not_learn_from_a_text_is_measured_on_it() -> None:
    seen = Overlap("m", {"r0": frozenset({"sentiment"})})
    rows = seen.unseen(
        [
            replace(row, gold={"sentiment": "neutral", "tone": "neutral"})
            for row in _rows(RECORDS[:2])
        ]
    )
    assert [sorted(row.gold) for row in rows] == [["tone"], ["sentiment", "tone"]]
    assert seen.by_head(RECORDS[:2], ["sentiment", "tone"]) == {"sentiment": 1}
    assert seen.new_to(RECORDS[0], ["sentiment", "tone"])
    assert not seen.new_to(RECORDS[0], ["sentiment"])


def _rows(records: list[Labelled]) -> list[object]:
    from eventrisk.training.predictions import predictions_of

    return predictions_of(records, Reads("m"))  # type: ignore[arg-type, return-value]


def test_the_default_model_names_every_text_of_the_corpus() -> None:
    found = overlap("default", find("default"), OURS)
    assert found.known
    assert len(found.heads) == 150
    assert set.union(*map(set, found.heads.values())) == {
        "sentiment",
        "tone",
        "entities",
        "events",
        "lead",
        "risk",
    }


def test_foreign_labels_are_refused_with_those_the_model_gives_and_how_to_map_them(
    tmp_path: Path,
) -> None:
    path = written(tmp_path / "mine.csv", [replace(NEW, sentiment="bad")])
    with pytest.raises(
        DataError,
        match=r"mine.csv: sentiment: the labels bad are none that default-0.1.0 gives \(negative, "
        r"neutral, positive\); map them with labels=.*--label 'bad=",
    ):
        evaluate(path)
    report = evaluate(path, labels={"bad": "negative"})
    assert report.figures["heads"]["sentiment"]["accuracy"] == 1


def test_labels_that_are_mapped_in_part_are_refused_with_those_that_are_left() -> None:
    own = {"negative": "bad", "neutral": "meh", "positive": "good"}
    some = [Labelled(r.id, r.text, sentiment=own[str(r.sentiment)]) for r in RECORDS]
    model = Reads("mine-1.0.0")
    with pytest.raises(
        DataError,
        match=r"sentiment: the labels bad, meh are none that mine-1.0.0 gives \(negative, neutral, "
        r"positive\); map them with labels=\{'bad': …, 'meh': …\} \(on the command line: "
        r"--label 'bad=…' --label 'meh=…'\)",
    ):
        evaluate(some, model=model, labels={"good": "positive"})  # type: ignore[arg-type]
    whole = {"good": "positive", "bad": "negative", "meh": "neutral"}
    report = evaluate(some, model=model, labels=whole)  # type: ignore[arg-type]
    assert report.figures["heads"]["sentiment"]["accuracy"] == 1
    assert list(report.figures["heads"]["sentiment"]["labels"]) == sorted(whole.values())


def test_a_tone_that_is_none_of_ours_is_refused() -> None:
    some = [Labelled(r.id, r.text, tone="upbeat") for r in RECORDS[:1]]
    with pytest.raises(
        DataError, match=r"tone: the labels upbeat .* \(negative, neutral, positive"
    ):
        evaluate(some, model=Reads("mine-1.0.0"))  # type: ignore[arg-type]


def test_names_and_risks_that_a_model_does_not_know_are_left_out_and_named() -> None:
    some = [
        replace(
            r,
            entities=(*(r.entities or ()), Span(0, 7, "gene")),
            risk_factors=("safety", "weather"),
        )
        for r in RECORDS
    ]
    report = evaluate(some, model=Reads("mine-1.0.0"))  # type: ignore[arg-type]
    heads = report.figures["heads"]
    assert list(heads["entities"]["labels"]) == ["drug"]
    assert (heads["entities"]["f1"], heads["risk"]["f1"]) == (1, 1)
    assert report.figures["notes"][1:] == [
        "Not measured: entities: gene, for mine-1.0.0 gives no such labels; the others are.",
        "Not measured: risk: weather, for mine-1.0.0 gives no such labels; the others are.",
    ]


def test_a_label_of_ours_that_is_never_found_counts_as_missed() -> None:
    some = [replace(r, risk_factors=("safety", "competition")) for r in RECORDS]
    report = evaluate(some, model=Reads("mine-1.0.0"))  # type: ignore[arg-type]
    assert report.figures["heads"]["risk"]["recall"] == 0.5


def test_terms_of_ones_own_are_told() -> None:
    terms = [{"term": "Ravexin", "label": "drug"}]
    assert evaluate([NEW], terms=terms).figures["notes"][-1] == "Read with 1 term of your own."
    assert not any("of your own" in note for note in evaluate([NEW]).figures["notes"])


def test_one_head_with_foreign_labels_does_not_keep_from_judging_the_others() -> None:
    some = [replace(r, sentiment="bad") for r in RECORDS]
    report = evaluate(some, model=Reads("mine-1.0.0"))  # type: ignore[arg-type]
    assert "sentiment" not in report.figures["heads"]
    assert report.figures["heads"]["tone"]["accuracy"] == 1
    assert any(
        note.startswith("Not measured: sentiment: the labels bad")
        for note in report.figures["notes"]
    )
    with pytest.raises(DataError, match="the labels bad are none"):
        evaluate(some, model=Reads("mine-1.0.0"), heads="sentiment")  # type: ignore[arg-type]
