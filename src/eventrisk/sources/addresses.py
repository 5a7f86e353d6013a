"""Web addresses in a text: an address is no prose, and names in it are not read."""

from __future__ import annotations

import re

from eventrisk.rewrite import Rewritten

SIGNS = ("://", "www.", ".htm", ".php", ".aspx", ".com/", ".org/", ".gov/", ".net/", ".eu/")
END = r"[^\s<>\"')\]|.,;:!?]"  # the last sign of an address is none of its sentence
PATH = re.compile(
    r"(?:(?<=://)|\bwww\.|(?<![\w@/.-])(?=(?:[\w-]{1,60}\.){1,4}[a-z]{2,4}/))"
    rf"[\w.-]{{1,120}}(?::\d{{2,5}})?(?P<path>[/?#](?:[^\s<>\"')\]|]*{END})?)"
)
PAGE = re.compile(r"(?<![\w/])(?P<path>[\w-]{1,200}\.(?:html?|aspx|php))(?!\w)")


def without_paths(text: str) -> Rewritten:
    """The text with the hosts of its web addresses alone, and without names of pages."""
    if not any(sign in text for sign in SIGNS):
        return Rewritten(text, ())
    spans = [m.span("path") for pattern in (PATH, PAGE) for m in pattern.finditer(text)]
    edits: list[tuple[int, int, str]] = []
    for start, end in sorted(spans):
        if not edits or start >= edits[-1][1]:
            edits.append((start, end, ""))
    return Rewritten(text, edits)
