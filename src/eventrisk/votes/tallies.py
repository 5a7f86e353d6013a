"""The numbers of a vote: "10 to 4 against", "14 of 15", "12 yes, 3 no, 1 abstaining", "ten to
four".

The wordings are data (``votes/readings.toml``), number words too (``votes/numbers.tsv``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from eventrisk.votes.words import numbers, readings


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of votes; None where the words do not say. ``is_pair``: the words do not say which of
    them is yes.
    """

    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    is_pair: bool = False

    def swapped(self) -> Tally:
        """The tally of a pair whose first number is that of the opponents ("10 to 4 against")."""
        if not self.is_pair or self.yes is None or self.no is None or self.yes < self.no:
            return self
        return Tally(self.no, self.yes, self.abstain, is_pair=True)


def read_tally(words: str, before: str = "") -> Tally | None:
    """The tally that folded words state, or None; ``before`` are the folded words before them,
    which may give the number of members ("Of the 17 members, …").
    """
    for rule in readings("tally"):
        match = rule.regex.search(words)
        if match:
            counts = {
                name: _value(value)
                for name, value in match.groupdict().items()
                if value is not None
            }
            yes, no, is_pair = _sides(counts)
            abstain = counts["third"] if "third" in counts else _abstentions(words)
            return _completed(Tally(yes, no, abstain, is_pair), before)
    return None


def _completed(tally: Tally, before: str) -> Tally:
    """The tally with the votes against worked out, where the number of members is known."""
    if tally.no is None and tally.yes is not None:
        for rule in readings("whole"):
            match = rule.regex.search(before)
            if match and _value(match["whole"]) >= tally.yes:
                return replace(tally, no=_value(match["whole"]) - tally.yes - (tally.abstain or 0))
    return tally


def _sides(counts: Mapping[str, int]) -> tuple[int | None, int | None, bool]:
    """Yes, no and ``is_pair``, from the counts by the name of their group in the pattern."""
    if "first" in counts:
        return counts["first"], counts["second"], True
    if "part" in counts:
        return counts["part"], max(0, counts["whole"] - counts["part"]), True
    if "yespart" in counts:
        return counts["yespart"], max(0, counts["whole"] - counts["yespart"]), False
    if "nopart" in counts:
        return max(0, counts["whole"] - counts["nopart"]), counts["nopart"], False
    if "both" in counts:
        return counts["both"], counts["both"], False
    if "allyes" in counts:
        return counts["allyes"], 0, False
    if "allno" in counts:
        return 0, counts["allno"], False
    return counts.get("yes"), counts.get("no"), False


def _abstentions(words: str) -> int | None:
    for rule in readings("abstain"):
        match = rule.regex.search(words)
        if match:
            return _value(match["abstain"])
    return None


def _value(words: str) -> int:
    """The number of a numeral or a number word; 0 for other words."""
    if words.isdigit():
        return int(words)
    return numbers().get(words, 0)
