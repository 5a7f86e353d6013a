"""What a release joins: trials with their products and diseases, products with diseases. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from eventrisk.labels import EntityLabel
from eventrisk.links.index import Index, distinct
from eventrisk.reading import Mention
from eventrisk.rules import rules

FILE = "links/rules.toml"
TOPIC_SENTENCES = 3  # behind one that names a product, that may tell its disease
AROUND_CHARS = 50  # of a disease that tell whose it is
PARTED = re.compile(r"[;.]|, | and | while | but ")
PARTED_CHARS = 60  # how much further off a name behind a separator counts
JOINED = re.compile(
    r",? ?(?:\(|\)|/|\+|,|and|or|plus|with|in combination with|in combination)? ?(?:the |or )?"
)
Names = tuple[str, ...]


class Joined:
    """What the sentences of an index join; worked out where it is first asked."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def nearest(self, name: str, number: int) -> list[int]:
        """The two sentences of the news next to ``number`` that name this and a name of the other
        kind, the one before it first.
        """
        places = [n for n in self._places.get(name, []) if n in self._index.news]
        at = bisect_left(places, number)
        return [*places[max(0, at - 1) : at], *places[at : at + 1]]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """For each product and disease the numbers of the sentences that name both kinds."""
        places: dict[str, list[int]] = {}
        for number in range(len(self._index.reading.sentences)):
            names = self._index.names(number)
            if len({m.label for m in names}) > 1:
                for name in dict.fromkeys(m.canonical for m in names):
                    places.setdefault(name, []).append(number)
        return places

    @cached_property
    def _diseases(self) -> dict[str, Counter[Names]]:
        """The diseases that the news joins to each product, with how often it does."""
        joined: dict[str, Counter[Names]] = {}
        last: tuple[int, Names] = (0, ())
        for number in self._index.stated:
            names = self._index.names(number)
            drugs = distinct(m for m in names if m.label == EntityLabel.DRUG)
            if drugs:
                last = (number, drugs)
            elif number - last[0] > TOPIC_SENTENCES or self._is_of_another(number):
                continue
            for drug in last[1]:
                found = self.paired(number, [drug] if drugs else [], EntityLabel.INDICATION)
                if found:
                    joined.setdefault(drug, Counter())[found] += 1
        return joined

    def _is_of_another(self, number: int) -> bool:
        """Whether a sentence speaks of a product without a name."""
        sentence = self._index.reading.sentences[number]
        return self._index.is_unnamed(sentence.start, sentence.end)

    def diseases(self, drug: str) -> Names:
        """The diseases that the news joins to a product most often, those of one sentence; else the
        only ones that the release does.
        """
        counted = self._diseases.get(drug)
        if not counted:
            places = self._places.get(drug, ())
            told = {self.paired(n, [drug], EntityLabel.INDICATION) for n in places}
            shortest = min((name for names in told for name in names), key=len, default="")
            same = all(n.lower().endswith(shortest.lower()) for names in told for n in names)
            return (shortest,) if shortest and same else ()
        single: Counter[str] = Counter()
        for names, times in counted.items():
            single.update(dict.fromkeys(names, times))
        best = single.most_common(1)[0][0]
        return max((n for n in counted if best in n), key=lambda n: (counted[n], -len(n)))

    @cached_property
    def _vaccines(self) -> frozenset[str]:
        """The products that some sentence calls a vaccine."""
        called: set[str] = set()
        for number in self._index.stated:
            sentence = self._index.reading.sentences[number]
            drugs = [m.canonical for m in self._index.names(number) if m.label == EntityLabel.DRUG]
            words = self._index.folded[sentence.start : sentence.end]
            if drugs and any(rule.regex.search(words) for rule in rules(FILE, "vaccine")):
                called.update(drugs)
        return frozenset(called)

    def is_vaccine(self, drug: str) -> bool:
        """Whether the release calls a product a vaccine."""
        return drug in self._vaccines

    def prevented(self, names: Iterable[Mention]) -> Names:
        """The diseases that a vaccine prevents, of those named beside it."""
        diseases = (m for m in names if m.label == EntityLabel.INDICATION)
        return distinct(m for m in diseases if not self.is_vaccinated(m))

    def is_vaccinated(self, disease: Mention) -> bool:
        """Whether a disease is that of the people who get something."""
        after = self._index.folded[disease.end : disease.end + AROUND_CHARS]
        before = self._index.folded[max(0, disease.start - AROUND_CHARS) : disease.start]
        return any(rule.regex.match(after) for rule in rules(FILE, "vaccinated")) or any(
            rule.regex.search(before) for rule in rules(FILE, "vaccinated_before")
        )

    @cached_property
    def _trial_places(self) -> dict[str, tuple[Names, Names]]:
        """The product and disease of each trial, where the text first names them together."""
        defined: dict[str, tuple[Names, Names]] = {}
        for number in self._index.stated:
            sentence = self._index.reading.sentences[number]
            inside = self._index.reading.within(sentence.start, sentence.end)
            for trial in (m for m in inside if m.label == EntityLabel.TRIAL):
                names = self._index.names(number)
                drugs = self._beside(trial, names, EntityLabel.DRUG)
                diseases = self._beside(trial, names, EntityLabel.INDICATION)
                old = defined.get(trial.canonical, ((), ()))
                defined[trial.canonical] = (old[0] or drugs, old[1] or diseases)
        return defined

    def trial(self, name: str) -> tuple[Names, Names]:
        """The products and diseases of a trial, as far as the news defines it."""
        return self._trial_places.get(name, ((), ()))

    def paired(self, number: int, names: Sequence[str], wanted: str) -> Names:
        """The names of the label ``wanted`` that a sentence joins to any of ``names``."""
        asked, others = self._asked(number, names, wanted)
        mine = [m for m in others if m.canonical in names]
        if len(mine) == len(others):
            return distinct(asked)
        group = {name for m in mine for name in self._beside(m, others, m.label)}
        return distinct(m for m in asked if group and self._next(m, others).canonical in group)

    def _asked(
        self, number: int, names: Sequence[str], wanted: str
    ) -> tuple[list[Mention], list[Mention]]:
        """The names of a label in a sentence, of a vaccine without those who get it, and the
        others.
        """
        inside = self._index.names(number)
        others = [m for m in inside if m.label != wanted]
        asked = [m for m in inside if m.label == wanted]
        if wanted == EntityLabel.INDICATION and any(self.is_vaccine(name) for name in names):
            asked = [m for m in asked if not self.is_vaccinated(m)]
        return asked, others

    def _next(self, to: Mention, names: Sequence[Mention]) -> Mention:
        """The name next to a mention."""
        return min(names, key=lambda other: self._cost(to, other))

    def are_two(self, drug: str, other: str, *, apart: bool = False) -> bool:
        """Whether the news tells two products apart: a sentence names both, or something else does
        (``apart``), and no sentence combines them.
        """
        together = [n for n in self._index.stated if self._names_both(n, drug, other)]
        combined = any(self._combines(n, drug, other) for n in together)
        return (apart or bool(together)) and not combined

    def _names_both(self, number: int, drug: str, other: str) -> bool:
        return {drug, other} <= {m.canonical for m in self._index.names(number)}

    def _combines(self, number: int, drug: str, other: str) -> bool:
        """Whether a sentence tells of two products as parts of one treatment."""
        drugs = [m for m in self._index.names(number) if m.label == EntityLabel.DRUG]
        return any(
            {left.canonical, right.canonical} == {drug, other}
            and any(
                rule.regex.fullmatch(self._index.folded, left.end, right.start)
                for rule in rules(FILE, "combined")
            )
            for left, right in pairwise(drugs)
        )

    def _beside(self, to: Mention, names: Iterable[Mention], label: str) -> Names:
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
        return JOINED.fullmatch(self._index.folded, left.end, right.start) is not None

    def _cost(self, one: Mention, other: Mention) -> int:
        """How far apart two names stand, in characters; separators between them count extra."""
        low, high = min(one.end, other.end), max(one.start, other.start)
        parted = sum(1 for _ in PARTED.finditer(self._index.folded, low, high))
        return high - low + PARTED_CHARS * parted
