"""Which documents of a submission file are releases, by what they hold, and what its header says.

All offsets are half-open, into the file as decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from eventrisk.carriers.submission import Document, documents
from eventrisk.labels import SectionKind
from eventrisk.markup import strip_markup
from eventrisk.rules import rules
from eventrisk.sources.lines import join_lines
from eventrisk.structure.header import find_header

COVER_CHARS = 20_000  # of a form, within which it says that it is one
FILED_WITH = "securities and exchange commission"
SIGNED = re.compile(r"(?i:(?:^|>)\s{0,80}signatures?\s{0,8}(?:$|<))", re.MULTILINE)
EXHIBIT = re.compile(
    r"(?:^|>)[ \t]*(?P<at>(?i:exhibit|ex)[ \t.-]{1,3}99(?:\.\d{1,2})?)[ \t]*\r?(?:$|<)",
    re.MULTILINE,
)
WORDS = re.compile(r"[^\r\n]")
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
    parts = [part for part in parts_of(text) if not part.is_data]
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


@lru_cache(maxsize=4)
def parts_of(text: str) -> tuple[Document, ...]:
    """The documents of a submission file, also of one whose tags are lost; none of another text."""
    return tuple(documents(text)) or tuple(_untagged(text))


def _untagged(text: str) -> Iterator[Document]:
    """A form and its exhibits, where each begins with a line *Exhibit 99* behind the signatures."""
    if FILED_WITH not in text[:COVER_CHARS].lower():
        return
    signed = SIGNED.search(text)
    starts = [m.start("at") for m in EXHIBIT.finditer(text, signed.end())] if signed else []
    for number, (start, end) in enumerate(pairwise([0, *starts, len(text)])):
        if starts:
            yield Document("EX-99" if number else "8-K", "", start, start, end, end)


def main_document(text: str) -> Document | None:
    """The form itself, in front of its exhibits."""
    return next((p for p in parts_of(text) if not (p.is_data or p.type.startswith("EX"))), None)


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


def separate_texts(text: str, releases: tuple[Document, ...]) -> Iterator[str]:
    """A text for each release of a file: the file up to the release's end, with blanks in place of
    all other exhibits, so that offsets count the characters of the file and header and cover stay.
    """
    main = main_document(text)
    for release in releases:
        kept = (release,) if main in releases else (main, release)
        pieces, at = list[str](), 0
        for part in parts_of(text):
            if part.start >= release.start:
                break
            if part not in kept:
                pieces += [text[at : part.start], WORDS.sub(" ", text[part.start : part.end])]
                at = part.end
        yield "".join([*pieces, text[at : release.end]])


def outside(text: str, part: Document) -> Iterator[tuple[int, int, str]]:
    """Edits that leave of a file the words of one document."""
    if part.body > 0:
        yield 0, part.body, ""
    if part.body_end < len(text):
        yield part.body_end, len(text), ""
