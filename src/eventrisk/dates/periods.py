"""From the words of one period (*third quarter*, *next month*, *June 4*) to its window of days.

Each reader below takes a ``Period`` and the release's date and gives a ``When``, unresolved where
the words need a date that is missing. Which reader serves which rule is said by the rule's
``means``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from eventrisk import lexicon
from eventrisk.dates import calendar
from eventrisk.dates.calendar import When, begun, unresolved
from eventrisk.labels import Precision

WORDS = "dates/time_words.tsv"
CENTURY = 70  # two-digit years below are of this century
NEXT_WORDS = ("next", "coming")
COMING_MONTHS = 6  # "in the coming months" is read as the next half year
COMING_DAYS = 14
BARE = (
    "day",
    "month",
    "quarter",
    "quarter_month",
    "half",
    "season",
    "weekday",
)  # leave the year to the reader


@dataclass(frozen=True)
class Period:
    """One match of a period rule: what it means and its named groups."""

    means: str
    groups: Mapping[str, str | None]

    def get(self, name: str) -> str:
        """The words of a group, or an empty text."""
        return self.groups.get(name) or ""

    def number(self, group: str, kind: str) -> int:
        """A group as a number: digits as they are, words by the table of their kind. Months by
        three letters.
        """
        words = self.get(group).lower().rstrip(".")
        if words.isascii() and words.isdigit():
            return int(words)
        return _words()[kind, words[:3] if kind == "month" else words]

    def year(self, release: date | None) -> int | None:
        """The year its words give, or that *this* or *next year* means; None where they give
        none.
        """
        written = self.get("year") or self.get("year2")
        if written:
            return int(written)
        if short := self.get("short"):
            return int(short) + (2000 if int(short) < CENTURY else 1900)
        if release is None or not (shift := self.get("shift").lower()):
            return None
        return release.year + any(word in shift for word in NEXT_WORDS)

    @property
    def dated(self) -> bool:
        """Whether the words themselves give the year, or count from the release's date."""
        given = (
            self.get("year")
            or self.get("year2")
            or self.get("short")
            or self.get("shift")
            or self.get("det")
        )
        return bool(given) or self.means not in BARE


@lru_cache(maxsize=1)
def _words() -> Mapping[tuple[str, str], int]:
    return {(row["kind"], row["word"]): int(row["value"]) for row in lexicon.terms(WORDS)}


def _of_year(
    period: Period, release: date | None, window: Callable[[int], When | None], precision: Precision
) -> When:
    """The window in the year that is given, else the first one that is not over on the release's
    date.
    """
    year = period.year(release)
    if year is not None:
        return window(year) or unresolved(precision)
    if release is None:
        return unresolved(precision)
    candidates = [
        window(release.year + ahead) for ahead in range(-1, 5)
    ]  # four years reach the next 29 February
    return next(
        (c for c in candidates if c and c.latest and c.latest >= release), unresolved(precision)
    )


def _day(period: Period, release: date | None) -> When:
    month, number = period.number("month", "month"), int(period.get("day"))
    first = _of_year(period, release, lambda y: calendar.day(y, month, number), Precision.DAY)
    if not period.get("day2") or first.earliest is None:
        return first
    last_month = period.number("month2", "month") if period.get("month2") else month
    last = calendar.day(
        first.earliest.year + (last_month < month), last_month, int(period.get("day2"))
    )
    return calendar.joined(first, last) if last else first


def _iso(period: Period, release: date | None) -> When:
    found = calendar.day(
        int(period.get("year")), int(period.get("monthnumber")), int(period.get("day"))
    )
    return found or unresolved(Precision.DAY)


def _month(period: Period, release: date | None) -> When:
    number = period.number("month", "month")
    return _of_year(period, release, lambda y: calendar.month(y, number), Precision.MONTH)


def _quarter(period: Period, release: date | None) -> When:
    number = period.number("ord", "ordinal")
    return _of_year(period, release, lambda y: calendar.quarter(y, number), Precision.QUARTER)


def _quarter_month(period: Period, release: date | None) -> When:
    """*December quarter*: the quarter that ends with the month."""
    last = period.number("month", "month")
    first, back = ((last - 3) % 12 + 1, last < 3)
    return _of_year(
        period,
        release,
        lambda y: calendar.months(y - back, first, 3, Precision.QUARTER),
        Precision.QUARTER,
    )


def _half(period: Period, release: date | None) -> When:
    number = min(2, period.number("ord", "ordinal"))
    return _of_year(period, release, lambda y: calendar.half(y, number), Precision.HALF)


def _season(period: Period, release: date | None) -> When:
    first = period.number("season", "season")
    return _of_year(period, release, lambda y: calendar.season(y, first), Precision.QUARTER)


def _year(period: Period, release: date | None) -> When:
    year = period.year(release) or (release.year if release else None)
    return calendar.whole_year(year) if year else unresolved(Precision.YEAR)


def _year_end(period: Period, release: date | None) -> When:
    """*Year-end* alone is read as *by year-end*."""
    year = period.year(release) or (release.year if release else None)
    if year is None:
        return unresolved(Precision.RANGE)
    return calendar.until(date(year, 12, 31), release or date(year, 1, 1))


def _year_turn(period: Period, release: date | None) -> When:
    """The two months around New Year."""
    return _of_year(
        period, release, lambda y: calendar.months(y, 12, 2, Precision.RANGE), Precision.RANGE
    )


def _mid_year(period: Period, release: date | None) -> When:
    return _of_year(
        period, release, lambda y: calendar.third(calendar.whole_year(y), 1), Precision.THIRD
    )


def _relative(period: Period, release: date | None) -> When:
    """The week (from Monday), month or quarter that runs on the release's date, or the next one."""
    unit = period.get("of").lower()
    if release is None:
        return unresolved(
            {"month": Precision.MONTH, "quarter": Precision.QUARTER}.get(unit, Precision.RANGE)
        )
    ahead = any(word in period.get("shift").lower() for word in NEXT_WORDS)
    if unit == "week":
        monday = release - timedelta(days=release.weekday() - 7 * ahead)
        return When(monday, monday + timedelta(days=6), Precision.RANGE)
    then = calendar.add_months(release, ahead * (1 if unit == "month" else 3))
    return (
        calendar.month(then.year, then.month)
        if unit == "month"
        else calendar.quarter(then.year, (then.month + 2) // 3)
    )


def _rest_of_year(period: Period, release: date | None) -> When:
    year = period.year(release) or (release.year if release else None)
    if year is None or (release is None and not period.dated):
        return unresolved(Precision.RANGE)
    return begun(calendar.months(year, 1, 12, Precision.RANGE), release)


def _within(period: Period, release: date | None) -> When:
    last = (
        calendar.add(release, period.number("count", "count"), period.get("of").lower())
        if release
        else None
    )
    return calendar.until(last, release)


def _ahead(period: Period, release: date | None) -> When:
    """*In about six months*: the month, week or day that the count reaches."""
    unit = period.get("of").lower()
    then = calendar.add(release, period.number("count", "count"), unit) if release else None
    if then is None:
        return unresolved(Precision.RANGE)
    if unit == "day":
        return When(then, then, Precision.DAY)
    if unit == "week":
        return When(then, then + timedelta(days=6), Precision.RANGE)
    return calendar.month(then.year, then.month)


def _coming(period: Period, release: date | None) -> When:
    """*Coming days*: two weeks; *coming weeks*: to the end of the next month; *coming months*: half
    a year.
    """
    if release is None:
        return unresolved(Precision.RANGE)
    unit = period.get("of").lower()
    if unit == "week":
        following = calendar.add_months(release, 1)
        return calendar.until(calendar.month(following.year, following.month).latest, release)
    return calendar.until(
        calendar.add(
            release, *((COMING_DAYS, "day") if unit == "day" else (COMING_MONTHS, "month"))
        ),
        release,
    )


def _weekday(period: Period, release: date | None) -> When:
    """The first such day from the release's date on."""
    if release is None:
        return unresolved(Precision.DAY)
    then = release + timedelta(days=(period.number("weekday", "weekday") - release.weekday()) % 7)
    return When(then, then, Precision.DAY)


def _tomorrow(period: Period, release: date | None) -> When:
    then = release + timedelta(days=1) if release else None
    return When(then, then, Precision.DAY)


def _fiscal_end(period: Period, release: date | None) -> When:
    """The twelve months to the end of the month that is named."""
    last = calendar.month(int(period.get("year")), period.number("month", "month"))
    first = calendar.add_months(last.earliest, -11) if last.earliest else None
    return When(first, last.latest, Precision.YEAR)


def _fiscal(period: Period, release: date | None) -> When:
    """A fiscal year's months are not in the text."""
    return unresolved(Precision.YEAR)


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
    "relative": _relative,
    "rest_of_year": _rest_of_year,
    "within": _within,
    "ahead": _ahead,
    "coming": _coming,
    "weekday": _weekday,
    "tomorrow": _tomorrow,
    "fiscal_end": _fiscal_end,
    "fiscal": _fiscal,
}


def window(period: Period, release: date | None) -> When:
    """The full window of a period, not yet cut at the release's date."""
    return READERS[period.means](period, release)
