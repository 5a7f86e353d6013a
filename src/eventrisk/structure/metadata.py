"""Title, day and issuer of a release, read from its header: pure functions over the clean text and
its sections.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from eventrisk.dates.stated import stated_days
from eventrisk.labels import SectionKind
from eventrisk.names.companies.finder import Name, find_names
from eventrisk.names.companies.tickers import Ticker, listed, tickers
from eventrisk.reading import Section
from eventrisk.results import Company

K = SectionKind
# parts that may date a release; a day in a headline is more often the news than the date
DATED = (K.DATELINE, K.EXHIBIT_HEADER, K.CONTACTS)
TOP = (*DATED, K.HEADLINE, K.SUBHEADLINE, K.PAGE_MARK)
# before a day that ends a period or counts shares, on the cover of a form
PERIOD = re.compile(r"(?i:\b(?:ended|ending|as of|before|since|act of|on or about):?)\s*$")
TODAY = re.compile(r"\b[Tt]oday(?:, | \()(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, )?")
FIRST_CHARS = 400  # of the body, within which the issuer is named
TICKER_CHARS = 60  # behind a name, within which its ticker stands
PROPER = r"[A-Z][\w&'-]+(?: (?:& )?[A-Z][\w&'-]+){0,3}"
PLAIN_NAME = re.compile(  # a name without a form: "Norvena today announced", "Norvena , known as"
    rf"\s*((?!The |In |On |A |An |Today ){PROPER})(?: and ({PROPER}))?"
    r" ?(?:, (?:a|an|the|known|which|whose|one)\b|\([^)]*:|today\b"
    r"|announce|said\b|report|has |have |issued\b|, today)"
)
ABOUT = re.compile(r"(?i:about) (?:the )?([\w&'-]+)")
ISSUER = re.compile(
    r"(?m:^)(?:SOURCE|Source):? ([A-Z][^\n]{2,80}?)(?=\n|$| Investor| Contact|\s!|\. )"
)


def find_title(text: str, sections: Sequence[Section]) -> tuple[int, int] | None:
    """Half-open span of the headline without white space around it, or None for a release that has
    none.
    """
    for section in sections:
        if section.kind is K.HEADLINE:
            words = text[section.start : section.end]
            start = section.start + len(words) - len(words.lstrip())
            end = section.end - (len(words) - len(words.rstrip()))
            return (start, end) if start < end else None
    return None


def find_release_date(text: str, sections: Sequence[Section]) -> str | None:
    """The release's own day (ISO): of the dateline, else of another part above the body; None where
    none is stated.

    Days named in the body count only where it calls them today; a day the calendar does not have,
    or whose order of day and month is open, is None as well.
    """
    above = _above(sections)
    for section in (s for kind in DATED for s in above if s.kind is kind):
        days = stated_days(text, section.start, section.end)
        first = next((d for d in days if not PERIOD.search(text, d.start - 30, d.start)), None)
        if first is not None and first.date is not None:
            return first.date.isoformat()
    return _today(text, sections)


def _today(text: str, sections: Sequence[Section]) -> str | None:
    """The day that a body without a dateline calls today: *Today, November 9, 2026, Tarn said*."""
    search_chars, day_chars = 3_000, 24
    body = next((s.start for s in sections if s.kind not in TOP), 0)
    for match in TODAY.finditer(text, body, body + search_chars):
        day = next(stated_days(text, match.end(), match.end() + day_chars), None)
        if day is not None and day.start == match.end() and day.date is not None:
            return day.date.isoformat()
    return None


def is_at_top(sections: Sequence[Section], at: int) -> bool:
    """Whether an offset lies in the headline or among the first words of the body."""
    body = next((s.start for s in sections if s.kind in (K.BODY, K.QUOTE)), None)
    in_headline = any(s.start <= at < s.end for s in sections if s.kind is K.HEADLINE)
    return in_headline or (body is not None and body <= at < body + FIRST_CHARS)


def _above(sections: Sequence[Section]) -> list[Section]:
    """The sections before the body."""
    above: list[Section] = []
    for section in sections:
        if section.kind not in TOP:
            break
        above.append(section)
    return above


def find_company(text: str, sections: Sequence[Section]) -> Company | None:
    """The issuer: as the first sentence introduces it, else the headline's subject, an *About*
    heading, or the source.

    Ticker and exchange stay None where the text gives none (brackets may have been lost).
    """
    max_names, max_tickers = 400, 40  # so that long texts take linear time
    names = find_names(text, sections)[:max_names]
    symbols = list(islice(tickers(text, 0, len(text)), max_tickers))
    issuer = _introduced(text, sections, names, symbols) or _elsewhere(text, sections, names)
    if issuer is None:
        return None
    symbol = _symbol(text, names, symbols, issuer) or _on_cover(text, sections)
    return Company(
        _spelt(issuer), symbol.symbol if symbol else None, symbol.exchange if symbol else None
    )


def _on_cover(text: str, sections: Sequence[Section]) -> Ticker | None:
    """The ticker in the table of securities on a form's cover."""
    above = (s for s in sections[:2] if s.kind is K.EXHIBIT_HEADER)
    return next((t for s in above for t in listed(text, s.start, s.end)), None)


def _introduced(
    text: str, sections: Sequence[Section], names: list[Name], symbols: list[Ticker]
) -> str | None:
    """The name in the first sentence of the body: the one before the first ticker, or the first
    one at all.
    """
    certain_chars = 150  # of the body: a name within them needs no other sign
    body = next((s.start for s in sections if s.kind in (K.BODY, K.QUOTE)), None)
    if body is None:
        return None
    first_names = [n for n in names if body <= n.start < body + FIRST_CHARS]
    with_ticker = [name for name in first_names if any(_is_of(name, s, text) for s in symbols)]
    first = next(iter(with_ticker or first_names), None)
    is_certain = first and (with_ticker or first.start - body < certain_chars)
    plain_name = None if is_certain else _plain_name(text, sections, body)
    return plain_name or (text[first.start : first.end] if first else None)


def _plain_name(text: str, sections: Sequence[Section], body: int) -> str | None:
    """A name without legal form at the start of the body, which other places confirm."""
    match = PLAIN_NAME.match(text, body, body + 200)
    for words in match.groups() if match else ():
        if words and (" " in words or _confirmed(text, sections, words)):
            return str(words)
    return None


def _is_of(name: Name, symbol: Ticker, text: str) -> bool:
    """Whether a ticker stands near behind a name in its sentence."""
    between = text[name.end : symbol.start]
    return 0 < symbol.start - name.end < TICKER_CHARS and "." not in between.strip(" .")


def _confirmed(text: str, sections: Sequence[Section], name: str) -> bool:
    """Whether headline, an *About* heading or the source line names the same first word."""
    first = name.split()[0]
    title = find_title(text, sections)
    headline = text[slice(*title)] if title else ""
    return first in headline or f"About {first}" in text or f"SOURCE {first}" in text


def _elsewhere(text: str, sections: Sequence[Section], names: list[Name]) -> str | None:
    """The first company of headline or exhibit header, the one of the last *About* heading that
    names one, or the source line.
    """
    max_headings = 12
    for section in _above(sections):
        if section.kind in (K.HEADLINE, K.EXHIBIT_HEADER):
            for name in names:
                if section.start <= name.start < section.end:
                    return text[name.start : name.end]
    for section in [s for s in sections if s.kind is K.ABOUT][: -max_headings - 1 : -1]:
        heading = ABOUT.match(text, section.start, section.end)
        for name in names:
            if heading and name.core[0].lower() == heading.group(1).lower():
                return text[name.start : name.end]
    source = ISSUER.search(text)
    return source.group(1).strip() if source else None


def _symbol(text: str, names: list[Name], symbols: list[Ticker], issuer: str) -> Ticker | None:
    """The ticker behind any mention of the issuer."""
    first = issuer.split()[0].lower()
    for symbol in symbols:
        for name in names:
            behind = 0 < symbol.start - name.end < TICKER_CHARS
            if behind and text[name.start : name.end].lower().startswith(first):
                return symbol
    return None


def _spelt(name: str) -> str:
    return name.strip().rstrip(",")
