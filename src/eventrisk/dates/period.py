"""One match of a period rule (*third quarter*, *next month*, *June 4*) and its groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from eventrisk import lexicon
from eventrisk.dates.calendar import full_year
from eventrisk.dates.months import month_number

WORDS = "dates/time_words.tsv"
# the meanings of periods whose words may leave the year open
OPEN_YEAR = ("day", "month", "quarter", "quarter_month", "half", "season", "weekday", "christmas")


@dataclass(frozen=True)
class Period:
    """One match of a period rule: the rule's ``means`` (a key of ``periods.READERS``) and the named
    groups of its pattern.
    """

    means: str
    groups: Mapping[str, str | None]

    def get(self, name: str) -> str:
        """The words of a group, or an empty text."""
        return self.groups.get(name) or ""

    def number(self, group: str, kind: str) -> int:
        """A group as a number: digits as they are, words by ``time_words.tsv``. Raises KeyError for
        a word that has no row of this ``kind``.
        """
        words = self.get(group).lower()
        return int(words) if words.isascii() and words.isdigit() else _words()[kind, words]

    def month(self, group: str = "month") -> int:
        """The number (1–12) of the month that a group names or numbers."""
        words = self.get(group)
        return int(words) if words.isdigit() else month_number(words)

    def year(self, release: date | None) -> int | None:
        """The year its words give, or that *this* or *next year* means; None where they give
        none.
        """
        written = self.get("year") or self.get("year2")
        if written:
            return int(written)
        if short := self.get("short") or self.get("short2"):
            return full_year(int(short))
        if release is None or not (shift := self.get("shift").lower()):
            return None
        return release.year + is_next(shift)

    @property
    def dated(self) -> bool:
        """Whether the words themselves give the year, or count from the release's date."""
        given = ("year", "year2", "short", "short2", "shift", "det")
        gives_year = any(self.get(name) for name in given)
        return gives_year or self.means not in OPEN_YEAR


@lru_cache(maxsize=1)
def _words() -> Mapping[tuple[str, str], int]:
    return {(row["kind"], row["word"]): int(row["value"]) for row in lexicon.terms(WORDS)}


def is_next(shift: str) -> bool:
    """Whether the words that shift a unit lead to the one after that of the release's date."""
    return any(word in shift.lower() for word in ("next", "coming", "new"))
