"""Front matter of Markdown files: the block of keys between ``---`` (YAML) or ``+++`` (TOML) above
the words (Jekyll, Hugo, and most tools that save pages as Markdown). Pure; offsets half-open.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from eventrisk.carriers.mail import mail_fields, subject

LONGEST_CHARS = 8_000
FENCE = re.compile(r"\ufeff?\s{0,40}(---|\+\+\+)[ \t]*\r?\n")
CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
}
KEY = re.compile(r"(?P<key>[A-Za-z_][\w .:-]{0,40}?)[ \t]*[:=](?:[ \t]+(?P<value>.*\S))?[ \t]*$")
GOES_ON = re.compile(r"[ \t]|-(?:[ \t]|$)|#|[\]}]|$")  # a list, a nested key, a remark
FOLDED = re.compile(r"[>|][+-]?$")
TITLE = re.compile(r"title|headline|og:title")
DAY = re.compile(
    r"date|(?:article|date)?publi(?:sh|cation)\w*|pubdate|posted\w*|releasedate|created"
)


class FrontMatter(NamedTuple):
    """A block that ends at ``end``; ``title`` is the stretch of its title's words, ``date`` what
    its key says, None for what it does not have.
    """

    end: int
    title: tuple[int, int] | None
    date: str | None


def front_matter(text: str) -> FrontMatter | None:
    """The front matter, or the header of a mail, that a text begins with, or None."""
    if (mail := mail_fields(text)) is not None:
        end, fields = mail
        day = text[slice(*fields.get("date", (0, 0)))]
        return FrontMatter(end, subject(text, fields["subject"]), day or None)
    fence = FENCE.match(text)
    closing = CLOSING[fence[1]].search(text, fence.end(), LONGEST_CHARS) if fence else None
    if not fence or not closing:
        return None
    values = _values(text, fence.end(), closing.start())
    return _read(text, closing.end(), values) if values else None


def _values(text: str, start: int, end: int) -> dict[str, tuple[int, int]]:
    """Each key with the stretch of its value; none where some line is neither key nor part of a
    value.
    """
    values: dict[str, tuple[int, int]] = {}
    last, at = "", start
    for line in text[start:end].split("\n"):
        words = line.strip()
        begins, ends = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        if match := KEY.match(line.rstrip("\r")):
            last = _plain(match["key"])
            value = match["value"] or ""
            first = at + max(match.start("value"), 0)
            held = "" if FOLDED.match(value) else value
            values.setdefault(last, (first, first + len(held)))
        elif not GOES_ON.match(line):
            return {}
        elif words and last and line[:1] in " \t":
            first, stop = values[last]
            values[last] = (begins if first == stop else first, ends)
        at += len(line) + 1
    return values


def _plain(key: str) -> str:
    return key if ":" in key else re.sub(r"[\s_.-]", "", key).lower()


def _read(text: str, end: int, values: dict[str, tuple[int, int]]) -> FrontMatter:
    title = next((value for key, value in values.items() if TITLE.fullmatch(key)), None)
    day = next((value for key, value in values.items() if DAY.fullmatch(key)), None)
    words = _unquoted(text, *title) if title else None
    stated = text[slice(*_unquoted(text, *day))] if day else None
    return FrontMatter(end, words if words and words[0] < words[1] else None, stated or None)


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """A value without its quotation marks."""
    words = text[start:end]
    if len(words) > 1 and words[0] == words[-1] and words[0] in "\"'":
        return start + 1, end - 1
    return start, end
