"""Title and lead paragraphs of a release alone, for training on very many texts.

No tagger, no names, no cues: only sections and sentences, and only as far as they are needed. They
are those that reading the whole text gives.
"""

from __future__ import annotations

from collections.abc import Sequence

from eventrisk.labels import TITLE_SECTIONS, SectionKind
from eventrisk.reading import Reading, Section, Sentence
from eventrisk.structure.header import find_header
from eventrisk.structure.metadata import find_title
from eventrisk.structure.sections import sections_after
from eventrisk.structure.sentences import split_sentences

NEWS = (SectionKind.BODY, SectionKind.QUOTE)
LEAD_CHARS = 700  # of the lead paragraphs: from the first sentence of news to the last one's start
LOOKAHEAD_CHARS = 1_200  # beyond them: headings, tables and quotes show only by what follows


def skim(text: str) -> Reading:
    """Sections and sentences of title and lead paragraphs of a clean text; offsets are half-open,
    into ``text``, which the reading holds as a whole.

    Sections and sentences are those that begin within ``LEAD_CHARS`` of the first news.
    """
    factor = 4  # by which more is read where the news begins late
    header = find_header(text)
    is_title_alone = bool(header) and header[-1].kind is not SectionKind.BODY
    body, read_chars = header[-1].start if header else 0, LEAD_CHARS + LOOKAHEAD_CHARS
    while True:
        front = text if is_title_alone else text[: body + read_chars]
        sections = sections_after(front, header)
        sentences = split_sentences(front, sections)
        end = _lead_end(sentences)
        if len(front) == len(text) or (end is not None and end + LOOKAHEAD_CHARS <= len(front)):
            return _reading(text, sections, sentences, len(text) if end is None else end)
        read_chars *= factor


def suffices(reading: Reading) -> bool:
    """Whether a longer text that begins with the one that was skimmed would be skimmed alike."""
    end = _lead_end(reading.sentences)
    return end is not None and end + LOOKAHEAD_CHARS <= len(reading.text)


def _lead_end(sentences: Sequence[Sentence]) -> int | None:
    """The offset where the lead paragraphs end, or None where there is no news."""
    first = next((s.start for s in sentences if s.section in NEWS), None)
    return None if first is None else first + LEAD_CHARS


def _reading(text: str, sections: list[Section], sentences: list[Sentence], end: int) -> Reading:
    wanted = {*TITLE_SECTIONS, *NEWS}
    chosen = tuple(s for s in sentences if s.start < end and s.section in wanted)
    return Reading(
        text,
        None,
        tuple(s for s in sections if s.start < end),
        chosen,
        title=find_title(text, sections),
    )
