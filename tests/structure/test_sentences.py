"""Sentences end where a reader ends them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.labels import SectionKind
from eventrisk.lexicon import terms
from eventrisk.reading import Section
from eventrisk.structure.sections import find_sections
from eventrisk.structure.sentences import spans, split_sentences


def split(text: str, *, listed: bool = False) -> list[str]:
    return [text[start:end] for start, end in spans(text, 0, len(text), listed=listed)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Norvena, Inc. (Nasdaq: NRVN) said so.",
        "Norvena Corp. announced a vote.",
        "Dr. J. P. Roe of the U.S. Food and Drug Administration agreed.",
        "The dose was 3.5 mg vs. 7 mg, e.g. in adults.",
        "See p. 3, Fig. 2 and No. 5.",
        "It fell on Jan. 5 and rose by 2.1 points.",
        "Jan Roe, M.D., Ph.D., and Ann Poe, Pharm.D., spoke.",
        "Risks include: delay; loss of staff; and lack of money.",
        "Norvena Ltd. Pharma bought it.",
        "St. Jude and St. Louis took part.",
    ],
)
def test_a_stop_that_ends_no_sentence_splits_nothing(sentence: str) -> None:
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It met. It voted.", ["It met.", "It voted."]),
        ("Sold by Norvena Inc. The agency met.", ["Sold by Norvena Inc.", "The agency met."]),
        (
            "It is sold in the U.S. In Europe it is not.",
            ["It is sold in the U.S.", "In Europe it is not."],
        ),
        ("The answer was no. 12 voted.", ["The answer was no. 12 voted."]),
        ("They had vitamin K. The rest had none.", ["They had vitamin K.", "The rest had none."]),
        ("It passed Phase 2. The trial ends.", ["It passed Phase 2.", "The trial ends."]),
        ('"We did it." The end.', ['"We did it."', "The end."]),
        ("Did it? Yes! Fine.", ["Did it?", "Yes!", "Fine."]),
        ("1. First risk. 2. Second risk.", ["1. First risk.", "2. Second risk."]),
        ("It ended in care.About Norvena now.", ["It ended in care.", "About Norvena now."]),
        ("One line\nAnother line", ["One line", "Another line"]),
        ("Points: • one • two", ["Points:", "• one", "• two"]),
        ("  padded.  ", ["padded."]),
    ],
)
def test_stops_that_end_sentences_split_them(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_sub_headlines_set_off_by_dashes_are_split_only_in_titles() -> None:
    text = "- Study met its goal - Data in May"
    assert split(text, listed=True) == ["- Study met its goal", "- Data in May"]
    assert split(text) == [text]


def test_no_sentence_crosses_a_section() -> None:
    text = "Korvex approved Norvena said so"
    sections = [Section(SectionKind.HEADLINE, 0, 16), Section(SectionKind.BODY, 16, len(text))]
    assert [(text[s.start : s.end], s.section) for s in split_sentences(text, sections)] == [
        ("Korvex approved", SectionKind.HEADLINE),
        ("Norvena said so", SectionKind.BODY),
    ]


@given(
    st.lists(
        st.sampled_from(
            ["It met.", "Inc.", "U.S.", "The", "\n", '"We', 'go."', "No. 5", "• x", " ", "J."]
        )
    )
)
def test_sentences_hold_every_word_once_and_in_order(words: list[str]) -> None:
    text = " ".join(words)
    sentences = split_sentences(text, find_sections(text))
    assert "".join("".join(text[s.start : s.end].split()) for s in sentences) == "".join(
        text.split()
    )
    assert all(one.end <= two.start for one, two in pairwise(sentences))
    assert all("\n" not in text[s.start : s.end] for s in sentences)


def test_each_abbreviation_is_listed_once() -> None:
    words = [
        (row["word"], row["kind"] == "starter") for row in terms("structure/abbreviations.tsv")
    ]
    assert len(words) == len(set(words))
