"""A person is offered one label set: the model's, or that of what is labelled already."""

from __future__ import annotations

import factories
from eventrisk.heads import KEYS_OF
from eventrisk.labelled import LABEL_KEYS, Clause, Labelled, Span
from eventrisk.results import Sentiment
from eventrisk.training.preannotate import labelled_of
from eventrisk.training.suggest.label_sets import CATEGORIES, OURS, LabelSets, heads_of


def sets(*labelled: Labelled, own: bool = False) -> LabelSets:
    """After one result, which has a name of its own kind if ``own``."""
    found = LabelSets(labelled, KEYS_OF)
    found.see(result(own=own))
    return found


def result(*, own: bool = False):  # type: ignore[no-untyped-def]
    names = (factories.entity("drug", "Corvastim"), factories.entity("company", "Norvena"))
    return factories.analysis(
        entities=(*names, *((factories.entity("molecule", "NRV-201"),) if own else ()))
    )


def given(**labels: object) -> Labelled:
    return Labelled("a", "Corvastim fails", **labels)  # type: ignore[arg-type]


def test_without_anything_labelled_the_labels_are_the_models() -> None:
    labels = sets().labels()
    assert labels["entities"] == OURS
    assert labels["sentiment"] == ("negative", "neutral", "positive")
    assert labels["risk_factors"] == CATEGORIES


def test_a_model_with_names_of_its_own_kind_proposes_these_alone() -> None:
    found = sets(own=True)
    assert found.labels()["entities"] == ("molecule",)
    record, proposed = found.within(labelled_of(result(own=True)), LABEL_KEYS)
    assert [span.label for span in record.entities or ()] == ["molecule"]
    assert "entities" in proposed


def test_what_is_labelled_decides_which_of_the_models_label_sets_is_meant() -> None:
    drugs, both = (
        given(entities=(Span(0, 9, "drug"),)),
        given(entities=(Span(0, 9, "drug"), Span(0, 9, "molecule"))),
    )
    assert sets(drugs, own=True).labels()["entities"] == OURS
    assert sets(both, own=True).labels()["entities"] == (*OURS, "molecule")


def test_labels_that_the_model_does_not_know_are_offered_and_its_own_are_not_proposed() -> None:
    labelled = given(
        entities=(Span(0, 9, "substance"),),
        sentiment="hawkish",
        risk_clauses=(Clause(0, 9, ("weather",)),),
    )
    found = sets(labelled)
    assert {key: found.labels()[key] for key in ("entities", "sentiment", "risk_factors")} == {
        "entities": ("substance",),
        "sentiment": ("hawkish",),
        "risk_factors": ("weather",),
    }
    record, proposed = found.within(labelled_of(result()), LABEL_KEYS)
    assert (record.entities, record.sentiment, record.risk_factors, record.risk_clauses) == (
        None,
        None,
        None,
        None,
    )
    assert proposed == ("tone", "events", "votes", "catalysts")


def test_a_label_set_that_the_labelled_use_in_part_is_offered_whole() -> None:
    assert sets(given(sentiment="negative")).labels()["sentiment"] == (
        "negative",
        "neutral",
        "positive",
    )


def test_classes_of_a_trained_model_are_its_own() -> None:
    found = LabelSets((), KEYS_OF)
    found.see(factories.analysis(sentiment=Sentiment("up", 0.0, {"down": 0.2, "up": 0.8})))
    assert found.labels()["sentiment"] == ("down", "up")


def test_what_is_labelled_already_says_what_is_going_to_be() -> None:
    assert heads_of("auto", []) == heads_of("auto", [given()]) == tuple(KEYS_OF)
    assert heads_of("auto", [given(sentiment="up"), given(risk_factors=())]) == (
        "sentiment",
        "risk",
    )
    assert heads_of("auto", [given(catalysts=())]) == ("events",)
    assert heads_of("tone", [given(sentiment="up")]) == ("tone",)
    assert heads_of(["tone", "risk"], []) == ("tone", "risk")


def test_what_will_not_be_labelled_is_neither_offered_nor_proposed() -> None:
    found = LabelSets((), ("sentiment", "risk"))
    found.see(result())
    assert set(found.labels()) == {"sentiment", "risk_factors"}
    record, proposed = found.within(labelled_of(result()), LABEL_KEYS)
    assert proposed == ("sentiment", "risk_clauses", "risk_factors")
    assert (record.entities, record.tone, record.events) == (None, None, None)
