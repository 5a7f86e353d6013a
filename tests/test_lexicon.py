"""Broken knowledge files name the place that is broken."""

from __future__ import annotations

import pytest

from eventrisk.errors import LexiconError
from eventrisk.lexicon import parse_rules, parse_terms, read_text, rules


def test_rows_come_as_dicts_and_comments_are_skipped() -> None:
    rows = list(parse_terms("# note\nterm\tkind\nasthma\tdisease\n", "x.tsv"))
    assert rows == [{"term": "asthma", "kind": "disease"}]


def test_a_row_with_too_few_columns_names_its_line() -> None:
    with pytest.raises(LexiconError, match=r"x\.tsv, line 2: 1 columns where 2"):
        list(parse_terms("term\tkind\nasthma\n", "x.tsv"))


def test_an_empty_term_names_its_line() -> None:
    with pytest.raises(LexiconError, match="line 2: the first column is empty"):
        list(parse_terms("term\tkind\n\tdisease\n", "x.tsv"))


RULE = '[[rule]]\nid = "a"\npattern = "x"\nsource = "s"\nhit = "x"\nmiss = "y"\n'


def test_a_rule_without_a_miss_is_refused() -> None:
    with pytest.raises(LexiconError, match=r"r\.toml, rule 1 \(a\): missing miss"):
        parse_rules(RULE.replace('miss = "y"\n', ""), "r.toml")


def test_an_id_given_twice_is_refused() -> None:
    with pytest.raises(LexiconError, match="'a' is given twice"):
        parse_rules(RULE + RULE, "r.toml")


def test_a_pattern_that_does_not_compile_names_its_rule() -> None:
    broken = parse_rules(RULE.replace('"x"\nsource', '"("\nsource'), "r.toml")[0]
    with pytest.raises(LexiconError, match=r"r\.toml, rule 'a'"):
        _ = broken.regex


def test_an_unknown_lexicon_is_named() -> None:
    with pytest.raises(LexiconError, match=r"nothing\.tsv"):
        read_text("nothing.tsv")


@pytest.mark.parametrize("rule", rules("names/terms.toml"), ids=lambda rule: rule.id)
def test_every_further_entity_rule_hits_and_misses(rule) -> None:
    assert rule.regex.search(rule.hit)
    assert not rule.regex.search(rule.miss)
