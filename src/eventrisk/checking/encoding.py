"""Texts damaged in a change of encoding: UTF-8 that was read as Windows-1252, and characters that
are lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from eventrisk.checking.problem import Edit, Entry, Problem, Severity, quoted
from eventrisk.labelled import Clause, Labelled, Span

DAMAGED = re.compile(  # UTF-8 read as Windows-1252: signs, accents, Greek, punctuation, pictures
    "[\u00c2\u00c3\u00c5\u00ce\u00cf\u00e2\u00f0][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3}"
)
REPLACED = "\ufffd"


def encoding_problems(entry: Entry) -> Iterator[Problem]:
    """Damage that can be undone, with the text and all offsets as they were before, and damage that
    cannot.
    """
    text = entry.placed.record.text
    if text.isascii():
        return
    if REPLACED in text:
        where = text.index(REPLACED)
        message = (
            f"characters are lost (U+FFFD), first in "
            f"{quoted(text[max(0, where - 20) : where + 20])}"
        )
        yield entry.problem(
            "encoding", Severity.WARNING, message, "take the text from its source again"
        )
    damaged = [match for match in DAMAGED.finditer(text) if _repaired(match) != match.group()]
    if damaged:
        first = damaged[0]
        message = (
            f"UTF-8 was read as Windows-1252: {first.group()!r} stands for {_repaired(first)!r}"
        )
        edits = _edits(entry.placed.record, damaged)
        yield entry.problem(
            "encoding", Severity.WARNING, message, "read the source as UTF-8", edits
        )


def _edits(record: Labelled, damaged: Sequence[re.Match[str]]) -> list[Edit]:
    """The repaired text and the spans where they then stand; a text of which no word is left is
    taken out.
    """
    repaired = DAMAGED.sub(_repaired, record.text)
    if not repaired.strip():
        return [Edit((), None)]
    moved = _mover(damaged)
    rows: list[tuple[str, int, Span | Clause]] = [
        ("entities", i, span) for i, span in enumerate(record.entities or ())
    ]
    rows += [("risk_clauses", i, clause) for i, clause in enumerate(record.risk_clauses or ())]
    edits = [Edit(("text",), repaired)]
    for key, i, span in rows:
        edits += [Edit((key, i, 0), moved(span.start, 0)), Edit((key, i, 1), moved(span.end, 1))]
    return edits


def _mover(damaged: Sequence[re.Match[str]]) -> Callable[[int, int], int]:
    """Where the start (0) or the end (1) of a span stands in the repaired text; damage goes with it
    as a whole.
    """
    starts = [match.start() for match in damaged]
    lost = [0, *accumulate(len(match.group()) - len(_repaired(match)) for match in damaged)]

    def moved(offset: int, side: int) -> int:
        index = bisect_left(starts, offset) - 1
        if index < 0:
            return offset
        ends = damaged[index].end() - lost[index + 1]
        if offset >= damaged[index].end():
            return offset - lost[index + 1]
        return ends if side else starts[index] - lost[index]

    return moved


def _repaired(match: re.Match[str]) -> str:
    """What a run of signs was before; the run itself where it is no UTF-8."""
    for end in range(len(match.group()), 1, -1):
        try:
            return _bytes(match.group()[:end]).decode("utf-8") + match.group()[end:]
        except UnicodeError:
            continue
    return match.group()


def _bytes(text: str) -> bytes:
    """As Windows-1252, with the five bytes it does not use taken as Latin-1."""
    return b"".join(
        c.encode("latin-1") if "\x80" <= c <= "\x9f" else c.encode("cp1252") for c in text
    )
