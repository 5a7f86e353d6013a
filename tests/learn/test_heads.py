import json
from dataclasses import replace

import numpy as np
import pytest

from eventrisk.learn.fit.heads import train_heads
from eventrisk.learn.heads import Heads
from eventrisk.learn.passages import passages
from eventrisk.learn.sentiment import CLASSES, SentimentModel, features
from training_set import NEWS, RISKS, examples, reading


@pytest.mark.parametrize("label", CLASSES)
def test_sentiment_and_tone_follow_the_news_and_the_quote(heads, label):
    judged = heads.predict(reading(*NEWS[label]))
    assert (judged.sentiment.label, judged.tone.label) == (label, label)


def test_probabilities_sum_to_one_and_the_score_is_their_difference(heads):
    sentiment = heads.predict(reading(*NEWS["negative"])).sentiment
    assert sum(sentiment.probabilities.values()) == pytest.approx(1, abs=1e-5)
    assert sentiment.score == pytest.approx(
        sentiment.probabilities["positive"] - sentiment.probabilities["negative"], abs=1e-5
    )


def test_evidence_is_the_sentence_and_then_the_words_of_the_event(heads):
    read = reading(*NEWS["positive"])
    spans = [read.text[e.start : e.end] for e in heads.predict(read).sentiment.evidence]
    assert NEWS["positive"][0] in spans
    assert "approve" in spans[spans.index(NEWS["positive"][0]) + 1]


def test_weights_of_evidence_are_shares(heads):
    for label in CLASSES:
        evidence = heads.predict(reading(*NEWS[label])).sentiment.evidence
        assert all(0 < e.weight <= 1 for e in evidence)


def test_names_of_drugs_are_never_terms():
    terms = features(list(passages(reading(*NEWS["positive"]))), {})
    assert "velorin" not in terms["head"]
    assert terms["head"]["drugname"] == 1


def test_each_risk_factor_shows_its_clause_and_then_its_terms(heads):
    read = reading(*NEWS["neutral"])
    factors = {f.category: f for f in heads.predict(read).risk_factors}
    assert set(factors) == {"manufacturing_supply", "competition", "key_personnel"}
    first, term = factors["manufacturing_supply"].evidence[:2]
    assert read.text[first.start : first.end] == "manufacturing delays"
    assert first.start <= term.start < term.end <= first.end


def test_a_factor_is_specific_only_where_a_party_or_product_is_named(heads):
    harbour = "Risks include manufacturing delays of Velorin; and competition."
    read = reading("Orlo Pharma reports", "A quiet year.", harbour)
    drug = read.text.index("Velorin")
    named = [
        m.__class__("drug", drug, drug + 7, "Velorin", m.section)
        for m in reading(*NEWS["positive"]).mentions
    ]
    read = read.__class__(read.text, None, (), read.sentences, tuple(named))
    factors = {f.category: f.specific for f in heads.predict(read).risk_factors}
    assert factors == {"manufacturing_supply": True, "competition": False}


def test_a_release_without_forward_looking_text_names_no_risk(heads):
    read = reading("Orlo Pharma reports", "A quiet year.", "Orlo was founded in 1990.")
    assert heads.predict(read).risk_factors == ()


def test_a_release_of_which_nothing_is_news_is_judged_all_the_same(heads):
    empty = reading("x", "y").__class__("x", None)
    judged = heads.predict(empty)
    assert judged.sentiment.evidence == ()
    assert set(judged.sentiment.probabilities) == set(CLASSES)


def test_two_trainings_give_the_same_judgements():
    one, other = train_heads(examples())[0], train_heads(examples())[0]
    for label in CLASSES:
        read = reading(*NEWS[label])
        assert one.predict(read) == other.predict(read)


def test_what_was_saved_judges_as_before(heads, tmp_path):
    heads.save(tmp_path)
    again = Heads.load(tmp_path)
    for label in CLASSES:
        read = reading(*NEWS[label], RISKS)
        assert again.predict(read) == heads.predict(read)


def test_metrics_are_plain_numbers_of_held_out_groups():
    metrics = train_heads(examples())[1]
    assert metrics["sentiment"]["n"] == 12
    assert json.loads(json.dumps(metrics)) == metrics
    assert not np.isnan(metrics["risk"]["f1"])


def test_a_model_abstains_below_its_confidence_and_keeps_that_in_its_state(heads):
    read = reading(*NEWS["positive"])
    label, chances = (
        heads.sentiment.predict(read, {}).label,
        heads.sentiment.predict(read, {}).probabilities,
    )
    for confidence, abstains in ((chances[label], False), (chances[label] + 1e-4, True)):
        model = SentimentModel.from_state(
            replace(heads.sentiment, confidence=confidence).to_state()
        )
        assert model.predict(read, {}).abstained is abstains
        assert model.predict(read, {}).label == label


def test_a_model_from_before_there_was_abstention_never_abstains(heads):
    state = heads.sentiment.to_state()
    del state["confidence"]
    assert SentimentModel.from_state(state).confidence == 0.0
