"""Senses of words: words, stems, two words, kinds of names, and pairs within reach."""

from __future__ import annotations

import pytest

from eventrisk.learn.features import MASKED
from eventrisk.learn.senses import NONE, REACH, sense_terms, senses

FILLER = "zzz"  # a word without a sense


@pytest.mark.parametrize(
    ("hit", "miss", "sense"),
    [
        ("delayed", "lay", "delay"),  # a stem, from the beginning of a word only
        ("postponement", "opponent", "delay"),
        ("admitted", "admittedly", "accept"),  # a whole word
        ("refuses", "fuses", "refuse"),
        ("late", "plate", "delay"),
    ],
)
def test_a_sense_is_that_of_the_word_and_not_of_its_neighbour(
    hit: str, miss: str, sense: str
) -> None:
    assert sense in senses([hit])[0]
    assert sense not in senses([miss])[0]


def test_two_words_have_their_sense_at_the_first_and_only_side_by_side() -> None:
    assert [("delay" in here) for here in senses(["no", "word", "yet"])] == [True, False, False]
    assert not any("delay" in here for here in senses(["no", FILLER, "word"]))
    assert not any("delay" in here for here in senses(["word", "no"]))


def test_a_word_may_have_several_senses() -> None:
    assert senses(["agree", "review"]) == [frozenset({"accept", "align"}), frozenset({"probe"})]


def test_a_word_of_no_sense_has_none() -> None:
    assert senses([FILLER]) == [NONE]
    assert senses([]) == []
    assert not sense_terms([FILLER, FILLER])


@pytest.mark.parametrize("kind", sorted(MASKED.values()))
def test_a_kind_of_name_is_a_sense_of_its_own(kind: str) -> None:
    assert senses([kind]) == [frozenset({kind})]


def test_pairs_keep_the_order_in_which_senses_stand() -> None:
    assert sense_terms(["fda", "refuses"]) == {"agency": 1, "refuse": 1, "agency refuse": 1}
    assert sense_terms(["refuses", "fda"]) == {"agency": 1, "refuse": 1, "refuse agency": 1}


def test_pairs_are_told_within_reach_and_not_beyond() -> None:
    within = ["fda", *[FILLER] * (REACH - 1), "refuses"]
    beyond = ["fda", *[FILLER] * REACH, "refuses"]
    assert sense_terms(within)["agency refuse"] == 1
    assert sense_terms(beyond) == {"agency": 1, "refuse": 1}


def test_a_sense_makes_no_pair_with_itself() -> None:
    assert sense_terms(["refuses", "refuses"]) == {"refuse": 2}
