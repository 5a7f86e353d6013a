"""Quoted-printable pages and mails: ``=E2=80=99`` for a character, ``=`` at the end of a line that
goes on (RFC 2045, section 6.7). Pure.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator

SOFT = re.compile(r"=[ \t]*\r?\n")
RUN = re.compile(rf"(?:=[0-9A-F]{{2}}|{SOFT.pattern})+")  # a character's bytes stand together
SIGN = re.compile(rf"=[0-9A-F]{{2}}|{SOFT.pattern}")
SEEN_CHARS = 20_000  # of a text, within which its encoding shows
FEWEST = 3  # signs of the encoding: a formula may hold one


def is_quoted_printable(text: str) -> bool:
    """Whether a text is encoded so: lines that end in ``=``, or coded signs, and no bare ``=`` that
    the encoding would not allow beside them.
    """
    head = text[:SEEN_CHARS]
    if "=" not in head:
        return False
    signs = sum(1 for _ in SIGN.finditer(head))
    return signs >= FEWEST and signs >= 0.9 * head.count("=")


def decoded(text: str) -> Iterator[tuple[int, int, str]]:
    """Edits that undo the encoding: (start, end, words), half-open, in order."""
    for match in RUN.finditer(text):
        yield match.start(), match.end(), _characters(match.group())


def _characters(coded: str) -> str:
    """What a run of coded signs stands for: UTF-8, else Windows-1252."""
    data = quopri.decodestring(coded.encode("ascii"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
