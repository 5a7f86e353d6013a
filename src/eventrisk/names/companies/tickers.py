"""Tickers with their exchange: ``(Nasdaq: EPCT)``, ``TSX: ABC; NASDAQ: ABC``, ``(NASDAQ and OMX
Nordic: EPCT)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from heapq import merge
from typing import NamedTuple

from eventrisk.lexicon import terms

SYMBOL = re.compile(
    r"\s?[\"']?([A-Z][A-Z0-9]{0,7}(?:\.[A-Z]{1,3})?(?: "
    r"[AB](?=[),;]))?|\d{3,6}(?:\.[A-Z]{1,2})?)(?![\w])"
)
CELL = re.compile(  # a symbol, and on the same line or the next what may be an exchange
    r"(?<![\w.$])(?P<symbol>[A-Z]{1,5}(?:\.[A-Z])?)[\"')]{0,2}[\s|]{1,4}"
    r"(?P<exchange>(?:[Tt]he )?[A-Z][A-Za-z]+(?:[ \n]{1,2}[\w.,&]+){0,6})"
)
BEFORE = re.compile(r"[^()\[\];:|\n\"]{1,60}$")
BRACKET = re.compile(  # an exchange and a symbol between brackets, without a colon
    r"\((?P<exchange>[A-Za-z][A-Za-z .]{2,30}?)\s{1,2}"
    r"(?P<symbol>[A-Z]{2,5}(?:\.[A-Z])?)\s?(?=[),;])"
)
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
    """Every ticker in ``text[start:end]`` that an exchange's name introduces, with a colon or, in a
    bracket, without one; in order.
    """
    yield from merge(_with_colon(text, start, end), _in_brackets(text, start, end), key=_start)


def _start(ticker: Ticker) -> int:
    return ticker.start


def _in_brackets(text: str, start: int, end: int) -> Iterator[Ticker]:
    for match in BRACKET.finditer(text, start, end):
        if name := _exchanges().get(" ".join(match["exchange"].split()).lower().strip(" .")):
            yield Ticker(match["symbol"], name, match.start("exchange"), match.end("symbol"))


def _with_colon(text: str, start: int, end: int) -> Iterator[Ticker]:
    colon = text.find(":", start, end)
    while colon >= 0:
        if (symbol := SYMBOL.match(text, colon + 1, end)) and (
            exchange := _exchange(text, start, colon)
        ):
            name, at = exchange
            yield Ticker(symbol.group(1), name, at, symbol.end())
        colon = text.find(":", colon + 1, end)


def listed(text: str, start: int, end: int) -> Iterator[Ticker]:
    """Every ticker of a table of securities in ``text[start:end]``: the symbol stands before its
    exchange, as on the cover of a form, or behind ``Trading Symbol:``.
    """
    head = text.lower().find("trading symbol", start, end)
    if head < 0:
        return
    for match in CELL.finditer(text, head, end):
        words = match["exchange"].replace(",", " ").split()
        for count in range(min(len(words), MAX_EXCHANGE_WORDS), 0, -1):
            spelling = " ".join(words[:count]).lower().strip(" .").removeprefix("the ")
            if name := _exchanges().get(spelling):
                yield Ticker(match["symbol"], name, match.start("symbol"), match.end())
                break


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
