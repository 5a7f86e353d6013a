"""Where a cue stands and how much that counts: headline over sub-headline over lead paragraph over
the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from eventrisk.events.cues import event_rules
from eventrisk.events.types import event_types
from eventrisk.labels import Assertion, SectionKind
from eventrisk.reading import Cue, Reading, Sentence
from eventrisk.results import Vote

LEAD_SENTENCES = 2  # of the body, which make its lead paragraph: they announce the news
OPENING_SENTENCES = 5  # of the body, the lead paragraph included, which may still state the news
MIN_DATELINE_CHARS = 90  # a shorter dateline is only a place
MIN_SENTENCE_CHARS = 25  # a shorter sentence of the body states no news


class Zone(StrEnum):
    """A cue's place, in falling order of weight."""

    HEADLINE = "headline"
    SUBHEADLINE = "subheadline"
    LEAD_PARAGRAPH = "lead_paragraph"
    OPENING = "opening"
    BODY = "body"
    QUOTE = "quote"
    ABOUT = "about"


FRONT = (Zone.HEADLINE, Zone.SUBHEADLINE, Zone.LEAD_PARAGRAPH)
BUSINESS = "business_other"
ZONE_WEIGHT = {
    Zone.HEADLINE: 1.0,
    Zone.SUBHEADLINE: 0.8,
    Zone.LEAD_PARAGRAPH: 0.7,
    Zone.OPENING: 0.5,
    Zone.BODY: 0.3,
    Zone.QUOTE: 0.15,
    Zone.ABOUT: 0.05,
}
ZONE_OF_SECTION = {
    SectionKind.HEADLINE: Zone.HEADLINE,
    SectionKind.SUBHEADLINE: Zone.SUBHEADLINE,
    SectionKind.QUOTE: Zone.QUOTE,
    SectionKind.ABOUT: Zone.ABOUT,
}
BODY_SECTIONS = (SectionKind.DATELINE, SectionKind.BODY)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cue, or a vote made into one, with its zone; half-open offsets into the reading's text.

    ``weight`` is its rule's, in 0…1; ``sentence`` is the number of its sentence in the reading,
    from 0, or -1 where it lies in none.
    """

    type: str
    direction: str
    assertion: Assertion
    start: int
    end: int
    zone: Zone
    weight: float
    rule: str
    sentence: int = -1
    is_vote: bool = False  # a record of the vote reader's
    is_hint: bool = False  # its words refine another event and are none themselves
    is_settled: bool = False  # its words say that the outcome is neither good nor bad
    is_companion: bool = False  # its event is listed beside others, none of which hides it
    untold: str = ""  # the type that it is where the text never tells the outcome
    endpoint: str = ""  # "met" or "missed" where its words say so of the primary one

    @property
    def score(self) -> float:
        """How much the words count, 0…1: weight of the rule times weight of the zone."""
        return self.weight * ZONE_WEIGHT[self.zone]


def opening_sentences(sentences: Sequence[Sentence]) -> dict[int, Zone]:
    """The zones of the sentences that open the body, by number of the sentence (from 0): the lead
    paragraph, and those after it that may still state the news.
    """
    zones: dict[int, Zone] = {}
    for number, sentence in enumerate(sentences):
        is_dateline = sentence.section is SectionKind.DATELINE
        min_chars = MIN_DATELINE_CHARS if is_dateline else MIN_SENTENCE_CHARS
        if sentence.section not in BODY_SECTIONS or sentence.end - sentence.start < min_chars:
            continue
        zones[number] = Zone.LEAD_PARAGRAPH if len(zones) < LEAD_SENTENCES else Zone.OPENING
        if len(zones) >= OPENING_SENTENCES:
            break
    return zones


def placed_cues(reading: Reading) -> list[Placed]:
    """All cues and votes with their zones, in order of the text."""
    opening = opening_sentences(reading.sentences)
    placed = [_dated(_placed(cue, reading, opening), reading.votes) for cue in reading.cues]
    return sorted(
        placed + [_from_vote(vote, reading, opening) for vote in reading.votes],
        key=lambda p: (p.start, p.end, p.type, p.rule),
    )


def zone_of(number: int, sentence: Sentence, opening: dict[int, Zone]) -> Zone:
    """The zone of the sentence with this number; ``opening`` is of ``opening_sentences``."""
    return ZONE_OF_SECTION.get(sentence.section, opening.get(number, Zone.BODY))


def _placed(cue: Cue, reading: Reading, opening: dict[int, Zone]) -> Placed:
    zone = zone_of(cue.sentence, reading.sentences[cue.sentence], opening)
    rule = event_rules().by_id.get(cue.rule)
    if rule is not None and rule.says("verdict"):  # what a whole letter says, wherever in it
        zone = Zone.HEADLINE
    return Placed(
        type=cue.event,
        direction=cue.direction,
        assertion=cue.assertion,
        start=cue.start,
        end=cue.end,
        zone=zone,
        weight=cue.weight,
        rule=cue.rule,
        sentence=cue.sentence,
        is_hint=rule is not None and rule.says("hint"),
        is_settled=rule is not None and rule.says("settled"),
        is_companion=rule is not None and rule.says("companion"),
        untold=str(rule.keys.get("untold", "")) if rule else "",
        endpoint=str(rule.keys.get("endpoint", "")) if rule else "",
    )


def _from_vote(vote: Vote, reading: Reading, opening: dict[int, Zone]) -> Placed:
    number = next(
        (n for n, s in enumerate(reading.sentences) if s.start <= vote.start < s.end), None
    )
    zone = zone_of(number, reading.sentences[number], opening) if number is not None else Zone.BODY
    direction = {"positive": "positive", "negative": "negative"}.get(str(vote.direction), "neutral")
    return Placed(
        type=vote_event(vote),
        direction=direction,
        assertion=Assertion(vote.assertion),
        start=vote.start,
        end=vote.end,
        zone=zone,
        weight=1.0,
        rule=f"vote.{vote.stage}",
        sentence=-1 if number is None else number,
        is_vote=True,
    )


def _dated(placed: Placed, votes: Sequence[Vote]) -> Placed:
    """A cue of a committee's outcome that lies in the past where the vote of its direction in its
    words does: the dates beside a vote are read once, by ``votes``.
    """
    if placed.assertion is not Assertion.OCCURRED or not event_types()[placed.type].is_vote:
        return placed
    here = [
        v.assertion
        for v in votes
        if v.start < placed.end and placed.start < v.end and v.direction == placed.direction
    ]
    is_past = bool(here) and set(here) == {Assertion.HISTORICAL}
    return replace(placed, assertion=Assertion.HISTORICAL) if is_past else placed


def vote_event(vote: Vote) -> str:
    """The type of event a committee outcome is."""
    if vote.body == "chmp":
        return "chmp_trend_vote" if vote.stage == "trend" else "chmp_opinion"
    return "advisory_vote"
