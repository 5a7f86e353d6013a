"""Where a cue stands and how much that counts: headline over sub-headline over first paragraph over
rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from eventrisk.labels import Assertion, SectionKind
from eventrisk.lexicon import terms
from eventrisk.reading import Cue, Reading, Sentence
from eventrisk.results import Vote

HINT = "hint."  # rules whose cues refine another event and are none themselves
VOTE = "vote."  # rule names of what the vote reader found
LEADING, OPENING = (
    2,
    5,
)  # sentences of the body that announce the news, and those that may still tell it
DATELINE, SHORT = (
    90,
    25,
)  # characters below which a dateline is only a place, and a sentence no sentence


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

    @property
    def score(self) -> float:
        """How much the words count, 0…1: weight of the rule times weight of the place."""
        return self.weight * WEIGHT[self.zone]


@lru_cache(maxsize=1)
def ranks() -> dict[str, int]:
    """Of two events in one headline, the one of lower rank leads."""
    return {row["event"]: int(row["rank"]) for row in terms("events/event_types.tsv")}


@lru_cache(maxsize=1)
def hides() -> dict[str, frozenset[str]]:
    """Of each event, those that are only its circumstances in one sentence: the approval a
    committee recommends.
    """
    return {
        row["event"]: frozenset(row["hides"].split()) for row in terms("events/event_types.tsv")
    }


@lru_cache(maxsize=1)
def implied_agencies() -> dict[str, str]:
    """The agency an event comes from where none is named."""
    return {
        row["event"]: row["agency"]
        for row in terms("events/event_types.tsv")
        if row["agency"] != "-"
    }


def opening_sentences(sentences: Sequence[Sentence]) -> dict[int, Zone]:
    """Numbers of the sentences that open the body: the lead, and those after it that may still tell
    the news.
    """
    told: dict[int, Zone] = {}
    for number, sentence in enumerate(sentences):
        length = sentence.end - sentence.start
        if sentence.section not in TELLING or length < (
            DATELINE if sentence.section is TELLING[0] else SHORT
        ):
            continue
        told[number] = Zone.LEAD if len(told) < LEADING else Zone.OPENING
        if len(told) >= OPENING:
            break
    return told


def place(reading: Reading, votes: Iterable[Vote]) -> list[Placed]:
    """All cues and votes with their places, in order of the text."""
    leads = opening_sentences(reading.sentences)
    placed = [_placed(cue, reading, leads) for cue in reading.cues]
    return sorted(
        placed + [_from_vote(vote, reading, leads) for vote in votes],
        key=lambda p: (p.start, p.end, p.type, p.rule),
    )


def zone_of(number: int, sentence: Sentence, leads: dict[int, Zone]) -> Zone:
    """The place of a sentence."""
    return PLACES.get(sentence.section, leads.get(number, Zone.BODY))


def _placed(cue: Cue, reading: Reading, leads: dict[int, Zone]) -> Placed:
    zone = zone_of(cue.sentence, reading.sentences[cue.sentence], leads)
    return Placed(
        cue.event,
        cue.direction,
        cue.assertion,
        cue.start,
        cue.end,
        zone,
        cue.weight,
        cue.rule,
        cue.sentence,
    )


def _from_vote(vote: Vote, reading: Reading, leads: dict[int, Zone]) -> Placed:
    number = next(
        (n for n, s in enumerate(reading.sentences) if s.start <= vote.start < s.end), None
    )
    zone = zone_of(number, reading.sentences[number], leads) if number is not None else Zone.BODY
    direction = {"positive": "positive", "negative": "negative"}.get(str(vote.direction), "neutral")
    return Placed(
        vote_event(vote),
        direction,
        Assertion(vote.assertion),
        vote.start,
        vote.end,
        zone,
        1.0,
        f"{VOTE}{vote.stage}",
        -1 if number is None else number,
    )


def vote_event(vote: Vote) -> str:
    """The type of event a committee outcome is."""
    if vote.body == "chmp":
        return "chmp_trend_vote" if vote.stage == "trend" else "chmp_opinion"
    return "advisory_vote"
