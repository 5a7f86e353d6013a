"""Names of companies: the issuer with ticker and exchange, and the spans of all company names in a
release.

Names are known by their last words (``companies/suffixes.tsv``), by a ticker behind them, and then
by their short forms wherever these stand. The drug finder uses the spans to keep companies out of
drugs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from eventrisk.labels import SectionKind
from eventrisk.lexicon import terms
from eventrisk.names.companies.headlines import headline_companies
from eventrisk.names.companies.tickers import Ticker, tickers
from eventrisk.reading import Section

K = SectionKind
WORD = re.compile(  # the words that names are made of; others part names and need not be looked at
    r"(?<!\w)(?:(?:[A-ZÀ-Þ0-9]|[a-z]{1,3}[A-Z])(?:[\w&'’/]|-(?!-))*(?:\.[A-Za-z]{1,3}(?=[\s,.)]))*\.?"
    r"|(?:and|of|de|et|und|plc|p\.l\.c\.)(?!\w)|&)"
)
LOWER = re.compile(r"(?<![\w.@/'-])[a-z]{3,}(?![\w@/-]|\.\w)")
MAX_NAMES = 40  # whose short forms are followed
FORMS = ("legal", "trade", "field")
LINKS = ("and", "&", "of", "de", "et", "und")


class Name(NamedTuple):
    """A company's name: where it stands, and its own words without form and trade."""

    start: int
    end: int
    core: tuple[str, ...]


class Token(NamedTuple):
    start: int
    end: int
    word: str


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """What a word says of a company's name: ``legal``, ``trade``, ``field``, ``common`` or
    ``before``.
    """
    return {row["suffix"]: row["kind"] for row in terms("companies/suffixes.tsv")}


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    return frozenset(
        row["word"] for row in terms("structure/abbreviations.tsv") if row["kind"] == "starter"
    )


def company_names(text: str, sections: Sequence[Section]) -> list[tuple[int, int]]:
    """Half-open spans of company names, in order and free of overlaps: full names, then their short
    forms.
    """
    names = find_names(text, sections)
    subjects = list(headline_companies(text, sections))
    forms = _short_forms(text, names) | {text[start:end] for start, end in subjects}
    spans = [(n.start, n.end) for n in names] + subjects + _repeated(text, forms)
    out: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out


def find_names(text: str, sections: Sequence[Section]) -> list[Name]:
    """Full names: by form and trade, and before a ticker."""
    tokens = [Token(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]
    borders = {s.start for s in sections}
    by_end = {token.end: index for index, token in enumerate(tokens)}
    names = [
        n for index in range(1, len(tokens)) if (n := _by_suffix(text, tokens, index, borders))
    ]
    names += [
        n
        for t in tickers(text, 0, len(text))
        if (n := _before_ticker(text, tokens, by_end, t, borders))
    ]
    out: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if not out or name.start >= out[-1].end:
            out.append(name)
    return out


def is_company_name(words: str) -> bool:
    """Whether a whole line is one company's name, with or without its ticker."""
    bare = re.sub(r"\s?\([^()]{2,60}\)$", "", words.strip())
    tokens = [Token(m.start(), m.end(), m.group()) for m in WORD.finditer(bare)]
    if not 2 <= len(tokens) <= 6:
        return False
    kind = _kind(tokens[-1].word)
    named = all(_capital(t.word) or t.word in LINKS or _kind(t.word) == "legal" for t in tokens)
    return named and (kind == "legal" or (kind == "trade" and len(tokens) <= 3))


def _kind(word: str) -> str:
    table = kinds()
    kind = table.get(word) or table.get(word.rstrip(".,'"))
    return kind or (table.get(word.title(), "") if word.isupper() and len(word) > 3 else "")


def _capital(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdigit() or bool(re.match(r"[a-z]{1,3}[A-Z]", word))


def _by_suffix(text: str, tokens: list[Token], index: int, borders: set[int]) -> Name | None:
    """The name that the word at ``index`` ends, when that word is a form or trade and no further
    one follows.
    """
    kind = _kind(tokens[index].word)
    if kind not in ("legal", "trade") or _goes_on(text, tokens, index):
        return None
    return _leftwards(text, tokens, index, borders, max_words=5 if kind == "legal" else 3)


def _goes_on(text: str, tokens: list[Token], index: int) -> bool:
    if index + 1 >= len(tokens):
        return False
    gap = text[tokens[index].end : tokens[index + 1].start]
    return gap in (" ", ", ") and _kind(tokens[index + 1].word) in FORMS


def _before_ticker(
    text: str, tokens: list[Token], by_end: dict[int, int], ticker: Ticker, borders: set[int]
) -> Name | None:
    """The name that stands before a ticker's bracket."""
    at = text.rfind("(", max(0, ticker.start - 80), ticker.start)
    end = len(text[: at if at >= 0 else ticker.start].rstrip())
    index = by_end.get(end)
    return (
        None
        if index is None
        else _leftwards(text, tokens, index, borders, max_words=5, suffixed=False)
    )


def _leftwards(
    text: str,
    tokens: list[Token],
    last: int,
    borders: set[int],
    *,
    max_words: int,
    suffixed: bool = True,
) -> Name | None:
    """The name that ends with token ``last``: capitalised words before it, over commas only before
    a legal form.
    """
    first = last
    while first > 0 and last - first < max_words + 2 and tokens[first].start not in borders:
        if not _belongs(text, tokens, first, last):
            break
        first -= 1
    while first < last and (
        _stands_before(tokens[first].word) or _is_stray_number(text, tokens[first])
    ):
        first += 1
    core = tuple(
        t.word.rstrip(".,") for t in tokens[first : last + 1] if _kind(t.word) not in FORMS
    )
    core = tuple(w for w in core if w not in LINKS)
    if not core or (suffixed and first == last) or not _capital(tokens[first].word):
        return None
    return Name(tokens[first].start, _bare_end(text, tokens[last]), core)


def _stands_before(word: str) -> bool:
    """Whether a word before a name is none of it, or ends like one that is not (*Oslo-based*)."""
    ending = word[word.rfind("-") :]
    return (
        word in LINKS
        or word.lower() in _openers()
        or "before" in (kinds().get(word.rstrip(".,:")), kinds().get(ending))
    )


def _is_stray_number(text: str, token: Token) -> bool:
    """Whether a number before a name is none of it: a year, a page, the end of *Exhibit 99.1*."""
    digits = token.word.rstrip(".,")
    return digits.isdigit() and (len(digits) != 3 or text[token.start - 1 : token.start] == ".")


def _belongs(text: str, tokens: list[Token], first: int, last: int) -> bool:
    """Whether the word before ``first`` is part of the name."""
    before, here = tokens[first - 1], tokens[first]
    gap = text[before.end : here.start]
    if before.word in LINKS:
        joins = first >= 2 and _capital(tokens[first - 2].word) and gap == " "
        return joins and (
            before.word == "&" or (before.word == "and" and _kind(here.word) == "legal")
        )
    if gap == ", ":
        return _kind(here.word) == "legal" and _capital(before.word)
    if gap not in (" ", ".") or (before.word.endswith(".") and len(before.word) > 3):
        return False
    return (
        _capital(before.word)
        and before.word.lower() not in _openers()
        and not before.word.endswith(("'s", "s'"))
    )


def _bare_end(text: str, token: Token) -> int:
    """The name's end without a possessive or the sentence's stop; the stop of ``Inc.`` stays."""
    word = token.word
    if word.endswith("'s"):
        return token.end - 2
    known = word in kinds() or word.title() in kinds()
    stop = word.endswith(".") and not known and not re.search(r"\.\w+\.$", word)
    return token.end - (stop or word.endswith("'"))


def _short_forms(text: str, names: Iterable[Name]) -> set[str]:
    """What else a company is called: the name without its form, its first word, the last of ``Eli
    Lilly and Co``.
    """
    out: set[str] = set()
    lowered = set(LOWER.findall(text))
    for name in list(names)[:MAX_NAMES]:
        core = name.core
        if len(core) > 1:
            out.add(" ".join(core))
        head = core[-1] if re.search(r"(?: and|&) Co", text[name.start : name.end]) else core[0]
        if len(head) > 3 and head.lower() not in lowered and head not in kinds():
            out |= {head, head.upper()}
    return out


def _repeated(text: str, forms: Iterable[str]) -> list[tuple[int, int]]:
    ordered = sorted(forms, key=lambda f: (-len(f), f))[: 3 * MAX_NAMES]
    if not ordered:
        return []
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w]|-\d)")
    return [m.span() for m in pattern.finditer(text)]
