"""Finds the times in a text, with exact offsets, and reads each as a window of days from the
release's date.

A time is a period (*second half of 2027*), perhaps with the part of it (*late*, *by the end of*)
and the bound (*by*, *before*) that stand directly before it, perhaps joined to another (*Q3 or
Q4*). The words are rules of ``dates/times.toml``; what a period means is said in ``periods``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from eventrisk.dates import calendar
from eventrisk.dates.calendar import When
from eventrisk.dates.period import Period
from eventrisk.dates.periods import window
from eventrisk.dates.stated import Order, stated_days
from eventrisk.rules import Rule, rules

FILE = "dates/times.toml"
LENGTHS = ("within", "ahead", "coming")  # the meanings of periods that are lengths of time
MODIFIER_CHARS = 48  # before a period, within which its part and bound stand


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time and the window it allows; ``start`` and ``end`` are half-open offsets into the
    text.
    """

    start: int
    end: int
    words: str
    when: When
    dated: bool = True  # False for a day, month, quarter or season without its year
    by_day: bool = False  # whether the words are a bound on one day: by June 4
    counted: bool = False  # whether the words are a length of time: within 60 days, in six months

    @property
    def last_day(self) -> date | None:
        """The day of *by June 4*; None for times of another form."""
        return self.when.latest if self.by_day else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A period that may become a time expression; half-open offsets into the text.

    ``core`` is where the period itself starts, ``start`` where its part or bound does. ``part`` is
    0 (early), 1 (mid) or 2 (late); ``bound`` is ``until``, ``before`` or empty.
    """

    start: int
    core: int
    end: int
    period: Period
    part: int | None = None
    to: int | None = None  # the part a range of parts ends with: early to mid
    bound: str = ""


def find_times(text: str, release: date | None) -> list[TimeExpression]:
    """All times of a text in order, without overlaps.

    Relative times stay unresolved (earliest and latest None) where ``release`` is None. Never
    raises on any text.
    """
    candidates = [_with_modifiers(text, period) for period in _periods(text)]
    candidates = [candidate for candidate in candidates if not _is_bare(candidate)]
    return list(_expressions(text, _with_years(text, candidates), release))


def _periods(text: str) -> list[_Candidate]:
    """The longest matches of the period rules and stated days, from left to right."""
    lowered = text.lower()
    matches = []
    for rule in rules(FILE, "period"):
        if rule.can_match(lowered):
            matches += [_candidate(rule, m) for m in rule.regex.finditer(text)]
    matches += _full_days(text)
    longest: list[_Candidate] = []
    for candidate in sorted(matches, key=lambda c: (c.core, -c.end, c.period.means)):
        if not longest or candidate.core >= longest[-1].end:
            longest.append(candidate)
    return longest


def _full_days(text: str) -> Iterator[_Candidate]:
    """Days with their year, in every spelling; one whose order is open counts only where another
    day of the text has the month first.
    """
    stated = list(stated_days(text))
    orders = {day.order for day in stated}
    month_first = Order.MONTH_FIRST in orders and Order.DAY_FIRST not in orders
    for day in stated:
        single = day.reading() if month_first else day.date
        if single is not None:
            parts = {k: str(getattr(single, k)) for k in ("year", "month", "day")}
            yield _Candidate(day.start, day.start, day.end, Period("day", parts))


def _candidate(rule: Rule, match: re.Match[str]) -> _Candidate:
    """The candidate of a match; its period is the group ``core``, if there is one."""
    groups = match.groupdict()
    core = match.start("core") if groups.get("core") else match.start()
    return _Candidate(core, core, match.end(), Period(str(rule.keys["means"]), groups))


def _with_modifiers(text: str, candidate: _Candidate) -> _Candidate:
    """With the part and the bound that stand before it."""
    floor = max(0, candidate.core - MODIFIER_CHARS)

    def before(role: str) -> tuple[str, int] | None:
        """What the words directly before the candidate mean, and where they begin."""
        for rule in rules(FILE, role):
            if match := rule.regex.search(text, floor, candidate.start):
                return str(rule.keys["means"]), match.start()
        return None

    if part := before("part"):
        candidate = replace(candidate, start=part[1], part=int(part[0]))
    if candidate.part is not None and (part := before("part_range")):
        candidate = replace(candidate, start=part[1], part=int(part[0]), to=candidate.part)
    if bound := before("bound"):
        candidate = replace(candidate, start=bound[1], bound=bound[0])
    return candidate


def _is_bare(candidate: _Candidate) -> bool:
    """A bare *the year* says no time; *by the end of the year* does."""
    return bool(candidate.period.get("bare")) and candidate.part is None and not candidate.bound


def _with_years(text: str, candidates: list[_Candidate]) -> list[_Candidate]:
    """*Q3 and Q4 2026*: the year of the second belongs to the first too."""
    dated = list(candidates)
    for index in range(len(dated) - 2, -1, -1):
        first, second = dated[index], dated[index + 1]
        year = second.period.get("year")
        if year and not first.period.dated and _join_type(text[first.end : second.start]):
            period = Period(first.period.means, {**first.period.groups, "year": year})
            dated[index] = replace(first, period=period)
    return dated


def _join_type(between: str) -> str:
    """How the words between two periods join them: ``range``, ``and``, or empty for not at all."""
    max_chars = 24
    if len(between) > max_chars:
        return ""
    joins = (rule for rule in rules(FILE, "join") if rule.regex.fullmatch(between))
    return next((str(rule.keys["means"]) for rule in joins), "")


def _expressions(
    text: str, candidates: list[_Candidate], release: date | None
) -> Iterator[TimeExpression]:
    index = 0
    while index < len(candidates):
        candidate = candidates[index]
        when, start, end = _resolved(candidate, release), candidate.start, candidate.end
        following = candidates[index + 1] if index + 1 < len(candidates) else None
        joined_from = _joined_from(text, candidate, following) if following else None
        if following is not None and joined_from is not None:
            index += 1
            start, end = joined_from, following.end
            both = calendar.joined(_window(candidate, release), _window(following, release))
            when = calendar.cut_at_release(both, release)
        is_day = candidate.period.means == "day" and end == candidate.end
        by_day = is_day and candidate.bound == "until"
        counted = candidate.period.means in LENGTHS
        yield TimeExpression(
            start, end, text[start:end], when, candidate.period.dated, by_day, counted
        )
        index += 1


def _joined_from(text: str, first: _Candidate, second: _Candidate) -> int | None:
    """Where the joined expression starts, or None where the two are times of their own."""
    join_type = _join_type(text[first.end : second.start])
    are_days = first.period.means == second.period.means == "day"
    floor = max(0, first.start - MODIFIER_CHARS)
    if join_type == "range" and not second.bound and not are_days:
        is_moved = any(rule.regex.search(text, floor, first.start) for rule in rules(FILE, "moved"))
        return None if is_moved else first.start
    if join_type == "and":
        for rule in rules(FILE, "opening"):
            if match := rule.regex.search(text, floor, first.start):
                return match.start()
    return None


def _window(candidate: _Candidate, release: date | None) -> When:
    """The window of period and part, without the bound."""
    whole = window(candidate.period, release)
    if candidate.part is None:
        return whole
    part = calendar.third(whole, candidate.part)
    return (
        part if candidate.to is None else calendar.joined(part, calendar.third(whole, candidate.to))
    )


def _resolved(candidate: _Candidate, release: date | None) -> When:
    """The window of period, part and bound."""
    when = _window(candidate, release)
    if when.earliest is None or when.latest is None:
        return when
    is_late = candidate.part == 2
    if candidate.bound == "until" or (candidate.bound == "before" and is_late):
        return calendar.until(when.latest, release)
    if candidate.bound == "before":
        is_year_end = candidate.period.means == "year_end"
        last = when.latest if is_year_end else when.earliest - timedelta(days=1)
        return calendar.until(last, release)
    return calendar.cut_at_release(when, release)
