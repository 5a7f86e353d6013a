"""Generic names that no stem gives away, known by the bracket they share with a brand or a code:
``Betadrine (betahistinol)``, ``nicotezole (ABL-870)``. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from eventrisk.names.candidates import Candidate
from eventrisk.names.drugs.orthography import SURE_FROM

INSIDE = re.compile(
    r" ?\(([a-z][a-z-]{6,})"
    r"(?: (?:tablets|capsules|injection|granules|cream|gel|powder|for) ?[^()]{0,30})?[,)]"
)
BEFORE = re.compile(r"(?<![\w-])([a-z][a-z-]{6,}) \($")
MAX_CHARS = 40  # looked at before a bracket
PROBABILITY = 0.85  # 0…1, share of such words that are the drug's other name


def bracketed(text: str, names: Sequence[Candidate], refused: Set[str]) -> Iterator[Candidate]:
    """The words in small letters that stand in brackets behind a likely name, or before a likely
    code in brackets; ``refused`` (lower case) are none.
    """
    for name in names:
        if name.probability < SURE_FROM or text[name.start].islower():
            continue
        inside = INSIDE.match(text, name.end)
        if inside and _is_name(inside[1], refused):
            yield _beside(name, *inside.span(1))
        before = BEFORE.search(text, max(0, name.start - MAX_CHARS), name.start)
        code = any(c.isdigit() for c in text[name.start : name.end])
        if (
            before
            and code
            and text[name.end : name.end + 1] in (")", ",")
            and _is_name(before[1], refused)
        ):
            yield _beside(name, *before.span(1))


def _is_name(word: str, refused: Set[str]) -> bool:
    return refused.isdisjoint((word, *word.split("-"), word.removesuffix("s")))


def _beside(name: Candidate, start: int, end: int) -> Candidate:
    """The word as another form of the name."""
    return Candidate(start, end, name.label, name.canonical, "drug-bracketed", PROBABILITY)
