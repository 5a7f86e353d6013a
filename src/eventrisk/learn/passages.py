"""The sentences that carry a release's news, with the terms that classifiers read in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from eventrisk.labels import TITLE_SECTIONS, SectionKind
from eventrisk.learn.features import char_terms, masked, turned, word_terms, words
from eventrisk.learn.senses import sense_terms
from eventrisk.reading import Reading, Sentence

NEWS = (SectionKind.BODY, SectionKind.QUOTE)
LEAD_CHARS = 700  # of the body's beginning that count as the lead
BLOCKS = ("head", "top", "char", "sense", "body")  # of words

Terms = dict[str, Counter[str]]


@dataclass(frozen=True)
class Passage:
    """A sentence of title, lead or body with its terms by block."""

    sentence: Sentence
    number: int
    terms: Terms


def passages(reading: Reading, *, masking: bool = True) -> Iterator[Passage]:
    """The sentences that carry the news, with the blocks each counts in; ``masking`` puts kinds in
    place of names.
    """
    body_start: int | None = None
    for number, sentence in enumerate(reading.sentences):
        title = sentence.section in TITLE_SECTIONS
        if not title and sentence.section not in NEWS:
            continue
        if not title and body_start is None:
            body_start = sentence.start
        lead = not title and body_start is not None and sentence.start - body_start < LEAD_CHARS
        inside = reading.within(sentence.start, sentence.end) if masking else ()
        hidden = [*turned(reading, number), *(m for m in inside if m.end <= sentence.end)]
        hidden.sort(key=lambda m: m.start)
        tokens = words(masked(reading.text, sentence.start, sentence.end, hidden))
        yield Passage(sentence, number, _terms(tokens, title, lead))


def _terms(tokens: list[str], title: bool, lead: bool) -> Terms:
    counted = word_terms(tokens)
    if title:
        found = sense_terms(tokens)
        return {"head": counted, "top": counted, "char": char_terms(tokens), "sense": found}
    if lead:
        found = sense_terms(tokens)
        return {"top": counted, "char": char_terms(tokens), "sense": found}
    return {"body": counted}
