"""Tickers with their exchange: ``(Nasdaq: EPCT)``, ``TSX: ABC; NASDAQ: ABC``, ``(NASDAQ and OMX
Nordic: EPCT)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from eventrisk.lexicon import terms

SYMBOL = re.compile(
    r"\s?[\"']?([A-Z][A-Z0-9]{0,7}(?:\.[A-Z]{1,3})?(?: "
    r"[AB](?=[),;]))?|\d{3,6}(?:\.[A-Z]{1,2})?)(?![\w])"
)
BEFORE = re.compile(r"[^()\[\];:|\n\"]{1,60}$")
MAX_EXCHANGE_WORDS = 8  # of the longest spelling of an exchange


class Ticker(NamedTuple):
    """A symbol, its exchange by its one name, and where exchange and symbol stand."""

    symbol: str
    exchange: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _exchanges() -> dict[str, str]:
    return {row["spelling"].lower(): row["exchange"] for row in terms("companies/exchanges.tsv")}


def tickers(text: str, start: int, end: int) -> Iterator[Ticker]:
    """Every ticker in ``text[start:end]`` that an exchange's name and a colon introduce."""
    colon = text.find(":", start, end)
    while colon >= 0:
        if (symbol := SYMBOL.match(text, colon + 1, end)) and (
            exchange := _exchange(text, start, colon)
        ):
            name, at = exchange
            yield Ticker(symbol.group(1), name, at, symbol.end())
        colon = text.find(":", colon + 1, end)


def _exchange(text: str, start: int, colon: int) -> tuple[str, int] | None:
    """The exchange named directly before a colon (the first where several share a ticker) and where
    it starts.
    """
    before = BEFORE.search(text, max(start, colon - 60), colon)
    if not before:
        return None
    words = list(re.finditer(r"[^\s,]+", before.group()))[-MAX_EXCHANGE_WORDS:]
    for word in words:
        spelling = (
            " ".join(before.group()[word.start() :].replace(",", " ").split()).lower().strip(" .")
        )
        if name := _exchanges().get(spelling) or _first_of_several(spelling):
            return name, before.start() + word.start()
    return None


def _first_of_several(spelling: str) -> str | None:
    parts = re.split(r" and | & | / |/", spelling)
    names = [_exchanges().get(part.strip()) for part in parts]
    return names[0] if len(parts) > 1 and all(names) else None
