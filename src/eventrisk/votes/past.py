"""Whether the days stated around a vote lie before today's news."""

from __future__ import annotations

import re
from datetime import date

from eventrisk.dates.months import is_month_stop
from eventrisk.dates.stated import Required, stated_days

RECENT_DAYS = 45  # before the release, within which a dated vote can still be today's news
BEFORE_CHARS, AFTER_CHARS = 110, 55  # around a statement, within which its date lies
STOP = re.compile(r";|\. ")


def is_of_the_past(
    before: str, after: str, today: date | None, *, recent_days: int = RECENT_DAYS
) -> bool:
    """Whether the nearest date on either side of a statement lies more than ``recent_days`` before
    the release.

    ``before`` and ``after`` are the words of its clause, folded or not; a date behind a full stop
    or semicolon in ``after`` belongs to something else. ``today`` is the release's date; without it
    the answer is False.
    """
    if today is None:
        return False
    early = list(stated_days(before, max(0, len(before) - BEFORE_CHARS), required=Required.ANY))
    late = list(stated_days(after, 0, min(AFTER_CHARS, clause_end(after)), required=Required.ANY))
    days = (stated.latest(today) for stated in (*early[-1:], *late[:1]))
    return any(day is not None and (today - day).days > recent_days for day in days)


def clause_end(words: str) -> int:
    """The offset of the first semicolon or full stop; the stop of *Jan. 14* is none."""
    stops = (stop.start() for stop in STOP.finditer(words))
    return next((at for at in stops if not is_month_stop(words, at)), len(words))
