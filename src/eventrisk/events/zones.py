"""Where a cue stands and how much that counts: headline over sub-headline over first paragraph over
rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eventrisk.events.cues import event_rules
from eventrisk.labels import Assertion, SectionKind
from eventrisk.reading import Cue, Reading, Sentence
from eventrisk.results import Vote

LEADING, OPENING = 2, 5  # sentences of the body that announce the news; that may still tell it
MIN_DATELINE_CHARS = 90  # a shorter dateline is only a place
MIN_SENTENCE_CHARS = 25  # a shorter one tells nothing


class Zone(StrEnum):
    """A cue's place, in falling order of weight."""

    HEADLINE = "headline"
    SUBHEADLINE = "subheadline"
    LEAD = "lead"
    OPENING = "opening"
    BODY = "body"
    QUOTE = "quote"
    ABOUT = "about"


FRONT = (Zone.HEADLINE, Zone.SUBHEADLINE, Zone.LEAD)
NOTHING = "business_other"
WEIGHT = {
    Zone.HEADLINE: 1.0,
    Zone.SUBHEADLINE: 0.8,
    Zone.LEAD: 0.7,
    Zone.OPENING: 0.5,
    Zone.BODY: 0.3,
    Zone.QUOTE: 0.15,
    Zone.ABOUT: 0.05,
}
PLACES = {
    SectionKind.HEADLINE: Zone.HEADLINE,
    SectionKind.SUBHEADLINE: Zone.SUBHEADLINE,
    SectionKind.QUOTE: Zone.QUOTE,
    SectionKind.ABOUT: Zone.ABOUT,
}
TELLING = (SectionKind.DATELINE, SectionKind.BODY)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cue, or a vote made into one, with its place."""

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
    endpoint: str = ""  # "met" or "missed" where its words say so of the primary one

    @property
    def score(self) -> float:
        """How much the words count, 0…1: weight of the rule times weight of the place."""
        return self.weight * WEIGHT[self.zone]


def opening_sentences(sentences: Sequence[Sentence]) -> dict[int, Zone]:
    """Numbers of the sentences that open the body: the lead, and those after it that may still tell
    the news.
    """
    told: dict[int, Zone] = {}
    for number, sentence in enumerate(sentences):
        is_dateline = sentence.section is SectionKind.DATELINE
        least = MIN_DATELINE_CHARS if is_dateline else MIN_SENTENCE_CHARS
        if sentence.section not in TELLING or sentence.end - sentence.start < least:
            continue
        told[number] = Zone.LEAD if len(told) < LEADING else Zone.OPENING
        if len(told) >= OPENING:
            break
    return told


def place(reading: Reading) -> list[Placed]:
    """All cues and votes with their places, in order of the text."""
    leads = opening_sentences(reading.sentences)
    placed = [_placed(cue, reading, leads) for cue in reading.cues]
    return sorted(
        placed + [_from_vote(vote, reading, leads) for vote in reading.votes],
        key=lambda p: (p.start, p.end, p.type, p.rule),
    )


def zone_of(number: int, sentence: Sentence, leads: dict[int, Zone]) -> Zone:
    """The place of a sentence."""
    return PLACES.get(sentence.section, leads.get(number, Zone.BODY))


def _placed(cue: Cue, reading: Reading, leads: dict[int, Zone]) -> Placed:
    zone = zone_of(cue.sentence, reading.sentences[cue.sentence], leads)
    rule = event_rules().by_id.get(cue.rule)
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
        endpoint=str(rule.keys.get("endpoint", "")) if rule else "",
    )


def _from_vote(vote: Vote, reading: Reading, leads: dict[int, Zone]) -> Placed:
    number = next(
        (n for n, s in enumerate(reading.sentences) if s.start <= vote.start < s.end), None
    )
    zone = zone_of(number, reading.sentences[number], leads) if number is not None else Zone.BODY
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


def vote_event(vote: Vote) -> str:
    """The type of event a committee outcome is."""
    if vote.body == "chmp":
        return "chmp_trend_vote" if vote.stage == "trend" else "chmp_opinion"
    return "advisory_vote"
