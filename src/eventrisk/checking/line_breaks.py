"""Offsets that count each CRLF as one character, as browsers do: every span behind a line break
stands too far left by the breaks before it.
"""

from __future__ import annotations

from eventrisk.checking.problem import Edit, Entry, Problem, Severity, quoted
from eventrisk.checking.trim import trim
from eventrisk.checking.view import View
from eventrisk.labelled import Span, from_single_breaks


def shift_problem(entry: Entry, view: View) -> Problem | None:
    """The problem of a record whose spans are whole words when each is moved by the line breaks
    before it, and are not as they stand.
    """
    record = entry.placed.record
    if "\r\n" not in record.text or not record.entities:
        return None
    broken = from_single_breaks(record.text)
    moved = [Span(broken(s.start), broken(s.end), s.label) for s in record.entities]
    pairs = list(zip(record.entities, moved, strict=True))
    off = [pair for pair in pairs if pair[0] != pair[1] and not _whole(pair[0], record.text, view)]
    if not off or not all(_whole(span, record.text, view) for span in moved):
        return None
    old, new = (quoted(record.text[span.start : span.end]) for span in off[0])
    message = f"{off[0][0].label} {old} at {off[0][0].start} counts each CRLF as one character"
    fix = f"move all spans by the line breaks before them; this one is then {new}"
    edits = [
        Edit(("entities", number, side), span[side])
        for number, (old_ends, span) in enumerate((g, (m.start, m.end)) for g, m in pairs)
        for side in (0, 1)
        if span[side] != (old_ends.start, old_ends.end)[side]
    ]
    return entry.problem("offsets shifted by line breaks", Severity.ERROR, message, fix, edits)


def _whole(span: Span, text: str, view: View) -> bool:
    """Whether the span begins and ends with its words."""
    ends = (span.start, span.end)
    return span.end <= len(text) and trim(text, *ends) == ends and view.whole(*ends) == ends
