"""Spin is null where nobody of the sponsor speaks; tone is judged all the same."""

from __future__ import annotations

import pytest

import eventrisk

HEADLINE = "FDA Approves Lomera for Plaque Psoriasis"
LEAD = (
    f"{HEADLINE}\nBOSTON, May 4, 2021 -- Norvena Pharma, Inc. (Nasdaq: NRVN) today announced that "
    "the FDA has approved Lomera (norvexamab) for adults with plaque psoriasis."
)


def test_spin_is_none_for_a_headline_and_tone_is_judged_all_the_same() -> None:
    bare = eventrisk.analyze(HEADLINE)
    assert bare.spin is None
    assert bare.to_dict()["spin"] is None
    assert bare.tone.label == "neutral"


def test_spin_is_tone_less_sentiment_where_a_manager_speaks() -> None:
    said = eventrisk.analyze(f'{LEAD}\n"We are delighted," said Mara Lindqvist, CEO of Norvena.')
    assert said.spin == pytest.approx(said.tone.score - said.sentiment.score, abs=1e-6)


def test_spin_that_is_none_survives_the_way_to_json_and_back() -> None:
    bare = eventrisk.analyze(HEADLINE)
    assert eventrisk.Analysis.from_dict(bare.to_dict(), HEADLINE) == bare
