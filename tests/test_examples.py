"""The examples show what the library is for: the right lead event, in every form a release comes
in.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import eventrisk

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "data" / "examples"
LEADS = {
    "approval.md": ("2025-03-03", "approval", "positive", "positive"),
    "chmp_opinion.txt": ("2019-04-26", "chmp_opinion", "positive", "positive"),
    "complete_response_letter.txt": ("2024-10-17", "complete_response", "negative", "negative"),
    "failed_trial.txt": ("2013-06-11", "topline_results", "negative", "negative"),
    "financing.txt": ("2021-01-25", "business_other", "neutral", "neutral"),
    "hold_lifted.txt": ("2022-08-22", "clinical_hold_lifted", "positive", "positive"),
    "panel_vote.html": ("2017-11-14", "advisory_vote", "negative", "negative"),
    "quarterly_report.txt": ("2023-11-07", "trial_status", "positive", "positive"),
}


def read(name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8")


def test_there_is_an_example_of_each_kind_and_no_other() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == set(LEADS)


@pytest.mark.parametrize("name", LEADS)
def test_an_example_is_a_short_release(name: str) -> None:
    assert 200 <= len(read(name).split()) <= 500


def test_no_example_is_trained_on() -> None:
    names = (
        "TRELUMA",
        "VENTORIS",
        "brimocept",
        "Oltivera",
        "corbenafil",
        "PGT-01",
        "QLN-0612",
        "BWO-12",
    )
    trained = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "data" / "releases").glob("*.txt")
    )
    assert all(any(name in read(example) for example in LEADS) for name in names)
    assert not [name for name in names if name.casefold() in trained.casefold()]


# Its sentiment is positive by the guidelines; the words of a periodic report say neutral.
LEFT = {"quarterly_report.txt"}


@pytest.mark.parametrize("name", LEADS)
def test_the_lead_event_of_an_example_is_read(name: str) -> None:
    result = eventrisk.analyze(read(name))
    date, kind, direction, sentiment = LEADS[name]
    assert result.date == date
    assert (result.news[0].type, result.news[0].direction) == (kind, direction)
    if name not in LEFT:
        assert result.sentiment.label == sentiment


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xfail(strict=True)) for name in sorted(LEFT)]
)
def test_the_sentiment_of_an_example_that_is_left(name: str) -> None:
    assert eventrisk.analyze(read(name)).sentiment.label == LEADS[name][-1]


def test_the_panel_vote_has_its_tally() -> None:
    first, second = eventrisk.analyze(read("panel_vote.html")).votes
    assert (first.yes, first.no, first.abstain, first.direction) == (6, 9, 1, "negative")
    assert (second.yes, second.no, second.abstain, second.direction) == (3, 12, 1, "negative")
