"""Who voted: the committee of a statement, by name or paraphrase, and the body it belongs to.

Names come from the agencies of the reading and, where it has none, from ``agencies/agencies.tsv``;
paraphrases ("FDA panel", "EMA advisers") from ``votes/readings.toml``.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from eventrisk.labels import EntityLabel, VoteBody
from eventrisk.lexicon import terms
from eventrisk.reading import Reading
from eventrisk.votes.words import readings

AGENCIES = "agencies/agencies.tsv"
UNNAMED = "FDA Advisory Committee"  # the canonical name of a committee whose own name is not given
# marks (column ``care``) of short forms that need the checks of the agency finder
CHECKED_MARKS = ("defined", "word")


@dataclass(frozen=True, slots=True)
class Committee:
    """A mention of a committee; half-open offsets into the text. ``name`` is its canonical name, or
    the words of a paraphrase, for which ``is_named`` is False.
    """

    start: int
    end: int
    body: VoteBody
    name: str
    is_named: bool


@lru_cache(maxsize=1)
def bodies() -> Mapping[str, str]:
    """The body of each committee by its canonical name; agencies that do not vote are absent."""
    return {row["canonical"]: row["body"] for row in terms(AGENCIES) if row["body"] != "-"}


def find_committees(reading: Reading, folded: str) -> list[Committee]:
    """All mentions of committees in order of the text; ``folded`` is the folded text of the
    reading.
    """
    named = [
        Committee(
            m.start, m.end, VoteBody(bodies()[m.canonical]), m.canonical, m.canonical != UNNAMED
        )
        for m in reading.mentions
        if m.label == EntityLabel.AGENCY and m.canonical in bodies()
    ] or _looked_up(reading.text)
    return sorted(
        [*named, *_paraphrased(reading.text, folded, named)], key=lambda c: (c.start, -c.end)
    )


def _looked_up(text: str) -> list[Committee]:
    """The committees of the list, for readings that carry no agencies."""
    committees: list[Committee] = []
    for row in terms(AGENCIES):
        if row["body"] == "-" or any(mark in row["care"] for mark in CHECKED_MARKS):
            continue
        for term in {row["term"], row["term"].upper()}:
            at = text.find(term)
            while at >= 0:
                committees.append(
                    Committee(at, at + len(term), VoteBody(row["body"]), row["canonical"], True)
                )
                at = text.find(term, at + len(term))
    return committees


def _paraphrased(text: str, folded: str, named: Sequence[Committee]) -> list[Committee]:
    """ "FDA panel" and the like, where no name stands at the same place."""
    committees: list[Committee] = []
    taken = sorted((c.start, c.end) for c in named)
    for rule in readings("body"):
        for match in rule.regex.finditer(folded):
            start, end = match.span()
            at = bisect_left(taken, (start, start))
            clear_before = at == 0 or taken[at - 1][1] <= start
            if clear_before and (at == len(taken) or end <= taken[at][0]):
                insort(taken, (start, end))
                name = str(rule.keys.get("name", text[start:end]))
                committees.append(
                    Committee(start, end, VoteBody(str(rule.keys["body"])), name, False)
                )
    return committees


def default_body(folded: str) -> VoteBody:
    """Whose a panel without a name is: of the regulator that the text names first; of the FDA, if
    none is named but advisers or a panel are; else of another committee.
    """
    named = [
        (match.start(), str(rule.keys["body"]))
        for rule in readings("default")
        if (match := rule.regex.search(folded)) is not None
    ]
    if not named:
        fallbacks = (
            str(rule.keys["body"]) for rule in readings("fallback") if rule.regex.search(folded)
        )
        return VoteBody(next(fallbacks, VoteBody.OTHER_COMMITTEE))
    return VoteBody(min(named)[1])


def committee_of(
    start: int, end: int, sentence: tuple[int, int], committees: Sequence[Committee]
) -> Committee | None:
    """The committee of the statement ``start``…``end``; ``committees`` are in order of the text.

    The one inside the statement, else the nearest before it in its sentence, else the next after it
    in its sentence, else the last one before the sentence, else the first of the text. None when
    there are no committees. ``sentence`` are the sentence's half-open offsets.
    """
    after_chars = 160  # after the statement, within which its committee may begin
    at = bisect_left(committees, start, key=lambda c: c.start)
    inside = [
        c
        for c in (*committees[max(0, at - 1) : at], *committees[at : at + 1])
        if c.start < end and start < c.end
    ]
    before = [
        c for c in committees[max(0, at - 2) : at] if sentence[0] <= c.start and c.end <= start
    ]
    after = [
        c for c in committees[at : at + 2] if end <= c.start < min(sentence[1], end + after_chars)
    ]
    first = bisect_left(committees, sentence[0], key=lambda c: c.start)
    for group in (
        inside[:1],
        before[-1:],
        after[:1],
        committees[max(0, first - 1) : first],
        committees[:1],
    ):
        if group:
            return group[0]
    return None
