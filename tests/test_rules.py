"""Folding keeps offsets, a rule is read whole or refused by name, and no rule that would match is
left out.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.errors import LexiconError
from eventrisk.rules import (
    PIECE_CHARS,
    Alternative,
    Rule,
    RuleSet,
    expand,
    fold,
    parse_rules,
    pieces,
    word_classes,
)


def rule(identity: str, pattern: str, *needs: str, **more: object) -> Rule:
    """A rule with one alternative, over the word classes of the events."""
    one = (Alternative(pattern, ""),)
    return Rule(identity, one, "", "", needs, classes=word_classes("events/words.toml"), **more)


WORDS = st.lists(
    st.sampled_from(["hold", "FDA", "lifts", "the", "q1", "İ", "results"]), max_size=12
).map(" ".join)
GIVEN = (
    rule("hold", r"\bhold\b", "hold"),
    rule("quarter", r"\bq1 results\b", "q1"),
    rule("agency", r"{fda} lifts", "lifts"),
)


@given(st.text(max_size=200))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_makes_dashes_and_quotes_plain() -> None:
    assert fold("Non–Approvable’s İ") == "non-approvable's İ"


@given(WORDS)
def test_no_rule_that_matches_is_left_out(text: str) -> None:
    folded = fold(text)
    kept = RuleSet(GIVEN).candidates(folded)
    assert [p for p in GIVEN if list(p.spans(folded))] == [p for p in kept if list(p.spans(folded))]


@given(st.integers(0, 50), st.text(alphabet="ab ", max_size=4 * PIECE_CHARS))
def test_pieces_tile_the_stretch(start: int, text: str) -> None:
    folded = " " * start + text
    cut = list(pieces(start, len(folded), folded))
    assert cut[0][0] == start
    assert cut[-1][1] == len(folded)
    assert all(a[1] == b[0] for a, b in pairwise(cut))
    assert all(end - low <= PIECE_CHARS for low, end in cut)


def test_a_group_named_cue_is_what_is_found() -> None:
    either = rule("x", r"^[^;]*?(?P<cue>approved)|(?P<cue2>cleared)", "approved", "cleared")
    assert list(either.spans("may be approved")) == [(7, 15)]
    assert list(either.spans("; cleared")) == [(2, 9)]


def test_a_rule_without_needs_can_match_any_text() -> None:
    free, bound = rule("free", "a"), rule("bound", "a", "b")
    assert RuleSet([bound, free]).candidates("a") == [free]
    assert free.can_match("a")
    assert not bound.can_match("a")


def test_an_unknown_word_class_is_named() -> None:
    with pytest.raises(LexiconError, match="nosuch"):
        expand("{nosuch}", {})


def test_a_broken_pattern_is_named() -> None:
    with pytest.raises(LexiconError, match="'x'"):
        _ = rule("x", "(", "a").regex


TABLE = {"id": "a", "pattern": "x", "source": "s", "hit": "x", "miss": "y"}


def test_alternatives_match_one_by_one_and_together_each_with_its_own_flags() -> None:
    listed = [{"match": "(?i)ab", "hit": "AB"}, {"match": "cd", "hit": "cd"}]
    (made,) = parse_rules({"rule": [{**TABLE, "pattern": listed}]}, "r.toml")
    assert [bool(made.regex.search(text)) for text in ("AB", "cd", "CD")] == [True, True, False]
    assert made.hit == "AB"
    assert [one.match for one in made.alternatives] == ["(?i)ab", "cd"]


def test_a_line_break_in_a_pattern_and_the_blanks_after_it_are_no_part_of_it() -> None:
    (made,) = parse_rules({"rule": [{**TABLE, "pattern": "a\n    |b c"}]}, "r.toml")
    assert made.pattern == "a|b c"


def test_what_the_engine_does_not_know_is_left_to_the_caller() -> None:
    (made,) = parse_rules({"rule": [{**TABLE, "needs": ["x"], "role": "r", "loud": True}]}, "f")
    assert (made.needs, made.role, dict(made.keys)) == (("x",), "r", {"loud": True})
    assert made.says("loud")
    assert not made.says("quiet")


def test_the_word_classes_of_a_file_may_use_earlier_ones_and_term_lists() -> None:
    tables = {
        "lists": {"number": "votes/numbers.tsv"},
        "words": {"n": "{number}|zero", "pair": "{n} to {n}"},
        "rule": [{**TABLE, "pattern": "^{pair}$"}],
    }
    (made,) = parse_rules(tables, "r.toml")
    assert made.regex.search("twelve to zero")
    assert not made.regex.search("twelve to")


def class_of(listed: object) -> Rule:
    tables = {"lists": {"month": listed}, "rule": [{**TABLE, "pattern": "^{month}$"}]}
    (made,) = parse_rules(tables, "r.toml")
    return made


def test_a_word_class_may_hold_only_the_terms_that_columns_select() -> None:
    file = "dates/months.tsv"
    short = class_of({"file": file, "where": {"form": ["short"]}}).regex
    assert [w for w in ("sept", "sep", "september", "may") if short.search(w)] == ["sept", "sep"]
    names = class_of({"file": file, "where": {"language": ["en"], "form": ["full", "word"]}}).regex
    words = ("may", "september", "mai", "sept")
    assert [w for w in words if names.search(w)] == ["may", "september"]
    every = class_of({"file": file}).regex
    assert every.pattern == class_of(file).regex.pattern
    assert [w for w in words if every.search(w)] == list(words)


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({"colour": ["red"]}, r"r\.toml, list 'month': dates/months\.tsv has no column colour"),
        ({"form": ["long"]}, r"no row of dates/months\.tsv has these values"),
        ({"form": "short"}, r"r\.toml, list 'month', where 'form': must be a list of texts"),
        ({"form": [1]}, r"where 'form': must be a list of texts, .* not \[1\]"),
        (["form"], r"r\.toml, list 'month', where: no table of columns"),
    ],
)
def test_a_selection_that_cannot_hold_a_term_is_refused(where: object, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        class_of({"file": "dates/months.tsv", "where": where})


@pytest.mark.parametrize("listed", [{"where": {"form": ["short"]}}, {"file": 3}, 3, ["x.tsv"]])
def test_a_list_without_a_file_is_refused(listed: object) -> None:
    with pytest.raises(LexiconError, match=r"r\.toml, list 'month': names no file; write file ="):
        class_of(listed)


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"words": {"n": 3}}, r"r\.toml, word class 'n': must be text, not 3"),
        ({"words": {"n": ["a"]}}, r"r\.toml, word class 'n': must be text, not \['a'\]"),
        ({"words": ["a"]}, r"r\.toml: words is no table; write \[words\] above its lines"),
        ({"lists": "x.tsv"}, r"r\.toml: lists is no table; write \[lists\] above its lines"),
    ],
)
def test_word_classes_of_another_form_are_refused_by_file_and_key(
    tables: dict[str, object], message: str
) -> None:
    with pytest.raises(LexiconError, match=message):
        parse_rules({**tables, "rule": [TABLE]}, "r.toml")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"miss": ""}, r"r\.toml, rule 1 \(a\): missing miss"),
        ({"pattern": []}, r"missing pattern"),
        ({"hit": ""}, r"alternative 1: match and hit are needed"),
        ({"pattern": [{"match": "x"}]}, r"alternative 1: match and hit are needed"),
        ({"needs": [""]}, r"an empty need"),
    ],
)
def test_an_incomplete_rule_is_refused_by_file_and_number(
    change: dict[str, object], message: str
) -> None:
    with pytest.raises(LexiconError, match=message):
        parse_rules({"rule": [{**TABLE, **change}]}, "r.toml")


def test_an_id_given_twice_is_refused() -> None:
    with pytest.raises(LexiconError, match="rule 2 \\(a\\): the id is given twice"):
        parse_rules({"rule": [TABLE, TABLE]}, "r.toml")


def test_a_pattern_that_does_not_compile_names_file_and_rule() -> None:
    (broken,) = parse_rules({"rule": [{**TABLE, "pattern": "("}]}, "r.toml")
    with pytest.raises(LexiconError, match=r"r\.toml, rule 'a'"):
        _ = broken.regex
