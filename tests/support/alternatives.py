"""The top-level alternatives of a regular expression, read off its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]|[^\\\[()|]+", re.DOTALL)
GROUP = re.compile(r"(\(\?[aimsux]+\))?\(\?(?:[aimsux]+)?:")


def top_level(pattern: str) -> list[str]:
    """The alternatives of a pattern; of one that is a group as a whole, those of the group."""
    found = list(_parts(pattern))
    group = GROUP.match(pattern)
    if len(found) > 1 or not group or not _closes_at_end(pattern, group.end()):
        return found
    return list(_parts(pattern[group.end() : -1]))


def _parts(pattern: str) -> Iterator[str]:
    depth, start = 0, 0
    for token in TOKEN.finditer(pattern):
        depth += (token.group() == "(") - (token.group() == ")")
        if token.group() == "|" and depth == 0:
            yield pattern[start : token.start()]
            start = token.end()
    yield pattern[start:]


def _closes_at_end(pattern: str, inside: int) -> bool:
    depth = 1
    for token in TOKEN.finditer(pattern, inside):
        depth += (token.group() == "(") - (token.group() == ")")
        if depth == 0:
            return token.end() == len(pattern)
    return False
