"""Text as counted terms: words, pairs of words and the character n-grams inside words.

The same functions serve training and reading, so a term means the same thing in both. Terms know no
offsets; whoever needs the place of a term counts it sentence by sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from eventrisk.events.cues import event_rules
from eventrisk.labels import TITLE_SECTIONS, Assertion, EntityLabel
from eventrisk.reading import Mention, Reading

WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*%?")
NUMBER = "#"
NGRAM_CHARS = (3, 4, 5)  # lengths in characters
LONGEST_WORD_CHARS = 40  # of a longer one only the beginning counts
TURNED = "turned"  # the label of words that mean the opposite of what they name
MASKED: dict[str, str] = {
    TURNED: "turnedwords",
    EntityLabel.DRUG: "drugname",
    EntityLabel.INDICATION: "diseasename",
    EntityLabel.COMPANY: "companyname",
    EntityLabel.TRIAL: "trialname",
}


def words(text: str) -> list[str]:
    """Lower-case words; every number is one and the same."""
    return [NUMBER if word[0].isdigit() else word for word in WORD.findall(text.lower())]


def word_terms(tokens: Sequence[str]) -> Counter[str]:
    """Single words and pairs of neighbours."""
    counts = Counter(tokens)
    counts.update(f"{first} {second}" for first, second in pairwise(tokens))
    return counts


def char_terms(tokens: Iterable[str]) -> Counter[str]:
    """Character n-grams (3 to 5) of each word with a blank at either end, so that stems and endings
    differ.
    """
    return Counter(chain.from_iterable(map(_char_ngrams, tokens)))


@lru_cache(maxsize=20_000)
def _char_ngrams(token: str) -> tuple[str, ...]:
    padded = f" {token[:LONGEST_WORD_CHARS]} "
    return tuple(
        padded[at : at + size] for size in NGRAM_CHARS for at in range(len(padded) - size + 1)
    )


def turned(reading: Reading, number: int) -> list[Mention]:
    """The words of cues of the sentence with this number (from 0) that mean the opposite of what
    they name, as mentions: of *rescinds complete response letter* a model reads no letter, nor of a
    title's *denies reports of a hold* a hold.
    """
    sentence = reading.sentences[number]
    by_id, is_title = event_rules().by_id, sentence.section in TITLE_SECTIONS
    return [
        Mention(TURNED, cue.start, cue.end, TURNED, sentence.section)
        for cue in reading.cues
        if cue.sentence == number
        and cue.rule in by_id
        and (by_id[cue.rule].says("turned") or (is_title and cue.assertion is Assertion.NEGATED))
    ]


def masked(text: str, start: int, end: int, mentions: Sequence[Mention]) -> str:
    """``text[start:end]`` with the names of drugs, diseases, companies and trials replaced by what
    they are.

    A model that reads names learns which invented sponsor failed; with their kinds in place of
    names it learns the language of failure. ``start`` and ``end`` are offsets into ``text``.
    """
    pieces: list[str] = []
    at = start
    for mention in mentions:
        if mention.label in MASKED and at <= mention.start and mention.end <= end:
            pieces += [text[at : mention.start], MASKED[mention.label]]
            at = mention.end
    return "".join([*pieces, text[at:end]])
