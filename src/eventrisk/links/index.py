"""The names of a release, sentence by sentence. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from eventrisk.labels import TITLE_SECTIONS, EntityLabel, SectionKind
from eventrisk.links.headings import headings
from eventrisk.links.roles import usable
from eventrisk.reading import Mention, Reading
from eventrisk.rules import fold, rules

STATED = (
    SectionKind.HEADLINE,
    SectionKind.SUBHEADLINE,
    SectionKind.DATELINE,
    SectionKind.BODY,
    SectionKind.QUOTE,
    SectionKind.TABLE,
)
FILE = "links/rules.toml"
TRIAL = re.compile(r"\b[A-Z][\w-]+")
LINKED = (EntityLabel.DRUG, EntityLabel.INDICATION)


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

    @cached_property
    def _trial_names(self) -> dict[str, str]:
        """The canonical name of each trial by its words."""
        text = self.reading.text
        trials = (m for m in self.reading.mentions if m.label == EntityLabel.TRIAL)
        return {text[m.start : m.end]: m.canonical for m in trials}

    def trials(self, low: int, high: int) -> list[str]:
        """The canonical names of the trials between two offsets, by name alone too (*data of
        HARBOR*).
        """
        named = self._trial_names
        if not named:
            return []
        words = (m.group() for m in TRIAL.finditer(self.reading.text, low, high))
        inside = self.reading.within(low, high)
        told = [m.canonical for m in inside if m.label == EntityLabel.TRIAL]
        return list(dict.fromkeys([*told, *(named[word] for word in words if word in named)]))

    def is_unnamed(self, low: int, high: int) -> bool:
        """Whether a stretch speaks of a product that has no name, or of a step without product."""
        words = self.folded[low:high]
        return any(rule.regex.search(words) for rule in rules(FILE, "unnamed"))

    @cached_property
    def stated(self) -> list[int]:
        """The numbers of the sentences of the news itself."""
        return [n for n, s in enumerate(self.reading.sentences) if s.section in STATED]

    @cached_property
    def news(self) -> frozenset[int]:
        """The same as a set."""
        return frozenset(self.stated)

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

    def is_joined_line(self, earlier: int, later: int) -> bool:
        """Whether two sentences stand on one line."""
        one, two = self.reading.sentences[earlier], self.reading.sentences[later]
        return "\n" not in self.reading.text[one.end : two.start]

    @cached_property
    def _headings(self) -> list[int | None]:
        named = {n for n in range(len(self._starts)) if self.names(n)}
        return headings(self.reading, named)

    def heading(self, number: int) -> int | None:
        """The heading that names what a sentence below it is about."""
        return self._headings[number]


def distinct(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The canonical names, each once, in order."""
    return tuple(dict.fromkeys(m.canonical for m in mentions))
