"""Where the forward-looking language stands when no heading says so: sentence by sentence, by the act's own words.

A sentence with a strong cue opens a safe harbour, which runs to the end of its paragraph and on through paragraphs that
carry cues or list risks. A heading ends it, whatever the heading opens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from eventrisk.labels import SectionKind
from eventrisk.lexicon import Rule
from eventrisk.nlp.headings import Opener, heading_at, lines, of_place
from eventrisk.nlp.sentences import spans

GUARDS = re.compile(r"looking|differ|uncertain|safe harb|securities|relian|histor|caution")
BULLET = re.compile(r"\s*(?:[•●▪·*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s")
CARRIES = 2  # weak cues a paragraph needs to carry a safe harbour on


@lru_cache(maxsize=2)
def _cues(strong: bool) -> tuple[tuple[str, Rule], ...]:
    return tuple((r.keys["guard"], r) for r in of_place("sentence") if r.keys["strong"] is strong)


def is_strong(sentence: str) -> bool:
    """Whether a sentence shows a safe harbour by itself."""
    return _count(sentence.lower(), strong=True) > 0


def _count(lowered: str, *, strong: bool) -> int:
    return sum(1 for guard, rule in _cues(strong) if guard in lowered and rule.regex.search(lowered))


def cued(text: str, start: int, end: int) -> Iterator[tuple[Opener, int]]:
    """Safe harbours found by their sentences: where each opens, and the end of the last paragraph it fills."""
    rows = list(lines(text, start, end))
    opened: Opener | None = None
    closes = start
    for row_start, row_end in rows:
        if opened and not _carries(text, row_start, row_end):
            yield opened, closes
            opened = None
        if opened is None and (at := _first_strong(text, row_start, row_end)) is not None:
            opened = Opener(at, SectionKind.SAFE_HARBOUR, "cued")
        closes = row_end
    if opened:
        yield opened, closes


def _first_strong(text: str, start: int, end: int) -> int | None:
    """The start of the first sentence of a paragraph that shows a safe harbour."""
    guards = {g for g, _ in _cues(True)}
    lowered = text[start:end].lower()
    if not any(guard in lowered for guard in guards):
        return None
    for at, stop in spans(text, start, end):
        if is_strong(text[at:stop]):
            return _at_heading(text, at, stop)
    return None


def _at_heading(text: str, start: int, end: int) -> int:
    """The heading inside a sentence that runs into one (``visit us Forward-Looking Statements This release …``)."""
    for match in RUNNING.finditer(text, start, end):
        return match.start()
    return start


RUNNING = re.compile(
    r"(?<=[a-z0-9/)] )(?:(?:Special |Cautionary )?(?:Note|Statement|Notice)s? (?:Regarding|Concerning|About|on) )?"
    r"(?:Forward[- –]?Looking Statements?|Safe Harbou?r(?: Statement)?)(?= (?:This|These|Certain|Any|Some|Except|The|In|All|Statements|We|Our)\b)"
)


def _carries(text: str, start: int, end: int) -> bool:
    """Whether a paragraph goes on with a safe harbour: a cue, several weak ones, or a bullet with one."""
    if heading_at(text, start, start, end):
        return False
    lowered = text[start:end].lower()
    if _count(lowered, strong=True):
        return True
    weak = _count(lowered, strong=False)
    return weak >= CARRIES or (weak > 0 and end - start < 600) or bool(BULLET.match(text, start, end))
