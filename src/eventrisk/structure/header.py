"""The header of a release: exhibit header, headline, sub-headlines, dateline, up to where the body
begins.

Carriers put the parts on lines of their own or run them together; then the dateline parts them, and
where there is none the issuer's name before *announced* does. Offsets are half-open, into the clean
text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from eventrisk.dates.stated import stated_days
from eventrisk.labels import SectionKind
from eventrisk.names.companies.finder import is_company_name
from eventrisk.reading import Section
from eventrisk.structure.cover import begins_item, front_lines, opens_letter
from eventrisk.structure.dateline import Dateline, opens_line, within_line
from eventrisk.structure.headings import heading_at, lines, top_kind

K = SectionKind
MAX_TITLE_CHARS = 420  # of a headline
MAX_DATELINE_CHARS = 200
MAX_LINE_CHARS = 160  # of a carrier's line or a contact's above the headline
MAX_SUBTITLES_CHARS = 1500  # of run-together sub-headlines before a second dateline
ANNOUNCES = re.compile(
    r"\b(?:(?:today|this morning|yesterday) (?:\w+ )?(?:announce[ds]|reported|said|says)"
    r"|announced (?:today|that|the|its|it|positive|results)|announces "
    r"today|(?:said|reported) (?:today|that))\b"
)
# a headline set on two lines: the first ends, or the second begins, in mid-phrase
GOES_ON = re.compile(
    r"(?i:\b(?:of|for|in|on|with|and|to|from|by|at|the|as|or|its)|,)\n|\n(?i:of|for|in|on|with|and|to|from|by|at|or)\b"
)
PAGE_MARK = re.compile(
    r"(?i)\s*(?:<page>|[-–(]?\s?more\s?[-–)]?|page \d+(?: of " r"\d+)?|-\s?\d{1,3}\s?-)\s*$"
)
ADDRESS = re.compile(
    r"[\w.+-]{1,60}@[\w-]+\.\w|\b(?:[Ee]-?mail:|[Tt]el|TEL|[Pp]hone|[Ff]ax|[Tt]elephone)(?!\w)"
)
TELEPHONE = re.compile(r"(?<![\w$€£,.])\+?\(?\d{1,5}\)?(?:[ .·-]{1,2}\(?\d{1,5}\)?){1,5}(?![\w,])")
CONTACT_HEADING = re.compile(r"(?i)(?:\w+ ){0,2}contacts?(?: information)?:?")
BULLET = re.compile(r"\s*(?:[•●▪·*–—-]|\d\))")


# the parts of a line as offset and kind; where the body begins, if it begins on the line
Parts = tuple[list[tuple[int, SectionKind]], int | None]


class Row(NamedTuple):
    """A line with words, and what stands on it."""

    start: int
    end: int
    words: str


def find_header(text: str) -> list[Section]:
    """The sections from the first character to where the body begins, and the body as the last one,
    up to the end of the text; white space belongs to the section before it. Empty for a text
    without words.
    """
    header_chars = 14_000  # within which the body of every release begins
    rows = [Row(s, e, text[s:e].strip()) for s, e in lines(text, 0, min(len(text), header_chars))]
    front = front_lines([row.words for row in rows])
    cover = len(front.kinds)
    parts = [(row.start, kind) for row, kind in zip(rows, front.kinds, strict=False)]
    if 0 < cover < len(rows) and (front.is_letter or _opens_body(rows, cover)):
        return _tiled([*parts, (rows[cover].start, K.BODY)], len(text))
    has_title = False
    for index, row in enumerate(rows[cover:], cover):
        kind = None if has_title and not _is_carrier_line(row) else _above(rows, index)
        if kind:
            parts.append((row.start, kind))
            continue
        line_parts, body = _read(text, rows, index, has_title)
        parts += line_parts
        has_title = has_title or any(kind is K.HEADLINE for _, kind in line_parts)
        if body is not None:
            parts.append((body, K.BODY))
            break
    return _tiled(parts, len(text))


def _opens_body(rows: list[Row], index: int) -> bool:
    """Whether the line behind a form's cover is an item's heading or prose, and no headline."""
    words = rows[index].words
    if begins_item(words):
        return True
    return _dated(words) is False and words.endswith(".") and not _dated_soon(rows, index)


def names_contact(words: str) -> bool:
    """Whether a short line holds a telephone number (seven digits or more in groups) or an
    e-mail address. ``2025-01-14`` is a day.
    """
    if ADDRESS.search(words):
        return True
    numbers = [m for m in TELEPHONE.finditer(words) if _is_telephone(m.group())]
    return bool(numbers) and not all(_is_dated(words, m) for m in numbers)


def _is_telephone(number: str) -> bool:
    return len(number) > 7 and 7 <= sum(c.isdigit() for c in number) <= 15


def _is_dated(words: str, number: re.Match[str]) -> bool:
    """Whether a day is stated in a row of numbers: *2025-01-14*, *14.01.2025 3*."""
    return next(stated_days(words, *number.span()), None) is not None


def _is_carrier_line(row: Row) -> bool:
    """A line of a wire or exhibit that may stand between headline and body."""
    return len(row.words) < MAX_LINE_CHARS and top_kind(row.words) is not None


def _above(rows: list[Row], index: int) -> SectionKind | None:
    """What a line above the headline is, when it is not the headline."""
    words = rows[index].words
    if PAGE_MARK.fullmatch(words):
        return K.PAGE_MARK
    if kind := top_kind(words):
        return kind
    if len(words) < MAX_LINE_CHARS and _is_contact(rows, index):
        return K.CONTACTS
    return K.EXHIBIT_HEADER if _names_company(rows, index) else None


def _is_contact(rows: list[Row], index: int) -> bool:
    """A line above the headline with an address or telephone number, under a heading of contacts,
    or with a name above such a line.
    """
    address_chars, name_chars, name_words, number_chars = 120, 50, 6, 90
    words = rows[index].words
    if names_contact(words) and not ANNOUNCES.search(words):
        return True
    if heading := heading_at(words, 0, 0, len(words)):
        return heading.kind is K.CONTACTS
    if (
        index > 0
        and len(words) < address_chars
        and CONTACT_HEADING.fullmatch(rows[index - 1].words)
    ):
        return True
    near = rows[index + 1 : index + 3]
    return (
        len(words) < name_chars
        and len(words.split()) <= name_words
        and any(names_contact(r.words) and len(r.words) < number_chars for r in near)
    )


def _names_company(rows: list[Row], index: int) -> bool:
    """A line that holds only the issuer's name, above the headline."""
    name_chars, words = 70, rows[index].words
    return index + 1 < len(rows) and len(words) < name_chars and is_company_name(words)


def _read(text: str, rows: list[Row], index: int, has_title: bool) -> Parts:
    """The parts of one line and, when the body begins on it, where."""
    row = rows[index]
    if line := opens_line(text, row.start, row.end):
        if not text[line.end : row.end].strip():
            return [(row.start, K.DATELINE)], None
        return [(row.start, K.DATELINE)], _body_after(text, line, row)
    max_chars = (MAX_SUBTITLES_CHARS if has_title else MAX_TITLE_CHARS) + MAX_DATELINE_CHARS
    inside = within_line(
        text, row.start, min(row.end, row.start + max_chars), closes_title=not has_title
    )
    if inside and _fits(text, row, inside, has_title):
        return _parted(text, rows, index, inside, has_title)
    if has_title:
        return _below_title(rows, index)
    return _untitled(text, rows, index)


def _body_after(text: str, line: Dateline, row: Row) -> int:
    return line.end if line.end < row.end else row.end


def _fits(text: str, row: Row, line: Dateline, has_title: bool) -> bool:
    """Whether what stands before a dateline can be a headline or sub-headlines."""
    before = text[row.start : line.start]
    if ANNOUNCES.search(before):
        return False
    return len(before) <= (MAX_SUBTITLES_CHARS if has_title else MAX_TITLE_CHARS)


def _parted(text: str, rows: list[Row], index: int, line: Dateline, has_title: bool) -> Parts:
    """A line with words, a dateline, and perhaps sub-headlines and a second dateline after it."""
    row = rows[index]
    parts = [(row.start, K.SUBHEADLINE if has_title else K.HEADLINE), (line.start, K.DATELINE)]
    rest = text[line.end : row.end].strip()
    if not rest:
        return parts, None
    if second := opens_line(text, line.end, row.end):
        return parts, second.end
    second = within_line(
        text,
        line.end,
        min(row.end, line.end + MAX_SUBTITLES_CHARS + MAX_DATELINE_CHARS),
        closes_title=False,
    )
    if (
        second
        and second.start - line.end <= MAX_SUBTITLES_CHARS
        and not ANNOUNCES.search(text[line.end : second.start])
    ):
        return [*parts, (line.end, K.SUBHEADLINE), (second.start, K.DATELINE)], second.end
    if (
        not rest.endswith(".")
        and not ANNOUNCES.search(rest)
        and len(rest) < MAX_SUBTITLES_CHARS
        and _dated_soon(rows, index)
    ):
        return [*parts, (line.end, K.SUBHEADLINE)], None
    return parts, line.end


def _dated_soon(rows: list[Row], index: int) -> bool:
    """Whether one of the next lines begins with a dateline."""
    return any(_dated(row.words) for row in rows[index + 1 : index + 9])


@lru_cache(maxsize=64)
def _dated(words: str) -> bool:
    """Whether a line begins with a dateline; each line is asked for by all that stand near above
    it.
    """
    return opens_line(words, 0, len(words)) is not None


def _below_title(rows: list[Row], index: int) -> Parts:
    """A line under the headline: a sub-headline, or the body where it reads like a sentence."""
    second_line_chars, subtitle_chars = 120, 250
    row = rows[index]
    if len(row.words) > MAX_TITLE_CHARS or ANNOUNCES.search(row.words):
        return [], row.start
    if len(row.words) < second_line_chars and GOES_ON.search(
        f"{rows[index - 1].words}\n{row.words}"
    ):
        return [(row.start, K.HEADLINE)], None
    if (
        _dated_soon(rows, index)
        or BULLET.match(row.words)
        or (not row.words.endswith((".", "?", "!", '"')) and len(row.words) < subtitle_chars)
    ):
        return [(row.start, K.SUBHEADLINE)], None
    return [], row.start


def _untitled(text: str, rows: list[Row], index: int) -> Parts:
    """The first line of words: the headline, a headline run into its first sentence, or a body
    without one.
    """
    row = rows[index]
    if opens_letter(row.words):
        return [], row.start
    announcement = ANNOUNCES.search(row.words)
    if len(row.words) <= MAX_TITLE_CHARS and not (announcement and row.words.endswith(".")):
        return [(row.start, K.HEADLINE)], None
    border = _sentence_border(row.words, announcement.start()) if announcement else None
    if border:
        return [(row.start, K.HEADLINE)], row.start + text[row.start : row.end].index(
            row.words[:1]
        ) + border
    return [], row.start


def _sentence_border(words: str, announcement: int) -> int | None:
    """The offset in ``words`` where the first sentence begins: at the issuer's name, given a second
    time before *announced*, which stands at ``announcement``.
    """
    first = re.match(r"[\"'(]*([A-Z][\w&-]{2,})", words)
    if not first:
        return None
    at = words.rfind(" " + first.group(1), first.end(), announcement)
    return at + 1 if 20 < at < MAX_TITLE_CHARS else None


def _tiled(parts: list[tuple[int, SectionKind]], length: int) -> list[Section]:
    """The parts as sections that tile a text of ``length`` characters."""
    if not parts:
        return []
    starts = [0, *(start for start, _ in parts[1:])]
    ends = [*starts[1:], length]
    return [
        Section(kind, s, e) for (_, kind), s, e in zip(parts, starts, ends, strict=True) if s < e
    ]
