"""Whether a release is written in another language than English: where nothing is understood,
nothing is claimed.

Counts the words of ``structure/foreign_words.tsv`` and the function words that training data is
checked by. A headline has few words, so that one of another language and none of English decide.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from eventrisk.lexicon import terms

READ_CHARS = 3000  # of a text, from its start
SHORT_WORDS = 25  # up to which a text is short
MIN_LETTERS = 4  # of a word that decides alone
MIN_WORDS = 3  # of another language in a longer text
MIN_RATIO = 1.5  # to English words, as an English text may hold a foreign notice
WORD = re.compile(r"[^\W\d_]+")
ENGLISH = "English"
FILES = ("checking/function_words.tsv", "structure/foreign_words.tsv")


@lru_cache(maxsize=16)
def is_foreign(text: str) -> bool:
    """Whether most of the words that tell a language tell another one than English."""
    words = WORD.findall(text[:READ_CHARS].lower())
    telling = [word for word in words if word in _languages()]
    counts = Counter(language for word in telling for language in _languages()[word])
    english = counts.pop(ENGLISH, 0)
    most = max(counts.values(), default=0)
    if len(words) > SHORT_WORDS:
        return most >= MIN_WORDS and most > MIN_RATIO * english
    said = most > 1 or any(len(word) >= MIN_LETTERS for word in telling)  # "van" is in names too
    return said and most > MIN_RATIO * english


@lru_cache(maxsize=1)
def _languages() -> dict[str, tuple[str, ...]]:
    return {
        row["word"]: tuple(row["language"].split(" or ")) for file in FILES for row in terms(file)
    }
