"""Pictures, archives and tables of facts that are written in letters: uuencoded and base64 parts,
``data:`` addresses, headers of inline XBRL, blocks that a page hides. None of it is words.

Every search is linear in the length of the text. All offsets are half-open, into the text given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

LONGEST_OPENING = 3_000  # characters between a tag's first and a data address in it
UU_OPENING = re.compile(r"^begin(?:-base64)? [0-7]{3,4} [^\n]{1,200}\n", re.MULTILINE)
# three full lines of a uuencoded part whose first line is lost: 45 bytes make 61 characters
UU_LINES = re.compile(
    r"(?:^M[ -`]{60}\r?\n){3,}(?:^[ -`]{1,61}\r?\n)?(?:^[ `]\r?\n)?(?:^end$)?", re.MULTILINE
)
# lines of base64 in a row, the last one shorter; or one line that is too long for any word
BASE64_LINES = re.compile(
    r"(?:^[A-Za-z0-9+/]{56,80}\r?\n){2,}(?:^[A-Za-z0-9+/]{1,80}={0,2}[ \t]*\r?$)?", re.MULTILINE
)
BASE64_RUN = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{300,}={0,2}")
DATA = re.compile(
    r"data:[a-z][\w.+-]{0,40}/[\w.+-]{1,60}(?:;[\w=.-]{1,40})*,(?:[A-Za-z0-9+/=%_.~-]+\s{0,2})*",
    re.I,
)
HIDING = re.compile(r"\bdisplay\s{0,3}:\s{0,3}none\b|\shidden(?=[\s>/=])", re.IGNORECASE)
TAG_NAME = re.compile(r"<([A-Za-z][A-Za-z0-9]{0,15})\s")
VOID = ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
SHOWN = ("html", "body")  # what hides all of a page is a script's business, not the reader's


def encoded_spans(text: str) -> list[tuple[int, int]]:
    """The stretches that are encoded, in order; they may touch and overlap."""
    spans = [*_uuencoded(text), *_data_addresses(text)]
    spans += [match.span() for match in UU_LINES.finditer(text)] if "\nM" in text else []
    for pattern in (BASE64_LINES, BASE64_RUN):
        spans += [m.span() for m in pattern.finditer(text) if _is_mixed(m.group())]
    return sorted(spans)


def _is_mixed(run: str) -> bool:
    """Whether letters of both cases and digits stand in it, as in all that is encoded so."""
    return run != run.upper() and run != run.lower() and any(sign in run for sign in "0123456789")


def _uuencoded(text: str) -> Iterator[tuple[int, int]]:
    if "begin" not in text:
        return
    at = 0
    while opening := UU_OPENING.search(text, at):
        at = _uu_end(text, opening.end())
        if at > opening.end():
            yield opening.start(), at


def _uu_end(text: str, at: int) -> int:
    """Where the lines of a uuencoded part end: behind ``end``, or before the first other line."""
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop].rstrip("\r")
        if line.strip() == "end" or line == "====":
            return stop
        cut_off = stop == len(text) and line == line.upper()
        if not (cut_off or _is_uu_line(line)):
            return at
        at = stop + 1
    return at


def _is_uu_line(line: str) -> bool:
    """Whether a line says its own length in its first character; blanks at its end may be lost."""
    most_chars, lost_chars = 80, 12
    if not line:
        return True
    wanted = 1 + (((ord(line[0]) - 32) & 63) + 2) // 3 * 4
    fits = wanted - lost_chars <= len(line) <= wanted + 2
    return len(line) <= most_chars and fits and line == line.upper()


def _data_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Addresses that hold the thing itself, each with the tag or link it stands in."""
    if "data:" not in text and "DATA:" not in text:
        return
    for match in DATA.finditer(text):
        yield _around(text, *match.span())


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    before = text[max(0, start - LONGEST_OPENING) : start]
    opened = before.rfind("<")
    if opened > before.rfind(">") and before[opened + 1 : opened + 2].isalpha():
        closing = text.find(">", end, end + LONGEST_OPENING)
        return start - len(before) + opened, closing + 1 if closing >= 0 else end
    if before.endswith("](") and (bracket := before.rfind("[")) >= 0:
        bracket -= before[bracket - 1 : bracket] == "!"
        closing = text.find(")", end, end + LONGEST_OPENING)
        return start - len(before) + bracket, closing + 1 if closing >= 0 else end
    return start, end


def hidden_blocks(text: str) -> list[tuple[int, int]]:
    """Elements that a page's reader does not see: ``display:none``, ``hidden``. One that is never
    closed is shown.
    """
    if "none" not in text and "NONE" not in text and "hidden" not in text:
        return []
    spans: list[tuple[int, int]] = []
    ends: dict[str, tuple[list[int], dict[int, int]]] = {}
    for match in HIDING.finditer(text):
        low = max(0, match.start() - LONGEST_OPENING)
        start = text.rfind("<", low, match.start())
        tag = TAG_NAME.match(text, start) if start >= 0 else None
        if tag is None or ">" in text[start : match.start()]:
            continue
        name = tag[1].lower()
        if name in VOID or name in SHOWN or (spans and start < spans[-1][1]):
            continue
        if name not in ends:
            ends[name] = _closings(text, name)
        closing = _closing(ends[name], start)
        if closing is not None:
            spans.append((start, closing))
    return spans


def _closings(text: str, name: str) -> tuple[list[int], dict[int, int]]:
    """For each element of a name where it opens, in order, and where it closes."""
    opened: list[int] = []
    closes: dict[int, int] = {}
    for tag in re.finditer(rf"<(/?){name}\b[^<>]*>", text, re.IGNORECASE):
        if not tag[1]:
            opened.append(tag.start())
        elif opened:
            closes[opened.pop()] = tag.end()
    return sorted(closes), closes


def _closing(ends: tuple[list[int], dict[int, int]], start: int) -> int | None:
    starts, closes = ends
    index = bisect_right(starts, start) - 1
    return closes[starts[index]] if index >= 0 and starts[index] == start else None
