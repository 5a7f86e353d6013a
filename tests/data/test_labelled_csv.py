"""``labelled.csv``, the small set with a label set of its own: it keeps what ``data/README.md``
says of it.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import eventrisk
from eventrisk.labelled import Labelled
from eventrisk.training.data import records

CSV = Path(__file__).parents[2] / "data" / "labelled.csv"
MONEY = re.compile(
    r"(?:\$|\b(?:EUR|GBP|JPY|SEK) )\d[\d.,]*(?<=\d)(?: (?:million|billion)\b)?|\b\d+ pence",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def own() -> list[Labelled]:
    return records(CSV)


def test_a_check_finds_nothing_but_own_labels() -> None:
    assert {(p.severity, p.kind) for p in eventrisk.check(CSV).problems} == {("note", "own labels")}


def test_it_is_written_as_convert_writes_it(own: list[Labelled], tmp_path: Path) -> None:
    assert eventrisk.convert(own, tmp_path / "again.csv") == []
    assert (tmp_path / "again.csv").read_bytes() == CSV.read_bytes()


def test_every_amount_of_money_is_marked_and_nothing_else(own: list[Labelled]) -> None:
    for record in own:
        marked = [(span.start, span.end, span.label) for span in record.entities or ()]
        assert marked == [(*match.span(), "money") for match in MONEY.finditer(record.text)], (
            record.id
        )


def test_risk_factors_are_labelled_where_there_is_forward_looking_language_and_only_there(
    own: list[Labelled],
) -> None:
    opens = ("Forward-looking", "Safe ", "Cautionary")
    assert [
        r.id for r in own if (r.risks is not None) != r.text.splitlines()[-1].startswith(opens)
    ] == []


def test_no_company_stands_on_both_sides_and_those_measured_on_are_the_newest(
    own: list[Labelled],
) -> None:
    sides = {side: [r for r in own if r.split == side] for side in ("train", "test")}
    assert not {r.company for r in sides["train"]} & {r.company for r in sides["test"]}
    assert max(r.date or "" for r in sides["train"]) < min(r.date or "" for r in sides["test"])


def test_every_class_is_on_both_sides(own: list[Labelled]) -> None:
    counts = Counter((r.split, r.sentiment) for r in own)
    assert (
        min(
            counts[side, mood]
            for side in ("train", "test")
            for mood in ("bullish", "bearish", "unclear")
        )
        >= 4
    )


def test_no_company_of_it_is_in_the_texts_the_default_model_learnt_from(
    own: list[Labelled],
) -> None:
    learnt = "".join(
        path.read_text(encoding="utf-8") for path in (CSV.parent / "releases").glob("*.txt")
    )
    assert [r.company for r in own if r.company is None or r.company in learnt] == []
