"""How far the name of a disease reaches to the right: over further head words, numbers of types,
``of the lung``, ``with … mutations``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from eventrisk.names.indications.dictionary import DiseaseLexicon
from eventrisk.names.indications.phrases import NUMERAL
from eventrisk.names.indications.words import HYPHENS, Word

HEADING = frozenset({"alone", "needs", "suffix"})
TYPE_NUMBER = re.compile(r"\d{1,2}[A-Z]?")  # of a genetic disease: "retinitis pigmentosa 21"
MAX_PART = 3  # words of "of fatty acid oxidation" before the last
MAX_TAIL = 7  # words from "with" to the word that ends a tail


def reach_right(lexicon: DiseaseLexicon, ws: Sequence[Word], last: int) -> int:
    """The last word of the phrase: over further head words, ``type 2``, ``of the lung``, ``with …
    mutations``.
    """
    end = last
    while end + 1 < len(ws) and lexicon.head(ws[end + 1].key) in HEADING:
        end += 1
    for tail in (_numbered, _sited, _accompanied, _accompanied, _sited, _caused):
        end = tail(lexicon, ws, end)
    return end


def _numbered(lexicon: DiseaseLexicon, ws: Sequence[Word], last: int) -> int:
    """Over ``type 2``, ``class III or IV``."""
    if last > 0 and len(ws[last].text) == 1:
        return _further(ws, last)
    if _typed(lexicon, ws, last):
        return last + 1
    if last + 2 >= len(ws) or "serial" not in lexicon.modifier(ws, last + 1)[1]:
        return last
    end = last + 2
    if not NUMERAL.fullmatch(ws[end].text):
        return last
    return _further(ws, end)


def _typed(lexicon: DiseaseLexicon, ws: Sequence[Word], last: int) -> bool:
    """Whether the number of a genetic type follows, and no measure: ``cone-rod dystrophy 6``."""
    if last + 1 >= len(ws) or not TYPE_NUMBER.fullmatch(ws[last + 1].text):
        return False
    after = ws[last + 2] if last + 2 < len(ws) else None
    counts = after is not None and (
        after.text in ("%", "/")
        or after.text[0].isdigit()
        or (after.start == ws[last + 1].end and after.text in HYPHENS)
        or (after.text in (".", ",") and last + 3 < len(ws) and ws[last + 3].start == after.end)
        or after.key in lexicon.units
    )
    return not counts and "typed" in lexicon.modifier(ws, last)[1]


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
    """Over ``of the lung``, ``of the digestive tract``, ``metastatic to the liver``."""
    if last + 2 >= len(ws):
        return last
    spread = ws[last + 1].key == "metastatic" and ws[last + 2].key == "to"
    if not spread and ws[last + 1].key != "of":
        return last
    place, end = last + 2 + spread, last
    while place < len(ws):
        place += ws[place].key == "the"
        part = _part(lexicon, ws, place)
        if part < 0:
            break
        end, place = part, part + 1
        if place < len(ws) and ws[place].key in ("and", "or"):
            place += 1
    return end


def _part(lexicon: DiseaseLexicon, ws: Sequence[Word], at: int) -> int:
    """The last word of an organ or function that begins at ``at`` (``fatty acid oxidation``), or
    -1.
    """
    for place in range(at, min(at + MAX_PART, len(ws))):
        hit = lexicon.forward.longest(ws, place)
        if hit is not None and hit[1] & {"site", "part"} and (place == at or "part" in hit[1]):
            return hit[0]
        if ws[place].key in lexicon.stoppers or not ws[place].text.isalpha():
            break
    return -1


def _caused(lexicon: DiseaseLexicon, ws: Sequence[Word], last: int) -> int:
    """Over ``caused by hepatitis A virus``, ``due to Gram-positive bacteria``; not over the strains
    that a vaccine counts.
    """
    if last + 2 >= len(ws):
        return last
    after, kinds = lexicon.forward.longest(ws, last + 1) or (last, frozenset())
    if "cause" not in kinds:
        return last
    end = last
    for place in range(after + 1, min(after + 1 + MAX_TAIL, len(ws))):
        word = ws[place]
        if word.key in lexicon.stoppers or not (word.text[0].isalnum() or word.text in "-/+."):
            break
        hit, of_hit = lexicon.forward.longest(ws, place) or (place, frozenset())
        if "uncounted" in of_hit:
            return last
        if of_hit & {"agent", "pathogen"} and not _capital_only(ws, place, of_hit):
            end = max(end, hit)
    return end


def _capital_only(ws: Sequence[Word], place: int, kinds: frozenset[str]) -> bool:
    """Whether a pathogen's name is only an adjective of what follows (``carbapenem-resistant``)."""
    return "agent" not in kinds and ws[place].text[0].islower()


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
