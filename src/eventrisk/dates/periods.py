"""From the words of one period (*third quarter*, *next month*, *June 4*) to its window of days.

Each reader below takes a ``Period`` and the release's date and gives a ``When``, unresolved where
the words need a date that is missing. A rule names its reader by its key ``means``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from eventrisk.dates import calendar, relative
from eventrisk.dates.calendar import When, cut_at_release, unresolved
from eventrisk.dates.period import Period
from eventrisk.labels import DatePrecision


def _of_year(
    period: Period,
    release: date | None,
    window: Callable[[int], When | None],
    precision: DatePrecision,
) -> When:
    """The window in the year that is given, else the first one that is not over on the release's
    date.
    """
    year = period.year(release)
    if year is not None:
        return window(year) or unresolved(precision)
    if release is None:
        return unresolved(precision)
    years = range(release.year - 1, release.year + 5)  # four years reach the next 29 February
    candidates = [window(year) for year in years]
    return next(
        (c for c in candidates if c and c.latest and c.latest >= release), unresolved(precision)
    )


def _day(period: Period, release: date | None) -> When:
    month, number = period.month(), int(period.get("day"))
    first = _of_year(period, release, lambda y: calendar.day(y, month, number), DatePrecision.DAY)
    if not period.get("day2") or first.earliest is None:
        return first
    last_month = period.month("month2") if period.get("month2") else month
    last = calendar.day(
        first.earliest.year + (last_month < month), last_month, int(period.get("day2"))
    )
    return calendar.joined(first, last) if last else first


def _iso(period: Period, release: date | None) -> When:
    day = calendar.day(
        int(period.get("year")), int(period.get("monthnumber")), int(period.get("day"))
    )
    return day or unresolved(DatePrecision.DAY)


def _month(period: Period, release: date | None) -> When:
    number = period.month()
    return _of_year(period, release, lambda y: calendar.month(y, number), DatePrecision.MONTH)


def _quarter(period: Period, release: date | None) -> When:
    number = period.number("ord", "ordinal")
    return _of_year(period, release, lambda y: calendar.quarter(y, number), DatePrecision.QUARTER)


def _quarter_month(period: Period, release: date | None) -> When:
    """*December quarter*: the quarter that ends with the month."""
    last = period.month()
    first, back = ((last - 3) % 12 + 1, last < 3)
    return _of_year(
        period,
        release,
        lambda y: calendar.months(y - back, first, 3, DatePrecision.QUARTER),
        DatePrecision.QUARTER,
    )


def _half(period: Period, release: date | None) -> When:
    number = min(2, period.number("ord", "ordinal"))
    return _of_year(period, release, lambda y: calendar.half(y, number), DatePrecision.HALF)


def _season(period: Period, release: date | None) -> When:
    first = period.number("season", "season")
    return _of_year(period, release, lambda y: calendar.season(y, first), DatePrecision.QUARTER)


def _year(period: Period, release: date | None) -> When:
    year = period.year(release) or (release.year if release else None)
    return calendar.whole_year(year) if year else unresolved(DatePrecision.YEAR)


def _year_end(period: Period, release: date | None) -> When:
    """*Year-end* alone is read as *by year-end*."""
    year = period.year(release) or (release.year if release else None)
    if year is None:
        return unresolved(DatePrecision.RANGE)
    return calendar.until(date(year, 12, 31), release or date(year, 1, 1))


def _year_turn(period: Period, release: date | None) -> When:
    """The two months around New Year."""
    return _of_year(
        period,
        release,
        lambda y: calendar.months(y, 12, 2, DatePrecision.RANGE),
        DatePrecision.RANGE,
    )


def _mid_year(period: Period, release: date | None) -> When:
    return _of_year(
        period, release, lambda y: calendar.third(calendar.whole_year(y), 1), DatePrecision.THIRD
    )


def _christmas(period: Period, release: date | None) -> When:
    return _of_year(period, release, lambda y: calendar.day(y, 12, 25), DatePrecision.DAY)


def _rest_of_year(period: Period, release: date | None) -> When:
    year = period.year(release) or (release.year if release else None)
    if year is None or (release is None and not period.dated):
        return unresolved(DatePrecision.RANGE)
    return cut_at_release(calendar.months(year, 1, 12, DatePrecision.RANGE), release)


def _fiscal_end(period: Period, release: date | None) -> When:
    """The twelve months to the end of the month that is named."""
    last = calendar.month(int(period.get("year")), period.month())
    first = calendar.add_months(last.earliest, -11) if last.earliest else None
    return When(first, last.latest, DatePrecision.YEAR)


def _fiscal(period: Period, release: date | None) -> When:
    """A fiscal year's months are not in the text."""
    return unresolved(DatePrecision.YEAR)


READERS: Mapping[str, Callable[[Period, date | None], When]] = {
    "day": _day,
    "day_iso": _iso,
    "month": _month,
    "quarter": _quarter,
    "quarter_month": _quarter_month,
    "half": _half,
    "season": _season,
    "year": _year,
    "year_end": _year_end,
    "year_turn": _year_turn,
    "mid_year": _mid_year,
    "relative": relative.relative,
    "christmas": _christmas,
    "rest_of_year": _rest_of_year,
    "within": relative.within,
    "ahead": relative.ahead,
    "coming": relative.coming,
    "weekday": relative.weekday,
    "tomorrow": relative.tomorrow,
    "fiscal_end": _fiscal_end,
    "fiscal": _fiscal,
}


def window(period: Period, release: date | None) -> When:
    """The full window of a period, not cut at the release's date. Raises KeyError for a meaning
    without a reader.
    """
    return READERS[period.means](period, release)
