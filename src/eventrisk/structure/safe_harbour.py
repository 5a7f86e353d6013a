"""Safe harbours without a heading: sentence by sentence, by the words of the Private Securities
Litigation Reform Act of 1995.

A sentence with a strong cue opens a safe harbour, which runs to the end of its paragraph and on
through paragraphs that hold cues or list risks. A heading ends it, whatever the heading opens. All
offsets are half-open, into the clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from eventrisk.labels import SectionKind
from eventrisk.rules import Rule, rules
from eventrisk.structure.headings import NAME, Opener, heading_at, lines
from eventrisk.structure.sentences import spans

BULLET = re.compile(r"\s*(?:[•●▪·*+–—o|-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s")
RUNNING = re.compile(  # a heading inside a sentence, where line breaks were lost
    r"(?<=[a-z0-9/)] )(?:(?:Special |Cautionary )?(?:Note|Statement|Notice)s? "
    r"(?:Regarding|Concerning|About|on) )?"
    r"(?:Forward[- –]?Looking Statements?|Safe Harbou?r(?: Statement)?)"
    r"(?= (?:This|These|Certain|Any|Some|Except|The|In|All|Statements|We|Our)\b)"
)


@lru_cache(maxsize=2)
def _cues(strong: bool) -> tuple[Rule, ...]:
    """The rules of sentences that open a safe harbour (``strong``) or only continue it."""
    return tuple(rule for rule in rules(NAME, "sentence") if rule.says("strong") is strong)


def is_strong(sentence: str) -> bool:
    """Whether a sentence makes a safe harbour by itself."""
    return _count(sentence.lower(), strong=True) > 0


def _count(lowered: str, *, strong: bool) -> int:
    return sum(
        rule.can_match(lowered) and rule.regex.search(lowered) is not None for rule in _cues(strong)
    )


def find_safe_harbours(text: str, start: int, end: int) -> Iterator[tuple[Opener, int]]:
    """The safe harbours of ``text[start:end]``: where each opens, and the end of its last
    paragraph.
    """
    opened: Opener | None = None
    before = (start, start)
    for row in lines(text, start, end):
        if opened and not _continues(text, before, row):
            yield opened, before[1]
            opened = None
        if opened is None and (at := _first_strong(text, *row)) is not None:
            opened = Opener(at, SectionKind.SAFE_HARBOUR, "cued")
        before = row
    if opened:
        yield opened, before[1]


def _first_strong(text: str, start: int, end: int) -> int | None:
    """Where the first sentence with a strong cue starts in a paragraph, or the heading inside
    it.
    """
    lowered = text[start:end].lower()
    if not any(rule.can_match(lowered) for rule in _cues(True)):
        return None
    for at, stop in spans(text, start, end):
        if is_strong(text[at:stop]):
            heading = RUNNING.search(text, at, stop)
            return heading.start() if heading else at
    return None


def _continues(text: str, before: tuple[int, int], row: tuple[int, int]) -> bool:
    """Whether a paragraph continues a safe harbour: by a list it announced, a strong cue, a weak
    one in a short paragraph, or two weak ones.
    """
    max_heading_chars = 120  # a line that may be a heading: what follows it belongs to it
    short_chars, enough_weak = 600, 2
    start, end = row
    if heading_at(text, start, start, end):
        return False
    last = text[before[0] : before[1]].rstrip()
    announced = last.endswith((":", ";", ",", "; and")) or (
        len(last) < max_heading_chars and not last.endswith(".")
    )
    if announced or text[start].islower() or BULLET.match(text, start, end):
        return True
    lowered = text[start:end].lower()
    if _count(lowered, strong=True):
        return True
    weak = _count(lowered, strong=False)
    return weak >= enough_weak or (weak > 0 and end - start < short_chars)
