"""What the pipeline read, as plain records that engines and decisions share.

All offsets are half-open character offsets into ``Reading.text``, the *clean* text (entities
decoded, tags, marks and hard line wraps removed). Only the last step of an analysis maps them back
to the text as it was passed in.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from eventrisk.labels import Assertion, SectionKind
from eventrisk.results import Company, Vote


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of one kind; sections tile the text in order."""

    kind: SectionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, headline or bullet; never crosses a section border."""

    start: int
    end: int
    section: SectionKind


@dataclass(frozen=True, slots=True)
class Mention:
    """A named span; ``canonical`` is one name for brand, generic, code name and abbreviation.
    ``probability`` is in 0…1.
    """

    label: str
    start: int
    end: int
    canonical: str
    section: SectionKind
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that state an event, with their assertion. ``sentence`` is the number of their sentence
    in the reading, from 0; ``weight`` (0…1) orders the cues of one release.
    """

    rule: str
    event: str
    direction: str
    assertion: Assertion
    start: int
    end: int
    sentence: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One release as read; ``date`` is the release's own date (ISO) or None, ``company`` its
    issuer, ``title`` the half-open offsets of its headline. ``abbreviations`` gives the long form
    of each short one.

    ``custom`` are mentions with the user's labels; they may overlap the others, and no rule reads
    them.
    """

    text: str
    date: str | None
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    cues: tuple[Cue, ...] = ()
    title: tuple[int, int] | None = None
    abbreviations: dict[str, str] = field(default_factory=dict)
    custom: tuple[Mention, ...] = ()
    company: Company | None = None
    votes: tuple[Vote, ...] = ()

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that begin in the half-open stretch; ``mentions`` are in order of the
        text.
        """
        first = bisect_left(self.mentions, start, key=_start)
        return self.mentions[first : bisect_left(self.mentions, end, key=_start)]

    def of(self, *kinds: SectionKind) -> list[Sentence]:
        """The sentences that lie in sections of these kinds, in order."""
        return [s for s in self.sentences if s.section in kinds]


def _start(mention: Mention) -> int:
    return mention.start
