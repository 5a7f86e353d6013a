"""Diseases joined to one phrase (``anaemia of chronic kidney disease``), and the short forms a
release gives them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence, Set

from eventrisk.names.candidates import Candidate

MAX_LINK_CHARS = 20  # between two diseases that one link can fill
MIN_PROBABILITY = 0.5  # 0…1; one side must surely be a disease,
MIN_OTHER = 0.15  # 0…1, and the other may be a symptom; neither a side effect or part of a name
TURNED = ("adverse:", "part:", "compound:", "organization:", "vague:")
SHORT = re.compile(r" ?\(?\"?([A-Za-z][A-Za-z0-9/+-]{1,9})\b")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9/+-]*")
MIN_CAPITALS = 2  # of a short form, and words of a long one


def linked(text: str, candidates: Sequence[Candidate], links: Set[str]) -> list[Candidate]:
    """Neighbours that one of the ``links`` joins, as one span each; the rest unchanged."""
    out: list[Candidate] = []
    for one in candidates:
        before = out[-1] if out else None
        if before and one.start - before.end <= MAX_LINK_CHARS and _joins(text, before, one, links):
            high = max(
                before.probability, one.probability
            )  # a symptom of a disease is surely meant
            words = " ".join(text[before.start : one.end].split())
            source = f"linked:{max(before, one, key=lambda f: f.probability).source}"
            out[-1] = Candidate(before.start, one.end, one.label, words, source, high)
        else:
            out.append(one)
    return out


def _joins(text: str, before: Candidate, after: Candidate, links: Set[str]) -> bool:
    between = text[before.end : after.start]
    return (
        " ".join(between.lower().split()) in links
        and "\n" not in between
        and not before.source.startswith(
            "linked:"
        )  # a phrase has one link; keeps hostile chains cheap
        and max(before.probability, after.probability) >= MIN_PROBABILITY
        and min(before.probability, after.probability) >= MIN_OTHER
        and not before.source.startswith(TURNED)
        and not after.source.startswith(TURNED)
    )


def repeated(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Short forms given right after a disease (``X disease (XD)``), wherever else they stand in the
    text.
    """
    names: dict[str, Candidate] = {}
    for one in candidates:
        match = SHORT.match(text, one.end)
        if (
            match
            and one.probability >= MIN_PROBABILITY
            and _shortens(match[1], text[one.start : one.end])
        ):
            names.setdefault(match[1], one._replace(source=f"short_form:{one.source}"))
    if not names:
        return []
    spans = [m for m in WORD.finditer(text) if m[0] in names and not _inside(m.start(), candidates)]
    return [names[m[0]]._replace(start=m.start(), end=m.end()) for m in spans]


def _inside(start: int, candidates: Sequence[Candidate]) -> bool:
    """Whether a candidate (they are in order and do not overlap) covers an offset."""
    at = bisect_right(candidates, start, key=lambda f: f.start)
    return at > 0 and start < candidates[at - 1].end


def _shortens(short: str, long: str) -> bool:
    """Whether the capitals of ``short`` are initials of ``long``, the first of one of its words."""
    capitals = [c.lower() for c in short if c.isupper()]
    initials = [word[0].lower() for word in re.findall(r"[^\W_]+", long)]
    if len(capitals) < MIN_CAPITALS or len(initials) < MIN_CAPITALS or capitals[0] not in initials:
        return False
    needed = (
        len(initials) - initials.index(capitals[0]) - 1
    )  # one word, such as "of", may go without its capital
    letters = iter(long.lower())
    return len(capitals) >= needed and all(capital in letters for capital in capitals)
