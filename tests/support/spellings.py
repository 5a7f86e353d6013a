"""Every spelling of one day of each month, for all that read stated days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from eventrisk.lexicon import terms

YEAR, DAY = 2025, 23
NAMED = (
    "{name} 23, 2025",
    "{name} 23 2025",
    "{name} 23rd, 2025",
    "23 {name} 2025",
    "23rd {name} 2025",
    "23rd of {name} 2025",
    "23 {name}, 2025",
    "23-{name}-2025",
)
SHORT = ("{name}. 23, 2025", "23 {name}. 2025")
NUMERIC = (
    "2025-{month:02}-23",
    "2025/{month:02}/23",
    "{month}/23/2025",
    "{month:02}/23/25",
    "23/{month}/2025",
    "23/{month:02}/25",
    "23.{month:02}.2025",
    "{month:02}-23-2025",
)


def spellings() -> Iterator[tuple[str, date]]:
    """The written forms of the 23rd of each month of 2025, in small and large letters, with the
    day.
    """
    for row in terms("dates/months.tsv"):
        name, day = row["name"], date(YEAR, int(row["month"]), DAY)
        for form in (*NAMED, *(SHORT if row["form"] == "short" else ())):
            yield form.format(name=name.title()), day
        yield f"{name.upper()} 23, 2025", day
    for month in range(1, 13):
        for form in NUMERIC:
            yield form.format(month=month), date(YEAR, month, DAY)
