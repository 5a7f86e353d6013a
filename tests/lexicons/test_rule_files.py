"""Every packaged rule file can be reviewed: short lines, a sentence for every way of writing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from alternatives import top_level
from eventrisk.rules import expand, fold, rules
from firing import fires, looks_up_words, reads_folded

LEXICONS = Path(__file__).parents[2] / "src" / "eventrisk" / "lexicons"
FILES = sorted(
    str(path.relative_to(LEXICONS))
    for path in LEXICONS.rglob("*.toml")
    if "[[rule]]" in path.read_text(encoding="utf-8")
)
SENTENCE_ROOMS = {"events", "votes", "risk", "catalysts", "tone", "links"}
# any characters, and right behind them a letter: "without [^;]{0,50}?bla" meets the bladder
GAP = re.compile(r"(?:\[\^[^\]\w]*\]|(?<!\\)\.)\{\d*,\d+\}\??(?:\)|\(\?:|\(\?P<\w+>)*[a-z]")
LONGEST_LINE = 300  # characters


@pytest.mark.parametrize("file", FILES)
def test_every_alternative_is_tried_on_a_sentence_of_its_own_and_fires(file: str) -> None:
    idle = [
        (rule.id, one.match[:60])
        for rule in rules(file)
        for one in rule.alternatives
        if not fires(rule, one, one.hit)
    ]
    assert idle == []


@pytest.mark.parametrize("file", FILES)
def test_no_need_holds_another_one_of_its_rule(file: str) -> None:
    superfluous = [
        (rule.id, need)
        for rule in rules(file)
        if not looks_up_words(rule)
        for need in rule.needs
        if any(other in need for other in rule.needs if other != need)
    ]
    assert superfluous == []


@pytest.mark.parametrize("file", [file for file in FILES if reads_folded(file)])
def test_a_need_is_written_as_the_folded_text_has_it(file: str) -> None:
    odd = [(rule.id, n) for rule in rules(file) for n in rule.needs if n != fold(n)]
    assert odd == []


def test_a_need_is_given_once() -> None:
    every = [rule for file in FILES for rule in rules(file)]
    assert [rule.id for rule in every if len(set(rule.needs)) < len(rule.needs)] == []


@pytest.mark.parametrize("file", FILES)
def test_every_top_level_alternative_is_written_as_one(file: str) -> None:
    several = [
        (rule.id, len(parts))
        for rule in rules(file)
        for one in rule.alternatives
        if len(parts := top_level(one.match)) > 1
    ]
    assert several == []


@pytest.mark.parametrize("file", [f for f in FILES if f.split("/")[0] in SENTENCE_ROOMS])
def test_after_a_gap_a_word_begins_at_its_border(file: str) -> None:
    inside = [
        (rule.id, gap[0][-30:])
        for rule in rules(file)
        for one in rule.alternatives
        if (gap := GAP.search(expand(one.match, rule.classes)))
    ]
    assert inside == []


@pytest.mark.parametrize("file", FILES)
def test_no_line_is_too_long_to_review(file: str) -> None:
    lines = (LEXICONS / file).read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("a|b", ["a", "b"]),
        ("(?:a|b)", ["a", "b"]),
        ("(?i)(?:a|b(?:c|d))", ["a", "b(?:c|d)"]),
        ("(?:a|b)c", ["(?:a|b)c"]),
        ("(?:a)|(?:b)", ["(?:a)", "(?:b)"]),
        (r"a\|b[|]", [r"a\|b[|]"]),
        ("[]|]x", ["[]|]x"]),
    ],
)
def test_top_level_alternatives_are_told_from_inner_ones(pattern: str, found: list[str]) -> None:
    assert top_level(pattern) == found
