"""Agencies are found by name with the borders of the guidelines; boards, words and codes that look
alike are not.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.names.agencies import AgencyFinder

FINDER = AgencyFinder()


def names(text: str) -> list[str]:
    return [text[f.start : f.end] for f in FINDER.find(text)]


def canonicals(text: str) -> list[str]:
    return [f.canonical for f in FINDER.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "today the U.S. Food and Drug Administration (FDA) agreed",
            ["U.S. Food and Drug Administration", "FDA"],
        ),
        ("The US FDA and the UK MHRA agreed", ["US FDA", "UK MHRA"]),
        (
            "the FDA's Oncologic Drugs Advisory Committee (ODAC)",
            ["FDA", "Oncologic Drugs Advisory Committee", "ODAC"],
        ),
        (
            "CDC Advisory Committee on Immunization Practices",
            ["CDC", "Advisory Committee on Immunization Practices"],
        ),
        (
            "the European Committee for Medicinal Products for Human Use",
            ["European Committee for Medicinal Products for Human Use"],
        ),
        ("EUROPEAN COMMISSION CLEARS TOLVIDIN", ["EUROPEAN COMMISSION"]),
        (
            "filed with the Japanese Ministry of Health, Labour and Welfare",
            ["Japanese Ministry of Health, Labour and Welfare"],
        ),
        (
            "Cellular, Tissue and Gene Therapies Advisory Committee",
            ["Cellular, Tissue and Gene Therapies Advisory Committee"],
        ),
        ("an FDA-approved drug", ["FDA"]),
        (
            "the Division of Neurology Products at the FDA",
            ["Division of Neurology Products", "FDA"],
        ),
    ],
)
def test_names_are_taken_with_the_borders_of_the_guidelines(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("agency", "twin"),
    [
        ("NICE recommends Tolvidin for adults", "A nice recommendation for adults"),
        ("as the WHO reported in May", "patients with WHO functional class II disease"),
        ("as the WHO reported in May", "HEART FAILURE PATIENTS WHO RECEIVED TOLVIDIN IMPROVED"),
        ("the French National Authority for Health (HAS)", "NORVENA SAYS DATA HAS IMPROVED"),
        ("the Committee for Advanced Therapies (CAT)", "a CAT scan of the chest"),
        ("the Health Sciences Authority (HSA) of Singapore", "formulated with 2% HSA and buffer"),
        ("after the European Commission (EC) decision", "an EC 50 of 12 nM"),
        ("the Medicines Control Agency (MCA)", "the MCA artery was patent"),
        (
            "the FDA set a date for the Advisory Committee",
            "our Scientific Advisory Committee met with the FDA",
        ),
        ("the FDA called an advisory committee", "the bank called an advisory committee"),
        (
            "the Center for Drug Evaluation and Research",
            "the Center for Drug Discovery and Research",
        ),
        ("the European Commission decided", "the European Company decided"),
    ],
)
def test_a_name_is_found_and_its_look_alike_is_not(agency: str, twin: str) -> None:
    assert any(name in agency for name in names(agency))
    assert names(agency)
    assert [name for name in names(twin) if name != "FDA"] == []


@pytest.mark.parametrize(
    "text",
    [
        "the SEC and Nasdaq",
        "a Digital Asset Advisory Committee was formed",
        "the Scientific Advisory Board met",
        "the data monitoring committee met",
        "the panel and the agency met; the Committee agreed",
        "U.S. Department of Health and Human Services",
        "see www.FDA.gov or mail info@fda.gov",
        "the code name CAT-354",
    ],
)
def test_bodies_that_regulate_no_medicine_are_left_out(text: str) -> None:
    assert names(text) == []


def test_a_committee_of_the_cdc_is_the_acip_and_one_of_the_fda_is_not() -> None:
    assert canonicals("CDC Advisory Committee votes") == ["CDC", "ACIP"]
    assert canonicals("FDA Advisory Committee votes") == ["FDA Advisory Committee"]


def test_long_form_short_form_and_former_name_share_one_canonical_name() -> None:
    text = "the Committee for Medicinal Products for Human Use (CHMP), then the CPMP"
    assert canonicals(text) == ["CHMP", "CHMP", "CHMP"]


def test_a_doubtful_short_form_stands_once_its_long_form_is_named() -> None:
    assert canonicals("Committee for Orphan Medicinal Products. Later COMP met.") == [
        "COMP",
        "COMP",
    ]
    assert canonicals("Later COMP met.") == []


@given(st.text(alphabet="FDAEMCHPU.S. \n-&()'’nice", max_size=80))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = FINDER.find(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[f.start : f.end] == text[f.start : f.end].strip() for f in found)
