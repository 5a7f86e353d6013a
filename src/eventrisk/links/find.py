"""The links of a statement: which products and diseases of the text it is about. Pure.

What its own stretch of the sentence names counts first; then the trial it speaks of, the rest of
the sentence, the sentences before it on the same line, the heading above it, the sentences before
that, the titles, the lead, and last what the release names most. Diseases are those of the same
product.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from eventrisk.labels import TITLE_SECTIONS, EntityLabel
from eventrisk.links.index import Index, distinct
from eventrisk.links.joined import Joined
from eventrisk.links.stretches import Span, clause, stretches
from eventrisk.reading import Mention, Reading
from eventrisk.rules import rules

FILE = "links/rules.toml"
REACH_CHARS = 1_500  # around a statement, in which its sentence is read
BACK_SENTENCES = 8  # before a statement, that may name its product
NEAR_SENTENCES = 2  # before a statement, that may name its disease


class Links(NamedTuple):
    """What a statement is about, in canonical names, and its stretch ``start``…``end`` of the text
    (half-open); ``told_drugs`` and ``told_indications`` are those the stretch itself names.
    """

    drugs: tuple[str, ...]
    indications: tuple[str, ...]
    told_drugs: tuple[str, ...]
    told_indications: tuple[str, ...]
    start: int
    end: int


class Linker:
    """Answers for one reading; what it looks up is kept."""

    def __init__(self, reading: Reading) -> None:
        self.index = Index(reading)
        self.joined = Joined(self.index)

    def of(
        self, start: int, end: int, rivals: Sequence[Span] = (), core: Span | None = None
    ) -> Links:
        """The links of the statement ``text[start:end]``; ``rivals`` are the words of others that
        may stand in its sentence, ``core`` those of its own whose clause counts (default: all).
        """
        number = self.index.sentence_at(start)
        if number is None:
            return Links((), (), (), (), start, end)
        low, high, around = self._stretch(number, (start, end), rivals, core)
        own = self._paired_off(number, (start, end), rivals, self.index.between(number, low, high))
        drugs, diseases = _of(own, EntityLabel.DRUG), _of(own, EntityLabel.INDICATION)
        told = (drugs, diseases)
        if not drugs and self.index.is_unnamed(low, high):
            return Links((), diseases, *told, low, high)
        of_trials = self._of_trials(low, high)
        drugs, diseases = drugs or of_trials[0], diseases or of_trials[1]
        drugs = drugs or self._drugs(number, around, diseases)
        if diseases and self._is_vaccine(drugs):
            diseases = self.joined.prevented(own)
        diseases = diseases or self._diseases(number, drugs)
        return Links(drugs, _narrowed(diseases), *told, low, high)

    def _stretch(
        self, number: int, own: Span, rivals: Sequence[Span], core: Span | None
    ) -> tuple[int, int, list[Span]]:
        """The stretch of a statement, and the others of its sentence, those before it first."""
        sentence, (start, end) = self.index.reading.sentences[number], own
        low, high = max(sentence.start, start - REACH_CHARS), min(sentence.end, end + REACH_CHARS)
        inside = [r for r in rivals if low <= r[0] < high and r != own]
        names = self.index.between(number, low, high)
        parts = stretches(self.index.folded, (low, high), [own, *inside], names)
        at = next(i for i, part in enumerate(parts) if start < part[1])
        return (
            *clause(self.index.folded, parts[at], core or own, names),
            [*reversed(parts[:at]), *parts[at + 1 :]],
        )

    def _is_vaccine(self, drugs: Sequence[str]) -> bool:
        return any(self.joined.is_vaccine(drug) for drug in drugs)

    def _paired_off(
        self, number: int, own: Span, rivals: Sequence[Span], names: list[Mention]
    ) -> list[Mention]:
        """Of lists that pair off (*A and B in May and June, respectively*) the statement's own."""
        sentence = self.index.reading.sentences[number]
        words = self.index.folded[sentence.start : sentence.end]
        inside = [r for r in rivals if sentence.start <= r[0] < sentence.end]
        if not inside or not any(r.regex.search(words) for r in rules(FILE, "respectively")):
            return names
        order = sorted({own, *inside})
        kept: list[Mention] = []
        for label in (EntityLabel.DRUG, EntityLabel.INDICATION):
            every = [m for m in self.index.names(number) if m.label == label]
            listed = distinct(every)
            if len(listed) == len(order):
                kept += [m for m in every if m.canonical == listed[order.index(own)]]
            else:
                kept += every if len(listed) == 1 else [m for m in names if m.label == label]
        return kept

    def _of_trials(self, low: int, high: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        defined = [self.joined.trial(name) for name in self.index.trials(low, high)]
        drugs = dict.fromkeys(name for one, _ in defined for name in one)
        diseases = dict.fromkeys(name for _, two in defined for name in two)
        return tuple(drugs), tuple(diseases)

    def _sentences(self, number: int, back: int = BACK_SENTENCES) -> Iterator[int]:
        """The sentences that may name what a statement leaves unsaid, the likeliest first."""
        index = self.index
        if index.reading.sentences[number].section in TITLE_SECTIONS:
            yield from self._titles(number)
            return
        titles = set(index.titles)
        before = [n for n in range(max(0, number - back), number) if n in index.news - titles]
        line = [n for n in before if index.is_joined_line(n, number)]
        yield from reversed(line)
        heading = index.heading(number)
        if heading is not None:
            yield from (n for n in reversed(before) if heading < n < min([*line, number]))
            yield heading
        yield from reversed(before)
        yield from index.titles
        yield from index.lead

    def _titles(self, number: int) -> Iterator[int]:
        """The same for a statement in a title."""
        index = self.index
        before = [n for n in index.titles if n < number]
        yield from (n for n in reversed(before) if index.is_joined_line(n, number))
        heading = index.heading(number)
        if heading is not None:
            yield heading
        yield from (n for n in index.titles if n != number)
        yield from index.lead

    def _drugs(
        self, number: int, around: Sequence[Span], diseases: Sequence[str]
    ) -> tuple[str, ...]:
        """The products of a statement that names none."""
        index, joined = self.index, self.joined
        for low, high in around:
            within = index.between(number, low, high)
            if found := _of(within, EntityLabel.DRUG) or self._of_trials(low, high)[0]:
                return found
        for disease in diseases:
            for other in joined.nearest(disease, number):
                if found := joined.paired(other, [disease], EntityLabel.DRUG):
                    return found
        for other in self._sentences(number):
            sentence = index.reading.sentences[other]
            found = _of(index.names(other), EntityLabel.DRUG)
            if found := found or self._of_trials(sentence.start, sentence.end)[0]:
                return found
        return index.frequent(EntityLabel.DRUG)

    def _diseases(self, number: int, drugs: Sequence[str]) -> tuple[str, ...]:
        """The diseases of a statement that names none: those of its products."""
        index, joined = self.index, self.joined
        if found := joined.paired(number, drugs, EntityLabel.INDICATION):
            return found
        only = index.products <= set(drugs)
        vaccine = self._is_vaccine(drugs)
        for other in self._sentences(number, NEAR_SENTENCES):
            names = index.names(other)
            others = _of(names, EntityLabel.DRUG)
            if set(others) & set(drugs):
                found = joined.paired(other, drugs, EntityLabel.INDICATION)
            elif not others and (only or index.is_joined_line(other, number)):
                found = joined.prevented(names) if vaccine else _of(names, EntityLabel.INDICATION)
            if found:
                return found
        for drug in drugs:
            if found := joined.diseases(drug):
                return found
        return index.frequent(EntityLabel.INDICATION) if only else ()


def _of(names: Iterable[Mention], label: str) -> tuple[str, ...]:
    return distinct(m for m in names if m.label == label)


def _narrowed(diseases: tuple[str, ...]) -> tuple[str, ...]:
    """Without a disease whose words another one holds and ends with (*lung cancer* beside
    *metastatic lung cancer*).
    """
    return tuple(
        name
        for name in diseases
        if not any(other != name and other.endswith(f" {name}") for other in diseases)
    )
