"""Every trap of the genre, with a twin that differs in little and means another thing."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import eventrisk
from eventrisk import Analysis

TRAPS = tomllib.loads((Path(__file__).parent / "traps.toml").read_text(encoding="utf-8"))["trap"]
KEYS = ("text", "date", "news", "never", "lead", "vote", "votes", "sentiment")


def case(trap: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {key: trap[f"{prefix}{key}"] for key in KEYS if f"{prefix}{key}" in trap}


CASES = [
    *((trap["id"], case(trap, "")) for trap in TRAPS),
    *((f"twin of: {trap['id']}", {**case(trap, "twin_"), "text": trap["twin"]}) for trap in TRAPS),
]


def news(result: Analysis) -> list[str]:
    return [f"{event.type} {event.direction}" for event in result.news]


@pytest.mark.parametrize("expected", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_the_sentence_is_not_misread(expected: dict[str, Any]) -> None:
    result = eventrisk.analyze(expected["text"], date=expected.get("date"))
    happened = [vote for vote in result.votes if vote.assertion == "occurred"]
    if "lead" in expected:
        assert news(result)[0] == expected["lead"]
    assert set(expected.get("news", ())) <= set(news(result))
    assert not {event.type for event in result.news} & set(expected.get("never", ()))
    if "votes" in expected:
        assert len(happened) == expected["votes"]
    if "vote" in expected:
        direction, yes, no = expected["vote"]
        told = [(v.direction, v.yes, v.no) for v in happened]
        assert told == [(direction, yes if yes >= 0 else None, no if no >= 0 else None)]
    if "sentiment" in expected:
        assert result.sentiment.label == expected["sentiment"]


def test_each_trap_has_a_twin_and_each_says_what_is_expected() -> None:
    for name, case in CASES:
        assert set(case) - {"text", "date"}, name
