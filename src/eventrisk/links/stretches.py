"""The stretch of its sentence that one statement takes, where the sentence holds several. Pure.

Half-open offsets into the folded text. Two statements are parted by what stands between them: a
semicolon or conjunction, otherwise a comma; never within a list of names (*gout and lupus*). Where
a name stands between them, the names before the first tell whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eventrisk.labels import EntityLabel
from eventrisk.reading import Mention
from eventrisk.rules import rules

FILE = "links/rules.toml"
RUN_ON_CHARS = 4  # behind a statement, within which the first name of the next one follows
Span = tuple[int, int]


def stretches(
    folded: str, sentence: Span, anchors: Sequence[Span], names: Sequence[Mention]
) -> list[Span]:
    """The stretches of a sentence, in order, that ``anchors`` (the words of its statements) part
    it into; anchors with nothing between them that parts share one.
    """
    borders = [sentence[0]]
    last: int | None = None
    for anchor in sorted(anchors):
        if last is not None and last <= anchor[0]:
            border = _parting(folded, (borders[-1], last), anchor, names)
            if border is not None:
                borders.append(border)
        last = max(last or 0, anchor[1])
    return list(zip(borders, [*borders[1:], sentence[1]], strict=True))


def _parting(folded: str, first: Span, second: Span, names: Sequence[Mention]) -> int | None:
    """Where two statements part: the stretch ``first`` up to the end of one, and the words of the
    next.
    """
    (low, last), (start, end) = first, second
    told = [m for m in names if m.label == EntityLabel.DRUG] or names
    before = any(low <= m.start < last for m in told)
    between = [m for m in told if last <= m.start < start]
    border = _border(list(_separators(folded, last, start, names)), last, before, between)
    if border is None and between and not before and told[-1].start >= end:
        return start  # lines that ran together, names behind each statement
    return border


def clause(folded: str, stretch: Span, own: Span, names: Sequence[Mention]) -> Span:
    """The clause of a stretch that holds the words ``own``, where it names a product itself."""
    low, high = stretch
    for rule in rules(FILE, "clause"):
        for match in rule.regex.finditer(folded, *stretch):
            if match.end() <= own[0]:
                low = max(low, match.start())
            elif match.start() >= own[1]:
                high = min(high, match.start())
    drugs = (m for m in names if m.label == EntityLabel.DRUG)
    return (low, high) if any(low <= m.start < high for m in drugs) else stretch


def _border(
    separators: Sequence[tuple[bool, int]], last: int, before: bool, between: Sequence[Mention]
) -> int | None:
    """Where two statements part, the first of which ends at ``last``; None where nothing parts
    them. ``before``: names stand before or in the first; ``between`` are those between the two.
    """
    if between and before:
        first = between[0].start
        in_front = [at for _, at in separators if at < first]
        if in_front or first - last <= RUN_ON_CHARS:
            return max(in_front, default=last)
    behind = [s for s in separators if not between or s[1] >= between[0].end]
    strong = [at for is_strong, at in behind if is_strong]
    return min(strong or [at for _, at in behind], default=None)


def _separators(
    folded: str, low: int, high: int, names: Sequence[Mention]
) -> Iterator[tuple[bool, int]]:
    """Whether it is a strong one, and where each separator between two offsets begins."""
    for role in ("strong", "weak"):
        for rule in rules(FILE, role):
            for match in rule.regex.finditer(folded, low, high):
                if not _lists(match.start(), match.end(), names):
                    yield role == "strong", match.start()


def _lists(start: int, end: int, names: Sequence[Mention]) -> bool:
    """Whether a separator stands between two names of one label."""
    article_chars = 4
    left = {m.label for m in names if m.end == start}
    return any(m.label in left and 0 <= m.start - end <= article_chars for m in names)
