"""The parts of an EDGAR full submission text file: its header and its documents.

Since 1993 a submission is one file of SGML: ``<SEC-HEADER>``, then each document between
``<DOCUMENT>`` and ``</DOCUMENT>`` with lines ``<TYPE>``, ``<SEQUENCE>``, ``<FILENAME>`` and
``<DESCRIPTION>`` and its words in ``<TEXT>`` (EDGAR Filer Manual, volume II; PDS technical
specification). All offsets are half-open, into the file as decoded.
"""

from __future__ import annotations

import re
from typing import NamedTuple

DOCUMENT, DOCUMENT_END = "<DOCUMENT>", "</DOCUMENT>"
HEAD_CHARS = 2_000  # of a document, within which its words begin
HEADER_CHARS = 60_000  # of a file, within which the header's keys stand
TAGGED = re.compile(r"^<(TYPE|FILENAME|DESCRIPTION)>([^\r\n<]*)", re.MULTILINE)
TEXT = re.compile(r"<TEXT>[ \t]*\r?\n?")
HEADER = re.compile(r"<(?:SEC|IMS)-HEADER>|^CONFORMED SUBMISSION TYPE:", re.MULTILINE)
KEY = re.compile(r"^[ \t]*([A-Z][A-Z ]{3,40}):[ \t]*(\S[^\r\n]*?)?[ \t]*\r?$", re.MULTILINE)
# documents of these types hold data or pictures, whatever they look like
DATA_TYPES = re.compile(r"GRAPHIC|ZIP|EXCEL|XML|JSON|PDF|COVER|XBRL.*|EX-(?:10[0-9]|27)(?:\..*)?")


class Document(NamedTuple):
    """One document: ``text[start:end]`` with its tags, ``text[body:body_end]`` its words."""

    type: str
    description: str
    start: int
    body: int
    body_end: int
    end: int

    @property
    def is_data(self) -> bool:
        """Whether it holds pictures, tables of facts, schemas or archives, and no prose."""
        return DATA_TYPES.fullmatch(self.type) is not None


class Header(NamedTuple):
    """What the header of a submission says: form, days (``YYYYMMDD``) and the filer's name; empty
    where it does not say.
    """

    form: str = ""
    filed: str = ""
    period: str = ""
    company: str = ""


def documents(text: str) -> list[Document]:
    """The documents in their order; none where the text is no submission.

    One that is not closed ends where the next begins, or with the text.
    """
    found: list[Document] = []
    start = text.find(DOCUMENT)
    while start >= 0:
        following = text.find(DOCUMENT, start + 1)
        limit = following if following >= 0 else len(text)
        closing = text.find(DOCUMENT_END, start, limit)
        end = closing + len(DOCUMENT_END) if closing >= 0 else limit
        found.append(_document(text, start, closing if closing >= 0 else limit, end))
        start = following
    return found


def _document(text: str, start: int, inner_end: int, end: int) -> Document:
    opened = TEXT.search(text, start, min(inner_end, start + HEAD_CHARS))
    body = opened.end() if opened else start + len(DOCUMENT)
    closed = text.rfind("</TEXT>", body, inner_end)
    head = text[start : body if opened else min(inner_end, start + HEAD_CHARS)]
    keys = {name: value.strip() for name, value in TAGGED.findall(head)}
    return Document(
        keys.get("TYPE", "").upper(),
        keys.get("DESCRIPTION", ""),
        start,
        body,
        closed if closed >= 0 else inner_end,
        end,
    )


def header(text: str) -> Header:
    """The facts of a submission's header; of several filers the first, of former names none."""
    limit = text.find(DOCUMENT, 0, HEADER_CHARS)
    head = text[: limit if limit >= 0 else HEADER_CHARS]
    if not HEADER.search(head):
        return Header()
    keys: dict[str, str] = {}
    for match in KEY.finditer(head):
        keys.setdefault(match[1], match[2] or "")
    return Header(
        keys.get("CONFORMED SUBMISSION TYPE", ""),
        keys.get("FILED AS OF DATE", ""),
        keys.get("CONFORMED PERIOD OF REPORT", ""),
        keys.get("COMPANY CONFORMED NAME", ""),
    )


def data_spans(text: str) -> list[tuple[int, int]]:
    """The stretches of a submission that hold no words for a reader: its header, the lines above
    each document's words, and documents of data.
    """
    parts = documents(text)
    if not parts:
        return []
    spans = [(0, parts[0].start)] if header(text) != Header() else []
    for part in parts:
        if part.is_data:
            spans.append((part.start, part.end))
        else:
            spans += [(part.start, part.body), (part.body_end, part.end)]
    return spans
