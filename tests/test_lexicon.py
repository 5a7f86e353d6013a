"""Broken knowledge files name the place that is broken."""

from __future__ import annotations

import pytest

from eventrisk.errors import LexiconError
from eventrisk.lexicon import parse_terms, read_text


def test_rows_come_as_dicts_and_comments_are_skipped() -> None:
    rows = list(parse_terms("# note\nterm\tkind\nasthma\tdisease\n", "x.tsv"))
    assert rows == [{"term": "asthma", "kind": "disease"}]


def test_a_row_with_too_few_columns_names_its_line() -> None:
    with pytest.raises(LexiconError, match=r"x\.tsv, line 2: 1 columns where 2"):
        list(parse_terms("term\tkind\nasthma\n", "x.tsv"))


def test_an_empty_term_names_its_line() -> None:
    with pytest.raises(LexiconError, match="line 2: the first column is empty"):
        list(parse_terms("term\tkind\n\tdisease\n", "x.tsv"))


def test_a_column_named_twice_is_refused_with_its_line() -> None:
    with pytest.raises(LexiconError, match=r"x\.tsv, line 2: the column kind is given twice"):
        list(parse_terms("# note\nterm\tkind\tkind\nasthma\tdisease\tsign\n", "x.tsv"))


def test_an_unknown_lexicon_is_named() -> None:
    with pytest.raises(LexiconError, match=r"nothing\.tsv"):
        read_text("nothing.tsv")
