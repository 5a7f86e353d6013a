"""The particulars of an event: its date, agency, drugs, indications and the reasons given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from eventrisk.dates.stated import stated_days
from eventrisk.events.types import event_types
from eventrisk.events.zones import Placed
from eventrisk.labels import EntityLabel, SectionKind
from eventrisk.lexicon import read_tables
from eventrisk.reading import Mention, Reading, Sentence
from eventrisk.results import Event
from eventrisk.rules import fold, rules

RULES = "events/reasons.toml"
TOLD = (
    SectionKind.HEADLINE,
    SectionKind.SUBHEADLINE,
    SectionKind.DATELINE,
    SectionKind.BODY,
    SectionKind.QUOTE,
)
ON = re.compile(r"\bon (?:\w+day,? )?(?:the )?$")
DAY_BEFORE_CHARS, DAY_AFTER_CHARS = 60, 120  # around a cue, within which its day may be named
WEEKDAY_CHARS = 20  # of "on wednesday, the " before a day


class Facts:
    """Answers for one release; built once, asked for each event."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._folded = fold(reading.text)
        self._given: tuple[str, ...] | None = None

    def event(self, placed: Placed, probability: float) -> Event:
        """The full record of an event."""
        here = self._sentence(placed.start)
        return Event(
            type=placed.type,
            direction=placed.direction,
            assertion=placed.assertion.value,
            date=self._day(placed),
            agency=self._agency(placed, here),
            drugs=self._names(EntityLabel.DRUG, here),
            indications=self._names(EntityLabel.INDICATION, here),
            reasons=self._reasons(placed),
            probability=probability,
            start=placed.start,
            end=placed.end,
        )

    def _sentence(self, offset: int) -> Sentence | None:
        return next((s for s in self._reading.sentences if s.start <= offset < s.end), None)

    def _mentions(self, label: str, within: Iterable[Sentence | None]) -> Iterator[Mention]:
        for sentence in within:
            if sentence:
                inside = self._reading.within(sentence.start, sentence.end)
                yield from (m for m in inside if m.label == label)

    def _titles(self) -> list[Sentence]:
        return self._reading.of(SectionKind.HEADLINE)[:2]

    def _names(self, label: str, here: Sentence | None) -> tuple[str, ...]:
        """Canonical names in the event's sentence, else the headline's, the first of the body, or
        the most frequent.
        """
        told = self._reading.of(*TOLD)
        body = [s for s in told if s.section is not SectionKind.HEADLINE]
        for sentences in ([here], self._titles(), body[:3]):
            names = dict.fromkeys(m.canonical for m in self._mentions(label, sentences))
            if names:
                return tuple(names)
        counted = Counter(m.canonical for m in self._mentions(label, told))
        return tuple(name for name, _ in counted.most_common(1))

    def _agency(self, placed: Placed, here: Sentence | None) -> str | None:
        """The agency named nearest to the cue, the one the event implies, or the headline's."""
        if placed.type == "business_other":
            return None
        named = list(self._mentions(EntityLabel.AGENCY, [here]))
        if named:
            return min(named, key=lambda m: (abs(m.start - placed.start), m.start)).canonical
        if implied := event_types()[placed.type].agency:
            return implied
        return next((m.canonical for m in self._mentions(EntityLabel.AGENCY, self._titles())), None)

    def _day(self, placed: Placed) -> str | None:
        """The day the event is said to have happened on, if one is stated beside the cue."""
        here = self._sentence(placed.start)
        start = max(here.start, placed.start - DAY_BEFORE_CHARS) if here else placed.start
        stop = min(here.end, placed.end + DAY_AFTER_CHARS) if here else placed.end
        for day in stated_days(self._folded, start, stop):
            if ON.search(self._folded, max(start, day.start - WEEKDAY_CHARS), day.start):
                return day.date.isoformat() if day.date else None
        return None

    def _reasons(self, placed: Placed) -> tuple[str, ...]:
        if (
            placed.direction != "negative"
            or event_types()[placed.type].reasons is None
            or placed.assertion != "occurred"
        ):
            return ()
        if self._given is None:
            self._given = self._find_reasons()
        expected = event_types()[placed.type].reasons == "expected"
        return self._given or (("not_disclosed",) if expected else ())

    def _find_reasons(self) -> tuple[str, ...]:
        """Reasons named in sentences that speak of the regulator, a letter, a hold or a
        deficiency.
        """
        found: dict[str, None] = {}
        for sentence in self._reading.of(*TOLD):
            words = self._folded[sentence.start : sentence.end]
            if any(word in words for word in speaking()):
                found.update(dict.fromkeys(reasons_in(words)))
        return tuple(sorted(found))


@lru_cache(maxsize=1)
def speaking() -> tuple[str, ...]:
    """Words of which a sentence must hold one to give a reason: who decides, or what is found
    wanting.
    """
    return tuple(read_tables(RULES)["speaking"]["words"])


def reasons_in(folded: str) -> list[str]:
    """The reasons one folded sentence names; what it denies ("no concerns about safety") is left
    out.
    """
    given = rules(RULES)
    denied = [
        span for rule in given if rule.keys["reason"] == "none" for span in rule.spans(folded)
    ]
    found: dict[str, None] = {}
    for rule in given:
        if rule.keys["reason"] == "none":
            continue
        for start, end in rule.spans(folded):
            if not any(low <= start < high or low < end <= high for low, high in denied):
                found[str(rule.keys["reason"])] = None
    return list(found)
