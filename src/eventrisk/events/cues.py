"""Finds the cues of events, each with its assertion: text and sentences in, cues out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from eventrisk.events.assertion import assert_cue
from eventrisk.events.types import event_types
from eventrisk.labels import NEWS_SECTIONS, TITLE_SECTIONS, Assertion, SectionKind
from eventrisk.reading import Cue, Sentence
from eventrisk.rules import Rule, RuleSet, fold, pieces, rules

FILES = (
    "events/decisions.toml",
    "events/filings.toml",
    "events/committees.toml",
    "events/trials.toml",
    "events/safety.toml",
    "events/feedback.toml",
    "events/programme.toml",
    "events/business.toml",
    "events/reversals.toml",
    "events/letters.toml",
)
OPENING_SENTENCES = 4  # sentences below the titles in which rules marked ``front`` are tried
BLOCKED = "none"


@lru_cache(maxsize=1)
def event_rules() -> RuleSet:
    """The rules of all events.

    Beside ``event``, ``direction`` and ``weight`` (0…1, 0.5 if it is missing) they may have
    ``front`` (for titles and the opening sentences only), ``plan`` (a decision is news when it is
    announced), ``denial`` (that something did not happen is the event), ``hint`` (refines another
    event and replaces none), ``settled`` (neither good nor bad, as it stands), ``endpoint``
    (``met`` or ``missed``), ``companion`` (its event is listed beside the one it belongs to;
    neither replaces the other), ``assertion`` (fixed) and ``blocks`` (the types that its words
    rule out where they overlap, beside those that its event replaces; if it is missing from a rule
    of the event ``none``, all). ``instead`` is the event that words of ``none`` are, with little
    weight; ``turned`` says that its words mean the opposite of what they name (a letter rescinded);
    ``untold`` is the type of an outcome that the text tells nowhere.
    """
    return RuleSet(rule for file in FILES for rule in rules(file))


class Match(NamedTuple):
    """The words that one rule matched; half-open offsets into the text, ``weight`` in 0…1."""

    rule: Rule
    event: str
    start: int
    end: int
    weight: float


class CueFinder:
    """Holds the rules; ``find`` keeps nothing between calls."""

    def __init__(self) -> None:
        self.rules = event_rules()

    def find(
        self, text: str, sentences: Sequence[Sentence], release_date: date | None
    ) -> list[Cue]:
        """The cues of a release in order of its sentences; of overlapping ones the more specific
        stays. Half-open offsets into ``text``; without a date no stated day makes a cue historical.
        """
        folded = fold(text)
        cues: list[Cue] = []
        opening = 0
        for number, sentence in enumerate(sentences):
            if (
                sentence.section not in NEWS_SECTIONS
                and sentence.section is not SectionKind.SAFETY_INFORMATION
            ):
                continue
            opening += sentence.section not in TITLE_SECTIONS
            cues += self._in_sentence(
                folded, sentence, number, release_date, front=opening <= OPENING_SENTENCES
            )
        return cues

    def _in_sentence(
        self, folded: str, sentence: Sentence, number: int, release: date | None, *, front: bool
    ) -> Iterator[Cue]:
        for start, end in pieces(sentence.start, sentence.end, folded):
            piece = folded[start:end]
            matches = [
                Match(
                    rule,
                    str(rule.keys["event"]),
                    start + low,
                    start + high,
                    float(rule.keys.get("weight", 0.5)),
                )
                for rule in self.rules.candidates(piece)
                if (front or not rule.says("front"))
                and (sentence.section is not SectionKind.SAFETY_INFORMATION or rule.says("hint"))
                for low, high in rule.spans(piece)
            ]
            for match in self.resolved(matches):
                assertion = _assertion(match, piece, start, sentence, release)
                yield Cue(
                    match.rule.id,
                    match.event,
                    str(match.rule.keys["direction"]),
                    assertion,
                    match.start,
                    match.end,
                    number,
                    match.weight,
                )

    def resolved(self, matches: Sequence[Match]) -> list[Match]:
        """The matches of one stretch without blocked words, without those that a more specific
        event replaces and without weaker ones of the same event, in order of the text.
        """
        blocking = [m for m in matches if m.event == BLOCKED]
        left = _without([m for m in matches if m.event != BLOCKED], blocking, _blocks)
        left += [_instead(m) for m in blocking if m.rule.says("instead")]
        left = _without(left, left, _outweighs)
        left = _without(left, left, _replaces)
        return sorted(left, key=lambda m: (m.start, m.end, m.rule.id))


def _without(
    matches: Sequence[Match], others: Sequence[Match], beats: Callable[[Match, Match], bool]
) -> list[Match]:
    """The matches that none of the others beats where they overlap; hints neither win nor yield."""
    return [
        m
        for m in matches
        if m.rule.says("hint")
        or not any(
            o.start < m.end and m.start < o.end and o is not m and beats(o, m)
            for o in others
            if not o.rule.says("hint")
        )
    ]


def _instead(match: Match) -> Match:
    """What words are that name no event: news of little weight, so that events beside it lead."""
    little_weight = 0.5
    return match._replace(event=str(match.rule.keys["instead"]), weight=little_weight)


def _blocks(other: Match, match: Match) -> bool:
    return match.event in other.rule.keys.get("blocks", (match.event,))


def _outweighs(other: Match, match: Match) -> bool:
    """Whether another match of the same event is the weightier, the longer or the later by id."""
    if other.event != match.event:
        return False
    lengths = (other.end - other.start, match.end - match.start)
    return (other.weight, lengths[0], other.rule.id) > (match.weight, lengths[1], match.rule.id)


def _replaces(other: Match, match: Match) -> bool:
    """Whether another event is the more specific, by its type or its rule; one that is only sought
    replaces nothing.
    """
    if match.event in other.rule.keys.get("blocks", ()):
        return True
    if match.rule.says("companion") or other.rule.says("companion"):
        return False
    is_blocked = other.event in match.rule.keys.get("blocks", ()) or other.rule.says("assertion")
    return match.event in event_types()[other.event].over and not is_blocked


def _assertion(
    match: Match, piece: str, offset: int, sentence: Sentence, release: date | None
) -> Assertion:
    fixed = match.rule.keys.get("assertion")
    if fixed:
        return Assertion(str(fixed))
    return assert_cue(
        piece,
        match.start - offset,
        match.end - offset,
        release,
        event=match.event,
        plan=match.rule.says("plan"),
        headline=sentence.section in TITLE_SECTIONS,
        denial=match.rule.says("denial"),
    )
