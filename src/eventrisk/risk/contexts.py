"""Which clauses of forward-looking text are risk language: what may go wrong, and not what the
statements are about.

A clause is risk language when it says so itself (``may not``, ``no assurance``) or stands in a list
that was announced as one of risks. Lists of topics and of assumptions, and pointers to filings, are
not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from eventrisk.labels import SectionKind
from eventrisk.reading import Reading, Sentence
from eventrisk.risk.clauses import split_clauses
from eventrisk.rules import rules

FILE = "risk/context.toml"
SAFE_HARBOUR_START = re.compile(
    r"forward[-\s]+looking|safe[-\s]+harbou?r|cautionary (?:note|statement)", re.IGNORECASE
)
BULLET = re.compile(r"\s*(?:[•·▪◦*+–—-]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)")
MODAL = re.compile(r"\b(?:may|might|could|can)\b", re.IGNORECASE)

SKIPPED_SECTIONS = (
    SectionKind.SAFETY_INFORMATION,
    SectionKind.CONTACTS,
    SectionKind.TABLE,
    SectionKind.PAGE_MARK,
)


class RiskClause(NamedTuple):
    """A clause that may be risk language; half-open offsets into the reading's text.

    ``how``: ``firm`` (no assurance that), ``listed`` (in a list announced as one of risks),
    ``feared`` (may, could, fails), ``after`` (no such word, but after risks were announced),
    ``plain`` (none of these).
    """

    start: int
    end: int
    how: str


class Triggers(NamedTuple):
    """The compiled patterns of the lexicon, by role."""

    announcement: re.Pattern[str]
    fear: re.Pattern[str]
    firm: re.Pattern[str]
    topic: re.Pattern[str]
    assumption: re.Pattern[str]
    pointer: re.Pattern[str]
    opens: re.Pattern[str]


@lru_cache(maxsize=1)
def triggers() -> Triggers:
    """The roles' patterns; several rules of one role are joined."""
    patterns = {role: [rule.pattern for rule in rules(FILE, role)] for role in Triggers._fields}
    return Triggers(**{r: re.compile("|".join(p), re.IGNORECASE) for r, p in patterns.items()})


def risk_clauses(reading: Reading) -> list[RiskClause]:
    """The clauses of risk language of a release, in order."""
    return list(find_clauses(reading.text, forward_looking(reading)))


def forward_looking(reading: Reading) -> list[Sentence]:
    """The sentences of the safe harbour; without such a section, all from the first that names one
    or speaks of forward-looking statements.
    """
    marked = list(_with_lists(reading))
    if marked:
        return marked
    for number, sentence in enumerate(reading.sentences):
        if SAFE_HARBOUR_START.search(reading.text, sentence.start, sentence.end):
            return [s for s in reading.sentences[number:] if s.section not in SKIPPED_SECTIONS]
    return []


def _with_lists(reading: Reading) -> Iterator[Sentence]:
    """The sentences of the safe harbour, and the bullets after it that go on with its list."""
    inside = False
    for sentence in reading.sentences:
        if sentence.section is SectionKind.SAFE_HARBOUR:
            inside = True
        elif inside:
            before = reading.text[max(0, sentence.start - 3) : sentence.start].strip()
            bullet = BULLET.match(reading.text, sentence.start, sentence.end)
            is_list = bullet is not None or before.endswith((":", ";"))
            inside = sentence.section not in SKIPPED_SECTIONS and is_list
        if inside:
            yield sentence


def find_clauses(text: str, sentences: Iterable[Sentence]) -> Iterator[RiskClause]:
    """The clauses of sentences in order; half-open offsets into ``text``.

    A list goes on over bullets, after a colon or semicolon, and where a page breaks a sentence.
    """
    gap_chars = 200  # between two sentences, over which no list goes on
    patterns = triggers()
    state, last_end = "", 0
    for sentence in sentences:
        before = text[max(0, sentence.start - 3) : sentence.start].strip()
        broken = text[sentence.start].islower() and not before.endswith((".", "!", "?"))
        goes_on = (
            broken
            or BULLET.match(text, sentence.start, sentence.end)
            or before.endswith((":", ";", ","))
        )
        if not goes_on or sentence.start - last_end > gap_chars:
            state = "after" if state in ("risk", "after") else ""
        last_end = sentence.end
        for start, end in split_clauses(text, sentence.start, sentence.end, patterns.opens):
            how = _risk_wording(text, start, end, state, patterns)
            if how and (how == "listed" or " " in text[start:end]):
                yield RiskClause(start, end, how)
            state = _state_after(text, start, end, state, patterns)


def _risk_wording(text: str, start: int, end: int, state: str, patterns: Triggers) -> str:
    """The ``how`` of a ``RiskClause``; empty where the clause names no risk."""
    # one of the words that mark a forecast: "may," "is likely"
    is_short = text.count(" ", start, end) < 3
    quoted = text[max(0, start - 1) : start] in ('"', "“", "'") and is_short
    if quoted or patterns.pointer.search(text, start, end):
        return ""
    if patterns.firm.search(text, start, end):
        return "firm"
    if state == "risk":
        return "listed"
    if state == "topic" or patterns.topic.search(text, start, end):
        return ""
    if state == "assumption":
        return "feared" if MODAL.search(text, start, end) else ""
    if patterns.announcement.search(text, start, end):
        return ""
    if patterns.fear.search(text, start, end):
        return "feared"
    return "" if patterns.opens.search(text, start, end) else state or "plain"


def _state_after(text: str, start: int, end: int, state: str, patterns: Triggers) -> str:
    """What the list is about after this clause: the last of its triggers decides."""
    latest, at = state, -1
    opened = (
        patterns.opens.search(text, start, end)
        or patterns.firm.search(text, start, end)
        or text[end : end + 1] == ":"
    )
    for name, pattern in (
        ("assumption", patterns.assumption),
        ("topic", patterns.topic),
        ("risk" if opened or state == "risk" else "after", patterns.announcement),
        ("risk", patterns.firm),
    ):
        for match in pattern.finditer(text, start, end):
            if match.start() >= at:
                latest, at = name, match.start()
    return latest
