"""Dates of labelled data that are none, are written otherwise than ISO, or lie after the text that
is dated by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from eventrisk.checking.problem import Edit, Entry, Problem, Severity
from eventrisk.checking.view import View
from eventrisk.dates import read_given
from eventrisk.dates.given import Given
from eventrisk.dates.stated import Order, StatedDay, stated_days, whole_day
from eventrisk.errors import DateError

DATELINE_CHARS = 2000  # of a text, within which its dateline stands
# A date may lie this long after the dateline: news is taken over by sites and filed later.
LATER_DAYS = 3
HAPPENED = ("occurred", "historical", "resolved", None)  # assertions of events that are not to come
Path = tuple[str | int, ...]


def dates_of(entry: Entry) -> Iterator[tuple[str, Path, str]]:
    """Every date of a record: its name for messages, its path in the plain form, its value."""
    record = entry.placed.record
    if record.date is not None:
        yield "date", ("date",), record.date
    for key, parts in (("events", ("date",)), ("catalysts", ("earliest", "latest"))):
        for i, row in enumerate(getattr(record, key) or ()):
            for part in parts:
                if row.get(part) is not None:
                    yield f"{key} {i + 1}: {part}", (key, i, part), str(row[part])


def form_problems(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Dates that ``analyze_many`` does not take, and years or months alone; the clear dates of the
    set decide which of two numbers is the month in the others.
    """
    dates = [(entry, *of_one) for entry in entries for of_one in dates_of(entry)]
    for entry, name, _, value in dates:
        given = _given(value)
        if given is not None and given.day is None:
            message = f"{name}: {value!r} is no day, and counts as not given"
            yield entry.problem("no day", Severity.NOTE, message, "give the day if you know it")
    odd = [row for row in dates if _given(row[3]) is None]
    stated = [whole_day(value) for _, _, _, value in odd]
    month_first = _month_first(stated)
    for (entry, name, path, value), day in zip(odd, stated, strict=True):
        corrected = corrected_day(day, month_first)
        if corrected is not None:
            message = f"{name}: {value!r} is not written as YYYY-MM-DD"
            edits = [Edit(path, corrected.isoformat())]
            fix = f"write {corrected.isoformat()}"
            yield entry.problem("date not ISO", Severity.ERROR, message, fix, edits)
        elif day is not None and day.order is Order.OPEN:
            message = f"{name}: {value!r} may be read with the day or the month first"
            yield entry.problem("date not ISO", Severity.ERROR, message, "write it as YYYY-MM-DD")
        else:
            message = _reason(value, name)
            yield entry.problem("no date", Severity.ERROR, message, "correct it, or leave it out")


def corrected_day(day: StatedDay | None, month_first: bool | None) -> date | None:
    """The day of a date in another form; None where the calendar has none, or where the order of
    day and month is open and ``month_first`` does not say it.
    """
    if day is None or (day.order is Order.OPEN and month_first is None):
        return None
    return day.reading(month_first=month_first is not False)


def _month_first(stated: Iterable[StatedDay | None]) -> bool | None:
    """Whether the month stands first in dates such as 03/04/2008, as the clear ones of the set
    show; None if none is clear or they differ.
    """
    orders = {day.order for day in stated if day is not None}
    month, day = Order.MONTH_FIRST in orders, Order.DAY_FIRST in orders
    return None if month == day else month


def _given(value: str) -> Given | None:
    """A date as ``analyze_many`` reads it; None for what it does not take."""
    try:
        return read_given(value)
    except DateError:
        return None


def _iso(value: str) -> date | None:
    given = _given(value)
    return given.day if given is not None else None


def _reason(value: str, name: str) -> str:
    try:
        read_given(value, name)
    except DateError as error:
        return str(error).split(";")[0]
    return f"{name}: {value!r} is no date"


def date_problems(entry: Entry, view: View) -> Iterator[Problem]:
    """Dates after the text: of the record, of what happened, and catalysts that were over when it
    was written.
    """
    record = entry.placed.record
    day = _iso(record.date) if record.date is not None else None
    dated = None
    if day is not None and not _states(record.text[:DATELINE_CHARS], day):
        dated = _iso(view.stated_date() or "")
        yield from _against_dateline(entry, day, dated)
    yield from _after_text(entry, day, dated)
    for i, catalyst in enumerate(record.catalysts or ()):
        earliest, latest = (_iso(str(catalyst.get(key))) for key in ("earliest", "latest"))
        yield from _catalyst(entry, i, earliest, latest, dated or day)


def _states(text: str, day: date) -> bool:
    """Whether a text states a day: checked first, since reading the dateline takes far longer."""
    return any(stated.date == day for stated in stated_days(text))


def _against_dateline(entry: Entry, day: date, dated: date | None) -> Iterator[Problem]:
    """A record's date that contradicts the text's dateline."""
    if dated is None or 0 <= (day - dated).days <= LATER_DAYS:
        return
    away = abs((day - dated).days)
    side = f"{away} days {'after' if day > dated else 'before'}"
    message = f"date: {day} lies {side} the text's own dateline ({dated})"
    fix = (
        f"write {dated} if the dateline is right; a date off the text lets the model see "
        f"what it could not know"
    )
    yield entry.problem("date and dateline differ", Severity.WARNING, message, fix)


def _after_text(entry: Entry, day: date | None, dated: date | None) -> Iterator[Problem]:
    """Events that happened after the text was written."""
    release = dated or day
    if release is None:
        return
    for i, event in enumerate(entry.placed.record.events or ()):
        happened = _iso(str(event.get("date")))
        if event.get("assertion") not in HAPPENED or happened is None:
            continue
        if happened > max(release, day or release):
            message = (
                f"events {i + 1}: {happened} lies after the text ({release}), and yet it has "
                f"happened"
            )
            fix = "correct it, or mark it as scheduled"
            yield entry.problem("date after the text", Severity.ERROR, message, fix)


def _catalyst(
    entry: Entry, i: int, earliest: date | None, latest: date | None, release: date | None
) -> Iterator[Problem]:
    if earliest and latest and earliest > latest:
        message = f"catalysts {i + 1}: earliest ({earliest}) lies after latest ({latest})"
        edits = [
            Edit(("catalysts", i, "earliest"), latest.isoformat()),
            Edit(("catalysts", i, "latest"), earliest.isoformat()),
        ]
        yield entry.problem(
            "dates the wrong way round", Severity.ERROR, message, "exchange them", edits
        )
    elif latest and release and latest < release:
        message = f"catalysts {i + 1}: {latest} was over when the text was written ({release})"
        yield entry.problem(
            "catalyst in the past",
            Severity.WARNING,
            message,
            "correct it, or take the catalyst out",
        )
