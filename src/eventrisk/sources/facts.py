"""What a text's carrier says of the release in it: header and cover of a submission, front matter.

It counts where the release does not say so itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from eventrisk.carriers.front_matter import front_matter
from eventrisk.carriers.submission import Document, Header, header
from eventrisk.dates.stated import stated_days, whole_day
from eventrisk.results import Company
from eventrisk.sources.submission import head_of, main_document
from eventrisk.structure.metadata import find_company, find_release_date
from eventrisk.structure.sections import find_sections

# forms whose period is the day of the event; that of others is the end of a quarter or month
DATED_FORMS = ("8-K", "8-K/A")


class Facts(NamedTuple):
    """Day (ISO) and issuer of a release as its carrier gives them; None where it does not."""

    date: str | None = None
    company: Company | None = None


NOTHING = Facts()


def facts_of(raw: str, part: Document | None) -> Facts:
    """What stands around the release ``part`` of a submission, or in front of a bare text."""
    if part is not None:
        return _of_submission(raw, part)
    front = front_matter(raw)
    return Facts(_iso(front.date)) if front and front.date else NOTHING


def _of_submission(raw: str, part: Document) -> Facts:
    said = header(raw)
    main = main_document(raw)
    cover = head_of(raw, main) if main and main != part else ""
    sections = find_sections(cover)
    company = find_company(cover, sections) if cover else None
    if company is None and said.company:
        company = Company(said.company, None, None)
    return Facts(find_release_date(cover, sections) or _day(said), company)


def _day(said: Header) -> str | None:
    """The day of the report, else that of filing."""
    day = said.period if said.form in DATED_FORMS and said.period else said.filed
    return _iso(day)


def _iso(words: str) -> str | None:
    """The day that a value states; None for what is no day, or one of two."""
    stated = whole_day(words) or next(stated_days(words), None)
    day = stated.date if stated else None
    return day.isoformat() if day else None


def with_ticker(read: Company | None, carried: Company | None) -> Company | None:
    """The issuer as the release names it, with the ticker its carrier gives for the same name;
    where it names none, the carrier's.
    """
    if read is None or carried is None:
        return read or carried
    same = read.name.split()[0].casefold() == carried.name.split()[0].casefold()
    if read.ticker is None and carried.ticker and same:
        return replace(read, ticker=carried.ticker, exchange=carried.exchange)
    return read
