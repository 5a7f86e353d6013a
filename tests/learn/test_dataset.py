import json

import pytest

from eventrisk.errors import DataError
from eventrisk.learn.dataset import Clause, Span, parse_jsonl, read_jsonl

TEXT = "Velorin may fail."


def one(**keys):
    return json.dumps({"id": "a", "text": TEXT, **keys})


def test_a_record_becomes_frozen_spans_and_clauses():
    (record,) = parse_jsonl(
        one(entities=[[0, 7, "drug"]], risk_clauses=[[0, 16, ["safety", "clinical_efficacy"]]], tone="neutral"), "x"
    )
    assert record.entities == (Span(0, 7, "drug"),)
    assert record.risk_clauses == (Clause(0, 16, ("safety", "clinical_efficacy")),)
    assert record.risks == {"safety", "clinical_efficacy"}


def test_a_missing_key_means_not_labelled_and_an_empty_list_means_none_there():
    (record,) = parse_jsonl(one(risk_clauses=[]), "x")
    assert (record.sentiment, record.entities, record.risks) == (None, None, frozenset())


def test_a_record_without_id_is_named_after_its_line():
    (record,) = parse_jsonl("\n" + json.dumps({"text": TEXT}), "x.jsonl")
    assert record.id == "x.jsonl-2"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "x.jsonl, line 2: no JSON"),
        ("[]", "a record is a JSON object, not list"),
        ('{"id": "a"}', "text: a string with words"),
        (one(sentimant="positive"), "'sentimant' is not known; did you mean 'sentiment'"),
        (one(sentiment="good"), "'good' is none of negative, neutral, positive"),
        (one(entities=[[0, 70, "drug"]]), "do not lie in the text of 17 characters"),
        (one(entities=[[0, 7, "medicine"]]), "'medicine' is no entity label"),
        (one(entities=[[0, 7]]), "is not [start, end, label]"),
        (one(risk_clauses=[[0, 7, ["weather"]]]), "weather: give one or more of the risk categories"),
        (one(risk_clauses=[[0, 7, []]]), "no category"),
        (one(events={"type": "approval"}), "events: a list is needed"),
        (one(date=2008), "date: a string is needed"),
    ],
)
def test_what_does_not_fit_is_refused_with_file_line_and_key(line, message):
    with pytest.raises(DataError) as error:
        list(parse_jsonl(json.dumps({"text": "fine"}) + "\n" + line, "x.jsonl"))
    assert message in str(error.value)
    assert "x.jsonl, line 2" in str(error.value)


def test_an_id_given_twice_names_both_lines():
    with pytest.raises(DataError, match="line 2: the id 'a' was used in line 1"):
        list(parse_jsonl(one() + "\n" + one(), "x.jsonl"))


def test_a_missing_and_an_empty_file_are_refused(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        read_jsonl(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(DataError, match="holds no record"):
        read_jsonl(tmp_path / "empty.jsonl")
