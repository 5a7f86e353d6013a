"""A result becomes a record that a person can correct."""

from __future__ import annotations

import factories
from eventrisk.labelled import Clause, Labelled, Span, parse_record, to_plain
from eventrisk.results import Evidence, RiskFactor
from eventrisk.training.preannotate import labelled_of


def test_every_label_of_a_result_is_taken_over_with_the_words_it_stands_on() -> None:
    record = labelled_of(factories.analysis())
    assert (record.id, record.date, record.sentiment, record.tone) == (
        "norvena.txt",
        "2021-05-04",
        "negative",
        "positive",
    )
    assert record.entities is not None
    assert [record.text[s.start : s.end] for s in record.entities[:3]] == [
        "FDA",
        "Votes 10-4 Against",
        "Corvastim",
    ]
    assert record.events == ({"type": "advisory_vote", "direction": "negative"},)
    assert record.votes is not None
    assert record.votes[0]["no"] == 10
    assert record.catalysts is not None
    assert record.catalysts[0] == {
        "type": "topline_results",
        "when": "second half of 2022",
        "earliest": "2022-07-01",
        "latest": "2022-12-31",
    }
    assert record.risk_factors == (
        "funding_liquidity",
        "intellectual_property",
        "regulatory_approval",
    )


def test_one_clause_bears_all_its_categories_and_words_within_it_are_none_of_their_own() -> None:
    def factor(category: str) -> RiskFactor:
        return RiskFactor(category, 0.8, False, (Evidence(10, 40, 0.8), Evidence(15, 20, 0.3)))

    record = labelled_of(factories.analysis(risk_factors=(factor("safety"), factor("competition"))))
    assert record.risk_clauses == (Clause(10, 40, ("competition", "safety")),)


def test_names_found_by_rules_alone_are_left_out_and_labels_of_ones_own_are_kept() -> None:
    rule, own = factories.entity("company", "Norvena"), factories.entity("molecule", "NRV-201")
    assert labelled_of(factories.analysis(entities=(rule, own))).entities == (
        Span(own.start, own.end, "molecule"),
    )


def test_what_a_person_said_stays_and_only_the_unknown_is_filled_in() -> None:
    given = Labelled(
        "own",
        factories.TEXT,
        company="Norvena",
        sentiment="hawkish",
        entities=(),
        risk_factors=("own",),
    )
    record = labelled_of(factories.analysis(), given)
    assert (record.id, record.company, record.sentiment, record.entities) == (
        "own",
        "Norvena",
        "hawkish",
        (),
    )
    assert (record.risk_factors, record.risk_clauses, record.tone) == (("own",), None, "positive")


def test_nothing_found_is_labelled_as_none_there() -> None:
    record = labelled_of(factories.bare())
    assert (record.entities, record.events, record.votes, record.risk_clauses) == ((), (), (), ())


def test_the_record_is_one_that_training_reads() -> None:
    record = labelled_of(factories.analysis())
    assert parse_record(
        to_plain(record) | {"entities": [[s.start, s.end, s.label] for s in record.entities or ()]},
        "x",
    )
