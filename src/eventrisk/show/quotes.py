"""Quotes: the words a claim stands on, strong, within the words around them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from eventrisk.markup import unwrapped, visible
from eventrisk.results import Analysis, Catalyst, Event, Evidence, Vote
from eventrisk.show.highlight import Mark, segments

QUOTE_CHARS = 320  # of a quote; longer ones are cut
CONTEXT_CHARS = 90  # shown on either side of a claim's own words
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
PARAGRAPH = re.compile(r"\n[ \t\r]*\n|(?m:^)[#>*•-]{1,6}[ \t]")
SENTENCE_END = re.compile(
    r"(?:(?<=[a-z]{3})|(?<=\d\d))[.!?][\"'”’)]*(?=\s)"
)  # not after "U.S." and "Inc."


class Piece(NamedTuple):
    """A part of a quote; the strong ones are the words the claim stands on."""

    text: str
    strong: bool = False


def printable(text: str) -> str:
    """The text without what could steer a terminal or turn the direction of writing."""
    return CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, max_chars: int = QUOTE_CHARS) -> str:
    """Words on one line, shortened in the middle where they are long."""
    line = " ".join(printable(text).split())
    if len(line) <= max_chars:
        return line
    return f"{line[: max_chars * 2 // 3].rstrip()} … {line[-max_chars // 3 :].lstrip()}"


def in_context(release: Analysis, record: Event | Vote, reach: int = CONTEXT_CHARS) -> list[Piece]:
    """The record's words, strong, with what stands around them in the same sentence."""
    view = visible(release.text)
    text, (start, end) = view.text, view.new_span(record.start, record.end)
    (low, opens), (high, closes) = _left(text, start, reach), _right(text, end, reach)
    pieces = cut(text[low:high], [(start - low, end - low)], 2 * QUOTE_CHARS)
    return [p for p in (Piece(opens), *pieces, Piece(closes)) if p.text]


def planned(release: Analysis, catalyst: Catalyst, max_chars: int = QUOTE_CHARS) -> list[Piece]:
    """The sentence of a catalyst with the words of its time strong; of a long one a window around
    them.
    """
    sentence = (catalyst.sentence_start, catalyst.sentence_end)
    return _passage(release, sentence, [(catalyst.start, catalyst.end)], max_chars)


def supporting(
    release: Analysis, evidence: Sequence[Evidence], count: int, max_chars: int = QUOTE_CHARS
) -> list[list[Piece]]:
    """The first passages of the evidence, with the evidence inside each as its strong words."""
    outer = [e for e in evidence if not any(_inside(e, other) for other in evidence)]
    quotes = []
    for passage in outer[:count]:
        inner = [(e.start, e.end) for e in evidence if _inside(e, passage)]
        quotes.append(_passage(release, (passage.start, passage.end), inner, max_chars))
    return quotes


def _passage(
    release: Analysis, span: tuple[int, int], strong: Iterable[tuple[int, int]], max_chars: int
) -> list[Piece]:
    """A stretch of the release as a reader sees it; all offsets are those of the release's text."""
    view = visible(release.text)
    low, high = view.new_span(*span)
    inner = (view.new_span(*part) for part in strong)
    return cut(view.text[low:high], [(start - low, end - low) for start, end in inner], max_chars)


def cut(text: str, strong: Iterable[tuple[int, int]], max_chars: int = QUOTE_CHARS) -> list[Piece]:
    """The text as pieces on one line; of a long one a window around its first strong words."""
    line, spans = "", []
    for segment in segments(text, (Mark(start, end, "") for start, end in strong)):
        words = unwrapped(printable(segment.text))
        words = words[1:] if words.startswith(" ") and (not line or line.endswith(" ")) else words
        if segment.marks and words.strip():
            spans.append(Mark(len(line), len(line) + len(words.rstrip()), ""))
        line += words
    line = line.rstrip()
    first = spans[0].start if spans else 0
    low = 0 if len(line) <= max_chars or first < max_chars // 2 else first - max_chars // 3
    high = low + max_chars
    marks = [Mark(max(m.start, low) - low, min(m.end, high, len(line)) - low, "") for m in spans]
    pieces = [Piece(s.text, bool(s.marks)) for s in segments(line[low:high], marks)]
    return [
        p for p in (Piece("… " * (low > 0)), *pieces, Piece(" …" * (high < len(line)))) if p.text
    ]


def _left(text: str, start: int, reach: int) -> tuple[int, str]:
    """Where the sentence begins, or a word ``reach`` characters before, and the sign for what is
    left out.
    """
    low = max(0, start - reach)
    before = text[low:start]
    borders = [m.end() for pattern in (PARAGRAPH, SENTENCE_END) for m in pattern.finditer(before)]
    if borders or low == 0:
        return low + max(borders, default=0), ""
    return low + before.find(" ") + 1, "… "


def _right(text: str, end: int, reach: int) -> tuple[int, str]:
    """Where the sentence ends, or a word ``reach`` characters behind, and the sign for what is left
    out.
    """
    after = text[end : end + reach]
    paragraph, stop = PARAGRAPH.search(after), SENTENCE_END.search(text, end, end + reach + 1)
    borders = [paragraph.start()] if paragraph else []
    borders += [stop.end() - end] if stop else []
    if borders or end + reach >= len(text):
        return end + min(borders, default=len(after)), ""
    return end + max(0, after.rfind(" ")), " …"


def _inside(inner: Evidence, outer: Evidence) -> bool:
    """Whether one is a proper part of the other."""
    return (
        outer.start <= inner.start
        and inner.end <= outer.end
        and (inner.start, inner.end) != (outer.start, outer.end)
    )
