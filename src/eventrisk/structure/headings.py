"""Which words open which section: the heading rules of ``lexicons/structure/sections.toml``.

A heading stands at the start of a line or, in texts whose line breaks were lost, behind the end of
a sentence. Rules are looked up by their first word, so a text costs one look-up a sentence. All
offsets are half-open, into the clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from eventrisk.labels import SectionKind
from eventrisk.rules import Rule, rules

NAME = "structure/sections.toml"
# Where a heading may stand in running text: behind the end of a sentence or a bracket, even where
# the blank is lost.
BORDER = re.compile(r"[.!?:;)\]\"|*!#][ \t]{0,2}(?=[A-Z#\[1])")
# Words that open a section wherever they stand, because nothing else is written so.
DISTINCT = re.compile(
    r"(?<=[a-z0-9/)|] )(?=About [A-Z][\w-]+|Refer to: |SOURCE [A-Z]|Important Safety "
    r"Information|IMPORTANT SAFETY INFO"
    r"|(?:Media |Investor |Company |Press )?(?:Contacts?|CONTACTS?):)"
)
WORD = re.compile(r"[^\s:]+")
QUOTED = re.compile(r"[^.!?]\s?[\"']$")


class Opener(NamedTuple):
    """An offset where a section of a kind opens, and the id of the rule that says so."""

    start: int
    kind: SectionKind
    rule: str


@lru_cache(maxsize=2)
def _by_word(line: bool) -> dict[str, tuple[Rule, ...]]:
    """Heading rules by first word; those for whole lines only where ``line``."""
    by_word: dict[str, list[Rule]] = {}
    for rule in rules(NAME):
        if rule.role == "any" or (line and rule.role == "line"):
            for word in rule.needs:
                by_word.setdefault(word, []).append(rule)
    return {word: tuple(candidates) for word, candidates in by_word.items()}


def top_kind(line: str) -> SectionKind | None:
    """The kind of section of a whole line above the body, by the rules of the top, or None."""
    max_chars = 160
    if len(line) > max_chars:
        return None
    for rule in rules(NAME, "top"):
        if rule.regex.match(line):
            return SectionKind(rule.keys["kind"])
    return None


def heading_at(text: str, start: int, line_start: int, line_end: int) -> Opener | None:
    """The section that opens at ``start``, an offset inside the line
    ``text[line_start:line_end]``, or None.
    """
    first = WORD.match(text, start, line_end)
    if not first:
        return None
    word = first.group().lower()
    table = _by_word(start == line_start)
    for key in dict.fromkeys((word, word.rstrip(".,:-–—"), word[:1] if word[:1] == "1" else word)):
        for rule in table.get(key, ()):
            if rule.regex.match(text, start, line_end):
                return Opener(start, SectionKind(rule.keys["kind"]), rule.id)
    return None


def find_openers(text: str, start: int, end: int) -> Iterator[Opener]:
    """All headings of ``text[start:end]``, in order."""
    for line_start, line_end in lines(text, start, end):
        yield from _line_openers(text, line_start, line_end)


def _line_openers(text: str, start: int, end: int) -> Iterator[Opener]:
    borders = {start, *(m.end() for m in BORDER.finditer(text, start, end))}
    borders.update(m.end() for m in DISTINCT.finditer(text, start, end))
    for border in sorted(borders):
        if border > start and QUOTED.search(text[max(start, border - 3) : border]):
            continue
        if opener := heading_at(text, border, start, end):
            yield opener


def lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open spans of the lines that hold words."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if text[at:stop].strip():
            yield at, stop
        at = stop + 1
