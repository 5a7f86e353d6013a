"""Candidate indications: lexicon, abbreviations and disease head words, widened to the whole phrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from eventrisk.labels import SectionKind
from eventrisk.lexicon import terms
from eventrisk.nlp.disease_contexts import adverse_stretches, has_sufferer, reading_of
from eventrisk.nlp.disease_links import linked, repeated
from eventrisk.nlp.disease_lexicon import DiseaseLexicon, Name, disease_lexicon
from eventrisk.nlp.disease_phrases import reach_left, reach_right
from eventrisk.nlp.disease_words import Word, words
from eventrisk.nlp.found import Found
from eventrisk.reading import Section

LEAST = 0.15  # candidates trusted less are not worth the NER's look
SAFETY = SectionKind.SAFETY_INFORMATION


class Core(NamedTuple):
    """The words that name a disease, before its modifiers and tails are taken."""

    first: int
    last: int
    canonical: str
    source: str


class IndicationFinder:
    """Finds what may be an indication; each candidate says by which rule and how far that rule can be trusted."""

    def __init__(self) -> None:
        self.lexicon: DiseaseLexicon = disease_lexicon()
        self.trust = {row["source"]: float(row["probability"]) for row in terms("indication_sources.tsv")}

    def find(self, text: str, *, sections: Sequence[Section] = ()) -> list[Found]:
        """Candidates in clean-text offsets, in order of the text; none overlap."""
        ws = words(text)
        adverse = adverse_stretches(self.lexicon, ws)
        safety = [(s.start, s.end) for s in sections if s.kind == SAFETY]
        out: list[Found] = []
        floor = 0
        cores = list(self._cores(ws))
        seen = {core.canonical for core in cores if core.source.startswith("lexicon")}
        for core in cores:
            found = self._phrase(text, ws, core, floor, adverse, safety, seen)
            if found is None:
                continue
            floor = core.last + 1
            while out and out[-1].end > found.start:
                found = found._replace(start=min(out.pop().start, found.start))
            out.append(found)
        out = linked(text, [f for f in out if f.probability >= LEAST])
        return sorted([*out, *repeated(text, out)])

    def _cores(self, ws: Sequence[Word]) -> Iterator[Core]:
        """The names and head words of diseases, from left to right."""
        at = 0
        while at < len(ws):
            core = self._named(ws, at) or self._headed(ws, at)
            if core is not None:
                yield core
            at = core.last + 1 if core else at + 1

    def _named(self, ws: Sequence[Word], at: int) -> Core | None:
        """A name or an abbreviation of the lexicon that starts at word ``at``."""
        short = self.lexicon.abbreviation(ws, at)
        if short is not None:
            return Core(at, short[0], short[1].canonical, "ambiguous" if short[1].ambiguous else "abbreviation")
        hit = self.lexicon.names.longest(ws, at)
        return Core(at, hit[0], hit[1].canonical, _source("lexicon", hit[1])) if hit else None

    def _headed(self, ws: Sequence[Word], at: int) -> Core | None:
        """A head word at word ``at``."""
        kind = self.lexicon.head(ws[at].key)
        return Core(at, at, "", f"head_{kind}") if kind else None

    def _phrase(
        self,
        text: str,
        ws: Sequence[Word],
        core: Core,
        floor: int,
        adverse: Sequence[bool],
        safety: Sequence[tuple[int, int]],
        seen: set[str],
    ) -> Found | None:
        """The whole phrase around a core, with what its surroundings make of it."""
        named = core.source not in ("head_needs", "head_known")
        left = reach_left(self.lexicon, ws, core.first, floor, open_to_words=core.source == "head_needs")
        last = reach_right(self.lexicon, ws, core.last)
        bare = not named and left.first == core.first
        if bare and (last == core.last or ws[core.last + 1].key != "of" or core.source == "head_known"):
            return None
        source = core.source if named else f"{core.source}_{'of' if bare else _ground(left.kinds)}"
        treated = has_sufferer(self.lexicon, ws, left.first)
        if core.source == "ambiguous":
            source = "ambiguous_supported" if core.canonical in seen or left.kinds or treated else source
        elif treated and core.source == "lexicon_symptom":
            source = "lexicon_symptom_treated"
        specific = core.source in ("lexicon", "abbreviation") 
        context = reading_of(self.lexicon, ws, left.first, last, specific=specific)
        if context:
            source = f"{context}:{source}"
        elif adverse[core.last] and not treated:
            source = f"adverse:{source}"
        start, end = ws[left.first].start, ws[last].end
        if any(a <= start < b for a, b in safety):
            source = f"safety:{source}"
        return Found(start, end, "indication", core.canonical or text[start:end], source, self._probability(source))

    def _probability(self, source: str) -> float:
        """Trust in the most telling part of a source."""
        return min(self.trust.get(part, 0.5) for part in source.split(":"))


def _source(source: str, name: Name) -> str:
    return f"{source}_{name.area}" if name.area in ("symptom", "general", "vague") else source


def _ground(kinds: frozenset[str]) -> str:
    """The strongest of what specifies a head word."""
    for kind in ("pathogen", "site", "degree", "marker", "name", "adjective", "word"):
        if kind in kinds:
            return kind
    return "course"

