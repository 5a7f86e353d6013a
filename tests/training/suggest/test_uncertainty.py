"""What a model is unsure of, read off a result, and said in words with its share."""

from __future__ import annotations

from dataclasses import replace

import pytest

import factories
from eventrisk.errors import DataError
from eventrisk.results import Analysis, Entity, Event, Sentiment, Tone
from eventrisk.training.suggest.uncertainty import (
    HEADS,
    NO_CUE_UNCERTAINTY,
    Uncertainty,
    entropy,
    reasons,
    tells_of_product,
    uncertainties,
    uncertainty_of_names,
    weighted_sum,
    weights_of,
)

CORE = ("drug", "indication", "agency", "vote_outcome")


def uncertainty(head: str, analysis: Analysis, labels: tuple[str, ...] = CORE) -> Uncertainty:
    names = uncertainty_of_names(analysis.entities, labels, tells_of_product(analysis))
    return next(each for each in (*uncertainties(analysis), names) if each.head == head)


def sentiment(*, abstained: bool = False, **probabilities: float) -> Analysis:
    label = max(probabilities, key=lambda name: probabilities[name])
    return factories.analysis(sentiment=Sentiment(label, 0.0, probabilities, (), abstained))


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [
        ((1.0, 0.0, 0.0), 0.0),
        ((0.25,) * 4, 1.0),
        ((0.5, 0.5), 1.0),
        ((0.5, 0.5, 0.0, 0.0), 0.5),
        ((1.0,), 0.0),
        ((), 0.0),
    ],
)
def test_entropy_is_a_share_of_the_most_that_so_many_classes_allow(
    probabilities: tuple[float, ...], expected: float
) -> None:
    assert entropy(probabilities) == pytest.approx(expected)


def test_sentiment_names_the_two_classes_it_wavers_between() -> None:
    found = uncertainty("sentiment", sentiment(negative=0.08, neutral=0.44, positive=0.48))
    assert found.words == "sentiment unsure: positive 0.48, neutral 0.44"
    assert 0.8 < found.size < 0.9


def test_classes_of_ones_own_are_as_good_as_ours() -> None:
    found = uncertainty("sentiment", sentiment(hawkish=0.5, dovish=0.5, mixed=0.0, none=0.0))
    assert found.size == pytest.approx(0.5)
    assert found.words == "sentiment unsure: dovish 0.50, hawkish 0.50"


def test_abstaining_takes_sentiment_half_of_the_way_to_full_uncertainty() -> None:
    sure = uncertainty("sentiment", sentiment(negative=0.9, neutral=0.1, positive=0.0))
    abstained = uncertainty(
        "sentiment", sentiment(negative=0.9, neutral=0.1, positive=0.0, abstained=True)
    )
    assert abstained.size == pytest.approx((1 + sure.size) / 2)
    assert abstained.words.startswith("sentiment too unsure to be relied on: negative 0.90")


@pytest.mark.parametrize(
    ("score", "size"), [(0.0, 0.0), (0.5, 1.0), (-0.5, 1.0), (1.0, 0.0), (-0.25, 0.5)]
)
def test_tone_is_least_certain_half_way_between_two_classes(score: float, size: float) -> None:
    assert uncertainty(
        "tone", factories.analysis(tone=Tone("neutral", score))
    ).size == pytest.approx(size)


def event(kind: str, probability: float, words: tuple[int, int]) -> Event:
    return Event(kind, "neutral", "occurred", None, None, (), (), (), probability, *words)


def test_an_event_that_words_speak_of_is_as_uncertain_as_it_is_improbable() -> None:
    found = uncertainty("events", factories.analysis())
    assert found.size == pytest.approx(0.07)
    assert found.words == "event unsure: advisory_vote 0.93"


def test_a_silent_title_is_told_from_business_that_words_speak_of() -> None:
    title = (0, len(factories.TEXT.splitlines()[0]))
    without_cue = uncertainty(
        "events", factories.analysis(events=(event("business_other", 0.6, title),))
    )
    spoken = uncertainty(
        "events", factories.analysis(events=(event("business_other", 0.6, (0, 9)),))
    )
    guessed = uncertainty("events", factories.analysis(events=(event("submission", 0.55, title),)))
    assert (without_cue.size, without_cue.words) == (
        NO_CUE_UNCERTAINTY,
        "no words speak of an event",
    )
    assert (spoken.size, spoken.words) == (pytest.approx(0.4), "event unsure: business_other 0.60")
    assert (guessed.size, guessed.words) == (
        pytest.approx(0.45),
        "event guessed from the words: submission 0.55",
    )


def entities(*found: tuple[str, str, float]) -> tuple[Entity, ...]:
    return tuple(
        Entity(label, words, *factories.place(words), words, "body", p) for label, words, p in found
    )


def test_names_count_by_their_least_certain_and_rules_alone_not_at_all() -> None:
    made = factories.analysis(
        entities=entities(
            ("drug", "Corvastim", 0.5), ("agency", "FDA", 1.0), ("company", "Norvena", 0.5)
        )
    )
    found = uncertainty("entities", made)
    assert found.size == pytest.approx(1 / 3)
    assert found.words == "names unsure: drug “Corvastim” 0.50"


def test_a_name_claimed_by_two_labels_is_in_full_uncertainty() -> None:
    made = factories.analysis(
        entities=entities(("drug", "Corvastim (NRV-201)", 1.0), ("molecule", "NRV-201", 1.0))
    )
    found = uncertainty("entities", made, ("drug", "molecule"))
    assert found.size == pytest.approx(2 / 3)
    assert "molecule “NRV-201” 1.00, claimed by two labels" in found.words
    assert uncertainty("entities", made, ("molecule",)).size == 0


def test_news_of_a_product_without_drug_and_disease_is_uncertain() -> None:
    assert (
        uncertainty("entities", factories.analysis(entities=())).words
        == "neither a drug nor a disease found"
    )
    business = event("business_other", 0.9, (0, 9))
    assert uncertainty("entities", factories.analysis(entities=(), events=(business,))).size == 0


def test_risk_categories_count_by_how_near_to_the_threshold_they_are() -> None:
    near = factories.risk("funding_liquidity", "We may need additional capital", probability=0.5)
    sure = factories.risk("competition", "FDA may not", probability=1.0)
    found = uncertainty("risk", factories.analysis(risk_factors=(sure, near)))
    assert found.size == pytest.approx(1 / 3)
    assert found.words == "risk categories near the threshold: funding_liquidity 0.50"


def test_shares_of_the_reasons_are_those_of_the_whole_and_the_greatest_comes_first() -> None:
    found = (
        Uncertainty("sentiment", 0.5, "a"),
        Uncertainty("tone", 0.0, "b"),
        Uncertainty("events", 1.0, "c"),
    )
    weights = {"sentiment": 0.8, "events": 0.1, "tone": 0.1}
    assert weighted_sum(found, weights) == pytest.approx(0.5)
    assert [(r.head, round(r.share, 2)) for r in reasons(found, weights)] == [
        ("sentiment", 0.8),
        ("events", 0.2),
    ]
    assert reasons((Uncertainty("tone", 0.0, "b"),), weights) == ()


def test_only_the_parts_asked_for_count_and_an_unknown_one_is_refused() -> None:
    assert weights_of(["tone"]) == {"tone": 1.0}
    assert sum(weights_of(HEADS).values()) == pytest.approx(1.0)
    assert set(weights_of(HEADS)) == set(HEADS)
    with pytest.raises(DataError, match="sentiment, events, entities, risk, tone"):
        weights_of(["mood"])
    with pytest.raises(DataError, match="none"):
        weights_of([])


def test_words_of_a_release_cannot_break_a_line() -> None:
    first, *others = factories.analysis().entities
    odd = replace(first, label="dr\x1bug", text="Cor\nvas\x07tim", probability=0.5)
    found = uncertainty(
        "entities", factories.analysis(entities=(odd, *others)), (*CORE, "dr\x1bug")
    )
    assert "dr\ufffdug “Cor vas\ufffdtim”" in found.words
