"""Mails saved as text: the header's lines above the words, and the lines between parts (RFC 5322,
RFC 2045). Pure; offsets half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_CHARS = 12_000  # of a header
FOLDED = r"[^\r\n]*(?:\r?\n[ \t]+[^\r\n]+)*"  # a value may go on in indented lines
FIELD = re.compile(rf"^([A-Za-z][A-Za-z-]{{1,40}}):[ \t]*({FOLDED})", re.MULTILINE)
END = re.compile(r"\r?\n[ \t]*\r?\n")
PART_LINE = re.compile(
    rf"^(?:--[\w=+./:-]{{8,70}}|(?:Content-[A-Za-z-]{{2,30}}|MIME-Version):{FOLDED})[ \t]*\r?$",
    re.MULTILINE,
)
FORWARDED = re.compile(r"(?:\s*(?:re|fwd?|aw|wg)\s*:)+\s*", re.IGNORECASE)


def mail_fields(text: str) -> tuple[int, dict[str, tuple[int, int]]] | None:
    """Where a mail's header ends and the stretch of each field's value, by its name in small
    letters; None for a text that begins with no header.
    """
    if ":" not in text[:60]:
        return None
    start = len(text) - len(text.lstrip("\ufeff\r\n \t"))
    end = END.search(text, start, LONGEST_CHARS)
    if end is None:
        return None
    fields: dict[str, tuple[int, int]] = {}
    at = start
    while at < end.start():
        field = FIELD.match(text, at, end.start())
        if field is None:
            return None
        fields.setdefault(field[1].lower(), field.span(2))
        at = field.end() + (2 if text.startswith("\r\n", field.end()) else 1)
    known = fields.keys() & {"from", "date", "message-id", "mime-version", "to"}
    return (end.end(), fields) if "subject" in fields and len(known) > 1 else None


def subject(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """A subject without ``Fwd:`` and the like."""
    forwarded = FORWARDED.match(text, *span)
    return (forwarded.end(), span[1]) if forwarded else span


def part_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines between the parts of a mail: borders and their fields."""
    if "\nContent-" in text or text.startswith("Content-"):
        for match in PART_LINE.finditer(text):
            yield match.span()
