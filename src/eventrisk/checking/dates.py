"""Dates that are none, are written otherwise than ISO, or lie after the text that is dated by
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from eventrisk.checking.problem import At, Edit, Problem, Severity
from eventrisk.checking.view import View
from eventrisk.dates import parse_iso
from eventrisk.errors import DateError
from eventrisk.lexicon import terms

HEAD = 2000  # characters in which a dateline stands
# days that a date may lie after the dateline: news is taken over by sites and filed some days later
LATER = 3
HAPPENED = ("occurred", "historical", "resolved", None)  # assertions of events that are not to come
Path = tuple[str | int, ...]

ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}.*")
YEAR_FIRST = re.compile(r"(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?: \d{1,2}:\d{2}.*)?")
MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([^\W\d_]+)\.?,?[ -](\d{4})")


def dates_of(at: At) -> Iterator[tuple[str, Path, str]]:
    """Every date of a record: its name for messages, its path in the plain form, its value."""
    record = at.placed.record
    if record.date is not None:
        yield "date", ("date",), record.date
    for key, parts in (("events", ("date",)), ("catalysts", ("earliest", "latest"))):
        for i, row in enumerate(getattr(record, key) or ()):
            for part in parts:
                if row.get(part) is not None:
                    yield f"{key} {i + 1}: {part}", (key, i, part), str(row[part])


def form_problems(every: Sequence[At]) -> Iterator[Problem]:
    """Dates in another form; which of two numbers is the month, the other dates of the set may
    tell.
    """
    odd = [(at, *found) for at in every for found in dates_of(at) if not _iso(found[2])]
    month_first = _order([value for _, _, _, value in odd])
    for at, name, path, value in odd:
        read = read_day(value, month_first)
        if read is not None:
            message = f"{name}: {value!r} is not written as YYYY-MM-DD"
            iso = read.isoformat()
            yield at.problem(
                "date not ISO", Severity.ERROR, message, f"write {iso}", [Edit(path, iso)]
            )
            continue
        numbers = YEAR_LAST.fullmatch(value)
        if numbers and all(1 <= int(numbers[n]) <= 12 for n in (1, 3)):
            message = f"{name}: {value!r} may be read with the day or the month first"
            yield at.problem("date not ISO", Severity.ERROR, message, "write it as YYYY-MM-DD")
        else:
            yield at.problem(
                "no date", Severity.ERROR, _reason(value, name), "correct it, or leave it out"
            )


def _order(values: Sequence[str]) -> bool | None:
    """Whether the month stands first in dates such as 02/27/2008, as the clear ones show; None if
    they differ.
    """
    found = [m for value in values if (m := YEAR_LAST.fullmatch(value)) and m[2] != "."]
    month, day = any(int(m[3]) > 12 for m in found), any(int(m[1]) > 12 for m in found)
    return None if month == day else month


def _iso(value: str) -> date | None:
    try:
        return parse_iso(value)
    except DateError:
        return None


def _reason(value: str, name: str) -> str:
    try:
        parse_iso(value, name)
    except DateError as error:
        return str(error).split(";")[0]
    return f"{name}: {value!r} is no date"


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {row["name"].casefold(): int(row["month"]) for row in terms("dates/months.tsv")}


def read_day(value: str, month_first: bool | None = None) -> date | None:
    """The day that is meant by a date in another form, or None where none or more than one may be
    meant.
    """
    value = value.strip()
    if match := ISO_TIME.fullmatch(value):
        return _iso(match[1])
    if match := YEAR_FIRST.fullmatch(value):
        return _day(match[1], match[2], match[3])
    if match := MONTH_FIRST.fullmatch(value):
        return _day(match[3], _months().get(match[1].casefold(), 0), match[2])
    if match := DAY_FIRST.fullmatch(value):
        return _day(match[3], _months().get(match[2].casefold(), 0), match[1])
    if match := YEAR_LAST.fullmatch(value):
        first, second = int(match[1]), int(match[3])
        if match[2] == "." or first > 12 or first == second:
            return _day(match[4], second, first)
        if second > 12 or month_first is not None:
            return _day(match[4], *((second, first) if month_first is False else (first, second)))
    return None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    return _iso(f"{int(year):04d}-{int(month):02d}-{int(day):02d}")


def names(text: str, day: date) -> bool:
    """Whether a text names a day in one of the usual spellings; far quicker than to read its
    dateline.
    """
    lower, after = text.casefold(), f" {day.day}, {day.year}"
    if day.isoformat() in lower:
        return True
    months = [name for name, number in _months().items() if number == day.month]
    return any(
        f"{name}{after}" in lower
        or f"{name}.{after}" in lower
        or f"{day.day} {name} {day.year}" in lower
        for name in months
    )


def date_problems(at: At, view: View) -> Iterator[Problem]:
    """Dates after the text: of the record, of what happened, and catalysts that were over when it
    was written.
    """
    record = at.placed.record
    day = _iso(record.date) if record.date is not None else None
    stated = view.stated_date() if day is not None and not names(record.text[:HEAD], day) else None
    dated = _iso(stated) if stated else None
    if day is not None and dated is not None and (day < dated or (day - dated).days > LATER):
        side = (
            f"{(day - dated).days} days after"
            if day > dated
            else f"{(dated - day).days} days before"
        )
        message = f"date: {day} lies {side} the text's own dateline ({dated})"
        fix = (
            f"write {dated} if the dateline is right; a date off the text lets the model see "
            f"what it could not know"
        )
        yield at.problem("date and dateline differ", Severity.WARNING, message, fix)
    release = dated or day
    for i, event in enumerate(record.events or ()):
        happened = _iso(str(event.get("date")))
        if (
            happened
            and release
            and happened > max(release, day or release)
            and event.get("assertion") in HAPPENED
        ):
            message = (
                f"events {i + 1}: {happened} lies after the text ({release}), and yet it has "
                f"happened"
            )
            yield at.problem(
                "date after the text",
                Severity.ERROR,
                message,
                "correct it, or mark it as scheduled",
            )
    for i, catalyst in enumerate(record.catalysts or ()):
        yield from _catalyst(
            at, i, _iso(str(catalyst.get("earliest"))), _iso(str(catalyst.get("latest"))), release
        )


def _catalyst(
    at: At, i: int, earliest: date | None, latest: date | None, release: date | None
) -> Iterator[Problem]:
    if earliest and latest and earliest > latest:
        message = f"catalysts {i + 1}: earliest ({earliest}) lies after latest ({latest})"
        edits = [
            Edit(("catalysts", i, "earliest"), latest.isoformat()),
            Edit(("catalysts", i, "latest"), earliest.isoformat()),
        ]
        yield at.problem(
            "dates the wrong way round", Severity.ERROR, message, "exchange them", edits
        )
    elif latest and release and latest < release:
        message = f"catalysts {i + 1}: {latest} was over when the text was written ({release})"
        yield at.problem(
            "catalyst in the past",
            Severity.WARNING,
            message,
            "correct it, or take the catalyst out",
        )
