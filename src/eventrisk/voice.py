"""Whether the sponsor speaks in a release: words of its management, or praise and regret of its
own.

Only where it speaks is there spin. A bare headline has no voice. What counts is data
(``tone/voice.toml``): quotations of the sponsor's people, words of attitude in the company's own
prose, and praise or regret in headline, sub-headline and first paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from eventrisk.labels import SectionKind
from eventrisk.reading import Reading, Sentence
from eventrisk.rules import fold, rules

FILE = "tone/voice.toml"
PROSE = (SectionKind.BODY, SectionKind.QUOTE)
TITLES = (SectionKind.HEADLINE, SectionKind.SUBHEADLINE)
BEFORE, AFTER = 160, 240  # characters around a quotation in which its speaker is named
MARK = '"'
SHORT = re.compile(r'(?<!\w)"[^"]{2,200}"(?!\w)')  # quotations too short for a section of their own


def sponsor_speaks(reading: Reading) -> bool:
    """Whether words of the sponsor's management, or praise or regret of its own, stand in the
    release; never for a headline alone.
    """
    prose = reading.of(*PROSE)
    if not prose:
        return False
    folded = fold(reading.text)
    said = any(_holds(folded, s, "said") for s in prose)
    return said or _praises(reading, prose, folded) or _is_quoted(reading, folded)


def _holds(folded: str, sentence: Sentence, role: str) -> bool:
    return _finds(role, folded[sentence.start : sentence.end])


def attitude_at_top(reading: Reading, *, titles_only: bool = False) -> tuple[int, int]:
    """How many sentences of the titles and the first paragraph (with ``titles_only``: of the
    titles) praise the sponsor's news, and how many regret it.
    """
    folded = fold(reading.text)
    top = _top(reading, [] if titles_only else reading.of(*PROSE))
    return (
        sum(_holds(folded, s, "praise") for s in top),
        sum(_holds(folded, s, "regret") for s in top),
    )


def _top(reading: Reading, prose: list[Sentence]) -> list[Sentence]:
    """The sentences of the titles and the first paragraph."""
    titles = list(reading.of(*TITLES))
    if not prose:
        return titles
    end = reading.text.find("\n", prose[0].start)
    return [*titles, *(s for s in prose if end < 0 or s.start < end)]


def _praises(reading: Reading, prose: list[Sentence], folded: str) -> bool:
    """Whether the titles or the first paragraph praise or regret."""
    top = _top(reading, prose)
    return any(_holds(folded, s, role) for s in top for role in ("praise", "regret"))


def _is_quoted(reading: Reading, folded: str) -> bool:
    """Whether a quotation is the sponsor's."""
    return any(_is_sponsors(folded, start, end) for start, end in _quotations(reading, folded))


def _quotations(reading: Reading, folded: str) -> Iterator[tuple[int, int]]:
    """Half-open spans of the quotations: the sections of spoken words, and in the body shorter ones
    beside a word of saying.
    """
    for section in reading.sections:
        if section.kind is SectionKind.QUOTE:
            yield section.start, section.end
        elif section.kind is SectionKind.BODY:
            for match in SHORT.finditer(folded, section.start, section.end):
                if _is_said(folded, *match.span()):
                    yield match.span()


def _is_said(folded: str, start: int, end: int) -> bool:
    before, after = _around(folded, start, end)
    return _finds("saying_before", before) or _finds("saying_after", after.lstrip())


def _finds(role: str, words: str) -> bool:
    return any(rule.regex.search(words) for rule in rules(FILE, role))


def _is_sponsors(folded: str, start: int, end: int) -> bool:
    """Whether the words beside a quotation, up to the next one, name a manager; where they name
    nobody, whether it speaks as "we".
    """
    around = _around(folded, start, end)
    if any(_finds("manager", words) for words in around):
        return True
    return not any(_finds("outsider", words) for words in around) and _finds(
        "own", folded[start:end]
    )


def _around(folded: str, start: int, end: int) -> tuple[str, str]:
    """The words before and after a quotation, without those of other quotations."""
    before = folded[max(0, start - BEFORE) : start].rpartition(MARK)[2]
    after = folded[end : end + AFTER].partition(MARK)[0]
    return before, after
