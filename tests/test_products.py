"""Products are what the records of a result say of each, turned round."""

from __future__ import annotations

import json

import eventrisk
from eventrisk import Product
from factories import NAMES, VOTE_WORDS, analysis, bare


def test_a_product_holds_its_names_diseases_events_votes_and_plans() -> None:
    made = analysis()
    (product,) = made.products
    assert isinstance(product, Product)
    assert (product.name, product.names) == ("Corvastim", ("Corvastim", "NRV-201"))
    assert product.indications == NAMES[1]
    assert product.events == made.events
    assert product.votes == made.votes
    assert product.catalysts == made.catalysts[1:]
    assert made.quote(product.votes[0]) == VOTE_WORDS


def test_a_result_without_linked_records_has_no_products() -> None:
    assert bare().products == ()


def test_products_are_no_part_of_the_schema_and_turn_into_plain_values() -> None:
    made = analysis()
    assert "products" not in made.to_dict()
    data = json.loads(json.dumps(made.products[0].to_dict()))
    assert list(data) == ["name", "names", "indications", "events", "votes", "catalysts"]
    assert data["catalysts"][0]["when"] == "by June 28, 2021"


def test_a_pipeline_update_is_told_product_by_product() -> None:
    text = (
        "FDA approved Orvadine for gout and issued a complete response letter for Lumetra in "
        "asthma. Topline data for Lumetra in eczema are expected in Q4 2026."
    )
    first, second = eventrisk.analyze(text, date="2026-06-15").products
    assert (first.name, second.name) == ("orvadine", "lumetra")
    assert [e.type for e in first.events] == ["approval"]
    assert [e.type for e in second.events if e.assertion == "occurred"] == ["complete_response"]
    assert first.catalysts == ()
    assert [(c.type, c.indications) for c in second.catalysts] == [
        ("topline_results", ("atopic dermatitis",))
    ]
