"""Bad input gets an answer or one clear error; nothing hangs, nothing is cut."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import eventrisk
from eventrisk import Analysis, DateError, EmptyTextError, EventRiskError, Failure, NotTextError

LEAD = (
    "Norvena Receives Complete Response Letter for Norvastim\nBOSTON, May 4, 2021 -- Norvena "
    "Inc. (Nasdaq: NRVN) today "
)
NEWS = LEAD + (
    "announced that the U.S. Food and Drug Administration (FDA) has issued a complete "
    "response letter for Norvastim."
)


@pytest.mark.parametrize("value", [None, 12, b"bytes", ["a", "b"], 1.5])
def test_anything_but_a_str_is_refused_by_its_type(value: object) -> None:
    with pytest.raises(NotTextError, match=f"not {type(value).__name__}"):
        eventrisk.analyze(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t \r\n", "\u00a0\u2003", "<p>&nbsp;</p>", "\u200b\ufeff"]
)
def test_a_release_without_a_word_is_refused_as_empty(text: str) -> None:
    with pytest.raises(EmptyTextError):
        eventrisk.analyze(text)


@pytest.mark.parametrize("date", ["2021-02-30", "yesterday", "2021-13-01", "21-1-1", "20210101x"])
def test_an_impossible_date_is_refused_by_its_words(date: str) -> None:
    with pytest.raises(DateError, match="YYYY-MM-DD"):
        eventrisk.analyze(NEWS, date=date)


@pytest.mark.parametrize("date", [None, "", " ", float("nan"), pd.NaT, pd.NA])
def test_a_date_that_is_missing_leaves_the_dateline(date: Any) -> None:
    text = f"BOSTON, March 4, 2025 -- {NEWS}"
    assert eventrisk.analyze(text, date=date).date == eventrisk.analyze(text).date == "2025-03-04"


def test_without_any_date_relative_times_stay_open() -> None:
    result = eventrisk.analyze(
        "Norvena Expects Decision on Norvastim Next Month\nThe FDA will decide on the NDA "
        "next month."
    )
    assert result.date is None
    assert all(c.earliest is None and c.latest is None for c in result.catalysts)


ODD = {
    "binary": "".join(map(chr, range(256))) * 20,
    "lone surrogates": NEWS.replace("Norvastim", "Norvastim \ud800 \udfff", 1),
    "right to left": "\u202eאבג דה " * 50 + "\n" + "شركة تعلن عن نتائج " * 40,
    "German": (
        "Die Firma Norvena gab heute bekannt, dass die Behörde den Antrag für Norvastim nicht "
        "zulassen wird. "
    )
    * 8,
    "Japanese": "当社は本日、製造販売承認を取得したことを発表しました。" * 40,
    "one word": "Approval",
    "one character": "x",
    "only brackets": "((([[[{{{" * 500,
    "only numbers": "10-4 12 to 3 2026 1H27 $4.5 " * 300,
    "unclosed markup": "<p>" * 300 + NEWS + "<!-- never closed <script>",
    "thousands of short lines": "a\n" * 20_000,
    "one long word": "a" * 200_000,
    "quotes never closed": ('"' + NEWS) * 20,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_text_gets_an_answer_with_exact_offsets(text: str) -> None:
    result = eventrisk.analyze(text)
    assert sum(result.sentiment.probabilities.values()) == pytest.approx(1.0)
    assert 0.0 <= result.risk_score <= 1.0
    for entity in result.entities:
        assert text[entity.start : entity.end] == entity.text


def test_html_says_what_the_plain_text_says() -> None:
    page = (
        "<html><body><h1>"
        + NEWS.replace("\n", "</h1>\n<p>").replace("U.S. Food", "U.S.&nbsp;Food")
        + "</p></body></html>"
    )
    plain, marked = eventrisk.analyze(NEWS), eventrisk.analyze(page)
    assert plain.news[0].type == marked.news[0].type == "complete_response"
    assert [e.canonical for e in plain.entities] == [e.canonical for e in marked.entities]
    assert page[marked.entities[0].start : marked.entities[0].end] == marked.entities[0].text


def test_text_beyond_the_first_page_is_read_to_its_end() -> None:
    filler = "The company describes its history at length in this sentence. " * 8_000
    result = eventrisk.analyze(NEWS + "\n" + filler + "\nIn the end the EMA will be asked as well.")
    assert result.text[result.entities[-1].start :].startswith("EMA will be asked")


@pytest.mark.slow
def test_five_megabytes_in_one_line_are_read() -> None:
    text = (NEWS + " ") * (5_000_000 // len(NEWS))
    result = eventrisk.analyze(text.replace("\n", " "))
    assert result.entities[-1].end > 4_900_000


def test_a_bad_record_of_a_stream_is_a_failure_in_its_place() -> None:
    records = [
        NEWS,
        "",
        {"id": "x", "text": NEWS, "date": "2021-02-30"},
        {"id": "y"},
        {"id": "z", "text": NEWS},
    ]
    results = list(eventrisk.analyze_many(records))
    assert [type(r) for r in results] == [Analysis, Failure, Failure, Failure, Analysis]
    assert [r.doc_id for r in results[2:]] == ["x", "y", "z"]
    assert [r.kind for r in results if isinstance(r, Failure)] == [
        "EmptyTextError",
        "DateError",
        "NotTextError",
    ]


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gets_an_answer_or_one_clear_error(text: str) -> None:
    try:
        result = eventrisk.analyze(text)
    except EventRiskError:
        return
    for record in (*result.entities, *result.events, *result.votes, *result.catalysts):
        assert 0 <= record.start < record.end <= len(text)
