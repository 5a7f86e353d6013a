"""Candidate indications: whole phrases, and what is none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.names.indications.finder import IndicationFinder

FINDER = IndicationFinder()
SURE = 0.75


def names(text: str, least: float = SURE) -> list[str]:
    return [text[f.start : f.end] for f in FINDER.find(text) if f.probability >= least]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "for adults with moderate-to-severe plaque psoriasis.",
            ["moderate-to-severe plaque psoriasis"],
        ),
        (
            "patients with resectable stage II, IIIA or IIIB NSCLC",
            ["resectable stage II, IIIA or IIIB NSCLC"],
        ),
        ("in HER2-positive metastatic breast cancer", ["HER2-positive metastatic breast cancer"]),
        (
            "treats ovarian, prostate and pancreatic cancer",
            ["ovarian, prostate and pancreatic cancer"],
        ),
        (
            "for relapsed or refractory acute myeloid leukaemia",
            ["relapsed or refractory acute myeloid leukaemia"],
        ),
        ("in HIV, malaria and cholera", ["HIV", "malaria", "cholera"]),
        (
            "for lung cancer with activating EGFR mutations",
            ["lung cancer with activating EGFR mutations"],
        ),
        ("a cure for anaemia of chronic kidney disease", ["anaemia of chronic kidney disease"]),
        ("makes drugs for disorders of the gut", ["disorders of the gut"]),
        ("for MPS IIIB in children", ["MPS IIIB"]),
    ],
)
def test_the_phrase_reaches_as_far_as_the_disease(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("trap", "twin", "disease"),
    [
        ("the National Cancer Institute said", "the drug treats cancer", "cancer"),
        ("it kills cancer cells", "it treats cancer", "cancer"),
        (
            "The most common adverse reactions were headache.",
            "for the treatment of migraine.",
            "migraine",
        ),
        ("a new diagnosis was made", "a new neurosis was made", None),
        ("measured by MS in plasma", "patients with MS improved", "MS"),
        ("tumor growth slowed", "solid tumors shrank", "solid tumors"),
        ("PD-L1 expression", "patients with PD improved", "PD"),
    ],
)
def test_what_only_looks_like_a_disease_is_none(trap: str, twin: str, disease: str | None) -> None:
    assert names(trap) == []
    if disease:
        assert names(twin) == [disease]


def test_a_short_form_given_in_the_text_is_known_everywhere() -> None:
    text = "In hereditary facial neuralgia (HFN), no drug exists. HFN is rare."
    assert [
        text[f.start : f.end] for f in FINDER.find(text) if f.source.startswith("short_form")
    ] == ["HFN", "HFN"]


def test_synonyms_share_a_canonical_name() -> None:
    found = FINDER.find("hormone-refractory prostate cancer; castration-resistant prostate cancer")
    assert len({f.canonical for f in found}) == 1


@given(st.text(alphabet="cancer lung,andor-/()HER2+ \ntype with of disease'é", max_size=120))
def test_candidates_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = FINDER.find(text)
    assert all(0 <= f.start < f.end <= len(text) and 0 < f.probability <= 1 for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
