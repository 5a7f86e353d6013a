"""Spin stands only where the sponsor speaks: its managers, its prose, its praise and regret."""

from __future__ import annotations

import pytest

from eventrisk.nlp.pipeline import COMPONENTS, NER, assemble
from eventrisk.nlp.reader import Reader
from eventrisk.rules import fold, rules
from eventrisk.voice import FILE, sponsor_speaks

HEADLINE = "FDA Approves Lomera for Plaque Psoriasis"
LEAD = (
    f"{HEADLINE}\nBOSTON, May 4, 2021 -- Norvena Pharma, Inc. (Nasdaq: NRVN) today announced that "
    "the FDA has approved Lomera (norvexamab) for adults with plaque psoriasis."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(assemble([name for name in COMPONENTS if name != NER]))


def speaks(reader: Reader, text: str) -> bool:
    return sponsor_speaks(reader.read(text))


@pytest.mark.parametrize(
    "headline",
    [
        HEADLINE,
        "Norvena Announces Positive Topline Results of Phase 3 Trial",
        'Norvena CEO: "We Are Pleased With This Vote," Says Mara Lindqvist',
    ],
)
def test_a_bare_headline_has_no_voice(reader: Reader, headline: str) -> None:
    assert not speaks(reader, headline)


def test_facts_alone_have_no_voice(reader: Reader) -> None:
    assert not speaks(reader, LEAD)


@pytest.mark.parametrize(
    "words",
    [
        '"Lomera will reach patients in June, and the first cartons have left the plant," said '
        "Mara Lindqvist, President and Chief Executive Officer of Norvena.",
        'Mara Lindqvist, chief medical officer, said: "The committee asked the right questions, '
        'and the answers are in the file."',
        '"This is a good day," said CEO Mara Lindqvist.',
        '"We owe this to everyone who took part in the trials, and we will not forget it."',
        "Norvena is pleased to announce that shipping begins in June.",
        "We are disappointed that the label is narrow.",
        "Norvena respectfully disagrees with the wording of the label.",
        "Lomera is the first and only treatment of its kind.",
        "Unfortunately, the label is narrow.",
    ],
)
def test_words_of_the_sponsor_are_its_voice(reader: Reader, words: str) -> None:
    assert speaks(reader, f"{LEAD} {words}")


@pytest.mark.parametrize(
    "words",
    [
        '"Patients have waited long for a drug that clears the skin in weeks," said Ansel Brody, '
        "professor of dermatology at the University of Halden.",
        '"We want to see a longer trial before we are sure," wrote the FDA committee chair.',
        "Patients were pleased with the device.",
        "The agency welcomes comments until May.",
        "The CHMP had adopted a positive opinion in March.",
        "A landmark building houses the plant.",
        'The trial is called "Clear Skin".',
    ],
)
def test_words_of_others_are_not(reader: Reader, words: str) -> None:
    assert not speaks(reader, f"{LEAD} {words}")


def test_praise_counts_where_the_news_is_told_and_not_further_down(reader: Reader) -> None:
    praise = "Two landmark trials, with encouraging data, had been published."
    assert speaks(reader, f"{LEAD} {praise}")
    assert not speaks(reader, f"{LEAD}\n{praise}")


@pytest.mark.parametrize("rule", rules(FILE), ids=lambda rule: rule.id)
def test_every_rule_keeps_off_its_near_miss(rule) -> None:
    assert rule.regex.search(fold(rule.hit))
    assert not rule.regex.search(fold(rule.miss))
