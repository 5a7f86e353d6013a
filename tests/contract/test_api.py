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
