"""Datelines: place, day and wire at the top of a release, in the spellings of thirty years.

``TARRYTOWN, N.Y., Feb 27, 2008 --``, ``Basel, 22 October 2010:``, ``BOSTON--(BUSINESS WIRE)--Nov.
9, 1999--``, ``FOR IMMEDIATE RELEASE — February 7, 2014 — Lake Zurich, Ill. —``, ``June 27, 2019
6:15 pm ET``. All offsets are half-open offsets into the clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from eventrisk.rules import rules
from eventrisk.structure.dateline_patterns import PLACE_END, grammar

DAYS = "structure/dateline.toml"
MAX_PLACE_CHARS = 110  # what a place may take before its day or wire
MAX_PLACE_WORDS = 4  # of a place between two commas
MAX_CLOSING_PLACE_CHARS = 40  # of a place that follows its day and ends the line
MAX_DAY_CHARS = 60  # of a day or wire with what may stand around it
IN_SENTENCE = re.compile(
    r"(?:\b(?:on|by|of|for|from|until|till|through|to|before|after|since|in|dated?|and|between|is|was|ended|ending|"
    r"than|beginning|effective|as|at|around|about)|['(])\s*$",
    re.IGNORECASE,
)
# what days and wires cannot lack: searched first, since their patterns try hundreds of names
SIGN = re.compile(r"(?:19|20)\d\d|[/(–—]|--")
BEFORE_SIGN_CHARS, AFTER_SIGN_CHARS = 45, 75  # around a sign, within which its day or wire lies
DASH = re.compile(r"(?:--+\s?|\s-\s|[–—]{1,2}\s?)(?=[A-Z\"'(])")
SET_OFF = re.compile(PLACE_END)
PARTICLE = re.compile(r"(?i:and|of|the|de|la|du|les?|am|im|on|sur|et|und|upon|y)")


class Dateline(NamedTuple):
    """Where a dateline stands, and whether it names a day or wire (or only a place and a dash)."""

    start: int
    end: int
    dated: bool


def opens_line(text: str, start: int, end: int) -> Dateline | None:
    """The dateline at the start of ``text[start:end]``, or None."""
    patterns = grammar()
    last = min(end, start + MAX_PLACE_CHARS + MAX_DAY_CHARS)
    anchor = next(_anchors(text, start, last), None)
    if anchor and _is_place_like(text[start : anchor.start()]):
        rest = text[anchor.end() : end] if end - anchor.end() < MAX_CLOSING_PLACE_CHARS else ""
        if rest.startswith(",") and _is_place_like(rest.strip(" ,") + ","):
            return Dateline(start, end, dated=True)
        if _set_off(text, anchor.end(), end) or _is_before_issuer(text, anchor.end(), end):
            return Dateline(start, _end(text, anchor.end(), end), dated=True)
    last = min(end, start + MAX_PLACE_CHARS)
    dash = patterns.place_dash.match(text, start, last) if DASH.search(text, start, last) else None
    return Dateline(start, dash.end(), dated=False) if dash else None


def within_line(text: str, start: int, end: int, *, closes_title: bool) -> Dateline | None:
    """The first dateline inside ``text[start:end]``, after other words; None when there is none.

    A day counts when a place stands before it, or, where a title may run into it
    (``closes_title``), when nothing before it makes it part of a sentence.
    """
    patterns = grammar()
    dash = patterns.place_dash.search(text, start, end) if DASH.search(text, start, end) else None
    for anchor in _anchors(text, start, end):
        if dash and dash.start() < anchor.start() - MAX_PLACE_CHARS:
            break
        low = max(start, anchor.start() - MAX_PLACE_CHARS)
        before = text[low : anchor.start()]
        set_off = SET_OFF.search(before)
        place = set_off and (
            patterns.known_before.search(before) or patterns.place_before.search(before)
        )
        if place:
            return Dateline(low + place.start(), _end(text, anchor.end(), end), dated=True)
        if not closes_title or IN_SENTENCE.search(before):
            continue
        if _set_off(text, anchor.end(), end):
            return Dateline(anchor.start(), _end(text, anchor.end(), end), dated=True)
        if _is_before_issuer(text, anchor.end(), end):
            town = patterns.known_beside.search(before)
            first = low + town.start() if town else anchor.start()
            return Dateline(first, _end(text, anchor.end(), end), dated=True)
    return Dateline(dash.start(), dash.end(), dated=False) if dash else None


def _anchors(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The days and wires of ``text[start:end]`` that may date it, searched near their signs."""
    low = high = start
    for sign in SIGN.finditer(text, start, end):
        if sign.start() - BEFORE_SIGN_CHARS > high:
            yield from _dating(text, low, high, (start, end))
            low = sign.start() - BEFORE_SIGN_CHARS
        high = min(end, sign.end() + AFTER_SIGN_CHARS)
    yield from _dating(text, low, high, (start, end))


def _dating(text: str, low: int, high: int, line: tuple[int, int]) -> Iterator[re.Match[str]]:
    """The days and wires of ``text[low:high]`` without the days of the news: *PDUFA June 4, 2027*,
    *Goal Date: June 4, 2027*, *June 4, 2027: AdCom on X*.
    """
    for anchor in grammar().anchor.finditer(text, low, high):
        before = text[max(line[0], anchor.start() - MAX_PLACE_CHARS) : anchor.start()]
        after = text[anchor.end() : min(line[1], anchor.end() + MAX_DAY_CHARS)]
        if not (anchor.group()[-1].isdigit() and _is_news_day(before, after)):
            yield anchor


def _is_news_day(before: str, after: str) -> bool:
    """Whether the words beside a day say what it is the day of."""
    behind = (
        ["news_day_before"] if after.strip(" .;*~–—-") else ["news_day_before", "news_day_last"]
    )
    return any(r.regex.search(before) for role in behind for r in rules(DAYS, role)) or any(
        rule.regex.search(after) for rule in rules(DAYS, "news_day_after")
    )


def _set_off(text: str, at: int, limit: int) -> bool:
    """Whether a dash, a time, a wire or the line's end parts a day from what follows, as nothing
    does in a title.
    """
    end = _end(text, at, limit)
    return end >= limit or text[at:end].strip(" ,") != ""


def _is_before_issuer(text: str, at: int, limit: int) -> bool:
    """Whether the issuer's name begins right behind a day, with its ticker or what it announces."""
    name_chars = 120
    words = text[at : min(limit, at + name_chars)]
    return any(rule.regex.search(words) for rule in rules(DAYS, "issuer_behind"))


def _end(text: str, at: int, limit: int) -> int:
    """Where the words after a dateline start: further days, wires, times and places belong to
    it.
    """
    tail_chars, place_chars = 120, 80
    patterns = grammar()
    while following := patterns.tail.match(text, at, min(limit, at + tail_chars)):
        at = following.end()
    if place := patterns.place.match(text, at, min(limit, at + place_chars)):
        at = place.end()
    while at < limit and text[at] in " ,;:/)|*–—.-]":
        at += 1
    return at


@lru_cache(maxsize=1)
def _line_opener() -> re.Pattern[str]:
    """What may stand before a dateline: *For immediate release*."""
    return rules("structure/sections.toml", "dateline")[0].regex


def _is_place_like(words: str) -> bool:
    """Whether words before a day can be a place: empty, or capitalised, short, and set off from the
    day by a comma, dash or bracket.
    """
    words = words.strip(" \t")
    if not words or _line_opener().fullmatch(words):
        return True
    if (
        len(words) > MAX_PLACE_CHARS
        or words.endswith(("?", "!"))
        or IN_SENTENCE.search(words.rstrip("('"))
    ):
        return False
    if any(len(part.split()) > MAX_PLACE_WORDS for part in re.split(r"[,;:/&|()–—-]| and ", words)):
        return False
    tokens = re.findall(r"[\w.'’-]+", words)
    named = all(t[:1].isupper() or PARTICLE.fullmatch(t) or not t[:1].isalpha() for t in tokens)
    return named and (words[-1] in ",;:–—-(/|." or "," in words or words.isupper())
