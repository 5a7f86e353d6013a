"""Candidate drugs of a release: known names, stems of generics, code patterns, marks, and what the
words around say.

Pure: clean text in, candidates out, each with the source that found it and how far that source can
be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from eventrisk import lexicon
from eventrisk.names.candidates import Candidate
from eventrisk.names.drugs.affixes import DrugAffixes
from eventrisk.names.drugs.code_patterns import CodePatterns
from eventrisk.names.drugs.dictionary import PROBABILITIES, DrugNames
from eventrisk.names.drugs.evidence import CharacterTrigrams, Contexts, Name
from eventrisk.names.drugs.orthography import (
    COMMON_LOG_ODDS,
    LOG_ODDS,
    MIN_LETTERS,
    MIN_PROTOCOL_PARTS,
    MIN_REPEATS,
    PROTOCOL_LOG_ODDS,
    REPEATED_LOG_ODDS,
    TECHNOLOGY_LOG_ODDS,
    WITH_TRIGRAMS,
    marked,
    unknown_words,
)
from eventrisk.names.drugs.stems import DrugStems, Stem
from eventrisk.names.drugs.words import WORD, Words, unbroken
from eventrisk.names.edges import DENIED
from eventrisk.names.indications.dictionary import disease_lexicon
from eventrisk.rules import rules

SPELT_MARK = re.compile(r"(?<=[a-z]) (?:TM|\(TM\))(?=[ ,.;(]|$)")  # a trade mark left in letters
MIN_PROBABILITY = 0.30  # 0…1; candidates below would be noise in the NER's features
DENIED_PROBABILITY = 0.05  # 0…1, of a name that the words around call something else
MAX_PREFIX_LETTERS = 3  # of a code; a longer one is no abbreviation of something else
BODY_PROBABILITY = PROBABILITIES["target"]
GIVEN_PROBABILITY = 0.85  # 0…1, of a molecule of the body that somebody is said to be given
TARGET_PROBABILITY = 0.25  # 0…1, of a name beside words that make it a molecule of the body


def refused_words() -> frozenset[str]:
    """Lower-case words that look like names of drugs and are none."""
    return frozenset(row["word"] for row in lexicon.terms("drugs/not_drugs.tsv"))


class DrugFinder:
    """Finds candidate drugs with the packaged lexicons; keeps nothing of a text."""

    def __init__(self) -> None:
        self._names = DrugNames(lexicon.terms("drugs/drugs.tsv"))
        self._stems = DrugStems(lexicon.terms("drugs/stems.tsv"))
        self._codes = CodePatterns(rules("drugs/code_patterns.toml"))
        self._contexts = Contexts(rules("drugs/contexts.toml"))
        self._trigrams = CharacterTrigrams(lexicon.terms("drugs/trigrams.tsv"))
        self._affixes = DrugAffixes(lexicon.terms("drugs/affixes.tsv"))
        self._refused = refused_words()

    def find(self, text: str, *, marks: Sequence[int] = ()) -> list[Candidate]:
        """Candidates in order of the text, in clean-text offsets as ``marks`` are (directly after
        marked names).

        Those of a source ``DENIED`` are there only to say that a name is no drug.
        """
        words = Words(text)
        marks = sorted({*marks, *(m.start() for m in SPELT_MARK.finditer(text))})
        candidates: list[Candidate] = []
        taken: set[int] = set()
        for first, last, candidate in (*self._listed(words, marks), *self._stemmed(words)):
            if taken.isdisjoint(range(first, last + 1)):
                taken.update(range(first, last + 1))
                candidates.append(candidate)
        candidates += self._unknown(words, taken, marks)
        return sorted(
            f for f in candidates if f.probability >= MIN_PROBABILITY or f.source.startswith(DENIED)
        )

    def _listed(self, words: Words, marks: Sequence[int]) -> Iterator[tuple[int, int, Candidate]]:
        for first, last, candidate in self._names.find(words):
            if self._affixes.names_company(words, last):
                continue
            end = self._affixes.with_release(words, self._affixes.with_tail(words, last), marks)
            candidate = candidate._replace(end=words.ends[end])
            if self._affixes.names_target(words, first, last):
                candidate = candidate._replace(
                    probability=TARGET_PROBABILITY, source="drug-list:target"
                )
            elif candidate.probability == BODY_PROBABILITY and self._affixes.is_given(words, first):
                candidate = candidate._replace(probability=GIVEN_PROBABILITY)
            yield first, end, candidate

    def _stemmed(self, words: Words) -> Iterator[tuple[int, int, Candidate]]:
        for i, low in enumerate(words.lows):
            first, last, stem = self._stem_at(words, i, low)
            if stem is None or self._affixes.names_company(words, last):
                continue
            last = self._affixes.with_tail(words, last)
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
        if len(low) < MIN_LETTERS or low in self._refused or not low.isalpha():
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
            if name.denied:
                yield from self._mentions(words, key, name, min(probability, DENIED_PROBABILITY))
            elif probability >= MIN_PROBABILITY:
                yield from self._mentions(words, key, name, probability)

    def _word_weights(
        self, words: Words, key: str, name: Name, small: set[str]
    ) -> dict[str, float]:
        """What the word itself and its use in the document add; ``small`` are the words that stand
        in small letters.
        """
        weights = {}
        if key in small and name.orthography != "marked":
            weights["common-word"] = COMMON_LOG_ODDS
        if len(name.mentions) >= MIN_REPEATS:
            weights["repeated"] = REPEATED_LOG_ODDS
        if name.orthography == "marked" and any(
            self._affixes.names_platform(words, last) for _, last in name.mentions
        ):
            weights["technology"] = TECHNOLOGY_LOG_ODDS
        if name.orthography.startswith("code:") and self._is_protocol(words, name):
            weights["protocol"] = PROTOCOL_LOG_ODDS
        if name.orthography == "pair" and self._is_trial(words, name):
            weights["trial-in-disease"] = PROTOCOL_LOG_ODDS
        if name.orthography in WITH_TRIGRAMS:
            weights["trigrams"] = self._trigrams.log_odds(key)
        return weights

    def _is_protocol(self, words: Words, name: Name) -> bool:
        """Whether a code of three parts is called a study: ``the ABC-LIV-301 trial``."""
        first, last = name.mentions[0]
        parts = last - first + 1
        return parts >= MIN_PROTOCOL_PARTS and any(
            self._affixes.names_study(words, at) for _, at in name.mentions
        )

    def _is_trial(self, words: Words, name: Name) -> bool:
        """Whether a pair ends in the short form of a disease (``OAK-HCM``), as names of trials
        do.
        """
        return words.words[name.mentions[0][1]] in disease_lexicon().abbreviations

    def _mentions(
        self, words: Words, key: str, name: Name, probability: float
    ) -> Iterator[Candidate]:
        first, last = name.mentions[0]
        spelling = unbroken(words.text[words.starts[first] : words.ends[last]].lower())
        canonical = self._names.canonical(key) or spelling
        for first, last in name.mentions:
            yield Candidate(
                words.starts[first],
                words.ends[last],
                "drug",
                canonical,
                f"{DENIED if name.denied else 'drug-'}{name.orthography}",
                probability,
            )

    def _collected(self, words: Words, taken: set[int], marks: Sequence[int]) -> dict[str, Name]:
        """The unknown names by their letters and digits, surest orthography first."""
        names: dict[str, Name] = {}
        for first, last, orthography, weight in self._candidates(words, taken, marks):
            if not taken.isdisjoint(range(first, last + 1)):
                continue
            taken.update(range(first, last + 1))
            key = "".join(WORD.findall(words.text[words.starts[first] : words.ends[last]].lower()))
            name = names.setdefault(key, Name(orthography=orthography))
            name.mentions.append((first, last))
            if not name.weights or weight > name.weights["orthography"]:
                name.weights["orthography"] = weight
                name.orthography = orthography
        return names

    def _candidates(
        self, words: Words, taken: set[int], marks: Sequence[int]
    ) -> Iterable[tuple[int, int, str, float]]:
        for first, last in marked(words, marks):
            name = words.text[words.starts[first] : words.ends[last]]
            if not self._codes.refuses(name) and name.lower() not in self._refused:
                yield first, last, "marked", LOG_ODDS["marked"]
        for code in self._codes.find(words):
            name = words.text[words.starts[code.first] : words.ends[code.last]]
            max_letters = 0 if " " in name else MAX_PREFIX_LETTERS
            named = (
                words.lows[code.first] in self._refused
                and len(words.words[code.first]) > max_letters
            )
            if not named and name.lower() not in self._refused:
                yield code.first, code.last, f"code:{code.rule}", code.weight
        for first, last, orthography in unknown_words(
            words, taken, self._refused, self._affixes.plain
        ):
            end = self._affixes.with_release(words, last, marks)
            yield first, end, orthography, LOG_ODDS[orthography]
