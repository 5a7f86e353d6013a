"""Rules propose, a model decides: learnt from candidates, stored like the other heads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eventrisk.errors import ModelError
from eventrisk.events import Chance, Findings, Pair
from eventrisk.learn.decision import BLOCK, BUSINESS, BY_WORDS, DecisionModel, candidates
from eventrisk.learn.fit.decision import FittedDecision, NewsExample, train_decision
from eventrisk.learn.heads import DECISION, Heads
from eventrisk.learn.lead import features
from training_set import NEWS, reading

APPROVAL, REFUSAL = ("approval", "positive"), ("refusal", "negative")
LABELS = {"positive": APPROVAL, "negative": REFUSAL, "neutral": BUSINESS}
BY_RULES: Findings = {APPROVAL: {"rule_lead": 1.0, "score": 0.8, "occurred@headline": 0.8}}


def examples(found: Findings = BY_RULES) -> list[NewsExample]:
    """Thirty texts in ten groups whose words tell the event, while the rules always propose an
    approval.
    """
    made = []
    for number in range(30):
        label = list(NEWS)[number % 3]
        title, quote = NEWS[label]
        terms = features(reading(f"{title} in region {number}", quote))
        made.append(NewsExample(terms, found, (LABELS[label],), f"g{number // 3}"))
    return made


@pytest.fixture(scope="module")
def fitted() -> FittedDecision:
    result = train_decision(examples())
    assert result is not None
    return result


def chances(model: DecisionModel, label: str, found: Findings = BY_RULES) -> dict[Pair, Chance]:
    return model.decide(reading(*NEWS[label]), found)


def test_candidates_are_what_rules_propose_what_the_words_suggest_and_business() -> None:
    by_words = {(f"type{n}", "neutral"): 0.1 - n / 100 for n in range(8)}
    rows = candidates(BY_RULES, by_words)
    likely = {(f"type{n}", "neutral") for n in range(BY_WORDS)}
    assert set(rows) == {APPROVAL, BUSINESS} | likely
    assert rows[APPROVAL][BLOCK]["occurred@headline"] == 0.8
    assert rows["type0", "neutral"][BLOCK]["words_first"] == 1.0
    assert rows["type1", "neutral"][BLOCK]["no_cue"] == 1.0


def test_chances_of_leading_sum_to_one(fitted: FittedDecision) -> None:
    for label in NEWS:
        found = chances(fitted.model, label)
        assert sum(chance.lead for chance in found.values()) == pytest.approx(1.0)
        assert all(0 <= chance.listed <= 1 for chance in found.values())


def test_rules_that_err_alone_are_outvoted_by_the_words(fitted: FittedDecision) -> None:
    for label, pair in LABELS.items():
        found = chances(fitted.model, label)
        assert max(found, key=lambda p: found[p].lead) == pair


def test_figures_are_of_groups_held_out(fitted: FittedDecision) -> None:
    assert fitted.metrics["n"] == 30
    assert fitted.metrics["accuracy"] == 1.0
    assert fitted.metrics["rules_alone"] == pytest.approx(1 / 3)
    assert set(fitted.held_out) == {f"g{n}" for n in range(10)}


def test_copies_with_silent_rules_are_not_measured() -> None:
    copies = [replace(e, found={}, whole=False) for e in examples()]
    result = train_decision([*examples(), *copies])
    assert result is not None
    assert result.metrics["n"] == 30


def test_texts_of_one_event_teach_nothing() -> None:
    assert train_decision([replace(e, events=(APPROVAL,)) for e in examples()]) is None


def test_what_is_stored_decides_the_same(fitted: FittedDecision) -> None:
    again = DecisionModel.from_state(fitted.model.to_state())
    for label in NEWS:
        assert chances(again, label) == chances(fitted.model, label)


def test_a_state_without_its_parts_is_no_model(fitted: FittedDecision) -> None:
    state = fitted.model.to_state()
    with pytest.raises(ModelError, match="sharpness"):
        DecisionModel.from_state({k: v for k, v in state.items() if k != "sharpness"})
    with pytest.raises(ModelError, match="make models"):
        DecisionModel.from_state({k: v for k, v in state.items() if not k.startswith("listed")})


def test_heads_are_stored_with_or_without_it(
    heads: Heads, fitted: FittedDecision, tmp_path: Path
) -> None:
    heads.save(tmp_path)
    assert Heads.load(tmp_path).decision is None
    replace(heads, decision=fitted.model).save(tmp_path)
    assert (tmp_path / DECISION).is_file()
    loaded = Heads.load(tmp_path).decision
    assert loaded is not None
    assert chances(loaded, "negative") == chances(fitted.model, "negative")
