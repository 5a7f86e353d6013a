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
from eventrisk.checking.problem import Edit, Entry, Problem, Severity, quoted
from eventrisk.checking.trim import Ends, trim
from eventrisk.checking.view import View
from eventrisk.labelled import Clause, Span
from eventrisk.labels import TRAINED_LABELS

PARAGRAPH = re.compile(r"\n[ \t\r]*\n")


def span_problems(entry: Entry, view: View) -> Iterator[Problem]:
    """All that is wrong with the spans of a record."""
    record = entry.placed.record
    if shifted := shift_problem(entry, view):
        yield shifted  # what else is wrong with its spans is seen once they are moved
        return
    ends: dict[int, Ends] = {}
    for index, span in enumerate(record.entities or ()):
        row = _SpanRow(entry, "entities", index, span)
        yield from _entity(row, view, ends)
    yield from _overlaps(entry, record.entities or (), ends)
    yield from _clauses(entry, record.risk_clauses or ())


class _SpanRow:
    """A span with its place in the record, and its words for messages."""

    def __init__(self, entry: Entry, key: str, index: int, span: Span | Clause) -> None:
        self.entry, self.key, self.index, self.span = entry, key, index, span
        self.text = entry.placed.record.text

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


def _entity(row: _SpanRow, view: View, ends: dict[int, Ends]) -> Iterator[Problem]:
    """The problems of one span; its mended offsets are put into ``ends`` under its index."""
    text, entry, stated = row.text, row.entry, (row.span.start, row.span.end)
    trimmed = trim(text, *stated)
    if trimmed is None:
        yield entry.problem(
            "span without words",
            Severity.ERROR,
            f"{row.name()} holds no word",
            "take it out",
            row.removed(),
        )
        return
    if trimmed != stated:
        yield _trimmed(row, stated, trimmed)
    ends[row.index] = trimmed
    whole = view.whole(*trimmed)
    if whole is None:
        message = f"{row.name()} stands on markup, of which the model sees nothing"
        yield entry.problem(
            "span in markup", Severity.WARNING, message, "mark the words themselves"
        )
    elif whole != trimmed:
        yield from _off_words(row, trimmed, whole, ends)
    if PARAGRAPH.search(text, *ends[row.index]):
        message = f"{row.name()} runs over the end of a paragraph"
        yield entry.problem(
            "span over paragraphs", Severity.WARNING, message, "mark each part for itself"
        )


def _off_words(
    row: _SpanRow, stated: Ends, whole: Ends, ends: dict[int, Ends]
) -> Iterator[Problem]:
    """A span that cuts a word, which is made whole, or one that is joined to other words, which a
    person must decide.
    """
    text, words = row.text, quoted(row.text[slice(*whole)])
    grown = ends[row.index] = _grown(text, stated, whole)
    if grown != stated:
        message = f"{row.name()} begins or ends inside a word; the model reads {words} as a whole"
        fix = f"mark {quoted(text[slice(*grown)])}"
        yield row.entry.problem(
            "span off words", Severity.ERROR, message, fix, row.moved(stated, grown)
        )
    elif any(c.isalnum() for c in text[whole[0] : stated[0]] + text[stated[1] : whole[1]]):
        message = f"{row.name()} is part of {words}, which the model reads as one word"
        fix = f"mark {words} as a whole, or put a space between the words"
        yield row.entry.problem("span within a word", Severity.WARNING, message, fix)


def _grown(text: str, stated: Ends, whole: Ends) -> Ends:
    """The span extended over the letters and digits that it cuts off, no further than the
    pipeline's word.
    """
    start, end = stated
    while start > whole[0] and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < whole[1] and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _trimmed(row: _SpanRow, stated: Ends, trimmed: Ends) -> Problem:
    words = row.text[slice(*stated)]
    spaces = len(words.strip()) == trimmed[1] - trimmed[0]
    what = "spaces" if spaces else "a stray bracket or stop"
    return row.entry.problem(
        "span with spaces" if spaces else "span with stray signs",
        Severity.ERROR if words.strip() != words else Severity.WARNING,
        f"{row.name()} begins or ends with {what}",
        f"mark {quoted(row.text[slice(*trimmed)])}",
        row.moved(stated, trimmed),
    )


def _overlaps(entry: Entry, spans: tuple[Span, ...], ends: dict[int, Ends]) -> Iterator[Problem]:
    """Overlaps of one label, which become one span, then those among the labels that one tagger
    learns.
    """
    for is_trained in (True, False):
        united: list[_MendedSpan] = []
        for label in sorted(
            {span.label for span in spans if (span.label in TRAINED_LABELS) == is_trained}
        ):
            rows = [
                _MendedSpan(*ends[i], i, label)
                for i, span in enumerate(spans)
                if i in ends and span.label == label
            ]
            for row in sorted(rows, key=_by_offsets):
                if united and united[-1].label == label and row.start < united[-1].end:
                    yield _united(entry, united[-1], row)
                    united[-1] = united[-1]._replace(end=max(united[-1].end, row.end))
                else:
                    united.append(row)
        yield from _crossing(entry, sorted(united, key=_by_offsets))


class _MendedSpan(NamedTuple):
    """A mended span, half-open, with its number in the record, from 0."""

    start: int
    end: int
    number: int
    label: str


def _by_offsets(span: _MendedSpan) -> tuple[int, int, int]:
    return span.start, -span.end, span.number


def _united(entry: Entry, first: _MendedSpan, second: _MendedSpan) -> Problem:
    text = entry.placed.record.text
    edits = [Edit(("entities", second.number), None)]
    if second.end > first.end:
        edits.append(Edit(("entities", first.number, 1), second.end))
    kind = "span twice" if first[:2] == second[:2] else "spans overlap"
    words, others = quoted(text[first.start : first.end]), quoted(text[second.start : second.end])
    message = f"{first.label} {words} at {first.start} and {others} at {second.start} overlap"
    return entry.problem(kind, Severity.WARNING, message, "keep one span over both", edits)


def _crossing(entry: Entry, rows: list[_MendedSpan]) -> Iterator[Problem]:
    """Overlaps of spans with different labels; which one is right a person must say."""
    text = entry.placed.record.text
    previous: _MendedSpan | None = None
    for row in rows:
        if previous is None or row.start >= previous.end:
            previous = row
            continue
        words, others = (
            quoted(text[previous.start : previous.end]),
            quoted(text[row.start : row.end]),
        )
        if previous[:2] == row[:2]:
            message = f"{words} at {previous.start} is labelled {previous.label} and {row.label}"
            yield entry.problem(
                "two labels on a span", Severity.ERROR, message, "decide for one of them"
            )
        else:
            message = (
                f"{previous.label} {words} at {previous.start} and {row.label} {others} at "
                f"{row.start} overlap"
            )
            fix = f"take out one, since one tagger learns both; else {words} is kept"
            yield entry.problem("spans overlap", Severity.WARNING, message, fix)


def _clauses(entry: Entry, clauses: tuple[Clause, ...]) -> Iterator[Problem]:
    text = entry.placed.record.text
    united: list[tuple[int, int, int]] = []
    for index, clause in enumerate(clauses):
        row, words = _SpanRow(entry, "risk_clauses", index, clause), text[clause.start : clause.end]
        start = clause.start + len(words) - len(words.lstrip())
        new = (start, start + len(words.strip()))
        if not words.strip():
            message = f"{row.name()} holds no word"
            yield entry.problem(
                "span without words", Severity.ERROR, message, "take it out", row.removed()
            )
            continue
        if new != (clause.start, clause.end):
            message = f"{row.name()} begins or ends with spaces"
            edits = row.moved((clause.start, clause.end), new)
            yield entry.problem(
                "span with spaces", Severity.WARNING, message, "mark the words alone", edits
            )
        united.append((*new, index))
    for before, after in pairwise(sorted(united)):
        if after[0] < before[1]:
            message = f"the risk clauses at {before[0]} and {after[0]} overlap"
            fix = (
                "end the first before the second begins, or make them one clause of several "
                "categories"
            )
            yield entry.problem("spans overlap", Severity.WARNING, message, fix)
