"""Which of several overlapping candidates stand, and where else in the document they stand: pure
functions.

Of two overlapping spans the longer wins (guidelines, section 6), then the surer, then the earlier.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from eventrisk.names.candidates import Candidate

WORD = re.compile(r"(?<![\w-])(?:\w+|[^\w\s])")  # a word, or a sign, at which a name may begin
ENDS = re.compile(r"(?!\w)(?!-\d)")  # what a name may not be followed by
WIDER = ("company", "agency", "vote_outcome")  # labels whose names hold names of other things
MIN_REPEATED = (
    3  # characters a name needs before it is looked for elsewhere: shorter ones are too often words
)


def without_overlaps(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that stand, in order of the text; no two share a character."""
    order = sorted(candidates, key=lambda f: (f.start - f.end, -f.probability, f.start))
    starts: list[int] = []
    chosen: list[Candidate] = []
    for candidate in order:
        at = bisect_right(starts, candidate.start)
        before = chosen[at - 1] if at else None
        after = chosen[at] if at < len(chosen) else None
        if (before and before.end > candidate.start) or (after and after.start < candidate.end):
            continue
        starts.insert(at, candidate.start)
        chosen.insert(at, candidate)
    return chosen


def free_of(candidates: Iterable[Candidate], taken: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that share no character with any of ``taken`` (sorted, free of overlaps)."""
    starts = [f.start for f in taken]

    def clear(candidate: Candidate) -> bool:
        at = bisect_right(starts, candidate.start)
        before_clear = at == 0 or taken[at - 1].end <= candidate.start
        return before_clear and (at == len(taken) or taken[at].start >= candidate.end)

    return [f for f in candidates if clear(f)]


def beside_terms(candidates: Iterable[Candidate], terms: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that may stand beside the user's own ``terms`` (sorted, free of overlaps).

    One that shares a character with a term goes, but for a longer name that holds terms whole: one
    of the same label, which takes the term's canonical name, and those of ``WIDER``.
    """
    starts = [t.start for t in terms]
    out: list[Candidate] = []
    for candidate in candidates:
        touched = terms[
            _first_touched(candidate, terms, starts) : bisect_left(starts, candidate.end)
        ]
        if not touched:
            out.append(candidate)
        elif all(_holds(candidate, term) for term in touched):
            same = next((t for t in touched if t.label == candidate.label), None)
            named = same.canonical if same and same.canonical else candidate.canonical
            out.append(candidate._replace(canonical=named))
    return out


def _first_touched(candidate: Candidate, terms: Sequence[Candidate], starts: Sequence[int]) -> int:
    """Index of the first term that ends behind the candidate's start."""
    at = bisect_right(starts, candidate.start)
    return at - 1 if at and terms[at - 1].end > candidate.start else at


def _holds(candidate: Candidate, term: Candidate) -> bool:
    """Whether a longer name stands instead of the term in it."""
    longer = candidate.end - candidate.start > term.end - term.start
    whole = candidate.start <= term.start and term.end <= candidate.end
    return longer and whole and (candidate.label == term.label or candidate.label in WIDER)


def repeats(
    text: str, names: dict[str, Candidate], *, ignore_case: bool, min_chars: int = MIN_REPEATED
) -> list[Candidate]:
    """Every word-bounded occurrence of the names, the longest first, each as a candidate like the
    one it repeats.

    ``names`` maps a surface form to the candidate it was first seen as. Keys of a case-blind search
    are lower-case. Names of less than ``min_chars`` characters are not looked for. The time grows
    with the text, not with the names.
    """
    heads: dict[str, list[str]] = {}
    for name in sorted((n for n in names if len(n) >= min_chars), key=len, reverse=True):
        if head := WORD.match(name):
            heads.setdefault(head.group(), []).append(name)
    read = _lower(text) if ignore_case and heads else text
    out, after = list[Candidate](), 0
    for word in WORD.finditer(read) if heads else ():
        start = word.start()
        candidates = heads.get(word.group(), ()) if start >= after else ()
        here = next(
            (
                n
                for n in candidates
                if read.startswith(n, start) and ENDS.match(read, start + len(n))
            ),
            None,
        )
        if here is not None:
            after = start + len(here)
            out.append(
                names[here]._replace(start=start, end=after, source=f"repeat:{names[here].source}")
            )
    return out


def _lower(text: str) -> str:
    """Lower case, character by character; the few that would become two stay."""
    low = text.lower()
    return (
        low
        if len(low) == len(text)
        else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    )
