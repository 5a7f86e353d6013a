"""The top of a release: exhibit header, headline, sub-headlines, dateline, up to where the body
begins.

Carriers put the parts on lines of their own or run them together; then the dateline parts them, and
where there is none the issuer's name before *announced* does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from eventrisk.labels import SectionKind
from eventrisk.names.companies.finder import is_company_name
from eventrisk.reading import Section
from eventrisk.structure.dateline import Dateline, opens_line, within_line
from eventrisk.structure.headings import heading_at, lines, top_kind

K = SectionKind
REACH = 14_000  # characters within which a release begins
TITLE_MOST = 420  # characters of the longest headlines
DATELINE_MOST = 200  # characters of the longest datelines
SUBTITLE_MOST = 1500  # characters of run-together sub-headlines before a second dateline
SAYS = re.compile(
    r"\b(?:(?:today|this morning|yesterday) (?:\w+ )?(?:announce[ds]|reported|said|says)"
    r"|announced (?:today|that|the|its|it|positive|results)|announces "
    r"today|(?:said|reported) (?:today|that))\b"
)
GOES_ON_MOST = 120  # characters of the second line of a headline
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


# the parts of a line; where the body begins, if on it
Parts = tuple[list[tuple[int, SectionKind]], int | None]


class Row(NamedTuple):
    """A line with words, and what stands on it."""

    start: int
    end: int
    words: str


def find_opening(text: str) -> list[Section]:
    """Sections from the first character to where the body begins; gaps of white space belong to
    the section before.
    """
    rows = [Row(s, e, text[s:e].strip()) for s, e in lines(text, 0, min(len(text), REACH))]
    parts: list[tuple[int, SectionKind]] = []
    titled = False
    for index, row in enumerate(rows):
        kind = None if titled and not _carrier(row) else _above(rows, index)
        if kind:
            parts.append((row.start, kind))
            continue
        found, body = _read(text, rows, index, titled)
        parts += found
        titled = titled or any(kind is K.HEADLINE for _, kind in found)
        if body is not None:
            parts.append((body, K.BODY))
            break
    return _tiled(parts, len(text))


def names_contact(words: str) -> bool:
    """Whether a short line holds a telephone number (seven digits or more in groups) or an
    e-mail address.
    """
    if ADDRESS.search(words):
        return True
    return any(
        7 <= sum(c.isdigit() for c in m.group()) <= 15 and len(m.group()) > 7
        for m in TELEPHONE.finditer(words)
    )


def _carrier(row: Row) -> bool:
    return len(row.words) < 160 and top_kind(row.words) is not None


def _above(rows: list[Row], index: int) -> SectionKind | None:
    """What a line above the headline is, when it is not the headline."""
    words = rows[index].words
    if PAGE_MARK.fullmatch(words):
        return K.PAGE_MARK
    if kind := top_kind(words):
        return kind
    if len(words) < 160 and _is_contact(rows, index):
        return K.CONTACTS
    return K.EXHIBIT_HEADER if _names_company(rows, index) else None


def _is_contact(rows: list[Row], index: int) -> bool:
    words = rows[index].words
    if names_contact(words) and not SAYS.search(words):
        return True
    if heading := heading_at(words, 0, 0, len(words)):
        return heading.kind is K.CONTACTS
    if index > 0 and len(words) < 120 and CONTACT_HEADING.fullmatch(rows[index - 1].words):
        return True
    near = rows[index + 1 : index + 3]
    return (
        len(words) < 50
        and len(words.split()) <= 6
        and any(names_contact(r.words) and len(r.words) < 90 for r in near)
    )


def _names_company(rows: list[Row], index: int) -> bool:
    """A line that holds only the issuer's name, above the headline."""
    return (
        index + 1 < len(rows) and len(rows[index].words) < 70 and is_company_name(rows[index].words)
    )


def _read(text: str, rows: list[Row], index: int, titled: bool) -> Parts:
    """The parts of one line and, when the body begins on it, where."""
    row = rows[index]
    if line := opens_line(text, row.start, row.end):
        if not text[line.end : row.end].strip():
            return [(row.start, K.DATELINE)], None
        return [(row.start, K.DATELINE)], _body_after(text, line, row)
    reach = (SUBTITLE_MOST if titled else TITLE_MOST) + DATELINE_MOST
    inside = within_line(text, row.start, min(row.end, row.start + reach), closes_title=not titled)
    if inside and _fits(text, row, inside, titled):
        return _parted(text, rows, index, inside, titled)
    if titled:
        return _below_title(rows, index)
    return _untitled(text, rows, index)


def _body_after(text: str, line: Dateline, row: Row) -> int:
    return line.end if line.end < row.end else row.end


def _fits(text: str, row: Row, line: Dateline, titled: bool) -> bool:
    """Whether what stands before a dateline can be a headline or sub-headlines."""
    before = text[row.start : line.start]
    if SAYS.search(before):
        return False
    return len(before) <= (SUBTITLE_MOST if titled else TITLE_MOST)


def _parted(text: str, rows: list[Row], index: int, line: Dateline, titled: bool) -> Parts:
    """A line with words, a dateline, and perhaps sub-headlines and a second dateline after it."""
    row = rows[index]
    parts = [(row.start, K.SUBHEADLINE if titled else K.HEADLINE), (line.start, K.DATELINE)]
    rest = text[line.end : row.end].strip()
    if not rest:
        return parts, None
    if again := opens_line(text, line.end, row.end):
        return parts, again.end
    again = within_line(
        text, line.end, min(row.end, line.end + SUBTITLE_MOST + DATELINE_MOST), closes_title=False
    )
    if (
        again
        and again.start - line.end <= SUBTITLE_MOST
        and not SAYS.search(text[line.end : again.start])
    ):
        return [*parts, (line.end, K.SUBHEADLINE), (again.start, K.DATELINE)], again.end
    if (
        not rest.endswith(".")
        and not SAYS.search(rest)
        and len(rest) < SUBTITLE_MOST
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
    row = rows[index]
    if len(row.words) > TITLE_MOST or SAYS.search(row.words):
        return [], row.start
    if len(row.words) < GOES_ON_MOST and GOES_ON.search(f"{rows[index - 1].words}\n{row.words}"):
        return [(row.start, K.HEADLINE)], None
    if (
        _dated_soon(rows, index)
        or BULLET.match(row.words)
        or (not row.words.endswith((".", "?", "!", '"')) and len(row.words) < 250)
    ):
        return [(row.start, K.SUBHEADLINE)], None
    return [], row.start


def _untitled(text: str, rows: list[Row], index: int) -> Parts:
    """The first line of words: the headline, a headline run into its first sentence, or a body
    without one.
    """
    row = rows[index]
    says = SAYS.search(row.words)
    if len(row.words) <= TITLE_MOST and not (says and row.words.endswith(".")):
        return [(row.start, K.HEADLINE)], None
    border = _sentence_border(row.words, says.start()) if says else None
    if border:
        return [(row.start, K.HEADLINE)], row.start + text[row.start : row.end].index(
            row.words[:1]
        ) + border
    return [], row.start


def _sentence_border(words: str, says: int) -> int | None:
    """Where in ``words`` the first sentence begins: the issuer's name, given a second time
    before *announced*.
    """
    first = re.match(r"[\"'(]*([A-Z][\w&-]{2,})", words)
    if not first:
        return None
    at = words.rfind(" " + first.group(1), first.end(), says)
    return at + 1 if 20 < at < TITLE_MOST else None


def _tiled(parts: list[tuple[int, SectionKind]], length: int) -> list[Section]:
    if not parts:
        return []
    starts = [0, *(start for start, _ in parts[1:])]
    ends = [*starts[1:], length]
    return [
        Section(kind, s, e) for (_, kind), s, e in zip(parts, starts, ends, strict=True) if s < e
    ]
