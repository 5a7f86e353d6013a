"""Every packaged rule file can be reviewed: short lines, a sentence for every way of writing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from alternatives import top_level
from eventrisk.rules import Rule, fold, rules

LEXICONS = Path(__file__).parents[2] / "src" / "eventrisk" / "lexicons"
FILES = sorted(
    str(path.relative_to(LEXICONS))
    for path in LEXICONS.rglob("*.toml")
    if "[[rule]]" in path.read_text(encoding="utf-8")
)
LONGEST_LINE = 300  # characters
READ_FOLDED = ("events", "votes", "risk")


def as_read(file: str) -> Callable[[str], str]:
    """What the rules of a file are put to: folded text, or the text as it is."""
    return fold if file.startswith(READ_FOLDED) else str


def whole(rule: Rule, match: str) -> str:
    """An alternative as it is matched: one with a subject follows the name of a committee."""
    return rf"\b{{subj}}(?:{match})" if rule.says("subject") else match


@pytest.mark.parametrize("file", FILES)
def test_every_alternative_matches_a_sentence_of_its_own(file: str) -> None:
    idle = [
        (rule.id, one.match[:60])
        for rule in rules(file)
        for one in rule.alternatives
        if not rule.compiled(whole(rule, one.match)).search(as_read(file)(one.hit))
    ]
    assert idle == []


@pytest.mark.parametrize("file", FILES)
def test_every_top_level_alternative_is_written_as_one(file: str) -> None:
    several = [
        (rule.id, len(found))
        for rule in rules(file)
        for one in rule.alternatives
        if len(found := top_level(one.match)) > 1
    ]
    assert several == []


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
