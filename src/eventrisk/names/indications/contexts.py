"""What stands around the name of a disease and makes it something else.

Kinds of ``indications/contexts.tsv``: *organization_after*, *organization_before* (``Cancer
Institute``, ``Society of``), *never_after* (``NSCLC cells``), *not_disease_after* (only after
``cancer``, ``pain`` and the like: ``tumor growth``), *not_disease_before*, *adverse* (words of side
effects: diseases in such a sentence are what a product causes), *harm* (of whom it would harm: no
disease in such a sentence is what it is for), *sufferer_before* (``patients with``: a disease after
all), *filler* (words that never say which disease is meant), *compound_kept* (what may follow the
hyphen after a disease: ``sepsis-causing``), *post* (what somebody is: ``president``), *open* (what
only begins like another kind).
"""

from __future__ import annotations

from collections.abc import Sequence

from eventrisk.names.indications.dictionary import DiseaseLexicon, attached
from eventrisk.names.indications.words import Word

ORGANIZATION_REACH = (
    2  # capitalised words between a disease and the word that makes it an organization
)
SENTENCE_ENDS = frozenset({".", "\n", "!", "?"})
MIN_TRIAL_LETTERS = 2  # before the hyphen of a trial's name
SUFFERER_REACH = 4  # words between "patients with" and the disease


def reading_of(
    lexicon: DiseaseLexicon, ws: Sequence[Word], first: int, last: int, *, specific: bool
) -> str:
    """What the words around words ``first`` to ``last`` make of them; an empty string where they
    leave a disease.

    A ``specific`` name (``psoriasis``) is turned by fewer words than ``tumor`` or ``pain`` is.
    """
    if _organization(lexicon, ws, first, last):
        return "organization"
    if _names_a_trial(lexicon, ws, first, last):
        return "part"
    if last + 1 < len(ws):
        if attached(ws, last + 1) and ws[last + 1].text != "/":
            goes_on = "compound_kept" in lexicon.follows(ws, last + 2)[1]
            return "" if goes_on else "compound"
        kinds = lexicon.follows(ws, last + 1)[1]
        if "never_after" in kinds or (not specific and "not_disease_after" in kinds):
            return "part"
    if (
        first
        and "not_disease_before" in lexicon.precedes(ws, first - 1 - attached(ws, first - 1))[1]
    ):
        return "part"
    return ""


def _organization(lexicon: DiseaseLexicon, ws: Sequence[Word], first: int, last: int) -> bool:
    if not ws[last].text[0].isupper():
        return False
    if first and "organization_before" in lexicon.precedes(ws, first - 1)[1]:
        return True
    if _follows_a_post(lexicon, ws, first):
        return True
    for place in range(last + 1, min(last + 2 + ORGANIZATION_REACH, len(ws))):
        if not ws[place].text[0].isupper() and ws[place].text not in ("and", "of", "&"):
            return False
        if ws[place].text[0].isupper() and "organization_after" in lexicon.follows(ws, place)[1]:
            return True
    return False


def _follows_a_post(lexicon: DiseaseLexicon, ws: Sequence[Word], first: int) -> bool:
    """Whether a disease ends a company's name behind somebody's post: ``president, Norvexa
    Diabetes``.
    """
    if first < 3 or ws[first - 2].text not in (",", "of", "at"):
        return False
    name, post = ws[first - 1], ws[first - 3]
    unknown = name.text[0].isupper() and name.text[-1].islower() and not _known(lexicon, ws, first)
    return unknown and "post" in lexicon.precedes(ws, first - 3)[1] and post.text[0].isalpha()


def _known(lexicon: DiseaseLexicon, ws: Sequence[Word], first: int) -> bool:
    """Whether the word before ``first`` is a modifier of diseases or no name."""
    return bool(lexicon.modifier(ws, first - 1)[1]) or ws[first - 1].key in lexicon.fillers


def _names_a_trial(lexicon: DiseaseLexicon, ws: Sequence[Word], first: int, last: int) -> bool:
    """Whether a short form ends the name of a trial or product: ``ASCENT-DMD``, ``LC-MS``."""
    if first < 2 or not attached(ws, first - 1) or ws[first - 1].text == "/":
        return False
    before = ws[first - 2].text
    short = first == last and ws[first].text.isupper()
    word = before.isalpha() and before.isupper() and len(before) >= MIN_TRIAL_LETTERS
    return short and word and not lexicon.modifier(ws, first - 2)[1]


def adverse_stretches(lexicon: DiseaseLexicon, ws: Sequence[Word]) -> list[str]:
    """For each word whether its sentence speaks of what a product causes (``adverse``), or of whom
    it would harm (``harm``); else an empty string.
    """
    flags = [""] * len(ws)
    start, kind = 0, ""
    for at, word in enumerate(ws):
        if word.text in SENTENCE_ENDS and (word.text == "\n" or _closes(ws, at)):
            if kind:
                flags[start : at + 1] = [kind] * (at + 1 - start)
            start, kind = at + 1, ""
        elif kind != "harm" and word.key in lexicon.after.root:
            kinds = lexicon.follows(ws, at)[1] & {"harm", "adverse"}
            kind = max(kinds, default=kind)
    if kind:
        flags[start:] = [kind] * (len(ws) - start)
    return flags


def _closes(ws: Sequence[Word], at: int) -> bool:
    """A full stop that ends a sentence: white space and a capital follow."""
    if at + 1 >= len(ws):
        return True
    after = ws[at + 1]
    return after.start > ws[at].end and not after.text[0].islower() and len(ws[at - 1].text) > 1


def has_sufferer(lexicon: DiseaseLexicon, ws: Sequence[Word], first: int) -> bool:
    """Whether ``patients with``, ``treatment of`` or the like stands shortly before word
    ``first``.
    """
    lowest = max(0, first - SUFFERER_REACH)
    return any(
        "sufferer_before" in lexicon.precedes(ws, at)[1] for at in range(first - 1, lowest - 1, -1)
    )
