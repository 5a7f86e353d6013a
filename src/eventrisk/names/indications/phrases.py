"""How far the name of a disease reaches to the left: over the modifiers that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from eventrisk.names.indications.dictionary import DiseaseLexicon, attached, compound_start
from eventrisk.names.indications.words import HYPHENS, Word

CONNECTORS = frozenset({",", "and", "or", "to", "&", "/"})
NUMERAL = re.compile(r"(?:[IVX]{1,4}|\d{1,2})(?:[A-Z]|[a-f])?\d?|[A-F]")
YEAR = re.compile(r"(?:19|20)\d\d")  # of a staging system: "FIGO 2018 stage IVB"
WORDLIKE = frozenset({"course", "degree", "lone", "site", "pathogen", "marker"})
UNJOINED = frozenset(
    {"lone", "pathogen"}
)  # kinds no "and" joins to a disease: "HIV, malaria" are two
MIN_ADJECTIVE = 6  # letters; shorter words with these endings are rarely medical
MAX_SERIAL = 12  # words and commas of "stage II, IIIA or IIIB"
MAX_NAMES = 3  # capitalised words before a head word: "Charcot-Marie-Tooth disease"
MAX_ADJECTIVES = 2  # of no list, before a name
MAX_ACRONYM = 6  # letters of a staging system


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

    With ``open_to_words`` a name of no list may say which disease is meant, else an adjective may.
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
        elif step is None and not open_to_words and names < MAX_ADJECTIVES:
            step = _adjective(lexicon, ws, first - 1)
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
    if (
        start < first
        and "carrier" in lexicon.modifier(ws, start)[1]
        and start > 0
        and ws[start - 1].text.isalnum()
    ):
        return compound_start(ws, start - 1)
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
    start, kinds = lexicon.modifier(ws, place)
    if place == at or "serial" not in kinds or not NUMERAL.fullmatch(ws[at].text):
        return at
    return _staged(lexicon, ws, start)


def _staged(lexicon: DiseaseLexicon, ws: Sequence[Word], start: int) -> int:
    """Where the system of a stage starts: ``FIGO 2018`` before ``stage IVB``."""
    at = start - 1
    if at > 0 and YEAR.fullmatch(ws[at].text):
        at -= 1
    if at < 0:
        return start
    first, kinds = lexicon.modifier(ws, at)
    text = ws[at].text
    acronym = text.isupper() and text.isalpha() and not ws[start].text.isupper()
    unlisted = acronym and 3 <= len(text) <= MAX_ACRONYM and ws[at].key not in lexicon.fillers
    return first if "staging" in kinds or unlisted else start


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
    if place == first - 1 or place < 0:
        return None
    if ws[place + 1].text in HYPHENS and ws[place + 1].start == ws[place].end:
        return _suspended(ws, place, first)
    if not started:
        return None
    step = _modifier(lexicon, ws, place)
    if (
        step is None
        or step[1] & UNJOINED
        or (ws[first - 1].key == "to" and "course" not in step[1])
    ):
        return None
    return step


def _suspended(ws: Sequence[Word], place: int, first: int) -> tuple[int, frozenset[str]] | None:
    """The word whose hyphen waits for another one's head: ``alpha- or beta-thalassemia``."""
    open_ended = ws[place + 2].start > ws[place + 1].end and place + 2 < first
    return (compound_start(ws, place), frozenset({"degree"})) if open_ended else None


def _adjective(
    lexicon: DiseaseLexicon, ws: Sequence[Word], at: int
) -> tuple[int, frozenset[str]] | None:
    """An adjective of no list directly before a name, by its ending."""
    word, start = ws[at], compound_start(ws, at)
    if word.text[0].isalpha() and len(word.key) >= MIN_ADJECTIVE and word.start > ws[at - 1].end:
        listed = word.key in lexicon.fillers or ws[start].key in lexicon.fillers
        if not listed and word.key.endswith(lexicon.adjective_endings):
            return start, frozenset({"course"})
    return None


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
