"""The statements of votes and opinions in a text: how releases word a committee's outcome.

A statement is the words from the verb or noun of the vote to its result. The wordings are data
(``votes/outcomes.toml``); committee, direction and tally are read by ``votes.read``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from eventrisk.dates.months import is_beside_month
from eventrisk.labels import TITLE_SECTIONS, Assertion, SectionKind
from eventrisk.reading import Sentence
from eventrisk.rules import Rule, fold, pieces
from eventrisk.votes.words import (
    committee_needs,
    committee_pattern,
    pair_pattern,
    readings,
    wordings,
)

# sections of risks, addresses and carriers, which report no vote
SILENT_SECTIONS = (
    SectionKind.SAFE_HARBOUR,
    SectionKind.CONTACTS,
    SectionKind.EXHIBIT_HEADER,
    SectionKind.PAGE_MARK,
)
# of these or of the committees' hints one stands in every text with votes
VOTE_HINTS = ("vot", "opinion", "recommend")
MASK = "\x00"  # no rule matches it


@dataclass(frozen=True, slots=True)
class Statement:
    """The words that state an outcome, with their assertion; half-open offsets into the text.

    ``rule`` is the wording's id, ``sentence`` the number of the sentence, from 0. ``direction`` is
    what the wording alone says of it, ``apart`` that in a title the question may stand before the
    verb, ``completes`` that the words are the bare number of a verb before them.
    """

    start: int
    end: int
    rule: str
    sentence: int
    assertion: Assertion
    direction: str | None = None
    apart: bool = False
    completes: bool = False


def find_statements(text: str, sentences: Sequence[Sentence]) -> list[Statement]:
    """All statements of outcomes in order of the text, free of overlaps (the longer wins)."""
    return list(_statements(text, tuple(sentences)))


@lru_cache(maxsize=1)  # names of outcomes and votes are both read of a text, one after the other
def _statements(text: str, sentences: tuple[Sentence, ...]) -> tuple[Statement, ...]:
    folded = fold(text)
    active = _Active(tuple(w for w in wordings() if w.can_match(folded)))
    if not active.for_titles or not (_may_name_committee(folded) or _has_hint(folded)):
        return ()
    result: list[Statement] = []
    was_named = False  # "… the committee met. It voted nine to two against"
    for number, sentence in _units(folded, sentences):
        if sentence.section in SILENT_SECTIONS:
            was_named = False
            continue
        was_named = was_named or _is_count(folded, sentence)  # the heading of its minutes names it
        found, was_named = _in_sentence(folded, number, sentence, active, was_named)
        result += found
    return tuple(result)


def _in_sentence(
    folded: str, number: int, sentence: Sentence, active: _Active, was_named: bool
) -> tuple[list[Statement], bool]:
    """The statements of a sentence, and whether it carries a committee on to the next one."""
    carry_chars = 400  # a longer sentence does not carry on the committee of the one before it
    wordings_here = active.wordings_for(sentence.section in TITLE_SECTIONS)
    result: list[Statement] = []
    for start, end in pieces(sentence.start, sentence.end, folded):
        words = folded[start:end]
        may_name = _may_name_committee(words)
        if not (may_name or was_named or active.may_match(words)):
            continue
        masked = _without_foreign_bodies(words)
        is_named = may_name and committee_pattern().search(masked) is not None
        matches = _find_matches(masked, wordings_here, is_named or was_named)
        result += _as_statements(words, start, number, _without_overlaps(list(matches)))
        was_named = is_named or (was_named and end - start < carry_chars)
    return result, was_named


def _units(folded: str, sentences: Sequence[Sentence]) -> Iterator[tuple[int, Sentence]]:
    """The sentences with their numbers; rows that count one side each are one ("Yes 2", "No
    15").
    """
    number = 0
    while number < len(sentences):
        first = last = number
        while _is_count(folded, sentences[last]) and last + 1 < len(sentences):
            if not _is_count(folded, sentences[last + 1]):
                break
            last += 1
        start, section = sentences[first].start, sentences[first].section
        yield first, Sentence(start, sentences[last].end, section)
        number = last + 1


def _is_count(folded: str, sentence: Sentence) -> bool:
    row_chars = 40
    if sentence.end - sentence.start > row_chars:
        return False
    words = folded[sentence.start : sentence.end]
    return any(rule.regex.search(words) for rule in readings("row"))


def _may_name_committee(words: str) -> bool:
    return any(need in words for need in committee_needs())


def _has_hint(folded: str) -> bool:
    return any(word in folded for word in VOTE_HINTS)


class _Active:
    """The wordings that can match somewhere in a text."""

    def __init__(self, active: tuple[Rule, ...]) -> None:
        self.for_titles = active
        self.for_body = tuple(w for w in active if not w.says("loud"))
        self._free_needs = {need for w in active if not needs_committee(w) for need in w.needs}

    def wordings_for(self, is_title: bool) -> tuple[Rule, ...]:
        """Those for a title, or for a sentence of the body."""
        return self.for_titles if is_title else self.for_body

    def may_match(self, words: str) -> bool:
        """Whether folded words hold what a wording without a committee needs."""
        return any(word in words for word in self._free_needs)


def needs_committee(wording: Rule) -> bool:
    """Whether a committee must be named in the sentence or just before it."""
    return wording.says("committee") or wording.says("subject")


def _without_foreign_bodies(words: str) -> str:
    """The words with boards, shareholders and monitoring committees masked; offsets stay."""
    for rule in readings("foreign"):
        words = rule.regex.sub(lambda match: MASK * len(match.group()), words)
    return words


def _find_matches(
    words: str, active: Sequence[Rule], is_named: bool
) -> Iterator[tuple[int, int, Rule]]:
    has_match = False
    committee_ends = (
        [match.end() for match in committee_pattern().finditer(words)] if is_named else []
    )
    has_pair = pair_pattern().search(words) is not None
    for wording in active:
        if not wording.can_match(words) or (
            (needs_committee(wording) and not is_named)
            or (wording.says("after") and not has_match)
            or (wording.says("pair") and not has_pair)
        ):
            continue
        for match in _applied(wording, words, committee_ends):
            start, end = _cue(match)
            if _is_stated(words, start, end):
                has_match = True
                yield start, end, wording


def _applied(wording: Rule, words: str, committee_ends: Sequence[int]) -> Iterator[re.Match[str]]:
    """The matches of one wording; those that follow a committee's name are tried only where one
    ends.
    """
    if not wording.says("subject"):
        yield from wording.regex.finditer(words)
        return
    for committee_end in committee_ends:
        match = wording.regex.match(words, committee_end)
        if match:
            yield match


def _is_stated(words: str, start: int, end: int) -> bool:
    """Whether the words are a committee's, and no days of a month: *met on January 14-15*."""
    return (
        start < end
        and not _is_foreign(words, start, end)
        and not is_beside_month(words, start, end)
    )


def _is_foreign(words: str, start: int, end: int) -> bool:
    """Whether the vote is that of a masked body: one inside or right behind the words, or the
    nearest before them.
    """
    before_chars, after_chars = 80, 12
    before = words[max(0, start - before_chars) : start]
    at = before.rfind(MASK)
    return MASK in words[start : end + after_chars] or (
        at >= 0 and not committee_pattern().search(before[at:])
    )


def _cue(match: re.Match[str]) -> tuple[int, int]:
    """The offsets of the group ``cue`` (or ``cue2``) where the rule has one that matched, else of
    the whole match; without blanks at the ends.
    """
    groups = match.re.groupindex
    name = next((g for g in ("cue", "cue2") if g in groups and match.group(g) is not None), None)
    start, end = match.span(name) if name else match.span()
    words = match.string[start:end]
    return start + len(words) - len(words.lstrip(" ,(")), start + len(words.rstrip(" ,"))


def _without_overlaps(matches: list[tuple[int, int, Rule]]) -> list[tuple[int, int, Rule]]:
    """The longer of two matches that overlap, of equal ones the earlier, in order of the text."""
    chosen: list[tuple[int, int, Rule]] = []
    for start, end, wording in sorted(matches, key=lambda f: (f[0] - f[1], f[0], f[2].id)):
        if all(end <= left or right <= start for left, right, _ in chosen):
            chosen.append((start, end, wording))
    return sorted(chosen, key=lambda f: f[0])


def _as_statements(
    words: str, offset: int, sentence: int, matches: Sequence[tuple[int, int, Rule]]
) -> Iterator[Statement]:
    """The matches of one sentence as statements; a second tally of one vote has the assertion of
    the first. ``offset`` is where ``words`` begin in the text.
    """
    left, assertion, counted = 0, Assertion.OCCURRED, False
    for start, end, wording in matches:
        same_clause = not set(",;:") & set(words[left:start])
        if counted and wording.says("subject") and same_clause:
            continue  # "seven of sixteen on the panel back it": the verb is that of the seven
        counted = wording.says("counts")
        assertion = assertion if wording.says("after") else _assertion(words, left, start, end)
        yield Statement(
            offset + start,
            offset + end,
            wording.id,
            sentence,
            assertion,
            wording.keys.get("direction"),
            wording.says("apart"),
            wording.says("completes"),
        )
        left = end


def _assertion(words: str, left: int, start: int, end: int) -> Assertion:
    """The assertion of the first rule that matches the words around a statement, which stands
    between » and «; occurred when none does. What lies before ``left`` is another statement's.
    """
    before_chars, after_chars = 180, 90
    before, after = words[max(left, start - before_chars) : start], words[end : end + after_chars]
    around = f"{before}»{words[start:end]}«{after}"
    for rule in readings("assertion"):
        if rule.regex.search(around):
            return Assertion(str(rule.keys["assertion"]))
    return Assertion.OCCURRED
