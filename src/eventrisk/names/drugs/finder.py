"""Candidate drugs of a release: known names, stems of generics, shapes of codes, marks, and what
the words around say.

Pure: clean text in, candidates out, each with the source that found it and how far that source can
be trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from eventrisk import lexicon
from eventrisk.names.candidates import Candidate
from eventrisk.names.drugs.affixes import DrugParts
from eventrisk.names.drugs.code_patterns import DrugShapes
from eventrisk.names.drugs.dictionary import DrugNames
from eventrisk.names.drugs.evidence import Contexts, Name, Sounds
from eventrisk.names.drugs.orthography import (
    COMMON,
    FEWEST_LETTERS,
    HEARD,
    LOOKS,
    REPEATED,
    TECHNOLOGY,
    looking,
    marked,
)
from eventrisk.names.drugs.stems import DrugStems, Stem
from eventrisk.names.drugs.words import WORD, Words
from eventrisk.rules import rules

FLOOR = 0.30  # candidates below are not handed on: they would be noise in the NER's features
MANY = 3  # mentions from which on a name counts as repeated
LONGEST_PREFIX = 3  # letters of a code's prefix that may be an abbreviation of another kind as well
IN_TARGET = 0.25  # probability of a name beside words that make it a molecule of the body


def refused_words() -> frozenset[str]:
    """Lower-case words that look like names of drugs and are none."""
    return frozenset(row["word"] for row in lexicon.terms("drugs/not_drugs.tsv"))


class DrugFinder:
    """Finds candidate drugs with the packaged lexicons; keeps nothing of a text."""

    def __init__(self) -> None:
        self._names = DrugNames(lexicon.terms("drugs/drugs.tsv"))
        self._stems = DrugStems(lexicon.terms("drugs/stems.tsv"))
        self._shapes = DrugShapes(rules("drugs/code_patterns.toml"))
        self._contexts = Contexts(rules("drugs/contexts.toml"))
        self._sounds = Sounds(lexicon.terms("drugs/trigrams.tsv"))
        self._parts = DrugParts(lexicon.terms("drugs/affixes.tsv"))
        self._refused = refused_words()

    def find(self, text: str, *, marks: Sequence[int] = ()) -> list[Candidate]:
        """Candidates in order of the text, in clean-text offsets as ``marks`` are (directly after
        marked names).
        """
        words = Words(text)
        found: list[Candidate] = []
        taken: set[int] = set()
        for first, last, candidate in (*self._listed(words), *self._stemmed(words)):
            if taken.isdisjoint(range(first, last + 1)):
                taken.update(range(first, last + 1))
                found.append(candidate)
        found += self._unknown(words, taken, marks)
        return sorted(f for f in found if f.probability >= FLOOR)

    def _listed(self, words: Words) -> Iterator[tuple[int, int, Candidate]]:
        for first, last, candidate in self._names.find(words):
            if self._parts.names_company(words, last):
                continue
            end = self._parts.with_release(words, self._parts.with_tail(words, last))
            candidate = candidate._replace(end=words.ends[end])
            if self._parts.names_target(words, first, last):
                candidate = candidate._replace(probability=IN_TARGET, source="drug-list:target")
            yield first, end, candidate

    def _stemmed(self, words: Words) -> Iterator[tuple[int, int, Candidate]]:
        for i, low in enumerate(words.lows):
            first, last, stem = self._stem_at(words, i, low)
            if stem is None or self._parts.names_company(words, last):
                continue
            last = self._parts.with_tail(words, last)
            start, end = words.starts[first], words.ends[last]
            name = words.text[start:end]
            canonical = self._names.canonical(name) or name.lower()
            yield (
                first,
                last,
                Candidate(
                    start, end, "drug", canonical, f"drug-stem:{stem.stem}", stem.probability
                ),
            )

    def _stem_at(self, words: Words, i: int, low: str) -> tuple[int, int, Stem | None]:
        """First and last word of the name that the stem of word ``i`` gives away, and the stem."""
        if words.glued[i] and (tail := self._stems.tail(low)):
            return i - 1, i, tail
        if len(low) < FEWEST_LETTERS or low in self._refused or not low.isalpha():
            return i, i, None
        stem = self._stems.of(low)
        if i + 1 < len(words) and words.gap(i) == " " and (stem or self._stems.first(low)):
            second = self._stems.second(words.lows[i + 1])
            if second is not None:
                return i, i + 1, second
        return i, i, stem

    def _unknown(self, words: Words, taken: set[int], marks: Sequence[int]) -> Iterator[Candidate]:
        names = self._collected(words, taken, marks)
        self._contexts.read(words, names.values())
        small = {word for word in words.words if word.islower()} if names else set()
        for key, name in names.items():
            name.weights.update(self._word_weights(words, key, name, small))
            probability = round(name.probability(), 4)
            if probability >= FLOOR:
                yield from self._mentions(words, key, name, probability)

    def _word_weights(
        self, words: Words, key: str, name: Name, small: set[str]
    ) -> dict[str, float]:
        """What the word itself and its use in the document add; ``small`` are the words that stand
        in small letters.
        """
        weights = {}
        if key in small and name.look != "marked":
            weights["common-word"] = COMMON
        if len(name.mentions) >= MANY:
            weights["repeated"] = REPEATED
        if name.look == "marked" and any(
            self._parts.names_platform(words, last) for _, last in name.mentions
        ):
            weights["technology"] = TECHNOLOGY
        if name.look in HEARD:
            weights["sound"] = self._sounds.weight(key)
        return weights

    def _mentions(
        self, words: Words, key: str, name: Name, probability: float
    ) -> Iterator[Candidate]:
        first, last = name.mentions[0]
        spelling = words.text[words.starts[first] : words.ends[last]].lower()
        canonical = self._names.canonical(key) or spelling
        for first, last in name.mentions:
            yield Candidate(
                words.starts[first],
                words.ends[last],
                "drug",
                canonical,
                f"drug-{name.look}",
                probability,
            )

    def _collected(self, words: Words, taken: set[int], marks: Sequence[int]) -> dict[str, Name]:
        """The unknown names by their letters and digits, surest look first."""
        names: dict[str, Name] = {}
        for first, last, look, weight in self._candidates(words, taken, marks):
            if not taken.isdisjoint(range(first, last + 1)):
                continue
            taken.update(range(first, last + 1))
            key = "".join(WORD.findall(words.text[words.starts[first] : words.ends[last]].lower()))
            name = names.setdefault(key, Name(look=look))
            name.mentions.append((first, last))
            if not name.weights or weight > name.weights["look"]:
                name.weights["look"] = weight
                name.look = look
        return names

    def _candidates(
        self, words: Words, taken: set[int], marks: Sequence[int]
    ) -> Iterable[tuple[int, int, str, float]]:
        for first, last in marked(words, marks, self._parts):
            name = words.text[words.starts[first] : words.ends[last]]
            if not self._shapes.refuses(name) and name.lower() not in self._refused:
                yield first, last, "marked", LOOKS["marked"]
        for shape in self._shapes.find(words):
            name = words.text[words.starts[shape.first] : words.ends[shape.last]]
            longest = 0 if " " in name else LONGEST_PREFIX
            named = (
                words.lows[shape.first] in self._refused and len(words.words[shape.first]) > longest
            )
            if not named and name.lower() not in self._refused:
                yield shape.first, shape.last, f"shape:{shape.rule}", shape.weight
        for first, last, look in looking(words, taken, self._refused):
            yield first, self._parts.with_release(words, last), look, LOOKS[look]
