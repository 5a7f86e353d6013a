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
NEAR = 160  # characters after a statement in which its committee may still be named
# what a committee of the FDA is called as long as its name is not told
NAMELESS = "FDA Advisory Committee"
SURE = (
    "defined",
    "word",
)  # short forms with these marks are not looked up without the finder's checks


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee named at an offset; ``name`` is its usual short name, or the words of a
    paraphrase.
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


def committees(reading: Reading, folded: str) -> list[Committee]:
    """All committees of a reading in order of the text; ``folded`` is its folded text."""
    named = [
        Committee(
            m.start, m.end, VoteBody(bodies()[m.canonical]), m.canonical, m.canonical != NAMELESS
        )
        for m in reading.mentions
        if m.label == EntityLabel.AGENCY and m.canonical in bodies()
    ] or _looked_up(reading.text)
    return sorted(
        [*named, *_paraphrased(reading.text, folded, named)], key=lambda c: (c.start, -c.end)
    )


def _looked_up(text: str) -> list[Committee]:
    """The committees of the list, for readings that carry no agencies."""
    out: list[Committee] = []
    for row in terms(AGENCIES):
        if row["body"] == "-" or any(mark in row["care"] for mark in SURE):
            continue
        for term in {row["term"], row["term"].upper()}:
            at = text.find(term)
            while at >= 0:
                out.append(
                    Committee(at, at + len(term), VoteBody(row["body"]), row["canonical"], True)
                )
                at = text.find(term, at + len(term))
    return out


def _paraphrased(text: str, folded: str, named: Sequence[Committee]) -> list[Committee]:
    """ "FDA panel" and the like, where no name stands at the same place."""
    out: list[Committee] = []
    taken = sorted((c.start, c.end) for c in named)
    for rule in readings("body"):
        for match in rule.regex.finditer(folded):
            start, end = match.span()
            at = bisect_left(taken, (start, start))
            clear_before = at == 0 or taken[at - 1][1] <= start
            if clear_before and (at == len(taken) or end <= taken[at][0]):
                insort(taken, (start, end))
                name = str(rule.keys.get("name", text[start:end]))
                out.append(Committee(start, end, VoteBody(str(rule.keys["body"])), name, False))
    return out


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
        found = (
            str(rule.keys["body"]) for rule in readings("fallback") if rule.regex.search(folded)
        )
        return VoteBody(next(found, VoteBody.OTHER_COMMITTEE))
    return VoteBody(min(named)[1])


def committee_of(
    start: int, end: int, sentence: tuple[int, int], known: Sequence[Committee]
) -> Committee | None:
    """The committee whose outcome stands at ``start``…``end``.

    The one the words themselves name, else the nearest before them in their sentence, else the next
    after them, else the last one named before the sentence, else the first of the text. None when
    there is no committee at all.
    """
    at = bisect_left(known, start, key=lambda c: c.start)
    inside = [
        c
        for c in (*known[max(0, at - 1) : at], *known[at : at + 1])
        if c.start < end and start < c.end
    ]
    before = [c for c in known[max(0, at - 2) : at] if sentence[0] <= c.start and c.end <= start]
    after = [c for c in known[at : at + 2] if end <= c.start < min(sentence[1], end + NEAR)]
    first = bisect_left(known, sentence[0], key=lambda c: c.start)
    for group in (inside[:1], before[-1:], after[:1], known[max(0, first - 1) : first], known[:1]):
        if group:
            return group[0]
    return None
