"""The comparison with other tools is fair where it can be tested without them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from scripts.benchmarks import comparison, other_tools

SENTENCES = tomllib.loads(comparison.NEGATIONS.read_text(encoding="utf-8"))["sentence"]


def test_every_sentence_holds_its_words_and_has_a_twin() -> None:
    assert all(s["text"].count(s["words"]) == 1 for s in SENTENCES)
    for claim in {s["claim"] for s in SENTENCES}:
        assert {s["negated"] for s in SENTENCES if s["claim"] == claim} == {True, False}


def test_thresholds_are_those_that_serve_a_tool_best() -> None:
    texts = [f"{score / 20:.2f}" for score in range(-20, 21)]
    labels = [
        "negative" if float(t) < -0.5 else "positive" if float(t) > 0.25 else "neutral"
        for t in texts
    ]
    label, (_, low, high) = other_tools.with_thresholds(float, texts, labels)
    assert sum(label(text) == true for text, true in zip(texts, labels, strict=True)) >= 39  # of 41
    assert low == pytest.approx(-0.5, abs=0.05)
    assert high == pytest.approx(0.25, abs=0.05)


def test_the_table_goes_between_the_marks_and_nowhere_else() -> None:
    page = f"before\n{comparison.START}\nold\n{comparison.END}\nafter\n"
    new = comparison.put(page, "new")
    assert new == f"before\n{comparison.START}\nnew\n{comparison.END}\nafter\n"
    assert comparison.put(new, "new") == new
    with pytest.raises(ValueError, match="has no"):
        comparison.put("no marks", "new")


def test_the_readme_has_the_marks() -> None:
    page = (comparison.ROOT / "README.md").read_text(encoding="utf-8")
    assert page.count(comparison.START) == page.count(comparison.END) == 1


def test_of_a_tool_that_is_always_right_nothing_is_wrong() -> None:
    docs = [{"gold": {"sentiment": label}} for label in ("negative", "neutral", "positive") * 4]
    (right, flipped) = comparison.sentiment_rows(
        docs,
        {
            "eventrisk": [d["gold"]["sentiment"] for d in docs],
            "other": [
                "positive" if d["gold"]["sentiment"] == "negative" else "neutral" for d in docs
            ],
        },
    )
    # twelve releases without an error still leave 1 - 0.025 ** (1 / 12) open
    assert (right.figure, right.more) == ("1.000 [0.735, 1.000]", "wrong sign 0.0%")
    assert flipped.more == "wrong sign 33.3%"
    assert "| **eventrisk** |" in comparison.table([right])


def test_without_the_releases_it_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert comparison.main([str(tmp_path / "none.jsonl")]) == 0
    assert "is not there" in capsys.readouterr().out


def test_negspacy_knows_a_plain_negation() -> None:
    pytest.importorskip("negspacy")
    negated = other_tools.negspacy()
    assert negated("The trial did not meet its endpoint.", "meet its endpoint")
    assert not negated("The trial did meet its endpoint.", "meet its endpoint")


def test_offsets_of_drugs_found_are_those_of_the_text() -> None:
    pytest.importorskip("drug_named_entity_recognition")
    text = "Adalimumab (HUMIRA), not aspirin."
    found = {text[start:end] for start, end in other_tools.drugs(text)}
    assert {"Adalimumab", "HUMIRA", "aspirin"} <= found
