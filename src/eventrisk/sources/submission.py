"""Which documents of a submission file are releases, by what they hold, and what its header says.

All offsets are half-open, into the file as decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from eventrisk.carriers.submission import Document, documents
from eventrisk.labels import SectionKind
from eventrisk.markup import strip_markup
from eventrisk.rules import rules
from eventrisk.sources.lines import join_lines
from eventrisk.structure.header import find_header

RULES = "structure/submissions.toml"
SEEN_CHARS = 24_000  # of a document's words, in which it shows what it is
HEAD_CHARS = 2_500  # of its clean words, in which a release announces and other papers are named
SENTENCE_CHARS = 140  # of a line that is prose


@lru_cache(maxsize=4)
def release_documents(text: str) -> tuple[Document, ...]:
    """The releases of a submission file in their order; none where the text is no submission.

    They are the exhibits that read as releases, and a main form that is one itself (6-K); else the
    main form where its exhibits are other papers; else what prose there is.
    """
    parts = [part for part in documents(text) if not part.is_data]
    if not parts:
        return ()
    heads = {part: head_of(text, part) for part in parts}
    main = main_document(text)
    exhibits = [part for part in parts if part is not main and _is_furnished(part)]
    releases = [p for p in parts if _is_release(heads[p], is_main=p == main, among=p in exhibits)]
    if releases:
        return tuple(releases)
    others = (p for p in exhibits if _is_prose(heads[p]) and not _says(heads[p], "other"))
    return (next(others, main or parts[0]),)


def _is_release(head: str, *, is_main: bool, among: bool) -> bool:
    """Whether a main form holds a dated release, or an exhibit reads as one."""
    return _is_dated(head) if is_main else among and _reads_as_release(head)


def main_document(text: str) -> Document | None:
    """The form itself, in front of its exhibits."""
    return next((p for p in documents(text) if not (p.is_data or p.type.startswith("EX"))), None)


def _is_furnished(part: Document) -> bool:
    return any(rule.regex.match(part.type) for rule in rules(RULES, "type"))


def head_of(text: str, part: Document) -> str:
    """The first words of a document, clean."""
    raw = text[part.body : min(part.body_end, part.body + SEEN_CHARS)]
    return join_lines(strip_markup(raw).text).text


def _reads_as_release(head: str) -> bool:
    """Whether a headline and dateline stand above the words, or they announce something."""
    if _says(head, "other"):
        return False
    return _is_prose(head) and (_is_dated(head) or _says(head, "sign"))


def _is_dated(head: str) -> bool:
    kinds = {section.kind for section in find_header(head)}
    return {SectionKind.HEADLINE, SectionKind.DATELINE, SectionKind.BODY} <= kinds


def _is_prose(head: str) -> bool:
    """Whether some line is a paragraph, as none is on a slide."""
    return any(
        len(line) >= SENTENCE_CHARS and line.rstrip().endswith((".", '"', ")", ":"))
        for line in head.split("\n")
    )


def _says(head: str, role: str) -> bool:
    top = head[:HEAD_CHARS]
    return any(rule.regex.search(top) for rule in rules(RULES, role))


def outside(text: str, part: Document) -> Iterator[tuple[int, int, str]]:
    """Edits that leave of a file the words of one document."""
    if part.body > 0:
        yield 0, part.body, ""
    if part.body_end < len(text):
        yield part.body_end, len(text), ""
