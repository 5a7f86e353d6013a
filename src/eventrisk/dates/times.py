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
from eventrisk.dates.stated import stated_days
from eventrisk.rules import Rule, rules

FILE = "dates/times.toml"
MODIFIER_CHARS = 48  # before a period, within which its part and bound stand
MAX_JOIN_CHARS = 24  # between two periods that are joined


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time and the window it allows; ``start`` and ``end`` are half-open offsets into the
    text.
    """

    start: int
    end: int
    words: str
    when: When
    dated: bool = (
        True  # False where a bare day, month, quarter or season leaves the year to the reader
    )
    by_day: bool = False  # whether the words are a bound on one day: by June 4

    @property
    def last_day(self) -> date | None:
        """The day of *by June 4*; None for times of another form."""
        return self.when.latest if self.by_day else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A period with its part and bound on the way to a time expression."""

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
    found = [_modified(text, f) for f in _periods(text)]
    found = [f for f in found if not _pointless(f)]
    return list(_expressions(text, _with_years(text, found), release))


def _periods(text: str) -> list[_Candidate]:
    """The longest matches of the period rules and stated days, from left to right."""
    lowered = text.lower()
    matches = []
    for rule in rules(FILE, "period"):
        if rule.can_match(lowered):
            matches += [_found(rule, m) for m in rule.regex.finditer(text)]
    matches += _full_days(text)
    kept: list[_Candidate] = []
    for candidate in sorted(matches, key=lambda f: (f.core, -f.end, f.period.means)):
        if not kept or candidate.core >= kept[-1].end:
            kept.append(candidate)
    return kept


def _full_days(text: str) -> Iterator[_Candidate]:
    """Days with their year, in every spelling; those whose order is open say no one day."""
    for day in stated_days(text):
        if day.date is not None:
            period = Period("day", {k: str(getattr(day, k)) for k in ("year", "month", "day")})
            yield _Candidate(day.start, day.start, day.end, period)


def _found(rule: Rule, match: re.Match[str]) -> _Candidate:
    groups = match.groupdict()
    core = match.start("core") if groups.get("core") else match.start()
    return _Candidate(core, core, match.end(), Period(str(rule.keys["means"]), groups))


def _modified(text: str, found: _Candidate) -> _Candidate:
    """With the part and the bound that stand before it."""
    floor = max(0, found.core - MODIFIER_CHARS)
    for rule in rules(FILE, "part"):
        if match := rule.regex.search(text, floor, found.start):
            found = replace(found, start=match.start(), part=int(rule.keys["means"]))
            break
    for rule in rules(FILE, "part_range"):
        if found.part is not None and (match := rule.regex.search(text, floor, found.start)):
            found = replace(found, start=match.start(), part=int(rule.keys["means"]), to=found.part)
            break
    for rule in rules(FILE, "bound"):
        if match := rule.regex.search(text, floor, found.start):
            return replace(found, start=match.start(), bound=str(rule.keys["means"]))
    return found


def _pointless(found: _Candidate) -> bool:
    """A bare *the year* says no time; *by the end of the year* does."""
    return bool(found.period.get("bare")) and found.part is None and not found.bound


def _with_years(text: str, found: list[_Candidate]) -> list[_Candidate]:
    """*Q3 and Q4 2026*: the year that follows is meant for both."""
    out = list(found)
    for index in range(len(out) - 2, -1, -1):
        here, there = out[index], out[index + 1]
        year = there.period.get("year")
        if year and not here.period.dated and _join(text[here.end : there.start]):
            out[index] = replace(
                here, period=Period(here.period.means, {**here.period.groups, "year": year})
            )
    return out


def _join(between: str) -> str:
    """How two periods are joined by the words between them: ``range``, ``and`` or not at all."""
    if len(between) > MAX_JOIN_CHARS:
        return ""
    joins = (rule for rule in rules(FILE, "join") if rule.regex.fullmatch(between))
    return next((str(rule.keys["means"]) for rule in joins), "")


def _expressions(
    text: str, found: list[_Candidate], release: date | None
) -> Iterator[TimeExpression]:
    index = 0
    while index < len(found):
        here = found[index]
        when, start, end = _resolved(here, release), here.start, here.end
        if (
            index + 1 < len(found)
            and (opening := _joined_from(text, here, found[index + 1])) is not None
        ):
            index += 1
            start, end = opening, found[index].end
            when = calendar.begun(
                calendar.joined(_bare(here, release), _bare(found[index], release)), release
            )
        by_day = here.bound == "until" and here.period.means == "day" and end == here.end
        yield TimeExpression(start, end, text[start:end], when, here.period.dated, by_day)
        index += 1


def _joined_from(text: str, here: _Candidate, there: _Candidate) -> int | None:
    """Where the joined expression starts, or None where the two are times of their own."""
    how = _join(text[here.end : there.start])
    if how == "range" and not there.bound and not here.period.means == there.period.means == "day":
        return here.start
    if how == "and":
        for rule in rules(FILE, "opening"):
            if match := rule.regex.search(text, max(0, here.start - MODIFIER_CHARS), here.start):
                return match.start()
    return None


def _bare(found: _Candidate, release: date | None) -> When:
    """The window of period and part, without the bound."""
    whole = window(found.period, release)
    if found.part is None:
        return whole
    first = calendar.third(whole, found.part)
    return first if found.to is None else calendar.joined(first, calendar.third(whole, found.to))


def _resolved(found: _Candidate, release: date | None) -> When:
    when = _bare(found, release)
    if when.earliest is None or when.latest is None:
        return when
    if found.bound == "until" or (found.bound and found.part == 2 and found.bound == "before"):
        return calendar.until(when.latest, release)
    if found.bound == "before":
        whole_year_end = found.period.means == "year_end"
        return calendar.until(
            when.latest if whole_year_end else when.earliest - timedelta(days=1), release
        )
    return calendar.begun(when, release)
