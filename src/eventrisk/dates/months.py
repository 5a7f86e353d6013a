"""The names of months (``dates/months.tsv``): their numbers, and one pattern that finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from eventrisk.lexicon import terms

FILE = "dates/months.tsv"


@lru_cache(maxsize=1)
def month_numbers() -> Mapping[str, int]:
    """Every name in lower case, long and short, with its number (1–12)."""
    return {row["name"]: int(row["month"]) for row in terms(FILE)}


def month_number(name: str) -> int:
    """The number (1–12) of a name in any case, with or without the full stop of a short form.

    A misspelt name counts by its first three letters. Raises KeyError where these begin no month.
    """
    word = name.lower().rstrip(".")
    known = month_numbers()
    return known[word] if word in known else known[word[:3]]


@lru_cache(maxsize=3)
def month_pattern(form: str | None = None) -> str:
    """The source of a pattern that matches a name in any case, without the full stop behind it.

    ``form``: only names of that form. ``full`` are those that can be nothing but a month, so not
    *may*, *march* or *dec*; ``short`` those that a full stop may follow.
    """
    names = [row["name"] for row in terms(FILE) if form in (None, row["form"])]
    return f"(?i:{_alternatives(names)})"


def _alternatives(names: Iterable[str]) -> str:
    """The names, longest first, by first letter: most words fail at that one."""
    rests: dict[str, list[str]] = {}
    for name in sorted(set(names), key=lambda n: (-len(n), n)):
        rests.setdefault(name[0], []).append(re.escape(name[1:]))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in sorted(rests.items()))


def short_months() -> Iterable[str]:
    """The short forms in lower case, without the full stop that may follow them."""
    return [row["name"] for row in terms(FILE) if row["form"] == "short"]


def is_month_stop(text: str, at: int) -> bool:
    """Whether the full stop at offset ``at`` shortens a month before a number: *Jan. 14*."""
    number = text[at + 1 : at + 3].lstrip()[:1].isdigit()
    return number and _short().search(text, max(0, at - 5), at) is not None


def is_beside_month(text: str, start: int, end: int) -> bool:
    """Whether numbers at these offsets are days of a month: *January 14-15*, *14-15 January*."""
    if not text[start].isdigit():
        return False
    return _ending().search(text, max(0, start - 12), start) is not None or (
        text[end - 1].isdigit() and _beginning().match(text, end) is not None
    )


@lru_cache(maxsize=1)
def _ending() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_]){month_pattern()}\.? $")


@lru_cache(maxsize=1)
def _beginning() -> re.Pattern[str]:
    return re.compile(rf" {month_pattern()}(?![^\W\d_])")


@lru_cache(maxsize=1)
def _short() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_]){month_pattern('short')}$")
