"""The patterns of datelines: days, wires, times of day and places, built from the lexicons.

All run over the clean text as it is; case tells a place from other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from eventrisk.dates.months import month_pattern
from eventrisk.dates.stated import day_source
from eventrisk.lexicon import terms

ZONE = "(?:[A-Z]{1,4}T|GMT|UTC)"  # of the clock; both sides of *CET/CEST*
TIME = (
    r"(?:at )?\d{1,2}[:.h]\d{2}\s?(?:(?i:[ap]\.?m)\.?)?"
    rf"(?:\s?\(?{ZONE}(?:/{ZONE})?\b\)?)?"
    r"|\d{1,2}\s?(?i:[ap]\.?m)\.?(?:\s[A-Z]{2,4}\b)?"
)
CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,3}"
STATE = (
    r"(?:,? (?:[A-Z]\.? ?[A-Z]\.?(?: ?[A-Z]\.)?|[A-Z][a-z]{2,14}\.?(?: "
    r"[A-Z][a-z]{2,12})?|[A-Z]{4,14})(?![\w]))"
)
PLACE_AFTER = (
    r"[\s,;:|*–—-]*((?:[A-ZÀ-Þ][\w.'’-]*,? "
    r"){0,5}[A-ZÀ-Þ][\w.'’]*\.?)(?:\s(?:--|[–—-])\s|--|[–—]{1,2})"
)
PLACE_END = r"\s?[,;:(/–—-][\s,;:(/–—-]*$"


class Grammar(NamedTuple):
    """The compiled patterns that the lexicons of months, wires and places give."""

    anchor: re.Pattern[str]
    tail: re.Pattern[str]
    place: re.Pattern[str]
    known_before: re.Pattern[str]
    known_beside: re.Pattern[str]
    place_before: re.Pattern[str]
    place_dash: re.Pattern[str]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The patterns, compiled on first use."""
    anchor = "|".join((day_source(), *_undated_patterns()))
    known, beside, before, dash = _place_patterns()
    return Grammar(
        anchor=re.compile(anchor),
        tail=re.compile(rf"[\s,;:/()|*·•–—.-]*(?:{anchor}|{TIME})"),
        place=re.compile(PLACE_AFTER),
        known_before=re.compile(known),
        known_beside=re.compile(beside),
        place_before=re.compile(before),
        place_dash=re.compile(dash),
    )


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _undated_patterns() -> tuple[str, str]:
    """A day without its year before a wire or dash, and a wire in brackets, between strokes or with
    its name lost.
    """
    wire = _longest_first(row["name"] for row in terms("structure/wires.tsv"))
    return (
        rf"{month_pattern()}\.? \d{{1,2}}(?=\s?(?:/|\(|--|–|—))",
        rf"(?i:[/(]\s?(?:{wire})(?:\s?(?:via|through)[^)/]{{1,30}})?\s?[/)]|(?:{wire})(?=\s?(?:--|–|—|/)))"
        r"|//(?=\s*-)|(?<=[a-z.,])//",
    )


def _place_patterns() -> tuple[str, str, str, str]:
    """A known place directly before a day, one without a sign between them, an unknown one, and a
    place that a dash alone sets off from the text.
    """
    places = [row["place"] for row in terms("structure/places.tsv")]
    known = _longest_first([*places, *(place.upper() for place in places)])
    state = STATE.replace(",? ", ", ?", 1)
    seat = rf"(?:(?:{known})(?:{STATE}){{0,2}}|{CAPITALS}(?:{state}){{1,2}})"
    ahead, between = r"(?<![\w-])", r"\s?(?:,? and|/|;|&|,)\s?"
    towns = [rf"(?:{town})(?:{state}){{0,2}}" for town in (known, f"{known}|{CAPITALS}")]
    return (
        rf"{ahead}{towns[0]}(?:{between}{towns[1]}){{0,2}}{PLACE_END}",
        rf"{ahead}(?:{known})(?:{STATE}){{0,2}},? $",
        rf"{ahead}{towns[1]}(?:{between}{towns[1]}){{0,2}}{PLACE_END}",
        (
            rf"{ahead}{seat}(?:(?:,? and|\s?/|\s?&|;|,) "
            rf"{seat})?(?:\s?--+\s?|\s-\s|\s?[–—]{{1,2}}\s?)(?=[A-Z\"'(])"
        ),
    )
