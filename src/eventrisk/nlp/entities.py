"""The entities of a release: what the trained NER and the finders say, made consistent over the
document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc, Span

from eventrisk.labels import TRAINED_LABELS, EntityLabel, SectionKind
from eventrisk.names.candidates import Candidate
from eventrisk.names.canonical import canonical_names
from eventrisk.names.edges import otherwise_defined, outside, refuses, settled, undenied
from eventrisk.names.indications.dictionary import disease_lexicon
from eventrisk.names.mentions import mention
from eventrisk.names.overlaps import beside_terms, free_of, repeats, without_overlaps
from eventrisk.names.vocabulary import TERM_SOURCE
from eventrisk.nlp import attributes
from eventrisk.structure.foreign import is_foreign

# 0…1, what a finder must reach to stand without the NER, by label; chosen on held-out releases
# (models/EXPERIMENTS.md).
MIN_PROBABILITY = {"drug": 0.80, "indication": 0.75, "agency": 0.50, "vote_outcome": 0.50}
NAMES = ("drug", "indication")  # labels whose words companies take into their names
NER_PROBABILITY = 0.88  # 0…1, share of the NER's spans that are right on held-out releases
MIN_EVIDENCE_CHARS = 1500  # a headline or lead gives the finders too little to go by
DASHES = (" - ", " – ", " -- ")  # no name goes on behind one
COUNT = re.compile(r"\b\d+(?:st|nd|rd|th)\b|-20\d\d$")  # the 46th meeting, mid-2025
MARGIN = " \t\n,.;:()[]'\"~*|•"


class EntityResolver:
    """Writes ``doc._.eventrisk_mentions`` and ``doc.ents``.

    ``never`` holds lower-case words that no drug is called by, whatever the NER says.
    """

    def __init__(self, never: frozenset[str] = frozenset()) -> None:
        self.never = never

    def __call__(self, doc: Doc) -> Doc:
        self.set(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Candidate]:
        """The entities in order of the text, free of overlaps, with their canonical names."""
        rows = attributes.written(doc, "abbreviations") or []
        text = attributes.text(doc)
        marks = attributes.written(doc, "marks") or []
        predicted = [
            trimmed(text, e.start_char, _unmarked(e, marks), e.label_)
            for e in doc.ents
            if e.label_ in TRAINED_LABELS
        ]
        candidates = attributes.candidates(doc)
        entities = resolve(
            text,
            believed(text, [f for f in predicted if f], candidates, self.never),
            candidates,
            rows,
        )
        places = [
            (s.start, s.end) for s in attributes.sections(doc) if s.kind is SectionKind.DATELINE
        ]
        return [f for f in entities if f.label not in NAMES or not _lies_in(f, places)]

    def set(self, doc: Doc, entities: list[Candidate]) -> None:
        """Stores the entities as mentions, and as ``doc.ents`` where they fall on token borders."""
        sections = attributes.sections(doc)
        attributes.write_mentions(doc, [mention(f, sections) for f in entities])
        spans = [
            doc.char_span(f.start, f.end, label=f.label, alignment_mode="expand") for f in entities
        ]
        doc.ents = _apart([s for s in spans if s is not None])


def resolve(
    text: str,
    predicted: Sequence[Candidate],
    candidates: Sequence[Candidate],
    abbreviations: Sequence[Sequence[Any]],
) -> list[Candidate]:
    """NER and finders joined, abbreviations followed, repeats found, names made canonical.

    Terms of the user's own stand before both (``overlaps.beside_terms``).
    """
    terms = [f for f in candidates if f.source == TERM_SOURCE]
    if terms:
        predicted = beside_terms(predicted, terms)
        candidates = beside_terms((f for f in candidates if f.source != TERM_SOURCE), terms)
    companies = without_overlaps(f for f in candidates if f.label == "company")
    predicted = settled(text, predicted, candidates, disease_lexicon().fillers)
    predicted = undenied(outside(predicted, companies, candidates), candidates)
    standing = _standing(candidates, companies)
    first = without_overlaps([*_named(predicted, candidates), *standing])
    first = otherwise_defined(text, first, abbreviations, candidates)
    if terms:
        taken = without_overlaps([*first, *companies])
        first = without_overlaps([*first, *free_of(terms, taken)])
    defined = _defined(first, abbreviations)
    first = without_overlaps([*first, *free_of(defined, first)])
    refused = without_overlaps(f for f in candidates if refuses(f))
    again = free_of(free_of(_repeated(text, first), refused), first)
    first = without_overlaps([*first, *again])
    longs = {str(row[0]): str(row[1]) for row in abbreviations}
    further = free_of(
        without_overlaps(f for f in candidates if f.label not in TRAINED_LABELS), first
    )
    return canonical_names(text, sorted([*first, *further]), longs)


def believed(
    text: str,
    predicted: Sequence[Candidate],
    candidates: Sequence[Candidate],
    never: frozenset[str],
) -> list[Candidate]:
    """The NER's spans without words that are no drugs, and, in a text long enough to say more or in
    another language, without drugs for which no finder saw any sign: code, stem, trigrams, mark or
    context. Agencies are a closed set, which the finders know.
    """
    drugs = [span for span in predicted if span.label == EntityLabel.DRUG]
    if len(text) >= MIN_EVIDENCE_CHARS or is_foreign(text):
        unsupported = set(
            free_of(drugs, without_overlaps(f for f in candidates if f.label == EntityLabel.DRUG))
        )
        drugs = [span for span in drugs if span not in unsupported]
    named = [span for span in drugs if not _is_none(text[span.start : span.end], never)]
    return [
        *named,
        *(span for span in predicted if span.label not in (EntityLabel.DRUG, EntityLabel.AGENCY)),
    ]


def _is_none(name: str, never: frozenset[str]) -> bool:
    """Whether words are no drug whatever stands around: a listed word, a count, no letter."""
    return name.lower() in never or bool(COUNT.search(name)) or not any(map(str.isalpha, name))


def trimmed(text: str, start: int, end: int, label: str) -> Candidate | None:
    """A span of the NER up to a dash, without brackets, commas and blanks at its ends; None when
    nothing is left.
    """
    end = min(end, *(start + at for dash in DASHES if (at := text[start:end].find(dash)) > 0), end)
    words = text[start:end]
    start += len(words) - len(words.lstrip(MARGIN))
    end -= len(words) - len(words.rstrip(MARGIN + "-"))
    return Candidate(start, end, label, "", "ner", NER_PROBABILITY) if start < end else None


def _unmarked(span: Span, marks: Sequence[int]) -> int:
    """Where a span ends: what follows a trade mark is no part of a drug's name (``XR``)."""
    at = bisect_right(marks, span.start_char)
    first = marks[at] if at < len(marks) else span.end_char
    return min(first, span.end_char) if span.label_ == EntityLabel.DRUG else span.end_char


def _standing(candidates: Sequence[Candidate], companies: Sequence[Candidate]) -> list[Candidate]:
    """Finders' candidates that stand without the NER's word; a drug or disease inside a company's
    name does not.
    """
    confident = [
        f
        for f in candidates
        if f.label in TRAINED_LABELS and f.probability >= MIN_PROBABILITY[f.label]
    ]
    return [
        *free_of((f for f in confident if f.label in NAMES), companies),
        *(f for f in confident if f.label not in NAMES),
    ]


def _named(predicted: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The NER's spans with the canonical name a finder gives the same words."""
    names = {(f.start, f.end, f.label): f.canonical for f in candidates}
    return [
        f._replace(canonical=f.canonical or names.get((f.start, f.end, f.label), ""))
        for f in predicted
    ]


def _defined(
    entities: Sequence[Candidate], abbreviations: Sequence[Sequence[Any]]
) -> list[Candidate]:
    """Both sides of a definition are what one of them is."""
    ending: dict[int, list[Candidate]] = {}
    for f in entities:
        if f.label in ("drug", "indication", "agency"):
            ending.setdefault(f.end, []).append(f)
    out = []
    for _short, _long, short_start, short_end, long_start, long_end in abbreviations:
        for f in ending.get(long_end, ()):
            if f.start < long_end and long_start < f.end:
                out.append(
                    f._replace(start=short_start, end=short_end, source=f"abbreviation:{f.source}")
                )
    return out


def _repeated(text: str, entities: Sequence[Candidate]) -> list[Candidate]:
    """The other mentions of what was found once: names as written, diseases in any case.

    Terms of the user's own have been found wherever they may stand.
    """
    entities = [f for f in entities if f.source != TERM_SOURCE]
    names = {text[f.start : f.end]: f for f in entities if f.label in ("drug", "agency")}
    diseases: dict[str, Candidate] = {}
    for f in entities:
        words = text[f.start : f.end]
        if f.label == "indication":
            (names if words.isupper() else diseases)[
                words if words.isupper() else words.lower()
            ] = f
    return [*repeats(text, names, ignore_case=False), *repeats(text, diseases, ignore_case=True)]


def _lies_in(entity: Candidate, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an entity lies in one of the spans: a dateline's ``GA`` and ``MS`` are places, no
    diseases.
    """
    return any(start <= entity.start and entity.end <= end for start, end in spans)


def _apart(spans: list[Span]) -> list[Span]:
    """Token spans that do not overlap: two entities may share a token where the tokenizer did not
    split.
    """
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start):
        if not out or span.start >= out[-1].end:
            out.append(span)
    return out
