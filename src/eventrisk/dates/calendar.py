"""Days, and the windows of days that words such as *third quarter* or *mid-2027* allow.

A window is read from the release's date and never from a clock: what says neither its year nor a
date to count from stays unresolved. Conventions (annotation guidelines, section 6): of a year,
halves are halves and early, mid and late are thirds; of a month, early, mid and late are days 1–10,
11–20 and 21–end; a window that has already begun starts on the release's date; *by X* runs from the
release's date to the end of X.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from eventrisk.errors import DateError
from eventrisk.labels import DatePrecision

FIRST_YEAR, LAST_YEAR = 1900, 2100
ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_iso(text: str, where: str = "date") -> date:
    """The day of a ``YYYY-MM-DD`` text; ``where`` names the argument or record in the message.

    Raises DateError for any other form, for days the calendar does not know and for years outside
    1900–2100.
    """
    if not isinstance(text, str) or not ISO.fullmatch(text):
        raise DateError(
            f"{where}: {_shown(text)} is no date of the form YYYY-MM-DD; write e.g. "
            f"2008-02-27 or leave it out"
        )
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise DateError(
            f"{where}: {text!r} is not in the calendar ({error}); correct it (YYYY-MM-DD) or "
            f"leave it out"
        ) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DateError(
            f"{where}: {text!r} lies outside {FIRST_YEAR}–{LAST_YEAR}; correct the year or "
            f"leave it out"
        )
    return day


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:37] + "..."


@dataclass(frozen=True, slots=True)
class When:
    """The first and the last day a time allows, both inclusive, or None and None where it cannot be
    resolved.
    """

    earliest: date | None
    latest: date | None
    precision: DatePrecision


def unresolved(precision: DatePrecision) -> When:
    """A time whose days cannot be told from the text and the release's date."""
    return When(None, None, precision)


def full_year(short: int) -> int:
    """The year that two digits (0–99) mean, of 1970–2069."""
    return short + (2000 if short < 70 else 1900)


def day(year: int, month: int, number: int) -> When | None:
    """One day, or None where the calendar has no such day."""
    try:
        single = date(year, month, number)
    except ValueError:
        return None
    return When(single, single, DatePrecision.DAY)


def months(year: int, first: int, count: int, precision: DatePrecision) -> When:
    """``count`` whole months (1 or more) from month ``first`` (1–12) of ``year``."""
    last = first + count - 2  # months since January of ``year`` to the last month
    last_year, last_month = year + last // 12, last % 12 + 1
    end = date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])
    return When(date(year, first, 1), end, precision)


def month(year: int, number: int) -> When:
    """A calendar month, 1–12."""
    return months(year, number, 1, DatePrecision.MONTH)


def quarter(year: int, number: int) -> When:
    """A calendar quarter, 1–4."""
    return months(year, 3 * number - 2, 3, DatePrecision.QUARTER)


def half(year: int, number: int) -> When:
    """A half of a year, 1 or 2."""
    return months(year, 6 * number - 5, 6, DatePrecision.HALF)


def season(year: int, first: int) -> When:
    """The three months of a northern season that begins with month ``first`` (1–12); winter runs
    into the next year.
    """
    return months(year, first, 3, DatePrecision.QUARTER)


def whole_year(year: int) -> When:
    """A calendar year."""
    return months(year, 1, 12, DatePrecision.YEAR)


def third(when: When, part: int) -> When:
    """The early (0), mid (1) or late (2) part of a month or of a longer period; a day stays what it
    is.
    """
    if when.earliest is None or when.latest is None:
        return replace(when, precision=DatePrecision.THIRD)
    if when.precision is DatePrecision.MONTH:
        first = when.earliest.replace(day=(1, 11, 21)[part])
        return When(
            first,
            first.replace(day=(10, 20)[part]) if part < 2 else when.latest,
            DatePrecision.THIRD,
        )
    count = (
        (when.latest.year - when.earliest.year) * 12 + when.latest.month - when.earliest.month + 1
    )
    if count < 3:
        return when
    start = add_months(when.earliest.replace(day=1), part * (count // 3))
    return months(start.year, start.month, count // 3, DatePrecision.THIRD)


def add_months(start: date, count: int) -> date:
    """The same day ``count`` months on, or the last day of that month where it is shorter."""
    year, index = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, index + 1, min(start.day, calendar.monthrange(year, index + 1)[1]))


def add(start: date, count: int, unit: str) -> date | None:
    """The day ``count`` units on; ``unit`` is day, week, month, quarter or year. None beyond twenty
    years, which no plan reaches.
    """
    horizon_days = 20 * 366
    per_day, per_month = {"day": 1, "week": 7}, {"month": 1, "quarter": 3, "year": 12}
    if unit in per_day:
        span = count * per_day[unit]
        return start + timedelta(days=span) if span <= horizon_days else None
    span = count * per_month[unit]
    return add_months(start, span) if span <= horizon_days // 31 else None


def cut_at_release(when: When, release: date | None) -> When:
    """A window that has already begun starts on the release's date; one that is over stays as it
    is.
    """
    if release is None or when.earliest is None or when.latest is None:
        return when
    return replace(when, earliest=release) if when.earliest < release <= when.latest else when


def until(last: date | None, release: date | None) -> When:
    """From the release's date to ``last``, or unresolved where either is missing or they are in the
    wrong order.
    """
    if last is None or release is None:
        return unresolved(DatePrecision.RANGE)
    return When(min(release, last), last, DatePrecision.RANGE)


def joined(first: When, second: When) -> When:
    """From the start of one to the end of the other (*Q3 or Q4*, *between March and June*);
    unresolved where either is, or where they are in the wrong order.
    """
    if first.earliest is None or second.latest is None or first.earliest > second.latest:
        return unresolved(DatePrecision.RANGE)
    return When(first.earliest, second.latest, DatePrecision.RANGE)
