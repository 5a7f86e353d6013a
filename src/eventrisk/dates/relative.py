"""Periods that count from the release's date: *next month*, *within 60 days*, *in six weeks*.

Each reader takes a ``Period`` and the release's date, and gives a ``When``, unresolved without that
date.
"""

from __future__ import annotations

from datetime import date, timedelta

from eventrisk.dates import calendar
from eventrisk.dates.calendar import When, unresolved
from eventrisk.dates.period import Period, is_next
from eventrisk.labels import DatePrecision


def relative(period: Period, release: date | None) -> When:
    """The week (from Monday), month or quarter that runs on the release's date, or the next one."""
    unit = period.get("of").lower()
    if release is None:
        return unresolved(
            {"month": DatePrecision.MONTH, "quarter": DatePrecision.QUARTER}.get(
                unit, DatePrecision.RANGE
            )
        )
    steps = 1 if is_next(period.get("shift")) else 0
    if unit == "week":
        monday = release - timedelta(days=release.weekday() - 7 * steps)
        return When(monday, monday + timedelta(days=6), DatePrecision.RANGE)
    day = calendar.add_months(release, steps * (1 if unit == "month" else 3))
    return (
        calendar.month(day.year, day.month)
        if unit == "month"
        else calendar.quarter(day.year, (day.month + 2) // 3)
    )


def within(period: Period, release: date | None) -> When:
    """*Within 60 days*, *over the next year*: from the release's date to the end of the count."""
    count = period.number("count", "count") if period.get("count") else 1
    unit = period.get("of").lower()
    return calendar.until(calendar.add(release, count, unit) if release else None, release)


def ahead(period: Period, release: date | None) -> When:
    """*In about six months*: the month, week or day that the count reaches."""
    unit = period.get("of").lower()
    day = calendar.add(release, period.number("count", "count"), unit) if release else None
    if day is None:
        return unresolved(DatePrecision.RANGE)
    if unit == "day":
        return When(day, day, DatePrecision.DAY)
    if unit == "week":
        return When(day, day + timedelta(days=6), DatePrecision.RANGE)
    return calendar.month(day.year, day.month)


def coming(period: Period, release: date | None) -> When:
    """*Coming days*: two weeks; *coming weeks*: to the end of the next month; *coming months*: half
    a year.
    """
    if release is None:
        return unresolved(DatePrecision.RANGE)
    unit = period.get("of").lower()
    if unit == "week":
        following = calendar.add_months(release, 1)
        return calendar.until(calendar.month(following.year, following.month).latest, release)
    last = calendar.add(release, 14, "day") if unit == "day" else calendar.add_months(release, 6)
    return calendar.until(last, release)


def weekday(period: Period, release: date | None) -> When:
    """The first such day from the release's date on; *next Friday* is that of the next week."""
    if release is None:
        return unresolved(DatePrecision.DAY)
    number = period.number("weekday", "weekday")
    ahead = (number - release.weekday()) % 7
    is_this_week = number >= release.weekday()
    day = release + timedelta(days=ahead + 7 * (bool(period.get("next")) and is_this_week))
    return When(day, day, DatePrecision.DAY)


def tomorrow(period: Period, release: date | None) -> When:
    """The day after the release's date."""
    day = release + timedelta(days=1) if release else None
    return When(day, day, DatePrecision.DAY)
