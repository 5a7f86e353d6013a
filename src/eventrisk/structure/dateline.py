"""Datelines: place, day and wire at the top of a release, in the spellings of thirty years.

``TARRYTOWN, N.Y., Feb 27, 2008 --``, ``Basel, 22 October 2010:``, ``BOSTON--(BUSINESS WIRE)--Nov.
9, 1999--``, ``FOR IMMEDIATE RELEASE — February 7, 2014 — Lake Zurich, Ill. —``, ``June 27, 2019
6:15 pm ET``. All offsets are half-open offsets into the clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from eventrisk.lexicon import terms
from eventrisk.rules import rules

PLACE_REACH = 110  # characters a place may take before its day or wire
PLACE_BEHIND = 40  # characters of a place that follows its day and ends the line
PLACE_WORDS = 4  # words of the longest place between two commas
TIME = (
    r"(?:at )?\d{1,2}[:.h]\d{2}\s?(?:(?i:[ap]\.?m)\.?)?(?:\s?\(?(?:[A-Z]{1,4}T|GMT|UTC)\b\)?)?"
    r"|\d{1,2}\s?(?i:[ap]\.?m)\.?(?:\s[A-Z]{2,4}\b)?"
)
CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,3}"
STATE = (
    r"(?:,? (?:[A-Z]\.? ?[A-Z]\.?(?: ?[A-Z]\.)?|[A-Z][a-z]{2,14}\.?(?: "
    r"[A-Z][a-z]{2,12})?|[A-Z]{4,14})(?![\w]))"
)
PLACE_AFTER = (
    r"[\s,;:|*–—-]*((?:[A-ZÀ-Þ][\w.'’-]*,? "
    r"){0,5}[A-ZÀ-Þ][\w.'’]*\.?)(?:\s(?:--|[–—-])\s|--|[–—]{1,2})"
)
IN_SENTENCE = re.compile(
    r"(?:\b(?:on|by|of|for|from|until|till|through|to|before|after|since|in|dated?|and|between|is|was|ended|ending|"
    r"than|beginning|effective|as|at|around|about)|['(])\s*$",
    re.IGNORECASE,
)
# What the patterns of days and places cannot do without: looked for first, since they try thousands
# of names.
BEFORE, AFTER = (
    45,
    75,
)  # characters around such a sign within which a day or wire that holds it stands
DATED = re.compile(r"(?:19|20)\d\d|[/(–—]|--")
DASH = re.compile(r"(?:--+\s?|\s-\s|[–—]{1,2}\s?)(?=[A-Z\"'(])")
BEHIND = r"\s?[,;:(/–—-][\s,;:(/–—-]*$"
SET_OFF = re.compile(BEHIND)
SMALL = frozenset(
    {
        "and",
        "of",
        "the",
        "de",
        "la",
        "du",
        "le",
        "les",
        "am",
        "im",
        "on",
        "sur",
        "et",
        "und",
        "upon",
        "y",
    }
)


class Dateline(NamedTuple):
    """Where a dateline stands, and whether it names a day or wire (or only a place and a dash)."""

    start: int
    end: int
    dated: bool


class Grammar(NamedTuple):
    """The compiled patterns that the lexicons of months, wires and places give."""

    day: re.Pattern[str]
    anchor: re.Pattern[str]
    tail: re.Pattern[str]
    place: re.Pattern[str]
    known_before: re.Pattern[str]
    place_before: re.Pattern[str]
    place_dash: re.Pattern[str]
    months: dict[str, int]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The patterns, compiled on first use."""
    months = {row["name"]: int(row["month"]) for row in terms("dates/months.tsv")}
    day = _day_pattern(_longest_first(months))
    unnamed = re.sub(r"\?P<\w+>", "?:", day.replace("(?P=s4)", "[/.]"))
    anchor = "|".join((unnamed, *_undated_patterns(_longest_first(months))))
    known, before, dash = _place_patterns()
    return Grammar(
        day=re.compile(day),
        anchor=re.compile(anchor),
        tail=re.compile(rf"[\s,;:/()|*·•–—.-]*(?:{anchor}|{TIME})"),
        place=re.compile(PLACE_AFTER),
        known_before=re.compile(known),
        place_before=re.compile(before),
        place_dash=re.compile(dash),
        months=months,
    )


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _day_pattern(names: str) -> str:
    """A day with its year, in four spellings whose groups are numbered."""
    name = rf"(?i:{names})"
    return (
        rf"(?P<m1>{name})\.?\s{{0,2}}(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s{{0,2}}(?P<y1>(?:19|20)\d\d)(?!\d)"
        rf"|(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.|er)?\s?(?:of |de "
        rf")?(?P<m2>{name})\.?,?\s{{0,2}}(?:de )?"
        r"(?P<y2>(?:19|20)\d\d)(?!\d)"
        r"|(?<![\w/-])(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)(?![\w-]|\.\w)"
        r"|(?<![\d/.])(?P<a4>\d{1,2})(?P<s4>[/.])(?P<b4>\d{1,2})(?P=s4)(?P<y4>(?:19|20)\d\d)(?!\d)"
    )


def _undated_patterns(names: str) -> tuple[str, str]:
    """A day without its year before a wire or dash, and a wire in brackets, between strokes or with
    its name lost.
    """
    wire = _longest_first(row["name"] for row in terms("structure/wires.tsv"))
    return (
        rf"(?i:{names})\.? \d{{1,2}}(?=\s?(?:/|\(|--|–|—))",
        rf"(?i:[/(]\s?(?:{wire})(?:\s?(?:via|through)[^)/]{{1,30}})?\s?[/)]|(?:{wire})(?=\s?(?:--|–|—|/)))"
        r"|//(?=\s*-)|(?<=[a-z.,])//",
    )


def _place_patterns() -> tuple[str, str, str]:
    """A known and an unknown place directly before a day, and a place that a dash alone sets off
    from the text.
    """
    places = [row["place"] for row in terms("structure/places.tsv")]
    known = _longest_first([*places, *(place.upper() for place in places)])
    state = STATE.replace(",? ", ", ?", 1)
    seat = rf"(?:(?:{known})(?:{STATE}){{0,2}}|{CAPITALS}(?:{state}){{1,2}})"
    ahead, between = r"(?<![\w-])", r"\s?(?:,? and|/|;|&|,)\s?"
    towns = [rf"(?:{town})(?:{state}){{0,2}}" for town in (known, f"{known}|{CAPITALS}")]
    return (
        rf"{ahead}{towns[0]}(?:{between}{towns[1]}){{0,2}}{BEHIND}",
        rf"{ahead}{towns[1]}(?:{between}{towns[1]}){{0,2}}{BEHIND}",
        (
            rf"{ahead}{seat}(?:(?:,? and|\s?/|\s?&|;|,) "
            rf"{seat})?(?:\s?--+\s?|\s-\s|\s?[–—]{{1,2}}\s?)(?=[A-Z\"'(])"
        ),
    )


def dates(text: str, start: int, end: int) -> Iterator[str | None]:
    """Every day named in ``text[start:end]`` as ISO; None for one that the calendar or the spelling
    does not settle.
    """
    for match in grammar().day.finditer(text, start, end):
        yield _iso(match)


def _iso(match: re.Match[str]) -> str | None:
    months = grammar().months
    part = match.groupdict()
    if part["y4"]:
        return _numeric(int(part["a4"]), int(part["b4"]), int(part["y4"]), dotted=part["s4"] == ".")
    if part["y3"]:
        return _valid(int(part["y3"]), int(part["m3"]), int(part["d3"]))
    name, day, year = (
        (part["m1"], part["d1"], part["y1"]) if part["m1"] else (part["m2"], part["d2"], part["y2"])
    )
    return _valid(int(year), months[name.lower()], int(day))


def _numeric(first: int, second: int, year: int, *, dotted: bool) -> str | None:
    """With full stops the day comes first (the continent); with strokes only where one order alone
    is possible.
    """
    if dotted or first > 12 or first == second:
        return _valid(year, second, first)
    return _valid(year, first, second) if second > 12 else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def opens_line(text: str, start: int, end: int) -> Dateline | None:
    """The dateline at the start of ``text[start:end]``, or None."""
    known = grammar()
    reach = min(end, start + PLACE_REACH + 60)
    anchor = next(_anchors(text, start, reach), None)
    if anchor and _place_like(text[start : anchor.start()]):
        rest = text[anchor.end() : end] if end - anchor.end() < PLACE_BEHIND else ""
        if rest.startswith(",") and _place_like(rest.strip(" ,") + ","):
            return Dateline(start, end, dated=True)
        if _set_off(text, anchor.end(), end):
            return Dateline(start, _end(text, anchor.end(), end), dated=True)
    reach = min(end, start + PLACE_REACH)
    dash = known.place_dash.match(text, start, reach) if DASH.search(text, start, reach) else None
    return Dateline(start, dash.end(), dated=False) if dash else None


def within_line(text: str, start: int, end: int, *, closes_title: bool) -> Dateline | None:
    """The first dateline inside ``text[start:end]``, after other words; None when there is none.

    A day counts when a place stands before it, or, where a title may run into it
    (``closes_title``), when nothing before it makes it part of a sentence.
    """
    known = grammar()
    dash = known.place_dash.search(text, start, end) if DASH.search(text, start, end) else None
    for anchor in _anchors(text, start, end):
        if dash and dash.start() < anchor.start() - PLACE_REACH:
            break
        low = max(start, anchor.start() - PLACE_REACH)
        before = text[low : anchor.start()]
        set_off = SET_OFF.search(before)
        place = set_off and (known.known_before.search(before) or known.place_before.search(before))
        if place:
            return Dateline(low + place.start(), _end(text, anchor.end(), end), dated=True)
        if closes_title and not IN_SENTENCE.search(before) and _set_off(text, anchor.end(), end):
            return Dateline(anchor.start(), _end(text, anchor.end(), end), dated=True)
    return Dateline(dash.start(), dash.end(), dated=False) if dash else None


def _anchors(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The days and wires of ``text[start:end]``, looked for only near what each of them holds."""
    low = high = start
    for sign in DATED.finditer(text, start, end):
        if sign.start() - BEFORE > high:
            yield from grammar().anchor.finditer(text, low, high)
            low = sign.start() - BEFORE
        high = min(end, sign.end() + AFTER)
    yield from grammar().anchor.finditer(text, low, high)


def _set_off(text: str, at: int, limit: int) -> bool:
    """Whether a dash, a time, a wire or the line's end parts a day from what follows: in a title
    nothing does.
    """
    end = _end(text, at, limit)
    return end >= limit or text[at:end].strip(" ,") != ""


def _end(text: str, at: int, limit: int) -> int:
    """Where the words after a dateline start: further days, wires, times and places belong to
    it.
    """
    known = grammar()
    while further := known.tail.match(text, at, min(limit, at + 120)):
        at = further.end()
    if place := known.place.match(text, at, min(limit, at + 80)):
        at = place.end()
    while at < limit and text[at] in " ,;:/)|*–—.-]":
        at += 1
    return at


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    return next(
        rule.regex for rule in rules("structure/sections.toml") if rule.id == "dateline-lead"
    )


def _place_like(words: str) -> bool:
    """Nothing, or words that can be a place: capitalised, short, set off from the day by a comma,
    dash or bracket.
    """
    words = words.strip(" \t")
    if not words or _lead().fullmatch(words):
        return True
    if (
        len(words) > PLACE_REACH
        or words.endswith(("?", "!"))
        or IN_SENTENCE.search(words.rstrip("('"))
    ):
        return False
    if any(len(part.split()) > PLACE_WORDS for part in re.split(r"[,;:/&|()–—-]| and ", words)):
        return False
    tokens = re.findall(r"[\w.'’-]+", words)
    named = all(t[:1].isupper() or t.lower() in SMALL or not t[:1].isalpha() for t in tokens)
    return named and (words[-1] in ",;:–—-(/|." or "," in words or words.isupper())
