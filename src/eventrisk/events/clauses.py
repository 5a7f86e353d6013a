"""The clause a cue stands in: which words around it say how it is meant.

All text is folded (``fold``). What ends a clause, what joins two, and what is said in passing is
data: the table ``clause`` of ``events/assertion.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from eventrisk.dates.months import is_month_stop
from eventrisk.lexicon import read_tables
from eventrisk.rules import BREAK, expand, word_classes

RULES = "events/assertion.toml"


@dataclass(frozen=True, slots=True)
class Clause:
    """The words around a cue, up to the next terminator on either side; the cue is in neither.

    ``is_predicate``: the cue holds a verb of its own, so that one behind an *and* is of another
    clause. ``is_aside``: the cue stands in a relative clause between commas, which recalls what is
    known of its subject.
    """

    before: str
    after: str
    is_predicate: bool = False
    is_aside: bool = False


@lru_cache(maxsize=16)
def boundary(name: str) -> re.Pattern[str]:
    """A pattern of the table ``clause`` by its name."""
    tables = read_tables(RULES)
    return re.compile(expand(BREAK.sub("", tables["clause"][name]), word_classes(tables["words"])))


def clause(sentence: str, start: int, end: int) -> Clause:
    """The clause around ``sentence[start:end]``, at most 240 characters before and 160 after it,
    without what the sentence says in passing.
    """
    before_chars, after_chars = 240, 160
    start += len("and ") * sentence.startswith("and ", start, end)
    before = sentence[max(0, start - before_chars) : start]
    after = sentence[end : end + after_chars]
    is_aside = _is_aside(before, after)
    is_predicate = boundary("predicate").search(sentence, start, end) is not None
    before = _cut_before(_without_asides(before, 0), sentence[start:end])
    after = _without_asides(after, 1)
    return Clause(before, _cut_after(after, is_predicate), is_predicate, is_aside)


def _cut_before(before: str, cue: str) -> str:
    """The words before a cue that are of its clause."""
    first = 0
    for match in _ends(before):
        first = match.end()
    for match in boundary("joined_before").finditer(before + cue, first):
        if match.end() > len(before):
            break
        if not boundary("governed").search(before, first, match.start() + 1):
            first = match.end()
    return before[first:]


def _cut_after(after: str, is_predicate: bool) -> str:
    stops = [match.start() for match in _ends(after)][:1]
    if is_predicate and (joined := boundary("joined_after").search(after)):
        stops.append(joined.start())
    return after[: min(stops, default=len(after))]


def _ends(words: str) -> Iterator[re.Match[str]]:
    """The terminators among some words; the stop of *Jan. 14* is none."""
    for match in boundary("terminated_by").finditer(words):
        if match[0] != ". " or not is_month_stop(words, match.start()):
            yield match


def _without_asides(words: str, commas: int) -> str:
    """Without what is said between two commas of the subject; ``commas`` that the words hold at
    least if there is such an aside.
    """
    return boundary("aside").sub(" ", words) if words.count(",") > commas else words


def _is_aside(before: str, after: str) -> bool:
    return boundary("aside_opens").search(before) is not None and (
        boundary("aside_closes").match(after) is not None
    )
