"""Companies named in a headline without form or trade are known by what they do and own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.lexicon import terms
from eventrisk.names.companies.headlines import headline_companies
from eventrisk.structure.sections import find_sections


def companies(headline: str) -> list[str]:
    return [
        headline[start:end] for start, end in headline_companies(headline, find_sections(headline))
    ]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Norvena Discontinues Lomerix Trial", ["Norvena"]),
        ("Dalmere Bio Doses First Patient in Trial of DM-101", ["Dalmere Bio"]),
        ("uniVexa Announces Pause of UVX-130", ["uniVexa"]),
        ("FDA Rejects Norvena's Lomerix", ["Norvena"]),
        ("Ravelin's RVL-201 Meets Endpoint", ["Ravelin"]),
    ],
)
def test_a_company_is_the_subject_of_its_verb_or_the_owner_of_a_name(
    headline: str, expected: list[str]
) -> None:
    assert companies(headline) == expected


@pytest.mark.parametrize(
    "headline",
    [
        "Lomerix Meets Primary Endpoint in Phase 3 Trial",
        "New Data in Crohn's Disease Presented",
        "Trial Begins in Alzheimer's Agitation",
        "FDA Updates Label of Lomerix",
        "Pembrolizumab Starts New Era",
        "Enrollment Completes in Study of Lomerix",
    ],
)
def test_a_drug_a_disease_an_agency_or_a_trial_is_no_company(headline: str) -> None:
    assert companies(headline) == []


def test_the_verbs_are_sorted_and_given_once() -> None:
    verbs = [row["verb"] for row in terms("companies/verbs.tsv")]
    assert verbs == sorted(set(verbs))


@given(st.text("AaBb's \n-3", max_size=80))
def test_spans_lie_in_the_text_and_hold_words(text: str) -> None:
    for start, end in headline_companies(text, find_sections(text)):
        assert text[start:end].strip() == text[start:end] != ""
