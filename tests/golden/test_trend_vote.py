"""The release the library was begun for: a negative CHMP trend vote of 2008, in its own words and
in ours.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import eventrisk
from eventrisk import Analysis

OURS = Path(__file__).parent / "trend_vote.txt"
SEED = Path(__file__).parents[3] / "shared" / "real" / "seed.txt"
RISKS = {
    "regulatory_approval",
    "commercialisation",
    "funding_liquidity",
    "clinical_efficacy",
    "third_parties",
    "key_personnel",
    "competition",
    "litigation_compliance",
    "intellectual_property",
}
DRUGS = (
    "Ceplene",
    "histamine dihydrochloride",
    "IL-2",
    "interleukin-2",
    "Azixa",
    "NP-1",
    "EPC 2407",
)
DISEASES = ("AML", "Acute Myeloid Leukemia", "malignant melanoma")


@pytest.fixture(scope="module", params=[OURS, SEED], ids=["own wording", "seed"])
def release(request: pytest.FixtureRequest) -> Analysis:
    if not request.param.is_file():
        pytest.skip("the real release is not part of the project")
    return eventrisk.analyze(request.param.read_text(encoding="utf-8"))


def test_date_and_issuer_are_read_from_the_dateline(release: Analysis) -> None:
    assert release.date == "2008-02-27"
    assert release.company is not None
    assert (release.company.name, release.company.ticker, release.company.exchange) == (
        "EpiCept Corporation",
        "EPCT",
        "Nasdaq",
    )


def test_there_is_one_vote_and_it_is_a_negative_trend_vote_without_numbers(
    release: Analysis,
) -> None:
    today = [vote for vote in release.votes if vote.assertion == "occurred"]
    assert len(today) == 1
    vote = today[0]
    assert (vote.body, vote.stage, vote.direction, vote.binding) == (
        "chmp",
        "trend",
        "negative",
        False,
    )
    assert (vote.yes, vote.no, vote.abstain) == (None, None, None)
    assert vote.margin == "slight majority"


def test_the_trend_vote_leads_the_news_and_nothing_of_the_past_is_news(release: Analysis) -> None:
    lead = release.news[0]
    assert (lead.type, lead.direction, lead.agency) == ("chmp_trend_vote", "negative", "CHMP")
    assert "histamine dihydrochloride" in lead.drugs or "ceplene" in {
        drug.lower() for drug in lead.drugs
    }
    assert "acute myeloid leukemia" in {disease.lower() for disease in lead.indications}
    assert not [e for e in release.news if re.search("2003|2005", release.quote(e))]
    assert {e.type for e in release.news} <= {"chmp_trend_vote"}


def test_the_opinion_is_awaited_in_the_next_month(release: Analysis) -> None:
    assert ("chmp_opinion", "2008-03-01", "2008-03-31") in {
        (c.type, c.earliest, c.latest) for c in release.catalysts
    }


def test_sentiment_and_tone_are_negative(release: Analysis) -> None:
    assert release.sentiment.label == "negative"
    assert release.sentiment.probabilities["negative"] >= 0.75
    assert release.tone.label == "negative"


@pytest.mark.parametrize(("label", "names"), [("drug", DRUGS), ("indication", DISEASES)])
def test_every_mention_of_a_name_is_found(
    release: Analysis, label: str, names: tuple[str, ...]
) -> None:
    covered = [(e.start, e.end) for e in release.entities if e.label == label]
    for name in names:
        pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])".replace(r"\ ", r"\s+"))
        mentions = [m.span() for m in pattern.finditer(release.text)]
        assert mentions, name
        missed = [
            span for span in mentions if not any(s <= span[0] and span[1] <= e for s, e in covered)
        ]
        assert not missed, (name, [release.text[s - 30 : e + 30] for s, e in missed])


def test_the_agencies_are_found_in_short_and_long_form(release: Analysis) -> None:
    words = {" ".join(e.text.split()) for e in release.entities if e.label == "agency"}
    assert {"EMEA", "European Medicines Agency", "CHMP"} <= words
    assert any(word.endswith("Committee for Medicinal Products for Human Use") for word in words)


def test_the_risks_are_named_each_with_its_clause(release: Analysis) -> None:
    assert {factor.category for factor in release.risk_factors} >= RISKS
    for factor in release.risk_factors:
        assert factor.evidence
        assert all(release.quote(e).strip() for e in factor.evidence)


def test_every_offset_is_exact(release: Analysis) -> None:
    for entity in release.entities:
        assert release.text[entity.start : entity.end] == entity.text
        assert entity.text == entity.text.strip()
    for record in (*release.events, *release.votes, *release.catalysts):
        assert 0 <= record.start < record.end <= len(release.text)
