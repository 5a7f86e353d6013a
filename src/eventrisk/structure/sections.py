"""Which part of a release each stretch of text is: sections that tile the text, in order, without
gaps.

The header is read first (``header``); below it headings open sections (``headings``), the safe
harbour is also recognised without one (``safe_harbour``), and tables, contact lines, page marks and
quotes are recognised by their form. Whatever stands between two sections belongs to the first. All
offsets are half-open, into the clean text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from eventrisk.labels import SectionKind
from eventrisk.reading import Section
from eventrisk.structure.header import PAGE_MARK, find_header, names_contact
from eventrisk.structure.headings import Opener, find_openers, heading_at, lines
from eventrisk.structure.quotes import quotes
from eventrisk.structure.safe_harbour import find_safe_harbours

K = SectionKind

RESUMED = ("resumed", "after-rows", "after-contacts")
CELL = re.compile(r"[\d.,()$€£%—–/-]+")


def find_sections(text: str) -> list[Section]:
    """The sections of a clean text, in order and tiling it; an empty text has none."""
    return sections_after(text, find_header(text)) if text else []


def sections_after(text: str, header: list[Section]) -> list[Section]:
    """The same where the header is known: it may come from a longer text that goes on beyond this
    one. ``header`` are its sections, of ``find_header``.
    """
    body = header[-1].start if header and header[-1].kind is K.BODY else len(text)
    if not header:
        return [Section(K.BODY, 0, len(text))]
    above = [s for s in header if s.start < body]
    below = _below(text, body) if body < len(text) else []
    return _joined([*above, *below])


def _below(text: str, start: int) -> list[Section]:
    openers = [*find_openers(text, start, len(text)), *_by_form(text, start)]
    openers = _with_harbours(text, start, sorted(openers, key=_order))
    sections: list[Section] = []
    kind, at, rule = K.BODY, start, ""
    for opener in openers:
        if _is_void(opener, kind, rule):
            continue
        if opener.start > at:
            sections += _split(text, kind, at, opener.start)
        kind, at, rule = opener.kind, max(opener.start, start), opener.rule
    return sections + _split(text, kind, at, len(text))


def _is_void(opener: Opener, kind: SectionKind, rule: str) -> bool:
    """Whether an opener says nothing in a section of that kind, which a rule has opened: telephone
    numbers in columns; the end of a table or of contacts where there is none.
    """
    return (
        (opener.rule == "rows" and kind is K.CONTACTS)
        or (opener.rule == "after-rows" and kind is not K.TABLE)
        or (opener.rule == "after-contacts" and rule != "contact-line")
    )


def _order(opener: Opener) -> tuple[int, bool]:
    """By offset; what only resumes an earlier section yields to what opens at the same offset."""
    return opener.start, opener.rule not in RESUMED


def _with_harbours(text: str, start: int, openers: list[Opener]) -> list[Opener]:
    """The openers with those of safe harbours that stand without a heading, and of the sections
    that go on behind these.

    Rows of a table inside a safe harbour stay in it: risks, too, are set in tables.
    """
    harbours = list(find_safe_harbours(text, start, len(text)))
    first = [opener.start for opener, _ in harbours]

    def inside(opener: Opener) -> bool:
        at = bisect_left(first, opener.start) - 1
        return at >= 0 and opener.start < harbours[at][1]

    others = [o for o in openers if o.rule != "rows" or not inside(o)]
    starts = [o.start for o in others]
    added: list[Opener] = []
    for opener, end in harbours:
        at = bisect_right(starts, opener.start)
        before = others[at - 1].kind if at else K.BODY
        if before is K.SAFE_HARBOUR:
            continue
        added.append(opener)
        if end + 1 < len(text) and (at == len(others) or starts[at] > end + 1):
            added.append(Opener(end + 1, before, "resumed"))
    return sorted([*others, *added], key=_order)


def _by_form(text: str, start: int) -> Iterator[Opener]:
    """The openers of contact lines, tables and page marks."""
    rows = list(lines(text, start, len(text)))
    table = False
    for index, (row, end) in enumerate(rows):
        words = text[row:end].strip()
        if PAGE_MARK.fullmatch(words):
            yield Opener(row, K.PAGE_MARK, "page")
            if end + 1 < len(text):
                yield Opener(end + 1, K.BODY, "resumed")
            continue
        yield from _contacts(text, rows, index, words)
        tabular = (
            _is_row(words)
            and index + 1 < len(rows)
            and (table or _is_row(text[slice(*rows[index + 1])]))
        )
        if tabular and not table:
            yield Opener(row, K.TABLE, "rows")
        if table and not tabular and not _is_row(words):
            yield Opener(row, K.BODY, "after-rows")
            table = False
        table = table or tabular


def _contacts(text: str, rows: list[tuple[int, int]], index: int, words: str) -> Iterator[Opener]:
    """The opener of contacts at a line with a telephone number, or of what stands below them."""
    max_contact_chars = 260  # of a line with a telephone number or an address
    if len(words) <= max_contact_chars and names_contact(words) and not _is_row(words):
        yield Opener(_first_of_block(text, rows, index), K.CONTACTS, "contact-line")
    elif _is_prose(words):
        yield Opener(rows[index][0], K.BODY, "after-contacts")


def _is_prose(words: str) -> bool:
    """Whether a line is a paragraph, as none is among contacts."""
    prose_chars = 100
    return len(words) >= prose_chars and words.endswith((".", '."')) and not names_contact(words)


def _first_of_block(text: str, rows: list[tuple[int, int]], index: int) -> int:
    """The offset of the first line of a contact's block: at most four lines of names, titles and
    firms stand above telephone numbers.
    """
    max_name_chars = 80
    first = index
    if heading_at(text, rows[index][0], *rows[index]):
        return rows[index][0]
    while first > 0 and index - first < 4:
        words = text[slice(*rows[first - 1])].strip()
        sentence = (
            len(words) > max_name_chars
            or words.endswith((".", ";", ",", "!", "?", '"'))
            or words[:1] in "•*-"
        )
        if sentence or _is_row(words) or heading_at(text, rows[first - 1][0], *rows[first - 1]):
            break
        first -= 1
    return rows[first][0]


def _is_row(words: str) -> bool:
    """A row of a table: bars, or at least two numbers that make up a good part of its words."""
    if len(words) > 200:
        return False
    if words.count("|") >= 2:
        return True
    if "@" in words or re.search(r"\d{3}[-.]\d{4}", words):
        return False
    cells = words.split()
    numbers = sum(1 for cell in cells if CELL.fullmatch(cell) and any(c.isdigit() for c in cell))
    return numbers >= 2 and numbers * 3 >= len(cells) and not words.endswith(".")


def _split(text: str, kind: SectionKind, start: int, end: int) -> list[Section]:
    """A section, or a body with its quotes set apart."""
    if kind is not K.BODY:
        return [Section(kind, start, end)]
    sections: list[Section] = []
    at = start
    for quote_start, quote_end in quotes(text, start, end):
        if quote_start > at:
            sections.append(Section(K.BODY, at, quote_start))
        sections.append(Section(K.QUOTE, quote_start, quote_end))
        at = quote_end
    return [*sections, Section(K.BODY, at, end)] if at < end else sections


def _joined(sections: list[Section]) -> list[Section]:
    """Neighbours of one kind made one, empty ones dropped; headlines, quotes and datelines stay
    apart.
    """
    joined: list[Section] = []
    for section in sections:
        if section.start >= section.end:
            continue
        is_same = bool(joined) and joined[-1].kind is section.kind
        if is_same and section.kind not in (K.QUOTE, K.ABOUT):
            joined[-1] = Section(section.kind, joined[-1].start, section.end)
        else:
            joined.append(section)
    return joined
