"""The issuer where only a headline names it, without form, trade or ticker: ``Norvena Announces``,
``Norvena's Lomera``, ``Norvena Receives IND Clearance for NV-110``. Pure.
"""

from __future__ import annotations

import re

from eventrisk.labels import EntityLabel
from eventrisk.names.companies.headlines import may_be_a_company, shared_verbs
from eventrisk.reading import Mention, Reading
from eventrisk.results import Company

SUBJECT = re.compile(  # one to three capitalised words that a verb follows
    r"(?P<name>[A-Z][\w&-]*[a-z]\w*(?: [A-Z][\w&-]*[a-z]\w*){0,2}?) (?P<verb>[A-Za-z]+)\b"
)
JOINED = re.compile(r"\s*(?:,| and\b| with\b)")  # of several companies the first


def bare_company(reading: Reading) -> Company | None:
    """The company of the headline, or None: its first company, else the subject of a verb that
    companies and drugs share, where a drug is named behind it.
    """
    if reading.title is None:
        return None
    start, end = reading.title
    mentions = reading.within(start, end)
    for mention in mentions:
        if mention.label == EntityLabel.COMPANY:
            name = JOINED.split(reading.text[mention.start : mention.end])[0].strip()
            return Company(name) if name and name[:1].isupper() else None
    return _subject(reading.text, start, end, mentions)


def _subject(text: str, start: int, end: int, mentions: tuple[Mention, ...]) -> Company | None:
    match = SUBJECT.match(text, start, end)
    if match is None or match["verb"].lower() not in shared_verbs():
        return None
    is_named = any(m.start < match.end("name") for m in mentions)
    has_drug = any(m.label == EntityLabel.DRUG and m.start > match.end() for m in mentions)
    found = has_drug and not is_named and may_be_a_company(match["name"])
    return Company(match["name"]) if found else None
