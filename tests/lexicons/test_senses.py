"""The list of senses: no row twice, no sense of a word or two, no word that is never found."""

from __future__ import annotations

from collections import Counter

from eventrisk.learn.features import words
from eventrisk.learn.senses import ANY_ENDING, TABLE, senses
from eventrisk.lexicon import terms

ROWS = [(row["sense"], row["word"]) for row in terms(TABLE)]
FEWEST_WORDS = 5  # of a sense


def test_no_row_stands_twice() -> None:
    assert [row for row, count in Counter(ROWS).items() if count > 1] == []


def test_every_sense_has_a_handful_of_words() -> None:
    counts = Counter(sense for sense, _ in ROWS)
    assert {sense: n for sense, n in counts.items() if n < FEWEST_WORDS} == {}


def test_every_word_is_found_as_it_is_written() -> None:
    lost = [
        (sense, word)
        for sense, word in ROWS
        if sense not in senses(words(word.removesuffix(ANY_ENDING)) or [""])[0]
    ]
    assert lost == []


def test_words_are_in_lower_case_and_at_most_two() -> None:
    assert [word for _, word in ROWS if word != word.lower() or len(words(word)) > 2] == []
