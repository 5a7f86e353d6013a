"""Candidate indications: lexicon, abbreviations and disease head words, widened to the whole
phrase.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from eventrisk.labels import EntityLabel, SectionKind
from eventrisk.lexicon import terms
from eventrisk.names.candidates import Candidate
from eventrisk.names.edges import refuses
from eventrisk.names.indications.contexts import adverse_stretches, has_sufferer, reading_of
from eventrisk.names.indications.coordination import linked, repeated
from eventrisk.names.indications.dictionary import DiseaseLexicon, Name, disease_lexicon
from eventrisk.names.indications.phrases import Phrase, reach_left
from eventrisk.names.indications.tails import reach_right
from eventrisk.names.indications.words import Word, words
from eventrisk.names.overlaps import free_of
from eventrisk.reading import Section

MIN_PROBABILITY = 0.15  # 0…1; candidates below are not worth the NER's look
NONE_PROBABILITY = 0.05  # 0…1, of words that say no disease
SITING = frozenset({"of", "caused", "due", "secondary", "resulting"})  # what begins such a tail
MAX_UNSURE_LETTERS = 2  # of a short form that names a disease only where something says so
DEFAULT_PROBABILITY = 0.5  # 0…1, of a source that was never measured
GRADED = frozenset({"symptom", "general", "vague"})  # areas whose names are indications less often
SPECIFIERS = ("pathogen", "site", "degree", "marker", "name", "adjective")  # the more telling first


class Core(NamedTuple):
    """The words that name a disease, before its modifiers and tails are taken."""

    first: int
    last: int
    canonical: str
    source: str


class Release(NamedTuple):
    """A text as the finder sees it: its words, which of them speak of side effects, and what it
    names in full.
    """

    text: str
    words: Sequence[Word]
    adverse: Sequence[str]
    safety: Sequence[tuple[int, int]]
    named: frozenset[str]


class IndicationFinder:
    """Finds what may be an indication; each candidate says by which rule and how far that rule can
    be trusted.
    """

    def __init__(self) -> None:
        self.lexicon: DiseaseLexicon = disease_lexicon()
        self.probabilities = {
            row["source"]: float(row["probability"]) for row in terms("indications/sources.tsv")
        }

    def find(self, text: str, *, sections: Sequence[Section] = ()) -> list[Candidate]:
        """Candidates in clean-text offsets, in order of the text; none overlap.

        Those below ``MIN_PROBABILITY`` are there only to say that the words are no disease.
        """
        ws = words(text)
        cores = list(self._cores(ws))
        named = frozenset(core.canonical for core in cores if core.source.startswith("lexicon"))
        safety = [(s.start, s.end) for s in sections if s.kind == SectionKind.SAFETY_INFORMATION]
        release = Release(text, ws, adverse_stretches(self.lexicon, ws), safety, named)
        phrases = self._phrases(release, cores)
        out = [f for f in phrases if f.probability >= MIN_PROBABILITY]
        refused = [f for f in phrases if f.probability < MIN_PROBABILITY and refuses(f)]
        out = linked(text, out, self.lexicon.links)
        return sorted([*out, *refused, *free_of(repeated(text, out), refused)])

    def _phrases(self, release: Release, cores: Sequence[Core]) -> list[Candidate]:
        """The cores as phrases; one that reaches back into its forerunner takes it in."""
        out: list[Candidate] = []
        floor = 0
        for core in cores:
            if out and out[-1].end >= release.words[core.last].end:
                continue  # in the tail of the one before
            candidate = self._phrase(release, core, floor)
            if candidate is None:
                continue
            floor = floor if refuses(candidate) else core.last + 1
            while out and out[-1].end > candidate.start:
                candidate = candidate._replace(start=min(out.pop().start, candidate.start))
            out.append(candidate)
        return out

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
            return Core(
                at,
                short[0],
                short[1].canonical,
                "ambiguous" if short[1].ambiguous else "abbreviation",
            )
        hit = self.lexicon.names.longest(ws, at)
        return Core(at, hit[0], hit[1].canonical, _graded(hit[1])) if hit else None

    def _headed(self, ws: Sequence[Word], at: int) -> Core | None:
        """A head word at word ``at``."""
        kind = self.lexicon.head(ws[at].key)
        return Core(at, at, "", f"head_{kind}") if kind else None

    def _phrase(self, release: Release, core: Core, floor: int) -> Candidate | None:
        """The whole phrase around a core, as its surroundings turn it; None where nothing says
        which disease.
        """
        ws = release.words
        left = reach_left(self.lexicon, ws, core, floor, open_to_words=core.source == "head_needs")
        last = reach_right(self.lexicon, ws, core.last)
        source = core.source
        if source in ("head_needs", "head_known"):
            if left.first == core.first and not (
                source == "head_needs" and _sited(ws, core.last, last)
            ):
                return self._vague(release, core)
            source = f"{source}_{_ground(left, core)}"
        source = self._in_context(release, core, left, last, source)
        if last == core.last and self._says_none(ws, left, core, source):
            source = f"vague:{source}"
        start, end = ws[left.first].start, ws[last].end
        canonical = core.canonical or release.text[start:end]
        return Candidate(
            start, end, EntityLabel.INDICATION, canonical, source, self._probability(source)
        )

    def _says_none(self, ws: Sequence[Word], left: Phrase, core: Core, source: str) -> bool:
        """Whether words name no disease by themselves: ``serious disease``, ``MS`` with nothing
        that speaks for it.
        """
        if source == "head_needs_course":
            return ws[core.first].key in self.lexicon.classes
        short = len(ws[core.first].text) <= MAX_UNSURE_LETTERS and core.first == core.last
        return source == "ambiguous" and short and left.first == core.first

    def _vague(self, release: Release, core: Core) -> Candidate | None:
        """A bare word that names a class of diseases: ``disease``; None for other words."""
        word = release.words[core.first]
        if word.key not in self.lexicon.classes:
            return None
        source = f"vague:{core.source}"
        return Candidate(
            word.start, word.end, EntityLabel.INDICATION, word.text, source, NONE_PROBABILITY
        )

    def _in_context(
        self, release: Release, core: Core, left: Phrase, last: int, source: str
    ) -> str:
        """The source with what the words around the phrase add to it."""
        ws, start = release.words, release.words[left.first].start
        treated = has_sufferer(self.lexicon, ws, left.first)
        if source == "ambiguous" and (core.canonical in release.named or left.kinds or treated):
            source = "ambiguous_supported"
        elif source == "lexicon_symptom" and treated:
            source = "lexicon_symptom_treated"
        specific = core.source in ("lexicon", "abbreviation", "ambiguous")
        context = reading_of(self.lexicon, ws, left.first, last, specific=specific)
        adverse = release.adverse[core.last]
        if not context and (adverse == "harm" or (adverse and not treated)):
            context = adverse
        source = f"{context}:{source}" if context else source
        return f"safety:{source}" if any(a <= start < b for a, b in release.safety) else source

    def _probability(self, source: str) -> float:
        """The lowest probability (0…1) of a source's parts."""
        return min(self.probabilities.get(part, DEFAULT_PROBABILITY) for part in source.split(":"))


def _graded(name: Name) -> str:
    return f"lexicon_{name.area}" if name.area in GRADED else "lexicon"


def _sited(ws: Sequence[Word], core: int, last: int) -> bool:
    """Whether ``of the heart``, ``caused by hepatitis A virus`` and the like follow a bare head
    word.
    """
    return last > core and ws[core + 1].key in SITING


def _ground(left: Phrase, core: Core) -> str:
    """The most telling of what specifies a head word."""
    if left.first == core.first:
        return "of"
    return next((kind for kind in SPECIFIERS if kind in left.kinds), "course")
