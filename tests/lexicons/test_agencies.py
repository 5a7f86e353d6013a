"""The list of agencies and the rules around it: complete columns, known values, every rule hits and
misses.
"""

from __future__ import annotations

from collections import Counter

import pytest

from eventrisk.labels import VoteBody
from eventrisk.lexicon import terms
from eventrisk.rules import Rule, rules

ROWS = terms("agencies/agencies.tsv")
KINDS = {"deciding", "advisory", "division", "hta", "health_body"}
PLACES = {
    "prefix",
    "before",
    "after",
    "not_before",
    "not_after",
    "bare",
    "bare_field",
    "bare_of",
    "bare_owner",
    "bare_not_before",
}


def test_no_term_is_listed_twice() -> None:
    assert [term for term, count in Counter(row["term"] for row in ROWS).items() if count > 1] == []


def test_every_row_uses_known_values() -> None:
    for row in ROWS:
        assert row["kind"] in KINDS, row
        assert row["body"] == "-" or row["body"] in set(VoteBody), row
        assert row["country"] in {"EU", "INT"} or (
            row["country"].isupper() and len(row["country"]) == 2
        ), row
        assert set(row["care"].split()) <= {"-", "word", "defined"}, row
        assert row["source"], row


def test_the_list_covers_the_world() -> None:
    assert len(ROWS) >= 250
    assert len({row["country"] for row in ROWS}) >= 50


def test_a_canonical_name_has_one_country_and_one_body() -> None:
    seen: dict[str, set[tuple[str, str]]] = {}
    for row in ROWS:
        seen.setdefault(row["canonical"], set()).add((row["country"], row["body"]))
    assert {name: values for name, values in seen.items() if len(values) > 1} == {}


@pytest.mark.parametrize(
    ("term", "canonical"),
    [
        ("Committee for Proprietary Medicinal Products", "CHMP"),
        ("EMEA", "EMA"),
        ("European Agency for the Evaluation of Medicinal Products", "EMA"),
        ("Oncologic Drugs Advisory Committee", "ODAC"),
        ("KFDA", "KFDA"),
        ("Läkemedelsverket", "MPA"),
        ("Koseirosho", "MHLW"),
    ],
)
def test_former_names_and_language_forms_lead_to_the_usual_short_name(
    term: str, canonical: str
) -> None:
    assert {row["canonical"] for row in ROWS if row["term"] == term} == {canonical}


@pytest.mark.parametrize("rule", rules("agencies/contexts.toml"), ids=lambda rule: rule.id)
def test_every_rule_hits_and_misses(rule: Rule) -> None:
    assert rule.role in PLACES
    assert rule.regex.search(rule.hit)
    assert not rule.regex.search(rule.miss)
