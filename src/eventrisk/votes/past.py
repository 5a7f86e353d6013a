"""Whether the words around a vote date it before today's news."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

RECENT = 45  # days before the release within which a dated vote can still be today's news
AROUND = 110  # characters before and after a statement in which its date stands


@lru_cache(maxsize=1)
def _dates() -> re.Pattern[str]:
    months = "|".join(name.lower() for name in calendar.month_name if name)
    return re.compile(
        rf"\b(?:(?P<day>\d{{1,2}}) )?(?P<month>{months})\b(?: "
        rf"(?P<late>\d{{1,2}})(?:st|nd|rd|th)?\b,?)?"
        rf"(?:,? (?P<year>(?:19|20)\d\d))?|\b(?:in|since|of) (?P<only>(?:19|20)\d\d)\b"
    )


def is_of_the_past(before: str, after: str, today: date | None) -> bool:
    """Whether the nearest date beside a statement lies more than ``RECENT`` days before the
    release.

    ``before`` and ``after`` are the folded words of its clause. Without a release date only a year
    can tell nothing, so the answer is False.
    """
    if today is None:
        return False
    early = list(_dates().finditer(before[-AROUND:]))
    late = _dates().search(after[: AROUND // 2])
    near = [match for match in (*early[-1:], late) if match is not None]
    return any((today - _latest(match, today)).days > RECENT for match in near)


def _latest(match: re.Match[str], today: date) -> date:
    """The last day the words can mean; a month without a year is the latest one not after the
    release.
    """
    if match["only"]:
        year = int(match["only"])
        return today if year >= today.year else date(year, 12, 31)
    month = [name.lower() for name in calendar.month_name].index(match["month"])
    year = int(match["year"]) if match["year"] else today.year - (month > today.month)
    last = calendar.monthrange(max(1, year), month)[1]
    day = int(match["day"] or match["late"] or last)
    return date(max(1, year), month, min(max(1, day), last))
