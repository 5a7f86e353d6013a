from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.risk.clauses import LONGEST_CHARS, split_clauses
from eventrisk.risk.contexts import triggers


def clauses(text: str) -> list[str]:
    return [text[s:e] for s, e in split_clauses(text, 0, len(text), triggers().opens)]


def test_a_list_with_semicolons_is_cut_at_these_and_not_at_its_commas():
    text = "delays, holds and refusals; the loss of our plant in Tours, France; and competition."
    assert clauses(text) == [
        "delays, holds and refusals",
        "the loss of our plant in Tours, France",
        "competition",
    ]


def test_a_list_with_commas_is_cut_at_these():
    assert clauses("our lack of cash, litigation, and dependence on Dr. Orlo.") == [
        "our lack of cash",
        "litigation",
        "dependence on Dr. Orlo",
    ]


def test_what_only_continues_a_clause_stays_with_it():
    text = "we may need capital, which may not be had, if at all, patents may lapse"
    assert clauses(text) == [
        "we may need capital, which may not be had, if at all",
        "patents may lapse",
    ]


def test_words_that_open_a_list_end_the_clause_before_it():
    assert clauses("These risks include, but are not limited to, competition, war and tariffs") == [
        "These risks include, but are not limited to",
        "competition",
        "war and tariffs",
    ]


def test_a_comma_inside_a_number_cuts_nothing():
    assert clauses("we owe 1,250,000 dollars") == ["we owe 1,250,000 dollars"]


@pytest.mark.parametrize("bullet", ["•", "1.", "(a)", "-", "and that", "(iv)"])
def test_bullets_numbers_and_conjunctions_stay_outside(bullet):
    assert clauses(f"{bullet} the trial may fail;") == ["the trial may fail"]


def test_a_stretch_without_punctuation_is_cut_at_spaces_and_nothing_is_lost():
    text = "word " * 1000
    clauses = split_clauses(text, 0, len(text))
    assert max(e - s for s, e in clauses) <= LONGEST_CHARS
    assert sum(text[s:e].count("word") for s, e in clauses) == 1000


@given(st.text(alphabet="ab ,;:•-\n.()1", max_size=200), st.integers(0, 20))
def test_clauses_lie_in_the_stretch_in_order_and_do_not_overlap(text, start):
    start = min(start, len(text))
    clauses = split_clauses(text, start, len(text), triggers().opens)
    assert all(start <= s < e <= len(text) for s, e in clauses)
    assert all(a[1] <= b[0] for a, b in pairwise(clauses))
    assert all(text[s:e] == text[s:e].strip() for s, e in clauses)
