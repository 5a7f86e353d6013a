"""Where the forward-looking language stands when no heading says so: sentence by sentence, by the
act's own words.

A sentence with a strong cue opens a safe harbour, which runs to the end of its paragraph and on
through paragraphs that carry cues or list risks. A heading ends it, whatever the heading opens.
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
HEADING = 120  # characters of a line that may be a heading: what follows it belongs to it
RUNNING = re.compile(  # a heading inside a sentence, where line breaks were lost
    r"(?<=[a-z0-9/)] )(?:(?:Special |Cautionary )?(?:Note|Statement|Notice)s? "
    r"(?:Regarding|Concerning|About|on) )?"
    r"(?:Forward[- –]?Looking Statements?|Safe Harbou?r(?: Statement)?)"
    r"(?= (?:This|These|Certain|Any|Some|Except|The|In|All|Statements|We|Our)\b)"
)
CARRIES = 2  # weak cues a paragraph needs to carry a safe harbour on


@lru_cache(maxsize=2)
def _cues(strong: bool) -> tuple[Rule, ...]:
    """The rules of sentences that open a safe harbour (``strong``) or only carry it on."""
    return tuple(rule for rule in rules(NAME, "sentence") if rule.says("strong") is strong)


def is_strong(sentence: str) -> bool:
    """Whether a sentence shows a safe harbour by itself."""
    return _count(sentence.lower(), strong=True) > 0


def _count(lowered: str, *, strong: bool) -> int:
    return sum(
        rule.can_match(lowered) and rule.regex.search(lowered) is not None for rule in _cues(strong)
    )


def cued(text: str, start: int, end: int) -> Iterator[tuple[Opener, int]]:
    """Safe harbours found by their sentences: where each opens, and the end of the last paragraph
    it fills.
    """
    opened: Opener | None = None
    before = (start, start)
    for row in lines(text, start, end):
        if opened and not _carries(text, before, row):
            yield opened, before[1]
            opened = None
        if opened is None and (at := _first_strong(text, *row)) is not None:
            opened = Opener(at, SectionKind.SAFE_HARBOUR, "cued")
        before = row
    if opened:
        yield opened, before[1]


def _first_strong(text: str, start: int, end: int) -> int | None:
    """The start of the first sentence of a paragraph that shows a safe harbour."""
    lowered = text[start:end].lower()
    if not any(rule.can_match(lowered) for rule in _cues(True)):
        return None
    for at, stop in spans(text, start, end):
        if is_strong(text[at:stop]):
            heading = RUNNING.search(text, at, stop)
            return heading.start() if heading else at
    return None


def _carries(text: str, before: tuple[int, int], row: tuple[int, int]) -> bool:
    """Whether a paragraph goes on with a safe harbour: a list it announced, a cue, or several weak
    ones.
    """
    start, end = row
    if heading_at(text, start, start, end):
        return False
    last = text[before[0] : before[1]].rstrip()
    announced = last.endswith((":", ";", ",", "; and")) or (
        len(last) < HEADING and not last.endswith(".")
    )
    if announced or text[start].islower() or BULLET.match(text, start, end):
        return True
    lowered = text[start:end].lower()
    if _count(lowered, strong=True):
        return True
    weak = _count(lowered, strong=False)
    return weak >= CARRIES or (weak > 0 and end - start < 600)
