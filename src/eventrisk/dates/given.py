"""A release's own date as people have it: text, ``date``, ``datetime``, ``Timestamp``, a number."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from eventrisk.dates.calendar import FIRST_YEAR, LAST_YEAR, parse_iso
from eventrisk.dates.stated import Order, StatedDay, whole_day
from eventrisk.errors import DateError

Day = str | int | date
"""A day: ``YYYY-MM-DD``, also with a time and a zone behind it, ``YYYYMMDD``, as text or number, or
with the month as a word (``Mar 4, 2025``); or a ``date``, ``datetime`` or ``Timestamp``.
"""
TIME = r"\d{1,2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?\s*(?:Z|[A-Z]{2,4}|[+-]\d{2}(?::?\d{2})?)?"
WRITTEN = re.compile(rf"(\d{{4}})(-?)(\d{{2}})\2(\d{{2}})(?:[T ]\s*{TIME})?", re.ASCII)
PARTIAL = re.compile(r"(\d{4})(?:-(?:0[1-9]|1[0-2]))?", re.ASCII)

PARTED = re.compile(r"[^\W\d_]{3}|\d[-/.]\d")  # the name of a month, or a sign between numbers
RUN_TOGETHER = re.compile(r"\d{5}")  # numbers of which nobody can say where the day ends


class Given(NamedTuple):
    """``day`` is None where only a year or a month is given, as ``words`` says it."""

    day: date | None
    words: str


def read_given(value: object, where: str = "date") -> Given:
    """The day that is meant; a time of day and its zone are left off, and the day is not moved.

    Raises DateError for what is no date.
    """
    if isinstance(value, datetime):
        return Given(parse_iso(value.date().isoformat(), where), str(value))
    if isinstance(value, date):
        return Given(parse_iso(value.isoformat(), where), str(value))
    words = _words(value)
    if (partial := PARTIAL.fullmatch(words)) and FIRST_YEAR <= int(partial[1]) <= LAST_YEAR:
        return Given(None, words)
    if written := WRITTEN.fullmatch(words):
        return Given(parse_iso("-".join(written.group(1, 3, 4)), where), words)
    if PARTED.search(words) and not RUN_TOGETHER.search(words) and (stated := whole_day(words)):
        return Given(_in_words(stated, words, where), words)
    return Given(parse_iso(value if isinstance(value, str) else words, where), words)


def _in_words(stated: StatedDay, words: str, where: str) -> date:
    """The day of a spelling that leaves no doubt which number is the month. Raises DateError."""
    if stated.order not in (Order.NAMED, Order.YEAR_FIRST):
        raise DateError(
            f"{where}: {words!r} does not say which number is the day and which the month, as "
            f"countries differ; write YYYY-MM-DD, e.g. 2008-02-27, or name the month"
        )
    return parse_iso(f"{stated.year}-{stated.month:02}-{stated.day:02}", where)


def _words(value: object) -> str:
    """Numbers without the point that a column with gaps gives them; a ``datetime64`` as ISO."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
