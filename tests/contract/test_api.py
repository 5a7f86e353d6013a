"""The public calls keep what they promise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import eventrisk
from eventrisk import Analysis, ModelError

NEWS = (
    "FDA Places Clinical Hold on Trial of Ravexin\n"
    "AUSTIN, Texas, July 9, 2019 -- Ravelin Therapeutics, Inc. (Nasdaq: RVLN) today "
    "announced that the U.S. Food and "
    "Drug Administration (FDA) has placed a clinical hold on the Phase 2 trial of Ravexin "
    "(RVL-201) in "
    "ulcerative colitis.\n"
    "Forward-Looking Statements\nThe FDA may not lift the hold; we may need additional capital."
)
KEYS = [
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


def test_the_result_has_the_keys_of_schema_1_in_order_and_is_json() -> None:
    plain = eventrisk.analyze(NEWS).to_dict()
    assert list(plain) == KEYS
    assert plain["schema"] == 1
    assert json.loads(json.dumps(plain)) == plain


def test_a_result_survives_the_way_to_json_and_back() -> None:
    result = eventrisk.analyze(NEWS)
    again = Analysis.from_dict(json.loads(json.dumps(result.to_dict())), NEWS)
    assert again == result
    assert again.quote(again.news[0]) == result.quote(result.news[0])


def test_the_given_date_outranks_the_dateline() -> None:
    assert eventrisk.analyze(NEWS).date == "2019-07-09"
    assert eventrisk.analyze(NEWS, date="2019-07-10").date == "2019-07-10"


def test_one_text_one_answer_in_any_order_and_company() -> None:
    others = ["FDA Approves Corvane for Asthma", "Corvane Holdings Prices Public Offering"]
    alone = eventrisk.analyze(NEWS)
    first, *_ = eventrisk.analyze_many([NEWS, *others])
    *_, last = eventrisk.analyze_many([*others, NEWS])
    assert alone.to_dict() == first.to_dict() == last.to_dict()


def test_the_stream_is_lazy_and_in_order() -> None:
    def endless():
        number = 0
        while True:
            yield {"id": number, "text": NEWS}
            number += 1

    stream = eventrisk.analyze_many(endless())
    assert [next(stream).doc_id for _ in range(3)] == ["0", "1", "2"]


def test_an_unknown_model_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nowhere"):
        eventrisk.load(tmp_path / "nowhere")


def test_probabilities_and_scores_keep_to_their_ranges() -> None:
    result = eventrisk.analyze(f'{NEWS[: NEWS.index("Forward")]}"We are sorry," said its CEO.')
    chances = result.sentiment.probabilities
    assert list(chances) == ["negative", "neutral", "positive"]
    assert sum(chances.values()) == pytest.approx(1.0)
    assert result.sentiment.score == pytest.approx(chances["positive"] - chances["negative"])
    assert result.spin == pytest.approx(result.tone.score - result.sentiment.score)
    assert all(
        0.0 <= e.probability <= 1.0
        for e in (*result.entities, *result.events, *result.risk_factors)
    )


def test_the_hold_is_read_with_its_drug_disease_and_agency() -> None:
    result = eventrisk.analyze(NEWS)
    lead = result.news[0]
    assert (lead.type, lead.direction, lead.agency) == ("clinical_hold", "negative", "FDA")
    assert "ulcerative colitis" in lead.indications
    assert result.sentiment.label == "negative"
    assert {"regulatory_interaction", "funding_liquidity"} & {
        f.category for f in result.risk_factors
    }


def test_a_path_is_read_as_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text(NEWS, encoding="utf-8")
    result = eventrisk.analyze(path)
    assert result.doc_id == path.as_posix()
    assert result.events == eventrisk.analyze(NEWS).events
    assert eventrisk.analyze(path, doc_id="mine").doc_id == "mine"
    (same,) = eventrisk.analyze_many(path)
    assert same == result


def test_further_keys_travel_along_with_results_and_failures() -> None:
    records = [
        {"id": "a", "text": NEWS, "ticker": "RVLN", "permno": 10001},
        {"id": "b", "text": None, "ticker": "NVX"},
        NEWS,
    ]
    first, second, third = eventrisk.analyze_many(records)
    assert dict(first.meta) == {"ticker": "RVLN", "permno": 10001}
    assert "meta" not in first.to_dict()
    assert isinstance(second, eventrisk.Failure)
    assert (second.doc_id, dict(second.meta)) == ("b", {"ticker": "NVX"})
    assert second.error == "record-1 (id b): 'text' is empty"
    assert dict(third.meta) == {}


def test_a_record_without_an_id_is_called_by_its_place_and_a_bare_text_by_its_hash() -> None:
    results = [*eventrisk.analyze_many([{"text": NEWS}, {"text": NEWS}, NEWS])]
    assert [r.doc_id for r in results] == ["record-0", "record-1", eventrisk.analyze(NEWS).doc_id]


def test_a_title_is_read_as_the_headline_above_the_text() -> None:
    headline, body = NEWS.split("\n", 1)
    (result,) = eventrisk.analyze_many(
        [{"head": headline, "text": body}], columns={"head": "title"}
    )
    assert result.text == f"{headline}\n\n{body}"
    assert result.title == headline
    assert result.quote(result.news[0]) in result.text


def test_a_frame_is_read_a_row_a_release() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {
            "permno": [1, 2],
            "body": [NEWS, float("nan")],
            "date": [pandas.Timestamp("2019-07-10 16:05", tz="America/New_York"), pandas.NaT],
        }
    )
    first, second = eventrisk.analyze_many(frame, columns={"permno": "id", "body": "text"})
    assert (first.doc_id, first.date) == ("1", "2019-07-10")
    assert isinstance(second, eventrisk.Failure)
    assert second.doc_id == "2"


def test_a_year_alone_leaves_the_dateline_and_is_said_once() -> None:
    records = [{"text": NEWS, "date": 2019}, {"text": NEWS, "date": "2019"}] * 3
    with pytest.warns(eventrisk.InputWarning) as said:
        results = [*eventrisk.analyze_many(records)]
    assert {r.date for r in results} == {"2019-07-09"}
    assert [str(w.message) for w in said] == [
        "date: '2019' is no day; releases with such a date are read without it, by their dateline"
    ]


def test_how_far_a_stream_is_can_be_heard() -> None:
    heard: list[tuple[int, int | None]] = []
    stream = eventrisk.analyze_many([NEWS, NEWS], progress=lambda n, of: heard.append((n, of)))
    assert len([*stream]) == 2
    assert heard == [(0, 2), (1, 2), (2, 2)]
    heard.clear()
    unknown = (text for text in [NEWS])
    assert len([*eventrisk.analyze_many(unknown, progress=lambda *call: heard.append(call))]) == 1
    assert heard == [(0, None), (1, None)]


def test_an_id_of_several_records_is_said_once_and_each_keeps_it() -> None:
    records = [{"id": "NVX", "text": NEWS}] * 3 + [{"id": "RVL", "text": ""}] * 2
    with pytest.warns(eventrisk.InputWarning) as said:
        assert [r.doc_id for r in eventrisk.analyze_many(records)] == ["NVX"] * 3 + ["RVL"] * 2
    assert [str(w.message) for w in said] == [
        "id: 'NVX' stands for more than one record; by their doc_id such records are not told apart"
    ]
