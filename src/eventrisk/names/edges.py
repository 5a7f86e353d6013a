"""Where the trained NER and the grammar of a finder see the same disease: whose edges stand. Pure.

The NER knows which words matter and guesses where they end; the finder's grammar knows front
modifiers and tails, and what is no disease at all (``Cancer Institute``, ``tumor cells``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import Any

from eventrisk.labels import EntityLabel
from eventrisk.lexicon import terms
from eventrisk.names.candidates import Candidate
from eventrisk.names.overlaps import without_overlaps

# What a finder's source begins with where it sees the words and says that they are no disease.
REFUSING = (
    "organization:",
    "part:",
    "compound:",
    "vague:",
    "harm:",
    "no-drug-",
    "drug-list:target",
)

NAMES = (EntityLabel.DRUG, EntityLabel.INDICATION)
PLAIN = re.compile(r"[A-Z]{2,6}")  # short forms that may mean anything
LIKELY_DRUG = 0.5  # 0…1, from which on a finder's drug is more than a company's look-alike
DENIED = "no-drug-"  # begins the source of a name that the words around call something else
LISTED = "drug-list"  # sources that know a name by itself
FRONT = re.compile(r"(?:[\w/+]+(?:[-‐‑][\w/+]*)*[ \n]*){1,4}")  # words that may modify a disease


def refuses(candidate: Candidate) -> bool:
    """Whether a finder names a span only to say that it is none."""
    return candidate.source.startswith(REFUSING)


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
    drugs = [f for f in candidates if f.label == EntityLabel.DRUG and f.probability >= LIKELY_DRUG]
    starting = {f.start: f for f in sorted(drugs, key=lambda f: f.end)}
    ending = {f.end: f for f in sorted(drugs, key=lambda f: -f.start)}
    out: list[Candidate] = []
    for span in predicted:
        if span.label == EntityLabel.DRUG:
            out.append(_drug(text, span, starting, ending))
        elif span.label == EntityLabel.INDICATION:
            out.extend(_disease(text, span, _touched(span, found, ends), fillers))
        else:
            out.append(span)
    return out


def _disease(
    text: str, span: Candidate, seen: Sequence[Candidate], fillers: Set[str]
) -> Iterator[Candidate]:
    """What a disease of the NER becomes where a finder has ``seen`` the same words."""
    if not seen:
        yield span
    for f in seen:
        if not refuses(f):
            front = f is seen[0] and FRONT.fullmatch(text, span.start, f.start)
            own = front and fillers.isdisjoint(text[span.start : f.start].lower().split())
            start = span.start if own else f.start
            yield span._replace(start=start, end=f.end, canonical=f.canonical)


def undenied(predicted: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The NER's spans without drugs that a finder calls something else: a company, a platform."""
    denied = without_overlaps(f for f in candidates if f.source.startswith(DENIED))
    ends = [f.end for f in denied]
    return [s for s in predicted if s.label != EntityLabel.DRUG or not _within(s, denied, ends)]


def _within(span: Candidate, sorted_spans: Sequence[Candidate], ends: Sequence[int]) -> bool:
    """Whether a span lies in one of others, which are sorted, free of overlaps and end at
    ``ends``.
    """
    at = bisect_right(ends, span.end - 1)
    return at < len(ends) and sorted_spans[at].start <= span.start


def _drug(
    text: str, span: Candidate, starting: Mapping[int, Candidate], ending: Mapping[int, Candidate]
) -> Candidate:
    """A drug of the NER with the second word that a finder knows (``TELVORA PLUS``), without the
    words of its route (``IV ketamine``), a state (``-treated``) or a second mention of itself.
    """
    name, hyphen, state = text[span.start : span.end].rpartition("-")
    if hyphen and state.lower() in _parts("state"):
        span = span._replace(end=span.start + len(name))
    longer = starting.get(span.start)
    if longer is not None and longer.end > span.end:
        return span._replace(end=longer.end)
    shorter = ending.get(span.end)
    if shorter is not None and shorter.start > span.start:
        before = text[span.start : shorter.start].lower().split()
        name = text[shorter.start : shorter.end].lower()
        if all(word in _parts("route") or word == name for word in before):
            return span._replace(start=shorter.start)
    return span


@lru_cache(maxsize=4)
def _parts(role: str) -> frozenset[str]:
    """The lower-case words that stand beside a drug's name in a role of ``drugs/affixes.tsv``."""
    return frozenset(row["part"] for row in terms("drugs/affixes.tsv") if row["role"] == role)


def _touched(
    span: Candidate, found: Sequence[Candidate], ends: Sequence[int]
) -> Sequence[Candidate]:
    first = bisect_right(ends, span.start)
    last = first
    while last < len(found) and found[last].start < span.end:
        last += 1
    return found[first:last]


def outside(
    predicted: Sequence[Candidate],
    companies: Sequence[Candidate],
    candidates: Sequence[Candidate],
) -> list[Candidate]:
    """The NER's spans without drugs and diseases that lie in the name of a company, unless one of
    the ``candidates`` likely is the drug.

    ``companies`` are sorted and free of overlaps.
    """
    ends = [f.end for f in companies]
    likely = {
        (f.start, f.end)
        for f in candidates
        if f.label == EntityLabel.DRUG and f.probability >= LIKELY_DRUG
    }
    return [
        span
        for span in predicted
        if span.label not in NAMES
        or (span.start, span.end) in likely
        or not _within(span, companies, ends)
    ]


def otherwise_defined(
    text: str,
    entities: Sequence[Candidate],
    abbreviations: Sequence[Sequence[Any]],
    candidates: Sequence[Candidate],
) -> list[Candidate]:
    """The entities without short forms that the text itself defines as something else: ``bone
    mineral density (BMD)``, ``the Society of Renal Medicine (SRM)``.

    ``abbreviations`` are rows of short form, long form and the offsets of both; of ``candidates``
    any of a drug or disease within a long form keeps its short one.
    """
    seen = [f for f in (*entities, *candidates) if f.label in NAMES]
    named, other = set[str](), set[str]()
    for short, _long, _start, end, long_start, long_end in abbreviations:
        means = any(f.start < long_end and long_start < f.end and f.end != end for f in seen)
        (named if means else other).add(short)
    other = {short for short in other - named if PLAIN.fullmatch(short)}
    return [
        f
        for f in entities
        if f.label not in NAMES or text[f.start : f.end] not in other or f.source.startswith(LISTED)
    ]
