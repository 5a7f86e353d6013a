"""The particulars of an event: its date, agency, drugs, indications and the reasons given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from eventrisk.dates.stated import stated_days
from eventrisk.events.types import event_types
from eventrisk.events.zones import Placed
from eventrisk.labels import EntityLabel, SectionKind
from eventrisk.lexicon import read_tables
from eventrisk.links import Linker, Links, agency_of, countries
from eventrisk.reading import Mention, Reading, Sentence
from eventrisk.results import Event
from eventrisk.rules import rules

RULES = "events/reasons.toml"
STATED_SECTIONS = (
    SectionKind.HEADLINE,
    SectionKind.SUBHEADLINE,
    SectionKind.DATELINE,
    SectionKind.BODY,
    SectionKind.QUOTE,
)
ON = re.compile(r"\bon (?:\w+day,? )?(?:the )?$")


class Facts:
    """The particulars of the events of one release; built once, asked for each event."""

    def __init__(self, reading: Reading, placed: Sequence[Placed] = ()) -> None:
        self._reading = reading
        self._by_sentence: dict[int, list[Placed]] = {}
        for p in placed:
            if not p.is_hint:
                self._by_sentence.setdefault(p.sentence, []).append(p)
        self._linker = Linker(reading)
        self._links: dict[tuple[int, int, str], Links] = {}
        self._folded = self._linker.index.folded
        self._text_reasons: tuple[str, ...] | None = None

    def event(self, placed: Placed, probability: float) -> Event:
        """The full record of an event; ``probability`` is in 0…1, offsets stay those of the cue."""
        links = self.links(placed)
        return Event(
            type=placed.type,
            direction=placed.direction,
            assertion=placed.assertion.value,
            date=self._day(placed),
            agency=self._agency(placed, links),
            drugs=links.drugs,
            indications=links.indications,
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

    def links(self, placed: Placed) -> Links:
        """The products and diseases an event is about."""
        key = (placed.start, placed.end, placed.type)
        if key not in self._links:
            others = self._by_sentence.get(placed.sentence, ())
            beside = [p for p in others if p.end <= placed.start or placed.end <= p.start]
            rivals = [(p.start, p.end) for p in beside if _competes(p, placed)]
            self._links[key] = self._linker.of(placed.start, placed.end, rivals)
        return self._links[key]

    def trials(self, placed: Placed) -> set[str]:
        """The trials that the words of an event name."""
        links = self.links(placed)
        return set(self._linker.index.trials(links.start, links.end))

    def country(self, placed: Placed) -> str:
        """The country of the one body that the words of an event name, else an empty text."""
        links = self.links(placed)
        inside = self._reading.within(links.start, links.end)
        named = {countries()[m.canonical] for m in inside if m.label == EntityLabel.AGENCY}
        return named.pop() if len(named) == 1 else ""

    def are_two(self, drug: str, other: str, *, apart: bool) -> bool:
        """Whether the release tells two products apart, or, where something else does, ``apart``,
        does not combine them.
        """
        return self._linker.joined.are_two(drug, other, apart=apart)

    def _agency(self, placed: Placed, links: Links) -> str | None:
        """The body of the event: the agency named or meant nearest to it, else the one its type
        implies, else the first of the titles; of results and the sponsor's own steps none.
        """
        row = event_types()[placed.type]
        if not row.has_agency:
            return None
        own, stretch = (placed.start, placed.end), (links.start, links.end)
        if found := agency_of(self._linker.index, placed.type, own, stretch, row.agency):
            return found
        return next((m.canonical for m in self._mentions(EntityLabel.AGENCY, self._titles())), None)

    def _day(self, placed: Placed) -> str | None:
        """The first day (ISO) that follows *on* near the cue, in its sentence."""
        before_chars, after_chars = 60, 120
        weekday_chars = 20  # of "on wednesday, the " before a day
        sentence = self._sentence(placed.start)
        start = max(sentence.start, placed.start - before_chars) if sentence else placed.start
        stop = min(sentence.end, placed.end + after_chars) if sentence else placed.end
        for day in stated_days(self._folded, start, stop):
            if ON.search(self._folded, max(start, day.start - weekday_chars), day.start):
                return day.date.isoformat() if day.date else None
        return None

    def _reasons(self, placed: Placed) -> tuple[str, ...]:
        """Why bad news of today came; ``not_disclosed`` where its type leads one to expect a reason
        and the text gives none.
        """
        if (
            placed.direction != "negative"
            or event_types()[placed.type].reasons is None
            or placed.assertion != "occurred"
        ):
            return ()
        if self._text_reasons is None:
            self._text_reasons = self._find_reasons()
        expected = event_types()[placed.type].reasons == "expected"
        return self._text_reasons or (("not_disclosed",) if expected else ())

    def _find_reasons(self) -> tuple[str, ...]:
        """Reasons named in sentences that speak of the regulator, a letter, a hold or a
        deficiency.
        """
        reasons: dict[str, None] = {}
        for sentence in self._reading.of(*STATED_SECTIONS):
            words = self._folded[sentence.start : sentence.end]
            if any(word in words for word in reason_context()):
                reasons.update(dict.fromkeys(reasons_in(words)))
        return tuple(sorted(reasons))


def _competes(one: Placed, other: Placed) -> bool:
    """Whether two events of a sentence may be about different things: they are of one type, or
    neither is only a circumstance of the other (columns ``joins`` and ``hides``).
    """
    if one.type == other.type:
        return True
    rows = event_types()[one.type], event_types()[other.type]
    return not any(
        theirs in row.joins for row, theirs in zip(rows, (other.type, one.type), strict=True)
    )


@lru_cache(maxsize=1)
def reason_context() -> tuple[str, ...]:
    """Words of which a sentence must hold one to give a reason: who decides, or what was deficient
    (table ``speaking``).
    """
    return tuple(read_tables(RULES)["speaking"]["words"])


def reasons_in(folded: str) -> list[str]:
    """The reasons that one folded sentence names, in order of the rules; what it negates ("no
    concerns about safety") is left out.
    """
    reason_rules = rules(RULES)
    negations = [rule for rule in reason_rules if rule.keys["reason"] == "none"]
    negated = [span for rule in negations for span in rule.spans(folded)]
    reasons: dict[str, None] = {}
    for rule in reason_rules:
        if rule.keys["reason"] == "none":
            continue
        for start, end in rule.spans(folded):
            if not any(low <= start < high or low < end <= high for low, high in negated):
                reasons[str(rule.keys["reason"])] = None
    return list(reasons)
