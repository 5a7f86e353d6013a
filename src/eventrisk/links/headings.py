"""Lines that are headings, and which of them stands above a sentence. Pure."""

from __future__ import annotations

import re
from collections.abc import Container

from eventrisk.labels import SectionKind
from eventrisk.reading import Reading

HEADING_CHARS = 90  # of a heading, at most
SMALL_WORD_CHARS = 4  # of a word that a heading need not write with a capital
BULLET = re.compile(r"[•●▪·*–—-]")


def headings(reading: Reading, named: Container[int]) -> list[int | None]:
    """For each sentence the number of the heading above it that names a product or disease, or
    None; ``named`` are the numbers of the sentences that name any. A heading without one ends what
    stands below the one before it.
    """
    told = {cue.sentence for cue in reading.cues}
    current: int | None = None
    above: list[int | None] = []
    for number in range(len(reading.sentences)):
        above.append(current)
        if number not in told and _is_heading(reading, number, number in named):
            current = number if number in named else None
    return above


def _is_heading(reading: Reading, number: int, is_named: bool) -> bool:
    """Whether a sentence is a short line of its own; one without a name has capitals, no bullet."""
    sentence, text = reading.sentences[number], reading.text
    words = text[sentence.start : sentence.end]
    is_line = text[max(0, sentence.start - 1) : sentence.start] in ("", "\n") and text[
        sentence.end : sentence.end + 1
    ] in ("", "\n")
    if not is_line or len(words) > HEADING_CHARS or words[-1:] in ".;,":
        return False
    if sentence.section is SectionKind.HEADLINE:
        return False
    if is_named:
        return True
    is_title = all(w[:1].isupper() or len(w) <= SMALL_WORD_CHARS for w in words.split())
    return is_title and not BULLET.match(words)
