"""Texts that are of no use for training: not English, damaged in a change of encoding, empty under
their markup, or cut off.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from eventrisk.checking.encoding import encoding_problems
from eventrisk.checking.problem import Edit, Entry, Problem, Severity, quoted
from eventrisk.checking.view import View
from eventrisk.lexicon import terms

READ_CHARS = 6000  # of a text, from its start
WORD = re.compile(r"[^\W\d_]+")
ASCII = re.compile(r"[\x00-\x7f]+")


def text_problems(entry: Entry, view: View) -> Iterator[Problem]:
    """What is wrong with the text of a record."""
    text = entry.placed.record.text
    if view.is_blank():
        fix = "leave it out, or give its words"
        yield entry.problem(
            "text empty",
            Severity.ERROR,
            "nothing is left of the text without its markup",
            fix,
            [DROP],
        )
        return
    if language := other_language(text[:READ_CHARS]):
        message = f"the text seems to be {language}: {quoted(text[:200], 50)}"
        yield entry.problem(
            "not English", Severity.WARNING, message, "leave it out, or translate it"
        )
    yield from encoding_problems(entry)


DROP = Edit((), None)


@lru_cache(maxsize=1)
def _languages() -> Mapping[str, tuple[str, ...]]:
    """The languages of each word; what several share counts for each of them."""
    return {
        row["word"]: tuple(row["language"].split(" or "))
        for row in terms("checking/function_words.tsv")
    }


def other_language(text: str) -> str | None:
    """The language of a text that is not English, or its script; None for English and for texts
    with too few words.
    """
    min_words = 3
    min_ratio = 1.5  # to English words, as an English text may hold a foreign notice
    known = _languages()
    counts = Counter(
        language for word in WORD.findall(text.lower()) for language in known.get(word, ())
    )
    english = counts.pop("English", 0)
    most = max(counts.values(), default=0)
    if most >= min_words and most > min_ratio * english:
        return " or ".join(sorted(language for language, count in counts.items() if count == most))
    return None if text.isascii() else _script(text)


def _script(text: str) -> str | None:
    """The script of most of the letters, if it is not the Latin one."""
    min_letters = 20
    foreign = [c for c in ASCII.sub("", text) if c.isalpha()]
    scripts = Counter(unicodedata.name(c, "unknown").split()[0].capitalize() for c in foreign)
    scripts.pop("Latin", None)
    latin = sum(map(len, WORD.findall(text))) - scripts.total()
    if scripts.total() < min_letters or scripts.total() <= latin:
        return None
    return f"in {max(scripts, key=lambda s: (scripts[s], s))} letters"


def cut_problems(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Texts cut off where a table or an export ended them: five or more of the same greatest
    length, all ending within a word or sentence.
    """
    min_texts = 5
    longest = max((len(entry.placed.record.text) for entry in entries), default=0)
    cut = [
        entry
        for entry in entries
        if len(entry.placed.record.text) == longest and entry.placed.record.text[-1].isalnum()
    ]
    if len(cut) < min_texts:
        return
    for entry in cut:
        message = f"the text breaks off at {longest} characters, as {len(cut) - 1} others do"
        yield entry.problem(
            "text cut off", Severity.WARNING, message, "take the whole text from its source"
        )
