"""What a labelled release must keep beyond its schema, each as a sentence that says what and where.

The spans, the words and the dates have to agree with the text; the schema knows only shapes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

Record = dict[str, Any]
Problem = tuple[int, str]  # offset into the text (0 where it concerns the head), message
WIDTH = 90  # columns a hard-wrapped exhibit may use


def check(record: Record) -> list[Problem]:
    """All problems of one record that fits the schema."""
    return [problem for rule in RULES for problem in rule(record)]


def _spans(record: Record) -> Iterator[Problem]:
    """Spans hold words, touch no white space at their ends, and do not cross."""
    text = record["text"]
    spans = [*record["entities"], *record["risk_clauses"]]
    for start, end, label in spans:
        words = text[start:end]
        if not words.strip() or words != words.strip():
            yield start, f"the span {words!r} ({label}) is empty or padded with white space"
    ordered = sorted((s, -e) for s, e, _ in spans)
    for (s1, e1), (s2, e2) in pairwise(ordered):
        if s2 < -e1 < -e2:
            yield s2, f"the spans {text[s1:-e1]!r} and {text[s2:-e2]!r} cross"


def _overlaps(record: Record) -> Iterator[Problem]:
    """No two entities and no two clauses overlap."""
    for name in ("entities", "risk_clauses"):
        spans = sorted(tuple(span[:2]) for span in record[name])
        for (s1, e1), (s2, _) in pairwise(spans):
            if s2 < e1:
                yield s2, f"two of the {name} overlap in {record['text'][s1:e1]!r}"


def _consistent_names(record: Record) -> Iterator[Problem]:
    """A drug or agency marked once is marked everywhere."""
    text = record["text"]
    taken = [(s, e) for s, e, _ in record["entities"]]
    names = {
        text[s:e] for s, e, label in record["entities"] if label in ("drug", "agency") and e - s > 3
    }
    for name in sorted(names):
        for m in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            if not any(s < m.end() and m.start() < e for s, e in taken):
                yield (
                    m.start(),
                    (
                        f"{name!r} is marked elsewhere but not in "
                        f"…{text[max(0, m.start() - 25) : m.end() + 15]!r}"
                    ),
                )


def _flat(text: str) -> str:
    """The words in one line, as a reader sees them: an HTML source's entities are characters, its
    blanks are blanks.
    """
    return " ".join(html.unescape(text).split())


def _catalysts(record: Record) -> Iterator[Problem]:
    """The words of a time stand in the text, and its window is a window."""
    flat = _flat(record["text"])
    for catalyst in record["catalysts"]:
        if " ".join(catalyst["when"].split()) not in flat:
            yield 0, f"catalyst {catalyst['when']!r}: these words are not in the text"
        if catalyst["earliest"] > catalyst["latest"]:
            yield (
                0,
                (
                    f"catalyst {catalyst['when']!r}: {catalyst['earliest']} comes after "
                    f"{catalyst['latest']}"
                ),
            )


def _votes(record: Record) -> Iterator[Problem]:
    """The words of a vote stand in the text."""
    flat = _flat(record["text"])
    for vote in record["votes"]:
        if vote.get("quote") and " ".join(vote["quote"].split()) not in flat:
            yield 0, f"vote: the quote {vote['quote']!r} is not in the text"


def _links(record: Record) -> Iterator[Problem]:
    """The products and diseases that an event, a vote or a planned event is linked to stand in the
    text.
    """
    flat = _flat(record["text"])
    for kind in ("events", "votes", "catalysts"):
        for item in record[kind]:
            for name in (*item.get("drugs", ()), *item.get("indications", ())):
                if " ".join(name.split()) not in flat:
                    yield 0, f"{kind}: the name {name!r} is not in the text"


def _dates(record: Record) -> Iterator[Problem]:
    """Every date is one of the calendar."""
    catalysts = [c[key] for c in record["catalysts"] for key in ("earliest", "latest")]
    for value in [record["date"], *catalysts]:
        try:
            date.fromisoformat(value)
        except ValueError:
            yield 0, f"{value!r} is no date of the calendar"


def _form(record: Record) -> Iterator[Problem]:
    """The text has the shape its form promises."""
    lines = record["text"].rstrip("\n").split("\n")
    if record["form"] == "headline" and len(lines) != 1:
        yield 0, f"form headline with {len(lines)} lines; it is one line"
    if record["form"] == "exhibit" and max(map(len, lines)) > WIDTH:
        yield (
            0,
            (
                f"form exhibit with a line of {max(map(len, lines))} columns; wrap it at {WIDTH} "
                f"or fewer"
            ),
        )
    if record["form"] == "stripped" and len(lines) > 5:
        yield 0, f"form stripped with {len(lines)} lines; its body is one line"


RULES: tuple[Callable[[Record], Iterator[Problem]], ...] = (
    _spans,
    _overlaps,
    _consistent_names,
    _catalysts,
    _votes,
    _links,
    _dates,
    _form,
)
