"""The table of heads against the records that label them and the rules that weigh them."""

from __future__ import annotations

from eventrisk import heads
from eventrisk.labelled import KEYS
from eventrisk.training.suggest.uncertainty import WEIGHTS


def test_every_head_is_of_one_kind_and_its_keys_are_those_of_a_record() -> None:
    assert {*heads.CLASS_HEADS} ^ {*heads.SET_HEADS} == {*heads.HEADS}
    assert {key for keys in heads.KEYS_OF.values() for key in keys} == {*KEYS} - {
        "id",
        "text",
        "date",
        "form",
        "company",
        "split",
        "relevance",
    }


def test_all_that_can_be_labelled_can_be_suggested_for_labelling() -> None:
    assert {*WEIGHTS} == {*heads.KEYS_OF}


def test_custom_labels_are_for_heads_that_are_trained() -> None:
    assert heads.TRAINED_HEADS == ("sentiment", "tone", "entities", "risk")
    assert {*heads.CUSTOM_HEADS} == {*heads.TRAINED_HEADS} - {"tone"}
