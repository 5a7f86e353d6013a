"""Finds the words that speak of an event, with how they are meant. No spaCy here: text and
sentences in, cues out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
)
OPENING = 4  # sentences below the titles in which rules marked ``front`` are tried
BLOCKED = "none"


@lru_cache(maxsize=1)
def event_rules() -> RuleSet:
    """The rules of all events. Beside ``event``, ``direction`` and ``weight`` (0…1) they may have
    ``front`` (for titles and the opening sentences only), ``plan`` (a decision is news when it is
    announced), ``denial`` (that something did not happen is the event), ``hint`` (refines another
    event and replaces none), ``settled`` (neither good nor bad, as it stands), ``endpoint``
    (``met`` or ``missed``), ``assertion`` (fixed) and ``blocks``.
    """
    return RuleSet(rule for file in FILES for rule in rules(file))


class Match(NamedTuple):
    """One rule's words, in clean-text offsets."""

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
        """The cues of a release in order of the text; of overlapping ones the more specific
        stays.
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
                folded, sentence, number, release_date, front=opening <= OPENING
            )
        return cues

    def _in_sentence(
        self, folded: str, sentence: Sentence, number: int, release: date | None, *, front: bool
    ) -> Iterator[Cue]:
        for start, end in pieces(sentence.start, sentence.end, folded):
            piece = folded[start:end]
            found = [
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
            for match in self.kept(found):
                how = _meant(match, piece, start, sentence, release)
                yield Cue(
                    match.rule.id,
                    match.event,
                    str(match.rule.keys["direction"]),
                    how,
                    match.start,
                    match.end,
                    number,
                    match.weight,
                )

    def kept(self, found: Sequence[Match]) -> list[Match]:
        """Without blocked words, without what a more specific event replaces, without weaker
        doubles.
        """
        best = [
            m for m in found if m.event != BLOCKED and not any(self._beats(o, m) for o in found)
        ]
        return sorted(best, key=lambda m: (m.start, m.end, m.rule.id))

    def _beats(self, other: Match, match: Match) -> bool:
        hint = other.rule.says("hint") or match.rule.says("hint")
        if other is match or hint or not (other.start < match.end and match.start < other.end):
            return False
        if other.event == match.event:
            return (other.weight, other.end - other.start, other.rule.id) > (
                match.weight,
                match.end - match.start,
                match.rule.id,
            )
        if other.event == BLOCKED:
            return match.event in other.rule.keys.get("blocks", (match.event,))
        return match.event in event_types()[other.event].over


def _meant(
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
