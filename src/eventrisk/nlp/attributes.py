"""All attributes that the pipeline writes onto a spaCy ``Doc``, in one table.

Only plain lists, numbers and strings are stored, never objects: records on ``doc._`` break
``Doc.to_bytes`` and with it every worker process. The readers below turn them into records; where a
component was left out of the pipeline, they work out what it would have written, so that each
component can be used alone.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from spacy.tokens import Doc

from eventrisk.labels import Assertion, SectionKind
from eventrisk.names.candidates import Candidate
from eventrisk.reading import Cue, Mention, Section, Sentence
from eventrisk.structure.sections import find_sections
from eventrisk.structure.sentences import split_sentences

TABLE: dict[str, str] = {
    "eventrisk_text": "the text, kept because a Doc builds its text from the tokens at each access",
    "eventrisk_date": "the release's own date (ISO), given or read by whoever made the Doc",
    "eventrisk_marks": "offsets directly after a name that carried a trade mark sign",
    "eventrisk_sections": "[kind, start, end] of each section",
    "eventrisk_sentences": "[start, end, section kind] of each sentence",
    "eventrisk_abbreviations": (
        "[short, long, short start, short end, long start, long end] of each definition"
    ),
    "eventrisk_found": "[start, end, label, canonical, source, probability] of each candidate span",
    "eventrisk_mentions": (
        "[label, start, end, canonical, section kind, probability] of each entity"
    ),
    "eventrisk_own": "the same of each entity with a custom label",
    "eventrisk_cues": (
        "[rule, event, direction, assertion, start, end, sentence, weight] of each event cue"
    ),
    "eventrisk_votes": "one dict for each committee outcome, fields as in results.Vote",
}


def register() -> None:
    """Declares the attributes; calling it again changes nothing."""
    for name in TABLE:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def written(doc: Doc, name: str) -> Any:
    """What a component wrote under ``eventrisk_<name>``, or None."""
    return getattr(doc._, f"eventrisk_{name}")


def write(doc: Doc, name: str, value: Any) -> None:
    """Stores plain data under ``eventrisk_<name>``."""
    setattr(doc._, f"eventrisk_{name}", value)


def text(doc: Doc) -> str:
    """``doc.text``, built once."""
    stored = written(doc, "text")
    if stored is None:
        stored = doc.text
        write(doc, "text", stored)
    return str(stored)


def release_date(doc: Doc) -> date | None:
    """The release's date, when whoever made the Doc gave one."""
    given = written(doc, "date")
    return date.fromisoformat(given) if given else None


def sections(doc: Doc) -> list[Section]:
    """The sections of the Doc, found now if no component has written them."""
    if written(doc, "sections") is None:
        write(doc, "sections", [[s.kind.value, s.start, s.end] for s in find_sections(text(doc))])
    return [Section(SectionKind(kind), start, end) for kind, start, end in written(doc, "sections")]


def sentences(doc: Doc) -> list[Sentence]:
    """The sentences of the Doc, found now if no component has written them."""
    if written(doc, "sentences") is None:
        split = split_sentences(text(doc), sections(doc))
        write(doc, "sentences", [[s.start, s.end, s.section.value] for s in split])
    return [
        Sentence(start, end, SectionKind(kind)) for start, end, kind in written(doc, "sentences")
    ]


def add_candidates(doc: Doc, candidates: list[Candidate]) -> None:
    """Appends candidate spans to those other finders left."""
    write(doc, "found", [*(written(doc, "found") or []), *(list(c) for c in candidates)])


def candidates(doc: Doc) -> list[Candidate]:
    """The candidate spans of all finders so far."""
    return [Candidate(*values) for values in written(doc, "found") or []]


def write_mentions(doc: Doc, mentions: list[Mention]) -> None:
    """Stores the entities."""
    write(doc, "mentions", _mention_rows(mentions))


def mentions(doc: Doc) -> list[Mention]:
    """The entities of the Doc; empty when the entity component has not run."""
    return _mentions(written(doc, "mentions") or [])


def write_custom(doc: Doc, mentions: list[Mention]) -> None:
    """Stores the entities with custom labels."""
    write(doc, "own", _mention_rows(mentions))


def custom(doc: Doc) -> list[Mention]:
    """The entities with custom labels; empty for a pipeline that knows none."""
    return _mentions(written(doc, "own") or [])


def _mention_rows(mentions: list[Mention]) -> list[list[Any]]:
    return [
        [m.label, m.start, m.end, m.canonical, m.section.value, m.probability] for m in mentions
    ]


def _mentions(rows: list[list[Any]]) -> list[Mention]:
    return [
        Mention(label, start, end, canon, SectionKind(kind), prob)
        for label, start, end, canon, kind, prob in rows
    ]


def write_cues(doc: Doc, cues: list[Cue]) -> None:
    """Stores the event cues."""
    rows = [
        [c.rule, c.event, c.direction, c.assertion.value, c.start, c.end, c.sentence, c.weight]
        for c in cues
    ]
    write(doc, "cues", rows)


def cues(doc: Doc) -> list[Cue]:
    """The event cues of the Doc; empty when the cue component has not run."""
    rows = written(doc, "cues") or []
    return [Cue(rule, event, way, Assertion(how), *rest) for rule, event, way, how, *rest in rows]


register()
