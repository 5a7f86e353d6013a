"""Where the trained NER and the grammar of a finder see the same disease: whose edges stand. Pure.

The NER knows which words matter and guesses where they end; the finder's grammar knows front
modifiers and tails, and what is no disease at all (``Cancer Institute``, ``tumor cells``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence, Set

from eventrisk.labels import EntityLabel
from eventrisk.names.candidates import Candidate

# What a finder's source begins with where it sees the words and says that they are no disease.
REFUSING = ("organization:", "part:", "compound:", "vague:")

FRONT = re.compile(r"(?:[\w/+]+(?:[-‐‑][\w/+]*)*[ \n]*){1,4}")  # words that may modify a disease


def refuses(candidate: Candidate) -> bool:
    """Whether a finder names a span only to say that it is none."""
    return candidate.label == EntityLabel.INDICATION and candidate.source.startswith(REFUSING)


def settled(
    text: str,
    predicted: Sequence[Candidate],
    candidates: Sequence[Candidate],
    fillers: Set[str] = frozenset(),
) -> list[Candidate]:
    """The NER's spans with the edges of the finder: each becomes what the finder sees in its place,
    nothing where that refuses, and itself where the finder sees nothing. Front modifiers that the
    NER alone knows stay; ``fillers`` (lower case) are none.

    ``candidates`` of the label ``indication`` may not overlap each other.
    """
    found = sorted(f for f in candidates if f.label == EntityLabel.INDICATION)
    ends = [f.end for f in found]
    out: list[Candidate] = []
    for span in predicted:
        if span.label != EntityLabel.INDICATION:
            out.append(span)
            continue
        seen = _touched(span, found, ends)
        kept = [f for f in seen if not refuses(f)]
        for f in kept:
            front = f is seen[0] and FRONT.fullmatch(text, span.start, f.start)
            own = front and fillers.isdisjoint(text[span.start : f.start].lower().split())
            start = span.start if own else f.start
            out.append(span._replace(start=start, end=f.end, canonical=f.canonical))
        if not seen:
            out.append(span)
    return out


def _touched(
    span: Candidate, found: Sequence[Candidate], ends: Sequence[int]
) -> Sequence[Candidate]:
    first = bisect_right(ends, span.start)
    last = first
    while last < len(found) and found[last].start < span.end:
        last += 1
    return found[first:last]
