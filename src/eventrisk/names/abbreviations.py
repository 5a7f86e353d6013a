"""Abbreviations that a text itself defines: ``acute myeloid leukaemia (AML)`` and ``AML (acute
myeloid leukaemia)``.

After A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions
in biomedical text", Pacific Symposium on Biocomputing 8:451-462 (2003): the short form's characters
are looked for from right to left in the words before the bracket, and the first must begin a word.
"""

from __future__ import annotations

import re
from typing import NamedTuple

BRACKET = re.compile(r"\( ?([^()\n]{2,120}?) ?\)")  # tokenised texts have blanks inside
SHORT = re.compile(
    r"[\"']?([A-Za-z0-9][\w/&.+’'-]{0,13}(?: [\w/&.+-]{1,8})?)[\"']?(?=\s*(?:[;,]|$|\sor\s))"
)
BEFORE = re.compile(r"(?<![\w-])([A-Za-z0-9][\w/&+-]{1,11})\s$")
BREAK = re.compile(r"[.!?;:]\s|\n|[\"()\[\]]")
MAX_SHORT_CHARS = 10  # of a short form, as in the paper


class Definition(NamedTuple):
    """A short form and the long one it stands for, with half-open offsets; a plural's s is left
    out.
    """

    short: str
    long: str
    short_start: int
    short_end: int
    long_start: int
    long_end: int


def find_abbreviations(text: str) -> list[Definition]:
    """All definitions in order of the text. Terms a contract defines (the "Company") are none."""
    out: list[Definition] = []
    for match in BRACKET.finditer(text):
        definition = _short_in_bracket(text, match) or _long_in_bracket(text, match)
        if definition:
            out.append(definition)
    return out


def _short_in_bracket(text: str, match: re.Match[str]) -> Definition | None:
    inside = SHORT.match(text, match.start(1), match.end(1))
    if not inside:
        return None
    start = inside.start(1)
    end = start + len(_singular(inside.group(1)))
    short = text[start:end]
    if not _is_short(short):
        return None
    low = _window(text, match.start(), short)
    long_end = low + len(text[low : match.start()].rstrip(" ,\"'"))
    for long_start in (
        best_long_form(short, text, low, long_end),
        _by_initials(short, text, low, long_end),
    ):
        if long_start is not None and _fits(short, text[long_start:long_end]):
            return Definition(short, text[long_start:long_end], start, end, long_start, long_end)
    return None


def _long_in_bracket(text: str, match: re.Match[str]) -> Definition | None:
    before = BEFORE.search(text, max(0, match.start() - 14), match.start())
    if not before:
        return None
    start = before.start(1)
    end = start + len(_singular(before.group(1)))
    short = text[start:end]
    inner = re.split(r"[;,:]| or ", match.group(1))[0].rstrip()
    if not _is_short(short) or len(inner) < 6 or len(inner.split()) > 2 * len(short):
        return None
    low, high = match.start(1), match.start(1) + len(inner)
    long_start = best_long_form(short, text, low, high)
    if long_start != low or not _fits(short, inner) or " " not in inner:
        return None
    return Definition(short, inner, start, end, low, high)


def best_long_form(short: str, text: str, low: int, high: int) -> int | None:
    """Where in ``text[low:high]`` the long form of ``short`` begins, or None: the paper's
    ``findBestLongForm``.
    """
    at = high - 1
    for index in range(len(short) - 1, -1, -1):
        wanted = short[index].lower()
        if not wanted.isalnum():
            continue
        while at >= low and (
            text[at].lower() != wanted or (index == 0 and at > low and text[at - 1].isalnum())
        ):
            at -= 1
        if at < low:
            return None
        at -= 1
    return _word_start(text, low, at + 1)


def _by_initials(short: str, text: str, low: int, high: int) -> int | None:
    """Where the long form begins when the short one takes its initials in another order (CHMP);
    None otherwise.
    """
    if len(short) < 3 or not short.isalpha() or not short.isupper():
        return None
    wanted = list(short)
    for word in reversed(list(re.finditer(r"[A-Z][\w-]*", text[low:high]))):
        if word.group()[0] in wanted:
            wanted.remove(word.group()[0])
        if not wanted:
            return low + word.start() if word.group()[0] == short[0] else None
    return None


def _word_start(text: str, low: int, at: int) -> int:
    """The start of the word at ``at``: the first letter may follow a hyphen (``non-small``)."""
    while at > low and (text[at - 1].isalnum() or text[at - 1] in "-/"):
        at -= 1
    return at


def _window(text: str, bracket: int, short: str) -> int:
    """As many words before the bracket as the paper allows: min(|A| + 5, 2 |A|), inside the
    sentence.
    """
    low = max(0, bracket - 250)
    for stop in BREAK.finditer(text, low, bracket):
        low = stop.end()
    words = [m.start() for m in re.finditer(r"\S+", text[low:bracket])]
    max_words = min(len(short) + 5, 2 * len(short))
    return low + (words[-max_words] if len(words) > max_words else 0)


def _singular(short: str) -> str:
    return short[:-1] if re.fullmatch(r"[\w-]*[A-Z0-9]s", short) and len(short) > 2 else short


def _is_short(short: str) -> bool:
    """Two to ten characters, a letter among them, and two capitals or a capital with a digit."""
    capitals = sum(c.isupper() for c in short)
    return 2 <= len(short) <= MAX_SHORT_CHARS and (
        capitals >= 2 or (capitals == 1 and any(c.isdigit() for c in short))
    )


def _fits(short: str, long: str) -> bool:
    """The long form is longer, does not hold the short one, and has a word for about every
    letter.
    """
    words = long.split()
    letters = sum(c.isalnum() for c in short)
    return (
        len(long) > len(short) + 1
        and short not in words
        and 0 < len(words) <= min(letters + 5, 2 * letters)
    )
