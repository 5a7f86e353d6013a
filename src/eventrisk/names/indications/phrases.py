"""How far the name of a disease reaches: left over the modifiers, right over the tails that belong
to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from eventrisk.names.indications.dictionary import DiseaseLexicon, attached, compound_start
from eventrisk.names.indications.words import HYPHENS, Word

CONNECTORS = frozenset({",", "and", "or", "to", "&", "/"})
NUMERAL = re.compile(r"(?:[IVX]{1,4}|\d{1,2})[A-Fa-f]?\d?|[A-F]")
WORDLIKE = frozenset({"course", "degree", "lone", "site", "pathogen", "marker"})
UNJOINED = frozenset(
    {"lone", "pathogen"}
)  # kinds no "and" joins to a disease: "HIV, malaria" are two
MIN_ADJECTIVE = 6  # letters; shorter words with these endings are rarely medical
MAX_TAIL = 7  # words from "with" to the word that ends a tail
MAX_SERIAL = 12  # words and commas of "stage II, IIIA or IIIB"
MAX_NAMES = 3  # capitalised words before a head word: "Charcot-Marie-Tooth disease"


class Named(Protocol):
    """Words that name a disease: indices of the first and the last."""

    @property
    def first(self) -> int: ...

    @property
    def last(self) -> int: ...


class Phrase(NamedTuple):
    """Words ``first`` to ``last`` (both within); ``kinds`` says what stands before the core."""

    first: int
    last: int
    kinds: frozenset[str]


def reach_left(
    lexicon: DiseaseLexicon, ws: Sequence[Word], core: Named, floor: int, *, open_to_words: bool
) -> Phrase:
    """Takes the modifiers before ``core``, down to ``floor``, or past it within a hyphened
    compound.

    With ``open_to_words`` a word of no list may say which disease is meant.
    """
    first, kinds, names = core.first, frozenset[str](), 0
    modified = _starts_modified(lexicon, ws, first)
    while first > floor:
        step = _modifier(lexicon, ws, first - 1) or _coordinated(
            lexicon, ws, first, bool(kinds) or modified
        )
        if step is None and open_to_words and names < MAX_NAMES and kinds <= {"name"}:
            step = _specifier(lexicon, ws, first - 1, bool(names))
            names += 1
        if step is None or (step[0] < floor and not attached(ws, floor)):
            break
        first, step_kinds = step
        kinds |= step_kinds
    return Phrase(first, core.last, kinds)


def _starts_modified(lexicon: DiseaseLexicon, ws: Sequence[Word], first: int) -> bool:
    """Whether a core begins with a modifier (``ovarian cancer``), to which an ``and`` may join
    another.
    """
    hit = lexicon.forward.longest(ws, first)
    return hit is not None and bool(hit[1] & WORDLIKE)


def _modifier(
    lexicon: DiseaseLexicon, ws: Sequence[Word], at: int
) -> tuple[int, frozenset[str]] | None:
    """The modifier that ends at ``at``: its first word and its kinds."""
    if ws[at].text in HYPHENS and attached(ws, at):
        at -= 1
    first, kinds = lexicon.modifier(ws, at)
    if kinds & WORDLIKE:
        return compound_start(ws, first) if _hyphened(ws, first) else first, kinds & WORDLIKE
    if "binder" in kinds:
        bound = _bound(lexicon, ws, first)
        return (bound, frozenset({"degree"})) if bound < first else None
    start = _serial(lexicon, ws, at)
    return (start, frozenset({"degree"})) if start < at else None


def _hyphened(ws: Sequence[Word], first: int) -> bool:
    return attached(ws, first - 1) and ws[first - 1].text in HYPHENS


def _bound(lexicon: DiseaseLexicon, ws: Sequence[Word], first: int) -> int:
    """Where the compound of a binder starts: ``HER2-positive``, ``PD-L1 positive``."""
    if first == 0:
        return first
    hyphen = ws[first - 1].text in HYPHENS and first > 1 and ws[first - 1].end == ws[first].start
    before, kinds = lexicon.modifier(ws, first - 1 - hyphen)
    start = compound_start(ws, first)
    if kinds & {"marker", "site", "pathogen"} or (start == first and "binder" in kinds):
        return min(start, compound_start(ws, before))
    return start


def _serial(lexicon: DiseaseLexicon, ws: Sequence[Word], at: int) -> int:
    """Where ``stage II, IIIA or IIIB`` before a disease starts; ``at`` itself where there is
    none.
    """
    place, lowest = at, max(0, at - MAX_SERIAL)
    while place > lowest and (
        NUMERAL.fullmatch(ws[place].text) or ws[place].text in CONNECTORS | HYPHENS
    ):
        place -= 1
    _, kinds = lexicon.modifier(ws, place)
    return place if place < at and "serial" in kinds and NUMERAL.fullmatch(ws[at].text) else at


def _coordinated(
    lexicon: DiseaseLexicon, ws: Sequence[Word], first: int, started: bool
) -> tuple[int, frozenset[str]] | None:
    """A modifier before a comma, ``and``, ``or`` or ``to``: ``ovarian, prostate and
    pancreatic``.
    """
    place = first - 1
    while (
        place > 0 and first - place <= MAX_NAMES and ws[place].text.lower() in CONNECTORS | HYPHENS
    ):
        place -= 1
    if not started or place == first - 1 or place < 0:
        return None
    step = _modifier(lexicon, ws, place)
    if (
        step is None
        or step[1] & UNJOINED
        or (ws[first - 1].key == "to" and "course" not in step[1])
    ):
        return None
    return step


def _specifier(
    lexicon: DiseaseLexicon, ws: Sequence[Word], at: int, again: bool
) -> tuple[int, frozenset[str]] | None:
    """A word that is in no list and yet says which disease is meant: a name, a gene, an
    adjective.
    """
    word, start = ws[at], compound_start(ws, at)
    if not word.text[0].isalnum() or word.text.isdigit() or len(word.text) < 2:
        return None
    if word.key in lexicon.fillers or ws[start].key in lexicon.fillers:
        return None
    if ws[start].text[0].isupper():
        return start, frozenset({"name"})
    if (
        not again
        and len(word.key) >= MIN_ADJECTIVE
        and word.key.endswith(lexicon.adjective_endings)
    ):
        return start, frozenset({"adjective"})
    return None


def reach_right(lexicon: DiseaseLexicon, ws: Sequence[Word], last: int) -> int:
    """The last word of the phrase: over further head words, ``type 2``, ``of the lung``, ``with …
    mutations``.
    """
    end = last
    while end + 1 < len(ws) and lexicon.head(ws[end + 1].key) in HEADING:
        end += 1
    for tail in (_numbered, _sited, _accompanied):
        end = tail(lexicon, ws, end)
    return end


HEADING = frozenset({"alone", "needs", "suffix"})


def _numbered(lexicon: DiseaseLexicon, ws: Sequence[Word], last: int) -> int:
    """Over ``type 2``, ``class III or IV``."""
    if last > 0 and len(ws[last].text) == 1:
        return _further(ws, last)
    if last + 2 >= len(ws) or "serial" not in lexicon.modifier(ws, last + 1)[1]:
        return last
    end = last + 2
    if not NUMERAL.fullmatch(ws[end].text):
        return last
    return _further(ws, end)


def _further(ws: Sequence[Word], end: int) -> int:
    """Over the further numerals of ``class III or IV``, ``hepatitis B and C``."""
    while (
        end + 2 < len(ws)
        and ws[end + 1].key in ("or", "and", "/")
        and NUMERAL.fullmatch(ws[end + 2].text)
    ):
        end += 2
    return end


def _sited(lexicon: DiseaseLexicon, ws: Sequence[Word], last: int) -> int:
    """Over ``of the lung``, ``of the digestive tract``."""
    if last + 2 >= len(ws) or ws[last + 1].key != "of":
        return last
    place, end = last + 2, last
    while place < len(ws):
        place += ws[place].key == "the"
        hit = lexicon.forward.longest(ws, place) if place < len(ws) else None
        if hit is None or not hit[1] & {"site", "part"}:
            break
        end, place = hit[0], hit[0] + 1
        if place < len(ws) and ws[place].key in ("and", "or"):
            place += 1
    return end


def _accompanied(lexicon: DiseaseLexicon, ws: Sequence[Word], last: int) -> int:
    """Over ``with activating EGFR mutations``, ``with distant metastasis``."""
    if last + 2 >= len(ws) or ws[last + 1].key not in ("with", "without"):
        return last
    end = last
    for place in range(last + 2, min(last + 2 + MAX_TAIL, len(ws))):
        word = ws[place]
        if word.key in lexicon.stoppers or not (word.text[0].isalnum() or word.text in "-/+"):
            break
        hit = lexicon.forward.longest(ws, place)
        if hit is not None and "tail" in hit[1]:
            end = max(end, hit[0])
    return end
