"""The top of a release alone: its title and the first of its news, for those who have very many to
read.

No tagger, no names, no cues: only sections and sentences, and only as far as they are asked for.
What is found there is what the whole reading finds.
"""

from __future__ import annotations

from collections.abc import Sequence

from eventrisk.labels import TITLE_SECTIONS, SectionKind
from eventrisk.reading import Reading, Section, Sentence
from eventrisk.structure.header import find_opening
from eventrisk.structure.metadata import find_title
from eventrisk.structure.sections import sections_after
from eventrisk.structure.sentences import split_sentences

NEWS = (SectionKind.BODY, SectionKind.QUOTE)
LEAD = (
    700  # characters from the first sentence of news on within which a sentence begins that is read
)
# further characters that are looked at: headings, tables and quotes show only by what follows
BEYOND = 1_200
WIDER = 4  # by so much more is looked at where the news begins late


def skim(text: str) -> Reading:
    """Sections and sentences of title and lead of a clean text; ``text`` is kept whole, offsets are
    into it.

    The sections end where reading ended, the last sentence is the last one that begins within
    ``LEAD``.
    """
    opening = find_opening(text)
    whole = bool(opening) and opening[-1].kind is not SectionKind.BODY  # a title alone
    body, most = opening[-1].start if opening else 0, LEAD + BEYOND
    while True:
        front = text if whole else text[: body + most]
        sections = sections_after(front, opening)
        sentences = split_sentences(front, sections)
        end = _lead_end(sentences)
        if len(front) == len(text) or (end is not None and end + BEYOND <= len(front)):
            return _reading(text, sections, sentences, len(text) if end is None else end)
        most *= WIDER


def suffices(reading: Reading) -> bool:
    """Whether a text that goes on beyond the one that was skimmed would be skimmed alike."""
    end = _lead_end(reading.sentences)
    return end is not None and end + BEYOND <= len(reading.text)


def _lead_end(sentences: Sequence[Sentence]) -> int | None:
    """Where the lead ends, or None where there is no news."""
    first = next((s.start for s in sentences if s.section in NEWS), None)
    return None if first is None else first + LEAD


def _reading(text: str, sections: list[Section], sentences: list[Sentence], end: int) -> Reading:
    carrying = {*TITLE_SECTIONS, *NEWS}
    kept = tuple(s for s in sentences if s.start < end and s.section in carrying)
    return Reading(
        text,
        None,
        tuple(s for s in sections if s.start < end),
        kept,
        title=find_title(text, sections),
    )
