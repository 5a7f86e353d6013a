"""Gazetteer features: the candidates of the finders as token tags, which the trained NER reads.

The NER decides; lexicons, stems and code patterns advise. A tag is ``B-`` or ``I-``, the label and
the grade of the source's probability: ``B-drug-sure``, ``I-indication-likely``. Tokens of no
candidate get ``O``.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from eventrisk.names.candidates import Candidate
from eventrisk.nlp import attributes

# Probabilities, 0…1. Lexicon terms and marked names are sure, most stems and code patterns likely.
SURE_FROM = 0.90
LIKELY_FROM = 0.75
PERHAPS_FROM = 0.15  # below, a candidate only says that the words are none


def grade(probability: float) -> str:
    """The grade of a candidate's probability (0…1), as the tag carries it."""
    if probability >= SURE_FROM:
        return "sure"
    return "likely" if probability >= LIKELY_FROM else "perhaps"


def tags(spans: Sequence[tuple[int, int]], candidates: Sequence[Candidate]) -> list[str]:
    """One tag for each token span (start, end); where candidates overlap the longer, then the surer
    one counts.
    """
    out = ["O"] * len(spans)
    graded = (f for f in candidates if f.probability >= PERHAPS_FROM)
    order = sorted(graded, key=lambda f: (f.end - f.start, f.probability))
    starts = {start: index for index, (start, _) in enumerate(spans)}
    for candidate in order:
        name = f"{candidate.label}-{grade(candidate.probability)}"
        index = starts.get(candidate.start)
        if index is None:
            continue
        out[index] = f"B-{name}"
        while index + 1 < len(spans) and spans[index + 1][0] < candidate.end:
            index += 1
            out[index] = f"I-{name}"
    return out


class GazetteerTagger:
    """Writes the gazetteer tag of each token as ``token.tag_``."""

    def __call__(self, doc: Doc) -> Doc:
        self.set(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[str]:
        """One tag a token."""
        spans = [(token.idx, token.idx + len(token)) for token in doc]
        return tags(spans, attributes.candidates(doc))

    def set(self, doc: Doc, gazetteer: list[str]) -> None:
        """Writes the tags."""
        for token, tag in zip(doc, gazetteer, strict=True):
            token.tag_ = tag
