"""Texts that cannot teach: not English, damaged in a change of encoding, empty under their markup,
or cut off.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from eventrisk.checking.encoding import encoding_problems
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


def text_problems(at: At, view: View) -> Iterator[Problem]:
    """What is wrong with the text of a record."""
    text = at.placed.record.text
    if view.is_blank():
        fix = "leave it out, or give its words"
        yield at.problem(
            "text empty",
            Severity.ERROR,
            "nothing is left of the text without its markup",
            fix,
            [DROP],
        )
        return
    if language := other_language(text[:SEEN]):
        message = f"the text seems to be {language}: {quoted(text[:200], 50)}"
        yield at.problem("not English", Severity.WARNING, message, "leave it out, or translate it")
    yield from encoding_problems(at)


DROP = Edit((), None)


@lru_cache(maxsize=1)
def _languages() -> Mapping[str, tuple[str, ...]]:
    """The languages of each word; what several share counts for each of them."""
    return {
        row["word"]: tuple(row["language"].split(" or "))
        for row in terms("checking/function_words.tsv")
    }


def other_language(text: str) -> str | None:
    """The language of a text that is not English, or its script; None for English and where too
    little is said.
    """
    known = _languages()
    counts = Counter(
        language for word in WORD.findall(text.lower()) for language in known.get(word, ())
    )
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


def cut_problems(every: Sequence[At]) -> Iterator[Problem]:
    """Texts cut off where a table or an export ended them: several of the very same greatest
    length.
    """
    longest = max((len(at.placed.record.text) for at in every), default=0)
    cut = [
        at
        for at in every
        if len(at.placed.record.text) == longest and at.placed.record.text[-1].isalnum()
    ]
    if len(cut) < CUT_OFF:
        return
    for at in cut:
        message = f"the text breaks off at {longest} characters, as {len(cut) - 1} others do"
        yield at.problem(
            "text cut off", Severity.WARNING, message, "take the whole text from its source"
        )
