"""Labelled releases: plain values in, frozen records out, and back."""

from __future__ import annotations

from typing import Any

import pytest

from eventrisk.errors import DataError
from eventrisk.labelled import Clause, Labelled, Span, parse_record, to_plain

TEXT = "Velorin may fail."


def record(**keys: Any) -> Labelled:
    return parse_record({"id": "a", "text": TEXT, **keys}, "x.jsonl, line 2")


def test_a_record_becomes_frozen_spans_and_clauses() -> None:
    found = record(
        entities=[[0, 7, "drug"]],
        risk_clauses=[[0, 16, ["safety", "clinical_efficacy"]]],
        tone="neutral",
    )
    assert found.entities == (Span(0, 7, "drug"),)
    assert found.risk_clauses == (Clause(0, 16, ("safety", "clinical_efficacy")),)
    assert found.risks == {"safety", "clinical_efficacy"}


def test_a_missing_key_means_not_labelled_and_an_empty_list_means_none_there() -> None:
    found = record(risk_clauses=[])
    assert (found.sentiment, found.entities, found.risks) == (None, None, frozenset())
    assert record().risks is None


def test_categories_of_the_whole_release_need_no_clause() -> None:
    assert record(risk_factors=["weather"]).risks == {"weather"}
    assert record(risks=["weather"]).risk_factors == ("weather",)


def test_own_labels_are_taken_as_they_stand() -> None:
    found = record(
        sentiment="bullish", entities=[[0, 7, "Chemical"]], risk_clauses=[[0, 7, ["weather"]]]
    )
    assert (found.sentiment, found.entities, found.risks) == (
        "bullish",
        (Span(0, 7, "Chemical"),),
        {"weather"},
    )


def test_keys_that_are_not_ours_are_kept_and_everything_goes_back_as_it_came() -> None:
    plain = {
        "id": "a",
        "text": TEXT,
        "split": "dev",
        "entities": [[0, 7, "drug"]],
        "risk_clauses": [[0, 16, ["safety"]]],
        "risk_factors": ["safety"],
        "events": [{"type": "approval", "direction": "positive"}],
        "traps": ["may"],
    }
    found = parse_record(plain, "x")
    assert found.extra == {"traps": ["may"]}
    assert to_plain(found) == plain


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"text": " "}, "text: a string with words"),
        ({"sentimant": "positive"}, "'sentimant' is not known; did you mean 'sentiment'"),
        ({"sentiment": ""}, "sentiment: a string with words in it is needed"),
        ({"sentiment": 1}, "sentiment: a string with words in it is needed, not 1"),
        ({"entities": [[0, 70, "drug"]]}, "do not lie in the text of 17 characters"),
        ({"entities": [[0, 7]]}, "is not [start, end, label]"),
        ({"entities": [[0, 7, ""]]}, "a string with words in it is needed"),
        ({"risk_clauses": [[0, 7, []]]}, "no category"),
        ({"events": {"type": "approval"}}, "events: a list is needed"),
        ({"date": [2008]}, "date: a string with words in it is needed"),
        ({"date": True}, "date: a string with words in it is needed, not True"),
        ({"date": float("inf")}, "date: a string with words in it is needed, not inf"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place_and_key(
    keys: dict[str, Any], message: str
) -> None:
    with pytest.raises(DataError) as error:
        record(**keys)
    assert str(error.value).startswith("x.jsonl, line 2: ")
    assert message in str(error.value)


def test_anything_but_an_object_is_refused_by_its_type() -> None:
    with pytest.raises(DataError, match="a record is a JSON object, not list"):
        parse_record([], "x")


@pytest.mark.parametrize(
    ("span", "message"),
    [
        ([7, 0, "drug"], "[7, 0, 'drug']: start must be before end"),
        ([7, 7, "drug"], "[7, 7, 'drug']: start must be before end"),
        ([0, 18, "drug"], "[0, 18, 'drug']: the offsets do not lie in the text of 17 characters"),
        ([-1, 7, "drug"], "[-1, 7, 'drug']: the offsets do not lie in the text of 17 characters"),
    ],
)
def test_what_is_wrong_with_offsets_is_said(span: list[Any], message: str) -> None:
    with pytest.raises(DataError) as error:
        record(entities=[span])
    assert str(error.value) == f"x.jsonl, line 2: entities: {message}"
