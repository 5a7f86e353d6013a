"""The finders' view of a token is written as its tag."""

from __future__ import annotations

from eventrisk.names.candidates import Candidate
from eventrisk.nlp.gazetteer import grade, tags

TOKENS = [(0, 5), (6, 10), (11, 14)]


def test_a_candidate_of_two_tokens_begins_and_goes_on() -> None:
    assert tags(TOKENS, [Candidate(0, 10, "drug", "", "t", 0.97)]) == [
        "B-drug-sure",
        "I-drug-sure",
        "O",
    ]


def test_the_longer_candidate_speaks() -> None:
    hints = tags(
        TOKENS,
        [Candidate(6, 10, "drug", "", "t", 0.97), Candidate(0, 14, "indication", "", "t", 0.8)],
    )
    assert hints == ["B-indication-likely", "I-indication-likely", "I-indication-likely"]


def test_a_candidate_off_token_borders_says_nothing() -> None:
    assert tags(TOKENS, [Candidate(1, 10, "drug", "", "t", 0.97)]) == ["O", "O", "O"]


def test_grades_have_three_names() -> None:
    assert [grade(p) for p in (0.97, 0.8, 0.5)] == ["sure", "likely", "perhaps"]
