"""Finds health regulators, their centres, divisions and committees by name.

The names are data (``agencies/agencies.tsv``); they are looked up word by word, so the cost does
not grow with the list. A short form that is also a word (WHO, NICE) or stands for other things too
(CAT, HSA) needs its long form or a clue beside it (``agencies/contexts.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from eventrisk.labels import EntityLabel
from eventrisk.lexicon import terms
from eventrisk.names.candidates import Candidate
from eventrisk.names.overlaps import without_overlaps
from eventrisk.rules import Rule, rules

TERMS, RULES = "agencies/agencies.tsv", "agencies/contexts.toml"
WORD = re.compile(r"[^\W_]+|&")
GAP = re.compile(
    r" |-|–|/|,? |\.|['’]| ?\(|\) ?| - "
)  # what may stand between two words of one name
WINDOW_CHARS = 60  # before and after a name in which prefixes and clues are looked for
SHORT_WORDS = 6  # names of more words are safe in lower case too
PROBABILITY = 0.97  # 0…1, of a name of the list
BARE_PROBABILITY = 0.85  # 0…1, of a committee without a name of its own


@dataclass(frozen=True, slots=True)
class Name:
    """One row of the list, cut into words."""

    words: tuple[str, ...]
    canonical: str
    country: str
    kind: str
    care: str
    is_short: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A name where it stands in the text."""

    name: Name
    start: int
    end: int


class AgencyFinder:
    """Looks up the agencies of the lexicon. Keeps nothing between texts."""

    def __init__(self) -> None:
        self._index = _index(terms(TERMS))

    def find(self, text: str) -> list[Candidate]:
        """The agencies named in a clean text, in order, free of overlaps; offsets are half-open."""
        hits = self._hits(text)
        defined = {h.name.canonical for h in hits if "defined" not in h.name.care}
        stand = [h for h in hits if self._stands(text, h, defined)]
        named = [self._candidate(text, h) for h in stand]
        return sorted(without_overlaps([*named, *self._bare(text)]))

    def _hits(self, text: str) -> list[Hit]:
        """All names of the list, the longest at each word; nested names may overlap longer ones
        before them.
        """
        words = [(m.start(), m.end()) for m in WORD.finditer(text)]
        hits: list[Hit] = []
        at = 0
        while at < len(words):
            hit, size = self._longest(text, words, at)
            if hit is not None:
                hits.append(hit)
            at += size
        return hits

    def _longest(
        self, text: str, words: Sequence[tuple[int, int]], at: int
    ) -> tuple[Hit | None, int]:
        start, end = words[at]
        for name in self._index.get(_key(text[start:end]), ()):
            size = len(name.words)
            span = words[at : at + size]
            if len(span) == size and _is_name(text, span, name):
                return Hit(name, span[0][0], span[-1][1]), size
        return None, 1

    def _stands(self, text: str, hit: Hit, defined: set[str]) -> bool:
        """Whether the name is the body here, and not an address, a code or an ordinary word."""
        before, after = (
            text[max(0, hit.start - WINDOW_CHARS) : hit.start],
            text[hit.end : hit.end + WINDOW_CHARS],
        )
        if not hit.name.is_short:
            return True
        if self._any("not_before", before) or self._any("not_after", after, hit.name.canonical):
            return False
        if hit.name.care == "-":
            return True
        needs_definition = "defined" in hit.name.care
        named_before, acts = self._any("before", before), self._any("after", after)
        if "word" in hit.name.care and _among_capitals(before, after):
            return named_before or (
                acts and not needs_definition
            )  # "FDA HAS ACCEPTED" is no act of the HAS
        return named_before or acts or not needs_definition or hit.name.canonical in defined

    def _any(self, place: str, words: str, canonical: str = "") -> bool:
        rules_here = rules(RULES, place)
        return any(
            r.regex.search(words)
            for r in rules_here
            if r.keys.get("canonical", canonical) == canonical
        )

    def _candidate(self, text: str, hit: Hit) -> Candidate:
        start = hit.start - self._prefix(text, hit)
        return Candidate(
            start, hit.end, EntityLabel.AGENCY, hit.name.canonical, "agencies", PROBABILITY
        )

    def _prefix(self, text: str, hit: Hit) -> int:
        """Characters directly before the name that belong to it: ``U.S.``, ``UK``, ``Japanese``."""
        before = text[max(0, hit.start - WINDOW_CHARS) : hit.start]
        for rule in rules(RULES, "prefix"):
            match = rule.regex.search(before) if _may_carry(rule, hit.name) else None
            if match:
                return len(before) - match.start()
        return 0

    def _bare(self, text: str) -> list[Candidate]:
        """``advisory committee`` without a name, in a release that speaks of the regulator whose it
        is.
        """
        if not any(rule.regex.search(text) for rule in rules(RULES, "bare_owner")):
            return []
        return [
            candidate
            for match in rules(RULES, "bare")[0].regex.finditer(text)
            if (candidate := self._committee(text, match.start(), match.end()))
        ]

    def _committee(self, text: str, start: int, end: int) -> Candidate | None:
        """The candidate for these words: with the field before them, where they name one that the
        list does not hold, else bare; None where they are none of a regulator.
        """
        before = text[max(0, start - WINDOW_CHARS) : start]
        for rule in rules(RULES, "bare_field"):
            if field := rule.regex.search(before):
                start -= len(field.group())
                name = text[start:end]
                return Candidate(start, end, EntityLabel.AGENCY, name, rule.id, BARE_PROBABILITY)
        if self._any("bare_not_before", before):
            return None
        rule = next(
            (r for r in rules(RULES, "bare_of") if r.regex.search(before)), rules(RULES, "bare")[0]
        )
        name = str(rule.keys["canonical"])
        return Candidate(start, end, EntityLabel.AGENCY, name, rule.id, BARE_PROBABILITY)


def _index(rows: Sequence[Mapping[str, str]]) -> dict[str, list[Name]]:
    """The names by their first word, longest first."""
    index: dict[str, list[Name]] = {}
    for row in rows:
        words = tuple(WORD.findall(row["term"]))
        short = len(row["term"]) <= 8 or len(words) == 1
        name = Name(words, row["canonical"], row["country"], row["kind"], row["care"], short)
        index.setdefault(_key(words[0]), []).append(name)
    for names in index.values():
        names.sort(key=lambda n: (-len(n.words), n.words))
    return index


def _may_carry(rule: Rule, name: Name) -> bool:
    """Whether the prefix may belong to the name: by country, kind and, where the rule says so,
    first words.
    """
    own = rule.keys["country"] in (name.country, "*") and name.kind in rule.keys["kinds"]
    if not own or name.canonical == rule.keys.get("except"):
        return False
    return " ".join(name.words).startswith(str(rule.keys.get("names", "")).strip())


def _key(word: str) -> str:
    return "and" if word == "&" else word.casefold()


def _is_name(text: str, span: Sequence[tuple[int, int]], name: Name) -> bool:
    """Whether the words are those of the name, with nothing but a blank or a sign between them, and
    cased like it.
    """
    for (_, left), (right, _) in pairwise(span):
        if right - left > 3 or (right > left and not GAP.fullmatch(text[left:right])):
            return False
    written = [text[start:end] for start, end in span]
    if [_key(w) for w in written] != [_key(w) for w in name.words]:
        return False
    return all(
        _is_cased(word, given, name) for word, given in zip(written, name.words, strict=True)
    )


def _is_cased(word: str, given: str, name: Name) -> bool:
    if word == given or word == given.upper() or given[0].islower() or not given[0].isalpha():
        return True
    if name.is_short:
        return False
    return word[0].isupper() or len(name.words) > SHORT_WORDS


def _among_capitals(before: str, after: str) -> bool:
    """Whether the words next to a name are written in capitals, as in a headline."""
    neighbours = [
        w
        for w in (*WORD.findall(before)[-2:], *WORD.findall(after)[:2])
        if len(w) > 2 and w.isalpha()
    ]
    return bool(neighbours) and sum(w.isupper() for w in neighbours) * 2 > len(neighbours)
