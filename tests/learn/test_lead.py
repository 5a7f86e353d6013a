"""The guess of the lead event: learnt from titles, stored like the other heads, used only where
rules are silent.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import eventrisk
from eventrisk.events import is_silent, read_events, with_guess
from eventrisk.learn.fit.lead import fit_lead, train_lead
from eventrisk.learn.heads import LEAD, Heads
from eventrisk.learn.lead import LeadModel, features
from eventrisk.reading import Reading
from training_set import NEWS, examples, reading

KINDS = {
    "positive": "approval positive",
    "negative": "complete_response negative",
    "neutral": "business_other neutral",
}
LABELS = [KINDS[str(e.sentiment)] for e in examples()]
GROUPS = [e.group for e in examples()]
ROWS = [features(e.reading) for e in examples()]


@pytest.fixture(scope="module")
def model() -> LeadModel:
    return fit_lead(ROWS, LABELS, GROUPS)


def test_a_title_like_those_learnt_gets_their_event(model: LeadModel) -> None:
    assert model.predict(reading(NEWS["negative"][0], ""))[:2] == ("complete_response", "negative")
    assert model.predict(reading(NEWS["positive"][0], ""))[:2] == ("approval", "positive")


def test_the_probability_is_one(model: LeadModel) -> None:
    assert 0.0 < model.predict(reading(NEWS["neutral"][0], ""))[2] <= 1.0


def test_what_is_stored_guesses_the_same(model: LeadModel) -> None:
    again = LeadModel.from_state(model.to_state())
    assert [again.predict_terms(row) for row in ROWS] == [model.predict_terms(row) for row in ROWS]


def test_accuracy_is_measured_on_held_out_groups() -> None:
    _, metrics = train_lead(ROWS, LABELS, GROUPS)
    assert metrics == {"n": 12, "accuracy": 1.0}


def test_labels_that_do_not_differ_teach_nothing() -> None:
    assert train_lead(ROWS[:2], LABELS[:1] * 2, GROUPS[:2])[0] is None


def test_heads_are_stored_with_or_without_it(
    heads: Heads, model: LeadModel, tmp_path: Path
) -> None:
    heads.save(tmp_path)
    assert Heads.load(tmp_path).lead is None
    replace(heads, lead=model).save(tmp_path)
    assert (tmp_path / LEAD).is_file()
    loaded = Heads.load(tmp_path).lead
    assert loaded is not None
    assert loaded.predict_terms(ROWS[0]) == model.predict_terms(ROWS[0])


def test_a_guess_replaces_silence_and_nothing_else() -> None:
    silent = Reading(
        "Orlo Gives News", None, (), reading("Orlo Gives News", "").sentences[:1], title=(0, 15)
    )
    events = read_events(silent)
    assert is_silent(events, silent)
    guessed = with_guess(events, "approval", "positive", 0.4)
    assert (guessed[0].type, guessed[0].direction, guessed[0].probability) == (
        "approval",
        "positive",
        0.4,
    )
    assert with_guess(events, "business_other", "neutral", 0.9) == events
    assert with_guess(events, "approval", "positive", 0.39) == events

    told = reading(*NEWS["positive"])
    assert not is_silent(read_events(told), told)


def test_a_guess_does_not_say_what_the_words_deny() -> None:
    result = eventrisk.analyze("The clinical hold on ORV-101 has not been lifted.")
    assert [event.type for event in result.news] == ["business_other"]
