"""Entities with custom labels, found by a second tagger that stands before the main one.

The pipe ``own`` (spaCy's ``ner`` factory) sets ``doc.ents``; ``eventrisk_own`` behind it takes them
away, since the main ``ner`` would keep entities that are already set. They may overlap the other
entities, and no rule reads them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from eventrisk.labels import EntityLabel
from eventrisk.names.candidates import Candidate
from eventrisk.names.canonical import canonical_names
from eventrisk.names.mentions import mention
from eventrisk.names.overlaps import free_of, repeats, without_overlaps
from eventrisk.nlp import attributes
from eventrisk.nlp.pipeline import ner_config

TAGGER, COLLECTOR = "own", "eventrisk_own"
AFTER = "eventrisk_hints"  # both taggers read the gazetteer tags
KEY = "own"  # of ``doc.spans``
BUILT_IN_LABELS = frozenset(str(label) for label in EntityLabel)
MIN_NAME_CHARS = 2  # of a name with capitals that is looked for elsewhere
BRACKETS = {"(": ")", "[": "]", "{": "}"}
CLOSING = {closing: opening for opening, closing in BRACKETS.items()}


class CustomCollector:
    """Moves what the tagger found from ``doc.ents`` to ``doc._.eventrisk_own`` and
    ``doc.spans["own"]``.

    ``probability`` (0…1) is the share of the tagger's spans that were right on held-out texts,
    ``by_label`` the same for single labels. ``abbreviations`` carries a label from one side of a
    definition to the other. A name found in at least the share ``repeats_from`` of the places where
    it stands in a text is taken as found in all of them; above 1, never.
    """

    def __init__(
        self,
        probability: float,
        by_label: Mapping[str, float],
        abbreviations: bool,
        repeats_from: float,
    ) -> None:
        self.probability, self.by_label = probability, dict(by_label)
        self.abbreviations, self.repeats_from = abbreviations, repeats_from

    def __call__(self, doc: Doc) -> Doc:
        self.set(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Candidate]:
        """The entities in order of the text, with their canonical names; those with built-in labels
        are left out.
        """
        text, rows = attributes.text(doc), attributes.written(doc, "abbreviations") or []
        spans = [
            (*trimmed(text, e.start_char, e.end_char), e.label_)
            for e in doc.ents
            if e.label_ not in BUILT_IN_LABELS
        ]
        candidates = [
            Candidate(s, e, label, "", TAGGER, self._probability(label))
            for s, e, label in spans
            if s < e
        ]
        if self.abbreviations:
            candidates = with_definitions(candidates, rows)
        if self.repeats_from <= 1:
            candidates = with_repeats(text, candidates, self.repeats_from)
        return canonical_names(text, candidates, {str(row[0]): str(row[1]) for row in rows})

    def set(self, doc: Doc, entities: list[Candidate]) -> None:
        """Stores the entities, and leaves ``doc.ents`` as if no tagger had run."""
        sections = attributes.sections(doc)
        attributes.write_custom(doc, [mention(f, sections) for f in entities])
        spans = [
            doc.char_span(f.start, f.end, label=f.label, alignment_mode="expand") for f in entities
        ]
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=[s for s in spans if s is not None])
        doc.set_ents([], default="missing")

    def _probability(self, label: str) -> float:
        return self.by_label.get(label, self.probability)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its ends and without a bracket there whose other half lies
    outside.
    """
    while start < end:
        words = text[start:end]
        if words[0].isspace() or _is_stray(words, words[0], BRACKETS) or words[0] in CLOSING:
            start += 1
        elif words[-1].isspace() or _is_stray(words, words[-1], CLOSING) or words[-1] in BRACKETS:
            end -= 1
        else:
            break
    return start, end


def _is_stray(words: str, bracket: str, other: Mapping[str, str]) -> bool:
    return bracket in other and words.count(bracket) > words.count(other[bracket])


def with_definitions(
    candidates: Sequence[Candidate], abbreviations: Sequence[Sequence[Any]]
) -> list[Candidate]:
    """Both sides of a definition have the label that one of them has."""
    taken = without_overlaps(candidates)
    at = {(f.start, f.end): f for f in taken}
    added = []
    for _short, _long, short_start, short_end, long_start, long_end in abbreviations:
        short, long = (short_start, short_end), (long_start, long_end)
        for known, other in ((long, short), (short, long)):
            if known in at:
                added.append(at[known]._replace(start=other[0], end=other[1]))
    return without_overlaps([*taken, *free_of(added, taken)])


def with_repeats(text: str, candidates: Sequence[Candidate], min_share: float) -> list[Candidate]:
    """Names found in at least the share ``min_share`` of their places, in all of them.

    Words in small letters, or with but a capital at their start, are one name in any case.
    """
    taken = without_overlaps(candidates)
    labels: dict[str, Counter[str]] = {}
    for f in taken:
        labels.setdefault(_name(text[f.start : f.end]), Counter())[f.label] += 1
    names = {_name(text[f.start : f.end]): f for f in reversed(taken)}
    folded = {name: f for name, f in names.items() if name.islower()}
    exact = {name: f for name, f in names.items() if name not in folded}
    places = [
        *repeats(text, exact, ignore_case=False, min_chars=MIN_NAME_CHARS),
        *repeats(text, folded, ignore_case=True),
    ]
    open_places = free_of(without_overlaps(places), taken)
    missed = Counter(_name(text[f.start : f.end]) for f in open_places)
    added = []
    for place in open_places:
        name = _name(text[place.start : place.end])
        label, hits = max(
            labels.get(name, Counter({place.label: 0})).items(), key=lambda item: (item[1], item[0])
        )
        if hits >= min_share * (hits + missed[name]):
            added.append(place._replace(label=label))
    return sorted([*taken, *added])


def _name(words: str) -> str:
    """What is compared: names with capitals inside as they stand, others in lower case."""
    return words.lower() if words[1:].islower() else words


def add_custom_tagger(
    nlp: Language, config: Mapping[str, Any] | None = None, factory: str = "ner"
) -> Language:
    """Adds the second tagger, untrained, and its collector; unchanged where the pipeline has them.

    ``config`` is that of the ``factory``; without it spaCy's ``ner`` is built like the main one.
    """
    if TAGGER not in nlp.pipe_names:
        given = config if config is not None else ner_config() if factory == "ner" else {}
        nlp.add_pipe(factory, name=TAGGER, after=AFTER, config=dict(given))
    if COLLECTOR not in nlp.pipe_names:
        nlp.add_pipe(COLLECTOR, after=TAGGER)
    return nlp


def custom_labels(nlp: Language) -> tuple[str, ...]:
    """The custom labels that a pipeline finds, in order of the alphabet."""
    if TAGGER not in nlp.pipe_names:
        return ()
    return tuple(sorted(set(nlp.get_pipe(TAGGER).labels) - BUILT_IN_LABELS))  # type: ignore[attr-defined]


def set_precision(
    nlp: Language, precision: float | None, by_label: Mapping[str, float] | None = None
) -> None:
    """Sets the probability (0…1) of custom entities to the precision that training measured; it is
    saved with the pipeline.

    Without a ``precision`` the component's default stays.
    """
    config: dict[str, Any] = {
        key: nlp.get_pipe_config(COLLECTOR)[key] for key in ("abbreviations", "repeats_from")
    }
    if precision is not None:
        config["probability"] = round(precision, 4)
    config["by_label"] = {
        label: round(value, 4) for label, value in sorted((by_label or {}).items())
    }
    nlp.replace_pipe(COLLECTOR, COLLECTOR, config=config)
