"""Spans of entities and of risk clauses: their ends, whole words, and what overlaps.

Edits follow one another: first what does not belong to the words is trimmed, then cut words are
made whole, then spans of one label that overlap become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from eventrisk.checking.line_breaks import shift_problem
from eventrisk.checking.problem import At, Edit, Problem, Severity, quoted
from eventrisk.checking.trim import Ends, trim
from eventrisk.checking.view import View
from eventrisk.labelled import Clause, Span
from eventrisk.labels import TRAINED_LABELS

PARAGRAPH = re.compile(r"\n[ \t\r]*\n")


def span_problems(at: At, view: View) -> Iterator[Problem]:
    """All that is wrong with the spans of a record."""
    record = at.placed.record
    if shifted := shift_problem(at, view):
        yield shifted  # what else is wrong with its spans is seen once they are moved
        return
    ends: dict[int, Ends] = {}
    for index, span in enumerate(record.entities or ()):
        row = _Row(at, "entities", index, span)
        yield from _entity(row, view, ends)
    yield from _overlaps(at, record.entities or (), ends)
    yield from _clauses(at, record.risk_clauses or ())


class _Row:
    """A span with its place in the record, and its words for messages."""

    def __init__(self, at: At, key: str, index: int, span: Span | Clause) -> None:
        self.at, self.key, self.index, self.span = at, key, index, span
        self.text = at.placed.record.text

    def name(self) -> str:
        what = self.span.label if isinstance(self.span, Span) else "risk clause"
        return f"{what} {quoted(self.text[self.span.start : self.span.end])} at {self.span.start}"

    def moved(self, old: Ends, new: Ends) -> list[Edit]:
        return [
            Edit((self.key, self.index, side), new[side])
            for side in (0, 1)
            if new[side] != old[side]
        ]

    def removed(self) -> list[Edit]:
        return [Edit((self.key, self.index), None)]


def _entity(row: _Row, view: View, ends: dict[int, Ends]) -> Iterator[Problem]:
    """The problems of one span; where it ends up, mended, is put into ``ends``."""
    text, at, given = row.text, row.at, (row.span.start, row.span.end)
    trimmed = trim(text, *given)
    if trimmed is None:
        yield at.problem(
            "span without words",
            Severity.ERROR,
            f"{row.name()} holds no word",
            "take it out",
            row.removed(),
        )
        return
    if trimmed != given:
        yield _trimmed(row, given, trimmed)
    ends[row.index] = trimmed
    whole = view.whole(*trimmed)
    if whole is None:
        message = f"{row.name()} stands on markup, of which the model sees nothing"
        yield at.problem("span in markup", Severity.WARNING, message, "mark the words themselves")
    elif whole != trimmed:
        yield from _off_words(row, trimmed, whole, ends)
    if PARAGRAPH.search(text, *ends[row.index]):
        message = f"{row.name()} runs over the end of a paragraph"
        yield at.problem(
            "span over paragraphs", Severity.WARNING, message, "mark each part for itself"
        )


def _off_words(row: _Row, given: Ends, whole: Ends, ends: dict[int, Ends]) -> Iterator[Problem]:
    """A span that cuts a word, or one that stands glued to other words, where nobody can tell what
    is to be done.
    """
    text, words = row.text, quoted(row.text[slice(*whole)])
    grown = ends[row.index] = _grown(text, given, whole)
    if grown != given:
        message = f"{row.name()} begins or ends inside a word; the model reads {words} as a whole"
        fix = f"mark {quoted(text[slice(*grown)])}"
        yield row.at.problem(
            "span off words", Severity.ERROR, message, fix, row.moved(given, grown)
        )
    elif any(c.isalnum() for c in text[whole[0] : given[0]] + text[given[1] : whole[1]]):
        message = f"{row.name()} is part of {words}, which the model reads as one word"
        fix = f"mark {words} as a whole, or put a space between the words"
        yield row.at.problem("span within a word", Severity.WARNING, message, fix)


def _grown(text: str, given: Ends, whole: Ends) -> Ends:
    """Over the letters and digits that the span cuts off, no further than the pipeline's word."""
    start, end = given
    while start > whole[0] and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < whole[1] and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _trimmed(row: _Row, given: Ends, trimmed: Ends) -> Problem:
    words = row.text[slice(*given)]
    spaces = len(words.strip()) == trimmed[1] - trimmed[0]
    what = "spaces" if spaces else "a stray bracket or stop"
    return row.at.problem(
        "span with spaces" if spaces else "span with stray signs",
        Severity.ERROR if words.strip() != words else Severity.WARNING,
        f"{row.name()} begins or ends with {what}",
        f"mark {quoted(row.text[slice(*trimmed)])}",
        row.moved(given, trimmed),
    )


def _overlaps(at: At, spans: tuple[Span, ...], ends: dict[int, Ends]) -> Iterator[Problem]:
    """Overlaps of one label, which become one span, then those among the labels that one tagger
    learns.
    """
    for ours in (True, False):
        kept: list[_Reach] = []
        for label in sorted(
            {span.label for span in spans if (span.label in TRAINED_LABELS) == ours}
        ):
            rows = [
                _Reach(*ends[i], i, label)
                for i, span in enumerate(spans)
                if i in ends and span.label == label
            ]
            for row in sorted(rows, key=_by_reach):
                if kept and kept[-1].label == label and row.start < kept[-1].end:
                    yield _united(at, kept[-1], row)
                    kept[-1] = kept[-1]._replace(end=max(kept[-1].end, row.end))
                else:
                    kept.append(row)
        yield from _crossing(at, sorted(kept, key=_by_reach))


class _Reach(NamedTuple):
    """Where a span is once it is mended, with its number in the record."""

    start: int
    end: int
    number: int
    label: str


def _by_reach(reach: _Reach) -> tuple[int, int, int]:
    return reach.start, -reach.end, reach.number


def _united(at: At, first: _Reach, second: _Reach) -> Problem:
    text = at.placed.record.text
    edits = [Edit(("entities", second.number), None)]
    if second.end > first.end:
        edits.append(Edit(("entities", first.number, 1), second.end))
    kind = "span twice" if first[:2] == second[:2] else "spans overlap"
    words, others = quoted(text[first.start : first.end]), quoted(text[second.start : second.end])
    message = f"{first.label} {words} at {first.start} and {others} at {second.start} overlap"
    return at.problem(kind, Severity.WARNING, message, "keep one span over both", edits)


def _crossing(at: At, rows: list[_Reach]) -> Iterator[Problem]:
    """Overlaps of spans with different labels; which one is right a person must say."""
    text = at.placed.record.text
    held: _Reach | None = None
    for row in rows:
        if held is None or row.start >= held.end:
            held = row
            continue
        words, others = quoted(text[held.start : held.end]), quoted(text[row.start : row.end])
        if held[:2] == row[:2]:
            message = f"{words} at {held.start} is labelled {held.label} and {row.label}"
            yield at.problem(
                "two labels on a span", Severity.ERROR, message, "decide for one of them"
            )
        else:
            message = (
                f"{held.label} {words} at {held.start} and {row.label} {others} at {row.start} "
                f"overlap"
            )
            fix = f"take out one, since one tagger learns both; else {words} is kept"
            yield at.problem("spans overlap", Severity.WARNING, message, fix)


def _clauses(at: At, clauses: tuple[Clause, ...]) -> Iterator[Problem]:
    text = at.placed.record.text
    kept: list[tuple[int, int, int]] = []
    for index, clause in enumerate(clauses):
        row, words = _Row(at, "risk_clauses", index, clause), text[clause.start : clause.end]
        start = clause.start + len(words) - len(words.lstrip())
        new = (start, start + len(words.strip()))
        if not words.strip():
            message = f"{row.name()} holds no word"
            yield at.problem(
                "span without words", Severity.ERROR, message, "take it out", row.removed()
            )
            continue
        if new != (clause.start, clause.end):
            message = f"{row.name()} begins or ends with spaces"
            edits = row.moved((clause.start, clause.end), new)
            yield at.problem(
                "span with spaces", Severity.WARNING, message, "mark the words alone", edits
            )
        kept.append((*new, index))
    for before, after in pairwise(sorted(kept)):
        if after[0] < before[1]:
            message = f"the risk clauses at {before[0]} and {after[0]} overlap"
            fix = (
                "end the first before the second begins, or make them one clause of several "
                "categories"
            )
            yield at.problem("spans overlap", Severity.WARNING, message, fix)
