"""A result survives the way to plain values and back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from eventrisk.errors import DataError
from eventrisk.results import (
    Analysis,
    Catalyst,
    Company,
    Entity,
    Event,
    Evidence,
    Failure,
    Provenance,
    RiskFactor,
    Sentiment,
    Tone,
    Vote,
)

TEXT = "FDA approves Norvex"
ANALYSIS = Analysis(
    doc_id="d1",
    title=TEXT,
    date="2020-01-02",
    company=Company("Norvex Inc.", "NVX", "Nasdaq"),
    entities=(Entity("agency", "FDA", 0, 3, "FDA", "headline", 0.97),),
    sentiment=Sentiment(
        "positive",
        0.8,
        {"negative": 0.05, "neutral": 0.1, "positive": 0.85},
        (Evidence(0, 12, 1.0),),
    ),
    tone=Tone("neutral", 0.0),
    spin=-0.8,
    events=(
        Event(
            "approval", "positive", "occurred", "2020-01-02", "FDA", ("norvex",), (), (), 0.9, 0, 19
        ),
    ),
    votes=(),
    catalysts=(),
    risk_factors=(RiskFactor("competition", 0.7, False, (Evidence(4, 12, 0.5),)),),
    risk_score=0.1,
    provenance=Provenance("0.1.0", "default", "ab", "cd"),
    text=TEXT,
)


def test_a_result_comes_back_equal_from_json() -> None:
    back = Analysis.from_dict(json.loads(json.dumps(ANALYSIS.to_dict())), text=TEXT)
    assert back == ANALYSIS
    assert back.quote(back.entities[0]) == "FDA"


def test_a_result_without_a_company_comes_back_equal() -> None:
    bare = replace(ANALYSIS, company=None, date=None, title=None)
    assert Analysis.from_dict(bare.to_dict()) == bare


def test_plain_values_follow_the_contract() -> None:
    data = ANALYSIS.to_dict()
    assert list(data) == [
        "schema",
        "doc_id",
        "title",
        "date",
        "company",
        "entities",
        "sentiment",
        "tone",
        "spin",
        "events",
        "votes",
        "catalysts",
        "risk_factors",
        "risk_score",
        "provenance",
        "relevance",
    ]
    assert data["sentiment"]["evidence"] == [{"start": 0, "end": 12, "weight": 1.0}]


def test_another_schema_is_refused() -> None:
    with pytest.raises(DataError, match="schema 7 where 1 is read"):
        Analysis.from_dict({**ANALYSIS.to_dict(), "schema": 7})


def test_a_missing_key_is_named() -> None:
    data = ANALYSIS.to_dict()
    del data["entities"][0]["start"]
    with pytest.raises(DataError, match="Entity: the key start is missing"):
        Analysis.from_dict(data)


def test_the_one_line_says_what_happened() -> None:
    assert (
        repr(ANALYSIS)
        == "<Analysis d1 2020-01-02 Norvex Inc.: approval (positive), sentiment +0.80>"
    )


def test_a_record_from_before_there_was_abstention_is_read_as_sure() -> None:
    data = ANALYSIS.to_dict()
    assert data["sentiment"].pop("abstained") is False
    assert Analysis.from_dict(data, text=TEXT) == ANALYSIS


def test_an_abstention_survives_the_way_to_json_and_back() -> None:
    unsure = replace(ANALYSIS, sentiment=replace(ANALYSIS.sentiment, abstained=True))
    assert Analysis.from_dict(json.loads(json.dumps(unsure.to_dict()))).sentiment.abstained is True


def test_what_came_with_the_release_is_held_but_is_no_part_of_the_schema_nor_of_equality() -> None:
    kept = replace(ANALYSIS, meta={"ticker": "NVX", "permno": 12345})
    assert kept == ANALYSIS
    assert kept.to_dict() == ANALYSIS.to_dict()
    assert "meta" not in kept.to_dict()
    back = Analysis.from_dict(kept.to_dict(), text=TEXT, meta=kept.meta)
    assert dict(back.meta) == {"ticker": "NVX", "permno": 12345}
    assert dict(Analysis.from_dict(kept.to_dict()).meta) == {}


def test_a_failure_holds_what_came_with_its_record_and_equals_one_without() -> None:
    failed = Failure("r1", "empty", "EmptyTextError", {"ticker": "NVX"})
    assert dict(failed.meta) == {"ticker": "NVX"}
    assert failed == Failure("r1", "empty", "EmptyTextError")
    assert len({failed, Failure("r1", "empty", "EmptyTextError")}) == 1


PLAN = "Norvex expects data in May 2021."
DUE = Catalyst("topline_results", "May 2021", "2021-05-01", "2021-05-31", "month", 23, 31, 0, 32)


def test_a_catalyst_from_before_it_kept_its_sentence_is_read_with_the_words_of_its_time() -> None:
    data = replace(ANALYSIS, catalysts=(DUE,)).to_dict()
    del data["catalysts"][0]["sentence_start"], data["catalysts"][0]["sentence_end"]
    old = Analysis.from_dict(data, text=PLAN)
    assert (old.catalysts[0].sentence_start, old.catalysts[0].sentence_end) == (23, 31)
    assert old.quote(old.catalysts[0]) == "May 2021"


def test_records_from_before_votes_and_catalysts_had_products_are_read_without() -> None:
    added = ("drugs", "indications", "agency")
    due = replace(DUE, drugs=("norvex",), indications=("gout",), agency="FDA")
    vote = Vote(
        "chmp", None, "opinion", "positive", 9, 2, 0, False, None, "occurred", 0, 3, ("norvex",)
    )
    made = replace(ANALYSIS, catalysts=(due,), votes=(vote,))
    data = json.loads(json.dumps(made.to_dict()))
    assert Analysis.from_dict(data) == made
    old = {**data, "votes": [], "catalysts": []}
    for table in ("votes", "catalysts"):
        old[table] = [{k: v for k, v in row.items() if k not in added} for row in data[table]]
    back = Analysis.from_dict(old)
    assert back.catalysts == (DUE,)
    assert (back.votes[0].drugs, back.votes[0].indications) == ((), ())


def test_the_quote_of_a_catalyst_is_its_sentence() -> None:
    made = replace(ANALYSIS, text=PLAN, catalysts=(DUE,))
    assert made.quote(DUE) == PLAN
    assert made.text[DUE.start : DUE.end] == "May 2021"


def test_a_quote_is_on_one_line_and_without_markup() -> None:
    text = "The FDA <b>has\napproved</b>&nbsp;it"
    made = replace(ANALYSIS, text=text)
    assert made.quote(Evidence(0, len(text), 1.0)) == "The FDA has approved it"
    assert replace(ANALYSIS, text="").quote(Evidence(0, 3, 1.0)) == ""


def test_a_line_of_json_brings_its_meta_back_unless_another_is_given() -> None:
    line = {**ANALYSIS.to_dict(), "meta": {"ticker": "NVX"}}
    assert dict(Analysis.from_dict(line).meta) == {"ticker": "NVX"}
    assert dict(Analysis.from_dict(line, meta={}).meta) == {}


def test_a_result_without_spin_and_risk_score_comes_back_equal() -> None:
    silent = replace(ANALYSIS, spin=None, risk_score=None)
    assert silent.to_dict()["spin"] is None
    assert Analysis.from_dict(json.loads(json.dumps(silent.to_dict())), text=TEXT) == silent
