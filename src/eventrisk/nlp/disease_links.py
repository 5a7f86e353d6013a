"""Diseases joined to one phrase (``anaemia of chronic kidney disease``), and short forms a release gives its diseases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eventrisk.nlp.found import Found

LINKS = frozenset({"of", "due to", "associated with", "caused by", "secondary to", "related to", "with", "with recurrent"})
LONGEST_LINK = 20  # characters between two diseases that one link can fill
TRUSTED = 0.5  # both sides must be diseases, not side effects or parts of other names
SHORT = re.compile(r" ?\(?\"?([A-Za-z][A-Za-z0-9/+-]{1,9})\b")
MIN_CAPITALS = 2


def linked(text: str, found: Sequence[Found]) -> list[Found]:
    """Neighbours that a link joins, as one span each; the rest unchanged."""
    out: list[Found] = []
    for one in found:
        before = out[-1] if out else None
        if before and one.start - before.end <= LONGEST_LINK and _joins(text, before, one):
            low = min(before.probability, one.probability)
            out[-1] = before._replace(end=one.end, canonical="", source=f"linked:{before.source}", probability=low)
            out[-1] = out[-1]._replace(canonical=" ".join(text[before.start : one.end].split()))
        else:
            out.append(one)
    return out


def _joins(text: str, before: Found, after: Found) -> bool:
    between = text[before.end : after.start]
    return (
        " ".join(between.lower().split()) in LINKS
        and "\n" not in between
        and min(before.probability, after.probability) >= TRUSTED
    )


def repeated(text: str, found: Sequence[Found]) -> list[Found]:
    """Short forms given right after a disease (``X disease (XD)``), wherever else they stand in the text."""
    names: dict[str, Found] = {}
    for one in found:
        match = SHORT.match(text, one.end)
        if match and one.probability >= TRUSTED and _shortens(match[1], text[one.start : one.end]):
            names.setdefault(match[1], one._replace(source=f"short_form:{one.source}"))
    if not names:
        return []
    taken = [(f.start, f.end) for f in found]
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?![\w-])")
    spans = [m for m in pattern.finditer(text) if not _inside(m.start(), taken)]
    return [names[m[0]]._replace(start=m.start(), end=m.end()) for m in spans]


def _inside(start: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(a <= start < b for a, b in taken)


def _shortens(short: str, long: str) -> bool:
    """Whether the capitals of ``short`` are initials of ``long``, the first of one of its words."""
    capitals = [c.lower() for c in short if c.isupper()]
    initials = [word[0].lower() for word in re.findall(r"[^\W_]+", long)]
    if len(capitals) < MIN_CAPITALS or len(initials) < MIN_CAPITALS or capitals[0] not in initials:
        return False
    letters = iter(long.lower())
    return all(capital in letters for capital in capitals) and len(capitals) >= len(initials[initials.index(capitals[0]) :]) - 1
