"""Days as texts state them, in every spelling: the one reader that all callers share.

``January 14, 2025``, ``Jan. 14th 2025``, ``14 January 2025``, ``le 14 janvier 2025``,
``2025-01-14``, ``1/14/2025``, ``14.01.2025``, ``12/15/26``; and, for callers that ask for less than
a full day, ``January 2025``, ``January 14``, ``in 2025`` and ``in January``. Names of months are
data (``dates/months.tsv``). Nothing is compiled before the first question.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from eventrisk.dates.calendar import full_year
from eventrisk.dates.months import month_number, month_numbers, month_pattern

DIGITS = "0123456789"
YEAR = r"(?:19|20)\d\d"
# around what a date cannot lack, within which the patterns run
BEFORE_SIGN_CHARS, AFTER_SIGN_CHARS = 40, 16
YEAR_SIGN = re.compile(rf"{YEAR}|\d/\d\d?/\d\d")
DAY_SIGN = re.compile(rf"\d\D{{0,24}}{YEAR}|{YEAR}[-/.]\d|\d/\d\d?/\d\d")  # a day beside its year


class Required(StrEnum):
    """What must be stated of a date for a caller to get it."""

    DAY = "day"  # year, month and day
    YEAR = "year"  # the year at least
    ANY = "any"  # a year, a month or a day of a month


class Order(StrEnum):
    """How the order of day and month is known."""

    NAMED = "named"  # the month is a name, or no day is stated
    YEAR_FIRST = "year_first"  # 2025-01-14
    MONTH_FIRST = "month_first"  # 1/14/2025: the other order is no date
    DAY_FIRST = "day_first"  # 14/1/2025: the other order is no date
    DOTTED = "dotted"  # 14.01.2025: the day stands first by custom
    SAME = "same"  # 5/5/2025: both orders give one day
    OPEN = "open"  # 3/4/2025: two days; ``month`` and ``day`` hold the one with the month first


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A date as stated; ``start`` and ``end`` are half-open offsets into the text it was read from.

    Fields that are not stated are None. The calendar is not asked: 30 February is stated too, and
    its ``date`` is None.
    """

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    order: Order = Order.NAMED

    @property
    def date(self) -> datetime.date | None:
        """The day; None where a field is missing, the order is open or the calendar has no such
        day.
        """
        return None if self.order is Order.OPEN else self.reading()

    def reading(self, *, month_first: bool = True) -> datetime.date | None:
        """As ``date``, with the order of an open one decided by the caller."""
        if self.year is None or self.month is None or self.day is None:
            return None
        day, month = self.day, self.month
        if self.order is Order.OPEN and not month_first:
            day, month = month, day
        return _valid(self.year, month, day)

    def latest(self, release: datetime.date) -> datetime.date | None:
        """The last day that the words allow; None where the calendar has no such day.

        A month without a year is the latest one that has begun by the ``release``'s month.
        """
        if self.order is Order.OPEN:
            days = [self.reading(month_first=first) for first in (True, False)]
            return max((day for day in days if day is not None), default=None)
        if self.month is None:
            return datetime.date(self.year, 12, 31) if self.year else None
        year = release.year - (self.month > release.month) if self.year is None else self.year
        day = calendar.monthrange(year, self.month)[1] if self.day is None else self.day
        return _valid(year, self.month, day)


def _valid(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def stated_days(
    text: str, start: int = 0, end: int | None = None, *, required: Required = Required.DAY
) -> Iterator[StatedDay]:
    """The dates that lie whole in ``text[start:end]``, in order and without overlaps.

    ``text`` may be folded or not: case does not matter but where a blank is lost before a capital
    (``BostonMay 5, 2010``). Never raises on any text.
    """
    stop = len(text) if end is None else min(end, len(text))
    pattern = _day_pattern() if required is Required.DAY else _pattern()
    sign = {Required.DAY: DAY_SIGN, Required.YEAR: YEAR_SIGN}.get(required)
    # Patterns look past ``stop``, so that a number cut in two is not taken for a whole one.
    for low, high in _windows(sign, text, start, stop) if sign else [(start, stop)]:
        for match in pattern.finditer(text, low, min(len(text), high + AFTER_SIGN_CHARS)):
            if match.start() >= high:
                break
            stated = _stated(match)
            if stated.end <= stop and (required is not Required.YEAR or stated.year is not None):
                yield stated


def _windows(sign: re.Pattern[str], text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The parts of ``text[start:stop]`` around what its dates cannot lack; they never touch."""
    low = high = start
    for match in sign.finditer(text, start, stop):
        if match.start() - BEFORE_SIGN_CHARS > high:
            if high > start:
                yield low, high
            low = match.start() - BEFORE_SIGN_CHARS
        high = min(stop, match.end() + AFTER_SIGN_CHARS)
    if high > start:
        yield low, high


def whole_day(text: str) -> StatedDay | None:
    """The full day that a value such as ``27-Feb-2008``, ``20080227`` or ``2008-02-27 09:30`` is,
    or None where it is anything else; white space around it does not count.
    """
    value = text.strip()
    match = _whole_pattern().fullmatch(value)
    return _stated(match) if match else None


def day_source() -> str:
    """The source of a pattern without groups that matches a full day, to be part of a larger
    one.
    """
    plain = re.sub(r"\?P<\w+>", "?:", _day_source())
    return re.sub(r"\(\?P=sep\d\)", "[-/.]", plain)


# A blank may be lost before a capital; folded text has none, so there the word must begin here.
WORD_START = r"(?:(?<![a-z])|(?=[A-Z]))"
SUFFIX = r"(?i:st|nd|rd|th)?"
# An ISO day may be followed by its time, and by nothing else that could belong to a number or path.
ISO_END = r"(?:(?=[tT]\d\d?:)|(?![\w/-]|\.\w))"
MONTH_NUMBER, DAY_NUMBER = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
NO_PHASE = r"(?i:(?<!phase\s))"  # Phase 3 March results
NO_DOSE = r"(?![\w%/-]|[.,]\d|\s?(?i:[mnµ]?g|mcg|ml|iu|%)\b)"  # 10/20/30 mg is no day


@lru_cache(maxsize=1)
def _day_source() -> str:
    """Full days. The number at the end of a group's name is its alternative's."""
    name = month_pattern()
    return (
        rf"{WORD_START}(?P<month1>{name})\.?\s{{0,2}}(?i:the\s)?(?P<day1>\d{{1,2}}){SUFFIX}"
        rf"(?:\s(?i:of)\s|\s?,?\s{{0,2}})(?P<year1>{YEAR})(?!\d)"
        rf"|{NO_PHASE}(?<!\d)(?P<day2>\d{{1,2}})(?i:st|nd|rd|th|\.|er)?(?:\s?(?i:of |de )?|-)"
        rf"(?P<month2>{name})(?:\.?,?\s{{0,2}}(?i:de )?|-)(?P<year2>{YEAR})(?!\d)"
        rf"|(?<![\w/.-])(?P<year3>{YEAR})(?P<sep3>[-/.])(?P<month3>{MONTH_NUMBER})(?P=sep3)"
        rf"(?P<day3>{DAY_NUMBER}){ISO_END}"
        rf"|(?<![\d/.-])(?P<first4>\d{{1,2}})(?P<sep4>[-/.])(?P<second4>\d{{1,2}})(?P=sep4)"
        rf"(?P<year4>{YEAR})(?!\d)"
        rf"|(?<![\w/.$-])(?P<first5>{DAY_NUMBER})(?P<sep5>/)(?P<second5>{DAY_NUMBER})(?P=sep5)"
        rf"(?P<year5>\d\d){NO_DOSE}"
    )


# words after which a bare year is a date, and a word that may be a month is one
WORDS_BEFORE_YEAR = ("in", "since", "during", "of", "early", "late", "mid")
WORDS_BEFORE_MONTH = (*WORDS_BEFORE_YEAR, "last", "its", "until", "after")


def _after(words: tuple[str, ...]) -> str:
    """Behind one of the words and a blank or hyphen; a lookbehind each, as all need one length."""
    return "(?i:" + "|".join(rf"(?<=\b{word}[\s-])" for word in words) + ")"


@lru_cache(maxsize=1)
def _part_source() -> str:
    """Dates that lack a field: month and year, year, day and month, month; and a span of days
    before its year, of which the last is given.
    """
    span = rf"(?:\s\d{{1,2}}{SUFFIX}\s?(?:[-–]|(?i:to|and))\s?(?P<day6>{DAY_NUMBER}){SUFFIX})"
    name, alone = month_pattern(), month_pattern("full")
    return (
        rf"(?<!\w)(?P<month6>{name})(?:\.?{span}?,?(?:\s(?i:of))?\s{{1,2}}|-)"
        rf"(?P<year6>{YEAR})(?!\w)"
        rf"|{_after(WORDS_BEFORE_YEAR)}(?P<year7>{YEAR})(?!\w)"
        rf"|{NO_PHASE}(?<!\w)(?P<day8>{DAY_NUMBER}){SUFFIX}\s(?i:of\s)?(?P<month8>{name})(?!\w)"
        rf"|(?<!\w)(?P<month9>{name})\.?\s{{1,2}}(?i:the\s)?(?P<day9>{DAY_NUMBER}){SUFFIX}"
        r"(?![\w%]|[-.:–]\d|\s?(?:to|–)\s?\d)"
        rf"|(?<!\w)(?P<month10>{alone}|{_after(WORDS_BEFORE_MONTH)}{name})\.?(?!\w)"
    )


@lru_cache(maxsize=1)
def _day_pattern() -> re.Pattern[str]:
    return re.compile(f"{_first()}(?:{_day_source()})")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(f"{_first()}(?:{_day_source()}|{_part_source()})")


def _first() -> str:
    """What every date starts with: it spares most offsets the alternatives."""
    letters = "".join(sorted({name[0] for name in month_numbers()}))
    return rf"(?=[\d{letters}{letters.upper()}])(?:(?<![a-z])|(?=[A-Z\d]))"


@lru_cache(maxsize=1)
def _whole_pattern() -> re.Pattern[str]:
    """A full day with its time or without; in a value of its own also ``20080227``."""
    compact = rf"(?P<year11>{YEAR}) ?(?P<month11>{MONTH_NUMBER}) ?(?P<day11>{DAY_NUMBER})"
    return re.compile(rf"(?:{_day_source()}|{compact})(?:[tT ]\d\d?:\d\d.*)?")


def _stated(match: re.Match[str]) -> StatedDay:
    groups = {name.rstrip(DIGITS): words for name, words in match.groupdict().items() if words}
    year, month, day = (groups.get(name) for name in ("year", "month", "day"))
    year_number = None if year is None else full_year(int(year)) if len(year) == 2 else int(year)
    if "first" in groups:
        dotted = groups["sep"] == "."
        return _numeric(
            match, year_number, int(groups["first"]), int(groups["second"]), dotted=dotted
        )
    return StatedDay(
        *match.span(),
        year_number,
        None if month is None else int(month) if month.isdigit() else month_number(month),
        None if day is None else int(day),
        Order.YEAR_FIRST if month and month.isdigit() else Order.NAMED,
    )


def _numeric(
    match: re.Match[str], year: int | None, first: int, second: int, *, dotted: bool
) -> StatedDay:
    """Two numbers and a year: between dots the day comes first, else what the calendar allows."""
    if dotted or first > 12:
        order = Order.DOTTED if dotted else Order.DAY_FIRST
        return StatedDay(*match.span(), year, second, first, order)
    order = Order.MONTH_FIRST if second > 12 else Order.SAME if first == second else Order.OPEN
    return StatedDay(*match.span(), year, first, second, order)
