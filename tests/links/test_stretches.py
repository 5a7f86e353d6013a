"""A sentence with several statements is parted between them."""

from __future__ import annotations

import pytest

from eventrisk.labels import EntityLabel, SectionKind
from eventrisk.links.stretches import stretches
from eventrisk.reading import Mention


def parts(text: str, anchors: list[str], drugs: list[str]) -> list[str]:
    """The stretches of a sentence of which these are the statements' words and the products."""
    at = [(text.index(words), text.index(words) + len(words)) for words in anchors]
    names = [
        Mention(EntityLabel.DRUG, text.index(d), text.index(d) + len(d), d, SectionKind.BODY)
        for d in drugs
    ]
    return [text[low:high] for low, high in stretches(text, (0, len(text)), at, names)]


@pytest.mark.parametrize(
    ("text", "anchors", "expected"),
    [
        (
            "data of orvadine in may and data of lumetra in june",
            ["may", "june"],
            ["data of orvadine in may", " and data of lumetra in june"],
        ),
        (
            "in may data of orvadine, in june data of lumetra",
            ["may", "june"],
            ["in may data of orvadine", ", in june data of lumetra"],
        ),
        (
            "orvadine due may lumetra due june",
            ["may", "june"],
            ["orvadine due may", " lumetra due june"],
        ),
        (
            "due may for orvadine due june for lumetra",
            ["due may", "due june"],
            ["due may for orvadine ", "due june for lumetra"],
        ),
    ],
)
def test_two_statements_are_parted_where_the_second_begins(
    text: str, anchors: list[str], expected: list[str]
) -> None:
    assert parts(text, anchors, ["orvadine", "lumetra"]) == expected


def test_a_list_of_names_is_not_parted() -> None:
    text = "in may data of orvadine and lumetra; in june a filing"
    assert parts(text, ["may", "june"], ["orvadine", "lumetra"])[0] == text.split(";")[0]


def test_a_sentence_with_one_statement_is_one_stretch() -> None:
    text = "data of orvadine and lumetra in may, in gout"
    assert parts(text, ["may"], ["orvadine", "lumetra"]) == [text]
