"""The lists and rules of drugs hold what they promise: format, order, no doubles, and every
example.
"""

from __future__ import annotations

import re

import pytest

from eventrisk.lexicon import terms
from eventrisk.names.drugs.code_patterns import REFUSE, CodePatterns
from eventrisk.names.drugs.dictionary import PROBABILITIES
from eventrisk.names.drugs.stems import DrugStems
from eventrisk.names.drugs.words import WORD, Words
from eventrisk.rules import rules

DRUGS = terms("drugs/drugs.tsv")
KINDS = {"brand", "generic", "code", "vaccine", "biologic", "cell_gene", "radiopharmaceutical"}


def test_the_list_has_thousands_of_names_of_known_kinds_and_cases() -> None:
    assert len(DRUGS) >= 3000
    assert {row["kind"] for row in DRUGS} == KINDS
    assert {row["case"] for row in DRUGS} <= set(PROBABILITIES)


def test_no_name_is_listed_twice_however_it_is_spelt() -> None:
    keys = [" ".join(WORD.findall(row["term"].lower())) for row in DRUGS]
    assert len(keys) == len(set(keys))


def test_names_are_sorted() -> None:
    keys = [(row["term"].lower(), row["term"]) for row in DRUGS]
    assert keys == sorted(keys)


def test_canonical_names_are_in_small_letters_and_given() -> None:
    assert [
        row["term"]
        for row in DRUGS
        if not row["canonical"] or row["canonical"] != row["canonical"].lower()
    ] == []


@pytest.mark.parametrize(
    ("term", "canonical"),
    [
        ("Ceplene", "histamine dihydrochloride"),
        ("Keytruda", "pembrolizumab"),
        ("paracetamol", "acetaminophen"),
        ("BNT162b2", "bnt162b2"),
        ("Comirnaty", "bnt162b2"),
        ("MK-6482", "belzutifan"),
        ("AZD1222", "azd1222"),
        ("Humira", "adalimumab"),
    ],
)
def test_brands_codes_and_british_names_lead_to_their_generic(term: str, canonical: str) -> None:
    assert {row["term"]: row["canonical"] for row in DRUGS}[term] == canonical


def test_words_that_are_no_drugs_are_sorted_unique_and_in_small_letters() -> None:
    words = [row["word"] for row in terms("drugs/not_drugs.tsv")]
    assert words == sorted(set(words))
    assert [word for word in words if word != word.lower()] == []


def test_no_brand_or_generic_of_the_list_is_refused() -> None:
    refused = {row["word"] for row in terms("drugs/not_drugs.tsv")}
    sure = {row["term"].lower() for row in DRUGS if row["case"] in ("any", "cap")}
    assert sorted(sure & refused) == []


STEMS = DrugStems(terms("drugs/stems.tsv"))


@pytest.mark.parametrize(
    "row", terms("drugs/stems.tsv"), ids=lambda row: f"{row['position']}:{row['stem']}"
)
def test_every_stem_hits_its_example_and_misses_the_other(row: dict[str, str]) -> None:
    read = {
        "suffix": STEMS.of,
        "prefix": STEMS.of,
        "second": STEMS.second,
        "first": STEMS.first,
        "tail": STEMS.tail,
    }[row["position"]]
    refused = {word["word"] for word in terms("drugs/not_drugs.tsv")}
    miss = row["miss"].lower()
    hit, missed = read(row["hit"]), read(miss)
    assert hit is not None
    assert hit.stem == row["stem"].strip("-")
    assert miss in refused or missed is None or missed.stem != row["stem"].strip("-")
    assert 0.0 < float(row["probability"]) < 1.0


def test_stems_are_listed_once_for_each_position() -> None:
    keys = [(row["position"], row["stem"]) for row in terms("drugs/stems.tsv")]
    assert keys == sorted(set(keys))


CODES = rules("drugs/code_patterns.toml")


@pytest.mark.parametrize("rule", CODES, ids=lambda rule: rule.id)
def test_every_code_pattern_fires_first_for_its_name_and_for_nothing_in_its_miss(rule) -> None:  # type: ignore[no-untyped-def]
    first = next(other for other in CODES if other.regex.fullmatch(rule.keys["name"]))
    assert first.id == rule.id
    words = Words(rule.hit)
    found = {
        words.text[words.starts[s.first] : words.ends[s.last]]: s.rule
        for s in CodePatterns(CODES).find(words)
    }
    assert found.get(rule.keys["name"]) == (None if rule.keys["weight"] == REFUSE else rule.id)
    missed = Words(rule.miss)
    assert rule.id not in {code.rule for code in CodePatterns(CODES).find(missed)}


@pytest.mark.parametrize("rule", rules("drugs/contexts.toml"), ids=lambda rule: rule.id)
def test_every_context_fires_in_its_hit_and_not_in_its_miss(rule) -> None:  # type: ignore[no-untyped-def]
    assert _fires(rule, rule.hit)
    assert not _fires(rule, rule.miss)


def _fires(rule, sentence: str) -> bool:  # type: ignore[no-untyped-def]
    from eventrisk.names.drugs.evidence import Contexts

    words = Words(sentence)
    at = [i for i, low in enumerate(words.lows) if low.startswith("norvexa")]
    assert at, f"{rule.id}: the example does not name Norvexa"
    return any(True for i in at for _ in Contexts([rule]).fired(words, i, i))


def test_parts_have_known_roles_and_are_listed_once() -> None:
    rows = [(row["role"], row["part"]) for row in terms("drugs/affixes.tsv")]
    assert len(rows) == len(set(rows))
    assert {role for role, _ in rows} == {
        "salt",
        "release",
        "company",
        "platform",
        "target",
        "tail",
        "against",
        "study",
        "made",
        "given",
        "second",
        "route",
        "plain",
        "state",
    }


def test_trigrams_are_three_letters_with_a_bounded_weight() -> None:
    rows = terms("drugs/trigrams.tsv")
    assert [
        row["letters"] for row in rows if not re.fullmatch(r"\^?[a-z]{1,3}\$?", row["letters"])
    ] == []
    assert all(-3.0 <= float(row["weight"]) <= 3.0 for row in rows)
