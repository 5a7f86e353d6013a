"""Texts that cannot teach: not English, damaged in a change of encoding, empty under their markup, or cut off."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from eventrisk.checking.problem import At, Edit, Problem, Severity, quoted
from eventrisk.checking.view import View
from eventrisk.lexicon import terms

SEEN = 6000  # characters of a text that are looked at
FEWEST = 3  # words of another language before a text is said to be written in it
OUTNUMBERED = 1.5  # so many of them for an English one: an English text may carry a foreign notice
LETTERS = 20  # of another script, before a text is said to be written in it
CUT_OFF = 5  # texts of the very same greatest length, all ending within a sentence
WORD = re.compile(r"[^\W\d_]+")
ASCII = re.compile(r"[\x00-\x7f]+")
DAMAGED = re.compile(  # UTF-8 read as Windows-1252: signs, accents, Greek, punctuation, pictures
    "[\u00c2\u00c3\u00c5\u00ce\u00cf\u00e2\u00f0][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3}"
)
REPLACED = "\ufffd"


def text_problems(at: At, view: View) -> Iterator[Problem]:
    """What is wrong with the text of a record."""
    text = at.placed.record.text
    if view.is_blank():
        fix = "leave it out, or give its words"
        yield at.problem("text empty", Severity.ERROR, "nothing is left of the text without its markup", fix, [DROP])
        return
    if language := other_language(text[:SEEN]):
        message = f"the text seems to be {language}: {quoted(text[:200], 50)}"
        yield at.problem("not English", Severity.WARNING, message, "leave it out, or translate it")
    yield from _encoding(at)


DROP = Edit((), None)


@lru_cache(maxsize=1)
def _languages() -> Mapping[str, tuple[str, ...]]:
    """The languages of each word; what several share counts for each of them."""
    return {row["word"]: tuple(row["language"].split(" or ")) for row in terms("function_words.tsv")}


def other_language(text: str) -> str | None:
    """The language of a text that is not English, or its script; None for English and where too little is said."""
    known = _languages()
    counts = Counter(language for word in WORD.findall(text.lower()) for language in known.get(word, ()))
    english = counts.pop("English", 0)
    most = max(counts.values(), default=0)
    if most >= FEWEST and most > OUTNUMBERED * english:
        return " or ".join(sorted(language for language, count in counts.items() if count == most))
    return None if text.isascii() else _script(text)


def _script(text: str) -> str | None:
    """The script of most of the letters, if it is not the Latin one."""
    foreign = [c for c in ASCII.sub("", text) if c.isalpha()]
    scripts = Counter(unicodedata.name(c, "unknown").split()[0].capitalize() for c in foreign)
    scripts.pop("Latin", None)
    latin = sum(map(len, WORD.findall(text))) - scripts.total()
    if scripts.total() < LETTERS or scripts.total() <= latin:
        return None
    return f"in {max(scripts, key=lambda s: (scripts[s], s))} letters"


def _encoding(at: At) -> Iterator[Problem]:
    record = at.placed.record
    if record.text.isascii():
        return
    if REPLACED in record.text:
        where = record.text.index(REPLACED)
        message = f"characters are lost (U+FFFD), first in {quoted(record.text[max(0, where - 20) : where + 20])}"
        yield at.problem("encoding", Severity.WARNING, message, "take the text from its source again")
    repaired = DAMAGED.sub(_repaired, record.text)
    if repaired != record.text:
        damaged = next(m for m in DAMAGED.finditer(record.text) if _repaired(m) != m.group())
        message = f"UTF-8 was read as Windows-1252: {damaged.group()!r} stands for {_repaired(damaged)!r}"
        # With offsets of spans a text keeps its length; a person must read the source anew.
        edits = [] if record.entities or record.risk_clauses else [Edit(("text",), repaired)]
        yield at.problem("encoding", Severity.WARNING, message, "read the source as UTF-8", edits)


def _repaired(match: re.Match[str]) -> str:
    """What a run of signs was before; the run itself where it is no UTF-8."""
    for end in range(len(match.group()), 1, -1):
        try:
            return _bytes(match.group()[:end]).decode("utf-8") + match.group()[end:]
        except UnicodeError:
            continue
    return match.group()


def _bytes(text: str) -> bytes:
    """As Windows-1252, with the five bytes it does not use taken as Latin-1."""
    return b"".join(c.encode("latin-1") if "\x80" <= c <= "\x9f" else c.encode("cp1252") for c in text)


def cut_problems(every: Sequence[At]) -> Iterator[Problem]:
    """Texts cut off where a table or an export ended them: several of the very same greatest length."""
    longest = max((len(at.placed.record.text) for at in every), default=0)
    cut = [at for at in every if len(at.placed.record.text) == longest and at.placed.record.text[-1].isalnum()]
    if len(cut) < CUT_OFF:
        return
    for at in cut:
        message = f"the text breaks off at {longest} characters, as {len(cut) - 1} others do"
        yield at.problem("text cut off", Severity.WARNING, message, "take the whole text from its source")
