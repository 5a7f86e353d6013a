"""Submission files: which of their documents are releases, and offsets that count the file."""

from __future__ import annotations

from pathlib import Path

import eventrisk
from eventrisk.results import Analysis
from eventrisk.rules import rules
from eventrisk.sources.clean import clean
from eventrisk.sources.records import read
from eventrisk.sources.submission import RULES, release_documents

FORMS = Path(__file__).parents[1] / "kinds" / "forms"
TWO = FORMS / "submission-two-releases.txt"


def text_of(name: str) -> str:
    return (FORMS / name).read_text(encoding="utf-8")


def test_every_release_of_a_file_is_a_record_with_offsets_into_the_file() -> None:
    file = TWO.read_text(encoding="utf-8")
    results = [*eventrisk.analyze_many(read(TWO), progress=False)]
    assert [type(result) for result in results] == [Analysis, Analysis]
    assert [result.doc_id for result in results] == [f"{TWO.as_posix()}#1", f"{TWO.as_posix()}#2"]
    events = [result.events[0].type for result in results if isinstance(result, Analysis)]
    assert events == ["complete_response", "trial_status"]
    for result in results:
        assert isinstance(result, Analysis)
        assert all(file[e.start : e.end] == e.text for e in result.entities)
        assert result.company is not None
        assert result.company.ticker == "KSTR"


def test_the_file_of_several_releases_is_read_as_its_first() -> None:
    first = eventrisk.analyze(TWO)
    assert first.title == eventrisk.analyze(TWO.read_text(encoding="utf-8")).title
    assert first.doc_id == TWO.as_posix()


def test_a_file_of_one_release_is_one_record_as_it_stands() -> None:
    path = FORMS / "full-submission.txt"
    assert [*read(path)] == [{"text": text_of(path.name), "id": path.as_posix()}]


def test_slides_and_forms_are_no_releases_beside_one() -> None:
    types = [part.type for part in release_documents(text_of("submission-slides-first.txt"))]
    assert types == ["EX-99.2"]
    assert [p.type for p in release_documents(text_of("submission-parts.txt"))] == ["EX-99.1"]


def test_a_form_that_holds_the_release_is_one() -> None:
    assert [p.type for p in release_documents(text_of("submission-6k-main.txt"))] == ["6-K"]


def test_a_form_without_a_release_beside_it_is_read_itself() -> None:
    text = text_of("full-submission.txt")
    start = text.index("<DOCUMENT>\n<TYPE>EX-99.1")
    assert [part.type for part in release_documents(text[:start])] == ["8-K"]


def test_what_is_no_submission_has_no_documents() -> None:
    assert release_documents("FDA Approves Korvex\n\nThe agency approved it.") == ()


def test_only_the_release_of_a_submission_is_clean_text() -> None:
    cleaned = clean(text_of("submission-parts.txt"))
    assert cleaned.text.startswith("Exhibit 99.1")
    assert "Zorvanib" not in cleaned.text
    assert "CONFORMED" not in cleaned.text


def test_the_header_gives_the_day_and_the_issuer_where_the_release_does_not() -> None:
    text = text_of("full-submission.txt").replace("WALTHAM, Mass., April 15, 2025 &ndash; ", "")
    result = eventrisk.analyze(text.replace("(Nasdaq: VRLW)", ""))
    assert result.date == "2025-04-15"
    assert result.company is not None
    assert result.company.name == "Varlow Therapeutics, Inc."


def test_rules_of_documents_miss_their_miss() -> None:
    assert [rule.id for rule in rules(RULES) if rule.regex.search(rule.miss)] == []
