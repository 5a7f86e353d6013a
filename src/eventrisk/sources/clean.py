"""A copy of the text fit for reading, with the way back: offsets in the copy lead to the text as it
was passed in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from eventrisk.markup import decoded_transfer, strip_markup
from eventrisk.rewrite import Rewritten, substitute
from eventrisk.sources.addresses import without_paths
from eventrisk.sources.facts import NOTHING, Facts, facts_of
from eventrisk.sources.lines import join_lines
from eventrisk.sources.submission import outside, release_documents

# A mark with the blank before it; (R)- before a letter is a chemist's prefix and stays. No word is
# so long; splitting punctuation off a run takes time that grows with the square of its length.
RUN = re.compile(r"\S{200}(?=\S)")
MARK = re.compile(r" ?(?:[®™℠]|\((?:R|TM|SM|tm|sm)\)(?!-\w))")


@dataclass(frozen=True)
class CleanText:
    """A text without markup, marks and hard line wraps; paragraphs are separated by one line break.

    ``marks`` are the offsets in ``text`` directly after a name that carried ®, ™ or the like,
    ``facts`` what the carrier says of the release. Of a submission ``text`` is its first release.
    """

    raw: str
    text: str
    marks: tuple[int, ...]
    _stages: tuple[Rewritten, ...]
    facts: Facts = NOTHING

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open offsets into ``raw`` of ``text[start:end]``; markup and marks after the last
        character stay out.

        Raises ValueError for an empty span.
        """
        for stage in reversed(self._stages):
            start, end = stage.old_span(start, end)
        return start, end


def clean(raw: str) -> CleanText:
    """Entities decoded, tags, Markdown and marks off, quotes straight, lines joined, endless runs
    parted.

    Never raises on a ``str``.
    """
    stages: list[Rewritten] = []
    part = next(iter(release_documents(raw)), None)
    if part is not None:
        stages.append(Rewritten(raw, outside(raw, part)))
    if transfer := decoded_transfer(stages[-1].text if stages else raw):
        stages.append(transfer)
    carried = stages[-1].text if stages else raw
    plain = strip_markup(carried)
    bare = without_paths(plain.text)
    joined = join_lines(bare.text)
    unmarked = substitute(joined.text, MARK, lambda m: _in_place_of(m, joined.text))
    ends = [match.end() for match in RUN.finditer(unmarked.text)]
    parted = Rewritten(unmarked.text, ((end, end, " ") for end in ends))
    marks = tuple(mark + bisect_left(ends, mark) for mark in _marks(joined.text))
    stages += [plain, bare, joined, unmarked, parted]
    facts = facts_of(raw if part else carried, part)
    return CleanText(raw, parted.text, marks, tuple(stages), facts)


def _in_place_of(mark: re.Match[str], text: str) -> str:
    """Nothing, or a space where a word or number follows directly."""
    return " " if text[mark.end() : mark.end() + 1].isalnum() else ""


def _marks(text: str) -> tuple[int, ...]:
    """Where the marks would stand in the unmarked text: directly after the name."""
    out, removed = [], 0
    for match in MARK.finditer(text):
        out.append(match.start() - removed)
        removed += len(match.group()) - len(_in_place_of(match, text))
    return tuple(out)
