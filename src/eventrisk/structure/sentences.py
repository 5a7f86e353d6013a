"""Sentences: bullets and headlines count as one, and no sentence crosses a section or a line break.

A full stop ends a sentence unless an abbreviation, an initial or a list number stands before it;
after names such as ``Inc.`` or ``U.S.`` it does so only where a word follows that opens sentences.
The words are in ``lexicons/structure/abbreviations.tsv``. Offsets are half-open, into the clean
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from eventrisk.dates.months import short_months
from eventrisk.labels import TITLE_SECTIONS
from eventrisk.lexicon import terms
from eventrisk.reading import Section, Sentence

END = re.compile(
    r"[.!?…][\"')\]]{0,3}[ \t]{1,4}(?=[\"'(\[]{0,2}[A-Z0-9À-Þ•@$])"
    r"|[a-z)]{3}[.!?][\"']?(?=[A-Z][a-z]+ )"  # the blank behind the stop was lost
    r"|[ \t]{1,4}(?=[•●▪·] )"
)
LISTED = re.compile(  # between numbers a dash is none of a list: "voted 14 -1"
    r"[ \t]{1,4}(?=(?:[-–—*•·]|--) ?[A-Z])|(?<![ \t\d])[ \t]{1,4}(?=(?:[-–—*•·]|--) ?\d)"
)
LAST_WORD = re.compile(r"[^\s(\[\"']{1,40}$")
LIST_NUMBER = re.compile(r"\d{1,3}|[ivx]{1,4}|[A-Za-z]")
LETTERS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
FIRST_WORD = re.compile(r"[\"'(\[]*([\w-]+)")


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    rows = terms("structure/abbreviations.tsv")
    words = {
        kind: frozenset(r["word"] for r in rows if r["kind"] == kind)
        for kind in {r["kind"] for r in rows}
    }
    return {**words, "month": frozenset(short_months())}


def split_sentences(text: str, sections: Sequence[Section]) -> list[Sentence]:
    """The sentences of all sections in order, trimmed of white space."""
    return [
        Sentence(start, end, section.kind)
        for section in sections
        for start, end in spans(
            text, section.start, section.end, listed=section.kind in TITLE_SECTIONS
        )
    ]


def spans(text: str, start: int, end: int, *, listed: bool = False) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of ``text[start:end]``; ``listed`` splits sub-headlines set off by
    dashes.
    """
    at = start
    while at < end:
        line_end = text.find("\n", at, end)
        line_end = end if line_end < 0 else line_end
        yield from _line(text, at, line_end, listed)
        at = line_end + 1


def _line(text: str, start: int, end: int, listed: bool) -> Iterator[tuple[int, int]]:
    at = start
    for border in _borders(text, start, end, listed):
        yield from _trimmed(text, at, border)
        at = border
    yield from _trimmed(text, at, end)


def _borders(text: str, start: int, end: int, listed: bool) -> list[int]:
    borders = [m.end() for m in END.finditer(text, start, end) if _ends(text, start, m)]
    if listed:
        borders += [m.end() for m in LISTED.finditer(text, start, end)]
    return sorted(borders)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if start < end:
        yield start, end


def _ends(text: str, line_start: int, match: re.Match[str]) -> bool:
    """Whether the stop of the match ends a sentence."""
    stop = match.start()
    if text[stop] != "." or match.group()[1:2] in ")]\"'":
        return True
    word = LAST_WORD.search(text, max(line_start, stop - 41), stop)
    if not word:
        return True
    following = FIRST_WORD.match(text, match.end())
    opens = word.start() == line_start or _after_stop(text, word.start())
    return _ends_after(word.group(), following.group(1) if following else "", opens=opens)


def _after_stop(text: str, at: int) -> bool:
    return text[max(0, at - 2) : at].rstrip()[-1:] in (".", "!", "?", ":", ";")


def _ends_after(word: str, following: str, *, opens: bool) -> bool:
    """Whether a stop ends a sentence after ``word`` and before ``following``; ``opens``: ``word``
    is the first of its sentence.
    """
    listed, key, starts = _words(), word.lower(), following.lower() in _words()["starter"]
    if key in listed["never"] or (opens and LIST_NUMBER.fullmatch(word)):
        return False
    if len(word) == 1 and word.isupper():
        return starts and following not in ("A", "An", "No")
    if key in listed["number"]:
        return not following[:1].isdigit()
    if key in listed["month"] or key in listed["name"] or LETTERS.fullmatch(word):
        return starts
    return True
