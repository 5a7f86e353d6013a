"""Companies in a headline, known by what they do and own: ``Norvena Doses First Patient``,
``Norvena's Lomera``.

Names of small companies carry no form and no trade there, and look like the names of drugs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from eventrisk.labels import TITLE_SECTIONS
from eventrisk.lexicon import terms
from eventrisk.reading import Section

WORD = re.compile(r"[A-Z][\w&.-]*|[a-z]{1,3}[A-Z]\w+|and\b|&")
LOWER = re.compile(r"[a-z]+")
CODE = re.compile(r"\w-?\d+$")  # ends what a company makes: "Cancer Shot EVZ-2"
MAX_NAME_WORDS = 4  # of a company's name before its verb
OWNER = re.compile(
    r"(?<![\w'-])((?:[A-Z][\w-]*[a-z]\w*|[a-z]{1,3}[A-Z]\w+))'s? "
    r"(?=[A-Z][\w-]*[a-z0-9]|[A-Z]{2,}[- ]?\d)"
)
# what a company owns, named by its kind: "Norvena's experimental pain drug"
OWNED = re.compile(
    r"(?<![\w'-])((?:[A-Z][\w-]*[a-z]\w*|[a-z]{1,3}[A-Z]\w+))'s? (?:[a-z0-9-]+ ){0,4}?"
    r"(?:drug|pill|shot|jab|vaccine|therapy|treatment|candidate|antibody|injection|inhaler|gel|cream|biosimilar)s?\b"
)
# a drug named behind the verb: a code, or a name with its disease or patients behind it
OBJECT = re.compile(
    r" (?:for|of|on|with|from|its) (?:its |the )?(?:[a-z-]+ ){0,3}"
    r"(?:[A-Z]{1,5}[a-z]{0,3}-?\d{1,6}[A-Za-z]?(?![\w%])|(?P<name>[A-Z][a-z]{4,}) (?:in|for|as) )"
)


@lru_cache(maxsize=1)
def shared_verbs() -> frozenset[str]:
    """Verbs (lower case) that a company and its drug may both have as their subject."""
    return frozenset(row["verb"] for row in terms("companies/shared_verbs.tsv"))


@lru_cache(maxsize=1)
def _disease_words() -> frozenset[str]:
    rows = (*terms("indications/indications.tsv"), *terms("indications/heads.tsv"))
    values = (next(iter(row.values())) for row in rows)
    return frozenset(word for value in values for word in value.lower().split())


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return frozenset(row["verb"] for row in terms("companies/verbs.tsv"))


@lru_cache(maxsize=1)
def _eponyms() -> frozenset[str]:
    """Lower-case names that diseases bear in the possessive: ``crohn``, ``alzheimer``."""
    words = (
        word for row in terms("indications/indications.tsv") for word in row["term"].lower().split()
    )
    return frozenset(word.removesuffix("'s").removesuffix("'") for word in words if "'" in word)


@lru_cache(maxsize=1)
def _agencies() -> frozenset[str]:
    return frozenset(row["term"].lower() for row in terms("agencies/agencies.tsv"))


def headline_companies(text: str, sections: Sequence[Section]) -> Iterator[tuple[int, int]]:
    """Half-open spans of companies in the headlines: the subject of a company's verb, and owners of
    something named.
    """
    for section in sections:
        if section.kind in TITLE_SECTIONS:
            end = _subject_end(text, section)
            subject = text[section.start : end]
            if subject and may_be_a_company(subject) and not CODE.search(subject):
                yield section.start, end
            for pattern in (OWNER, OWNED):
                for owner in pattern.finditer(text, section.start, section.end):
                    if may_be_a_company(owner[1]):
                        yield owner.span(1)


def _subject_end(text: str, section: Section) -> int:
    """Where the words before a company's verb end; the section's start where none opens it."""
    at = end = section.start
    for _ in range(MAX_NAME_WORDS + 1):
        word = WORD.match(text, at, section.end)
        if word is None:
            break
        if end > section.start and _is_verb(word.group().lower(), text, at, section, end):
            return end
        end, at = word.end(), word.end() + 1
        if text[end:at] != " ":
            break
    after = LOWER.match(text, at, section.end)  # verbs of sentence-case headlines
    named = end > section.start and after is not None
    is_subject = named and after and _is_verb(after.group(), text, at, section, end)
    return end if is_subject else section.start


def _is_verb(word: str, text: str, at: int, section: Section, end: int) -> bool:
    """Whether a word (lower case) at an offset is what companies do: by itself, in the plural of
    two subjects, or where a drug is named behind it.
    """
    if word in _verbs() or (f"{word}s" in _verbs() and " and " in text[section.start : end]):
        return True
    if word not in shared_verbs():
        return False
    for drug in OBJECT.finditer(text, at, section.end):
        if drug["name"] is None or drug["name"].lower() not in _disease_words():
            return True
    return False


def may_be_a_company(words: str) -> bool:
    """Whether no list knows the words as something else: an eponym, an agency, a drug, a common
    word.
    """
    lower = words.lower()
    named = lower not in _eponyms() and lower not in _agencies() and lower not in _known_drugs()
    return named and lower.split()[-1] not in _common()


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Lower-case words that end no company's name: what a trial, a place, a measure or an agency is
    called.
    """
    ends = {row["suffix"].lower() for row in terms("companies/suffixes.tsv")}
    others = ("company or exchange", "surname")
    return (
        frozenset(row["word"] for row in terms("drugs/not_drugs.tsv") if row["why"] not in others)
        - ends
    )


@lru_cache(maxsize=1)
def _known_drugs() -> frozenset[str]:
    return frozenset(row["term"].lower() for row in terms("drugs/drugs.tsv"))
