"""How releases word a committee's outcome: the statements of votes and opinions in a text.

A statement is the words from the verb or noun of the vote to its result. The wordings are data
(``votes/outcomes.toml``); whose outcome it was and which way it went is read by
``eventrisk.votes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eventrisk.labels import TITLE_SECTIONS, Assertion, SectionKind
from eventrisk.reading import Sentence
from eventrisk.rules import Rule, fold, pieces
from eventrisk.votes.words import committee, committee_hints, pair, readings, wordings

# What stands here is risk or furniture, no report of a vote.
SILENT = (
    SectionKind.SAFE_HARBOUR,
    SectionKind.CONTACTS,
    SectionKind.EXHIBIT_HEADER,
    SectionKind.PAGE_MARK,
)
VOTING = (
    "vot",
    "opinion",
    "recommend",
)  # of these or of the committees' hints one stands in a text with votes
BEFORE, AFTER = 180, 90  # characters around a statement in which its assertion is read
NEAR = 80  # characters before a vote in which a body that is no regulator's takes it for itself
SHORT = 400  # characters of a sentence that may still carry the committee of the sentence before


@dataclass(frozen=True, slots=True)
class Statement:
    """The words that state an outcome and how they are meant; ``direction`` is the wording's own or
    None.
    """

    start: int
    end: int
    rule: str
    sentence: int
    assertion: Assertion
    direction: str | None = None
    apart: bool = False
    completes: bool = False


def statements(text: str, sentences: Sequence[Sentence]) -> list[Statement]:
    """All statements of outcomes in order of the text, free of overlaps (the longer wins);
    half-open offsets.
    """
    folded = fold(text)
    active = _Active(tuple(w for w in wordings() if w.can_match(folded)))
    if not active.all or not any(word in folded for word in (*VOTING, *committee_hints())):
        return []
    out: list[Statement] = []
    named_before = False  # "… the committee met. It voted nine to two against"
    for number, sentence in enumerate(sentences):
        if sentence.section in SILENT:
            named_before = False
            continue
        is_title = sentence.section in TITLE_SECTIONS
        for start, end in pieces(sentence.start, sentence.end, folded):
            words = folded[start:end]
            if not named_before and not active.may_speak(words):
                continue
            own = _without_foreign_bodies(words)
            named = committee().search(own) is not None
            matches = _matches(own, active.of(is_title), named or named_before)
            out += _stated(words, start, number, _apart(list(matches)))
            named_before = named or (named_before and end - start < SHORT)
    return out


class _Active:
    """The wordings that can match somewhere in a text."""

    def __init__(self, given: tuple[Rule, ...]) -> None:
        self.all = given
        self._usual = tuple(w for w in given if not w.says("loud"))
        self._free = {need for w in given if not needs_committee(w) for need in w.needs}

    def of(self, is_title: bool) -> tuple[Rule, ...]:
        """Those for a title, or for a sentence of the body."""
        return self.all if is_title else self._usual

    def may_speak(self, words: str) -> bool:
        """Whether folded words name a committee or what a wording without one needs."""
        return any(word in words for word in (*committee_hints(), *self._free))


def needs_committee(wording: Rule) -> bool:
    """Whether a committee must be named in the sentence or just before it."""
    return wording.says("committee") or wording.says("subject")


def _without_foreign_bodies(words: str) -> str:
    """The words with boards, shareholders and monitoring committees blanked out by a sign no rule
    knows.
    """
    for rule in readings("foreign"):
        words = rule.regex.sub(lambda match: "\x00" * len(match.group()), words)
    return words


def _matches(words: str, active: Sequence[Rule], named: bool) -> Iterator[tuple[int, int, Rule]]:
    seen = False
    heads = [match.end() for match in committee().finditer(words)] if named else []
    counts = pair().search(words) is not None
    for wording in active:
        if (
            (needs_committee(wording) and not named)
            or (wording.says("after") and not seen)
            or (wording.says("pair") and not counts)
        ):
            continue
        if not wording.can_match(words):
            continue
        for match in _applied(wording, words, heads):
            start, end = _cue(match)
            if start < end and not _is_foreign(words, start, end):
                seen = True
                yield start, end, wording


def _applied(wording: Rule, words: str, heads: Sequence[int]) -> Iterator[re.Match[str]]:
    """The matches of one rule; ``heads`` are the ends of the committees' names, after which some
    rules begin.
    """
    if not wording.says("subject"):
        yield from wording.regex.finditer(words)
        return
    for head in heads:
        match = wording.regex.match(words, head)
        if match:
            yield match


def _is_foreign(words: str, start: int, end: int) -> bool:
    """Whether the nearest body before the words, or one they name as theirs, is no regulator's."""
    before = words[max(0, start - NEAR) : start]
    at = before.rfind("\x00")
    return "\x00" in words[start : end + 12] or (at >= 0 and not committee().search(before[at:]))


def _cue(match: re.Match[str]) -> tuple[int, int]:
    """The group ``cue`` (or ``cue2``) where the rule has one that matched, else all; without blanks
    at the ends.
    """
    groups = match.re.groupindex
    name = next((g for g in ("cue", "cue2") if g in groups and match.group(g) is not None), None)
    start, end = match.span(name) if name else match.span()
    words = match.string[start:end]
    return start + len(words) - len(words.lstrip(" ,(")), start + len(words.rstrip(" ,"))


def _apart(found: list[tuple[int, int, Rule]]) -> list[tuple[int, int, Rule]]:
    """The matches that stand: the longer of two that overlap, then the earlier."""
    kept: list[tuple[int, int, Rule]] = []
    for start, end, wording in sorted(found, key=lambda f: (f[0] - f[1], f[0], f[2].id)):
        if all(end <= left or right <= start for left, right, _ in kept):
            kept.append((start, end, wording))
    return sorted(kept, key=lambda f: f[0])


def _stated(
    words: str, offset: int, sentence: int, found: Sequence[tuple[int, int, Rule]]
) -> Iterator[Statement]:
    """The matches of one sentence as statements; a second tally of one vote is meant like the
    first.
    """
    left, how, last = 0, Assertion.OCCURRED, None
    for start, end, wording in found:
        if last is not None and wording.says("subject") and not set(",;:") & set(words[left:start]):
            continue  # "seven of sixteen on the panel back it": the verb is that of the seven
        last = wording.id if wording.says("counts") else None
        how = how if wording.says("after") else _assertion(words, left, start, end)
        yield Statement(
            offset + start,
            offset + end,
            wording.id,
            sentence,
            how,
            wording.keys.get("direction"),
            wording.says("apart"),
            wording.says("completes"),
        )
        left = end


def _assertion(words: str, left: int, start: int, end: int) -> Assertion:
    """How the statement is meant, by the first rule that speaks; occurred when none does."""
    around = (
        f"{words[max(left, start - BEFORE) : start]}»{words[start:end]}«{words[end : end + AFTER]}"
    )
    for rule in readings("assertion"):
        if rule.regex.search(around):
            return Assertion(str(rule.keys["assertion"]))
    return Assertion.OCCURRED
