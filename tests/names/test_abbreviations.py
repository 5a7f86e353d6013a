"""Abbreviations a text defines, after Schwartz and Hearst."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.names.abbreviations import find_abbreviations


def pairs(text: str) -> list[tuple[str, str]]:
    return [(d.short, d.long) for d in find_abbreviations(text)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("the Food and Drug Administration (FDA) met", "FDA", "Food and Drug Administration"),
        ("patients with acute myeloid leukaemia (AML) in", "AML", "acute myeloid leukaemia"),
        ('acute myeloid leukaemia ("AML")', "AML", "acute myeloid leukaemia"),
        ("AML (acute myeloid leukaemia) is", "AML", "acute myeloid leukaemia"),
        ("acute myeloid leukaemia ( AML ) is", "AML", "acute myeloid leukaemia"),
        ("AML ( acute myeloid leukaemia ) is", "AML", "acute myeloid leukaemia"),
        ("non-small cell lung cancer (NSCLC; n=5)", "NSCLC", "non-small cell lung cancer"),
        ("few adverse events (AEs) came", "AE", "adverse events"),
        ("interleukin-2 (IL-2) was", "IL-2", "interleukin-2"),
        ("the messenger RNA (mRNA) vaccine", "mRNA", "messenger RNA"),
        (
            "the Committee for Medicinal Products for Human Use (CHMP) said",
            "CHMP",
            "Committee for Medicinal Products for Human Use",
        ),
    ],
)
def test_this_is_a_definition(text: str, short: str, long: str) -> None:
    assert pairs(text) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        'the European Medicines Agency (the "Agency") met',
        "it fell (see below) again",
        "KORVEX (histamine dihydrochloride) tablets",
        "in 30 patients (45%) there",
        "Norvena (Nasdaq: NRVN) said",
        "a trend (p=0.04) was seen",
        "It met.\n(FDA) stayed out",
        "an empty () bracket (",
    ],
)
def test_this_is_none(text: str) -> None:
    assert pairs(text) == []


@given(st.text("Aa bc(FDA)Food and\n.;\"'-", max_size=80))
def test_offsets_are_exact(text: str) -> None:
    for found in find_abbreviations(text):
        assert text[found.short_start : found.short_end] == found.short
        assert text[found.long_start : found.long_end] == found.long
        assert "\n" not in found.long
