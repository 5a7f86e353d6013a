"""The names of a release, sentence by sentence, and what the text joins: trials with products,
products with diseases, headings with what stands below them. Pure.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from eventrisk.labels import TITLE_SECTIONS, EntityLabel, SectionKind
from eventrisk.links.roles import usable
from eventrisk.reading import Cue, Mention, Reading
from eventrisk.rules import fold

STATED = (
    SectionKind.HEADLINE,
    SectionKind.SUBHEADLINE,
    SectionKind.DATELINE,
    SectionKind.BODY,
    SectionKind.QUOTE,
    SectionKind.TABLE,
)
LINKED = (EntityLabel.DRUG, EntityLabel.INDICATION)
HEADING_CHARS = 90  # of a heading, at most
PARTED = re.compile(r"[;.]|, | and | while | but ")
PARTED_CHARS = 60  # how much further off a name behind a separator counts
JOINED = re.compile(
    r",? ?(?:\(|\)|/|\+|,|and|or|plus|with|in combination with|in combination)? ?(?:the |or )?"
)
BULLET = re.compile(r"[•●▪·*–—-]")


class Index:
    """What a reading names, built once; sentences are numbered as in the reading, from 0."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.folded = fold(reading.text)
        self._starts = [s.start for s in reading.sentences]
        self._names: dict[int, list[Mention]] = {}

    def sentence_at(self, offset: int) -> int | None:
        """The number of the sentence that holds an offset."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0 or offset >= self.reading.sentences[number].end:
            return None
        return number

    @cached_property
    def _never(self) -> frozenset[str]:
        """Folded names of trials, companies and the issuer, which no drug has."""
        company = self.reading.company
        issuer = fold(company.name).split()[:1] if company else []
        others = (EntityLabel.COMPANY, EntityLabel.TRIAL)
        named = {self.folded[m.start : m.end] for m in self.reading.mentions if m.label in others}
        return frozenset((*named, *issuer))

    def names(self, number: int) -> list[Mention]:
        """The drugs and diseases of a sentence that it can be about."""
        found = self._names.get(number)
        if found is None:
            sentence = self.reading.sentences[number]
            inside = self.reading.within(sentence.start, sentence.end)
            linked = [m for m in inside if m.label in LINKED]
            found = usable(self.folded, sentence, linked, self._never) if linked else []
            self._names[number] = found
        return found

    def between(self, number: int, low: int, high: int) -> list[Mention]:
        """Those of its names that begin between two offsets."""
        names = self.names(number)
        first = bisect_left(names, low, key=lambda m: m.start)
        return names[first : bisect_left(names, high, key=lambda m: m.start)]

    def trials(self, low: int, high: int) -> list[str]:
        """The canonical names of the trials between two offsets."""
        inside = self.reading.within(low, high)
        return [m.canonical for m in inside if m.label == EntityLabel.TRIAL]

    @cached_property
    def stated(self) -> list[int]:
        """The numbers of the sentences of the news itself."""
        return [n for n, s in enumerate(self.reading.sentences) if s.section in STATED]

    @cached_property
    def titles(self) -> list[int]:
        """The numbers of the headlines and sub-headlines."""
        return [n for n in self.stated if self.reading.sentences[n].section in TITLE_SECTIONS]

    @cached_property
    def lead(self) -> list[int]:
        """The numbers of the first sentences of the body."""
        lead_sentences = 3
        titles = set(self.titles)
        return [n for n in self.stated if n not in titles][:lead_sentences]

    def frequent(self, label: str) -> tuple[str, ...]:
        """The name of a label that the news names most, or none."""
        counted = Counter(
            m.canonical for n in self.stated for m in self.names(n) if m.label == label
        )
        return tuple(name for name, _ in counted.most_common(1))

    @cached_property
    def products(self) -> frozenset[str]:
        """All products that the news names."""
        drugs = (m for n in self.stated for m in self.names(n) if m.label == EntityLabel.DRUG)
        return frozenset(m.canonical for m in drugs)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """For each product and disease the numbers of the sentences that name both kinds."""
        places: dict[str, list[int]] = {}
        for number in range(len(self.reading.sentences)):
            names = self.names(number)
            if len({m.label for m in names}) > 1:
                for name in dict.fromkeys(m.canonical for m in names):
                    places.setdefault(name, []).append(number)
        return places

    def nearest(self, name: str, number: int, *, stated: bool = True) -> list[int]:
        """The two sentences next to ``number`` that name this and a name of the other kind, the one
        before it first. ``stated``: of the news alone.
        """
        places = self._places.get(name, [])
        if stated:
            places = [n for n in places if self.reading.sentences[n].section in STATED]
        at = bisect_left(places, number)
        return [*places[max(0, at - 1) : at], *places[at : at + 1]]

    @cached_property
    def _trial_places(self) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """The product and disease of each trial, where the text first names them together."""
        defined: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        for number in self.stated:
            sentence = self.reading.sentences[number]
            inside = self.reading.within(sentence.start, sentence.end)
            for trial in (m for m in inside if m.label == EntityLabel.TRIAL):
                names = self.names(number)
                drugs = self._beside(trial, names, EntityLabel.DRUG)
                diseases = self._beside(trial, names, EntityLabel.INDICATION)
                old = defined.get(trial.canonical, ((), ()))
                defined[trial.canonical] = (old[0] or drugs, old[1] or diseases)
        return defined

    def trial(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The products and diseases of a trial, as far as the news defines it."""
        return self._trial_places.get(name, ((), ()))

    def _beside(self, to: Mention, names: Iterable[Mention], label: str) -> tuple[str, ...]:
        """The names of a label next to a mention, with those joined to them."""
        same = [m for m in names if m.label == label]
        if not same:
            return ()
        first = min(range(len(same)), key=lambda i: self._cost(to, same[i]))
        low, high = first, first
        while low > 0 and self._are_joined(same[low - 1], same[low]):
            low -= 1
        while high + 1 < len(same) and self._are_joined(same[high], same[high + 1]):
            high += 1
        return distinct(same[low : high + 1])

    def _are_joined(self, left: Mention, right: Mention) -> bool:
        return JOINED.fullmatch(self.folded, left.end, right.start) is not None

    def _cost(self, one: Mention, other: Mention) -> int:
        """How far apart two names stand, in characters; separators between them count extra."""
        low, high = min(one.end, other.end), max(one.start, other.start)
        parted = sum(1 for _ in PARTED.finditer(self.folded, low, high))
        return high - low + PARTED_CHARS * parted

    def paired(self, number: int, names: Sequence[str], wanted: str) -> tuple[str, ...]:
        """The names of the label ``wanted`` that a sentence joins to any of ``names``."""
        inside = self.names(number)
        others = [m for m in inside if m.label != wanted]
        if {m.canonical for m in others} <= set(names):
            return distinct(m for m in inside if m.label == wanted)
        mine = [m for m in others if m.canonical in names]
        near = [
            m
            for m in inside
            if m.label == wanted
            and mine
            and min(others, key=lambda o: self._cost(m, o)).canonical
            in {n for o in mine for n in self._group(o, others)}
        ]
        return distinct(near)

    def _group(self, of: Mention, names: Sequence[Mention]) -> tuple[str, ...]:
        return self._beside(of, names, of.label)

    @cached_property
    def _headings(self) -> list[int | None]:
        """For each sentence the number of the heading it stands below, or None."""
        current: int | None = None
        above: list[int | None] = []
        section: SectionKind | None = None
        for number, sentence in enumerate(self.reading.sentences):
            if sentence.section is not section and sentence.section is not SectionKind.QUOTE:
                current = None if section in TITLE_SECTIONS else current
            section = sentence.section
            above.append(current)
            kind = self._heading_kind(number)
            if kind:
                current = number if kind == "named" else None
        return above

    def heading(self, number: int) -> int | None:
        """The heading that names what a sentence below it is about."""
        return self._headings[number]

    def _heading_kind(self, number: int) -> str:
        """``named`` or ``bare`` for a line that is a heading, else empty."""
        sentence = self.reading.sentences[number]
        text = self.reading.text
        words = text[sentence.start : sentence.end]
        is_line = self._is_line(sentence.start, sentence.end)
        if (
            not is_line
            or len(words) > HEADING_CHARS
            or words[-1:] in ".;,"
            or sentence.section in TITLE_SECTIONS
        ):
            return ""
        if self._cues_of(number):
            return ""
        if self.names(number):
            return "named"
        is_title = all(w[:1].isupper() or len(w) < 5 for w in words.split())
        return "bare" if is_title and not BULLET.match(words) else ""

    def _is_line(self, start: int, end: int) -> bool:
        text = self.reading.text
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        return before in ("", "\n") and after in ("", "\n")

    @cached_property
    def _cues_by_sentence(self) -> dict[int, list[Cue]]:
        by_sentence: dict[int, list[Cue]] = {}
        for cue in self.reading.cues:
            by_sentence.setdefault(cue.sentence, []).append(cue)
        return by_sentence

    def _cues_of(self, number: int) -> list[Cue]:
        return self._cues_by_sentence.get(number, [])

    def is_joined_line(self, earlier: int, later: int) -> bool:
        """Whether two sentences stand on one line."""
        one, two = self.reading.sentences[earlier], self.reading.sentences[later]
        return "\n" not in self.reading.text[one.end : two.start]


def distinct(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The canonical names, each once, in order."""
    return tuple(dict.fromkeys(m.canonical for m in mentions))
