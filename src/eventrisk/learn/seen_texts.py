"""Which texts a model has learnt from, as a sketch of each: enough to know one again, too little to
read it.

A text is known again by its words (case, punctuation, white space and tags do not count), by its
title where one of the two texts is a title alone, or as a near-duplicate: MinHash (Broder, 1997)
over runs of three words, of which each minimum keeps one byte (Li and König, WWW 2010). Candidates
are found by banding, so that the work grows with the texts and not with their pairs.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from eventrisk.checking.near import MIN_JACCARD, MIN_WORDS, RUN_WORDS
from eventrisk.errors import ModelError
from eventrisk.heads import HEADS
from eventrisk.learn.parallel import map_chunks

FILE = "learnt_from.npy"
MINIMA = 64  # of a sketch; the standard error of a share of 0.8 is 0.05
BAND = 4  # minima alike in one band make a candidate: of texts that share 0.8, 999 in 1,000
# the least share of minima in common: two standard errors below what makes a near-duplicate, since
# a text left out costs less than one that flatters
MIN_SHARE = MIN_JACCARD - 0.1
TITLE_WORDS = 4  # a shorter title is that of many releases
WORDS = re.compile(r"\w+")
TAGS = re.compile(r"<[^>]*>")
ROW = np.dtype([("words", "<u8"), ("title", "<u8"), ("runs", "u1", MINIMA), ("heads", "u1")])
BITS = {head: np.uint8(1 << number) for number, head in enumerate(HEADS)}
MASK = (1 << 64) - 1  # the 64 bits of a number

Sketches = NDArray[np.void]


def _mixed(number: int) -> int:
    """The next number of splitmix64, which is the same on any machine."""
    number = (number + 0x9E3779B97F4A7C15) & MASK
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & MASK
    return number ^ (number >> 31)


# of the hash functions a · run + b modulo 2^64, one a minimum
FACTORS = [np.uint64(_mixed(2 * n) | 1) for n in range(MINIMA)]
SHIFTS = [np.uint64(_mixed(2 * n + 1)) for n in range(MINIMA)]
PLACES = [np.uint64(_mixed(1000 + n) | 1) for n in range(RUN_WORDS)]  # of a word in its run


@dataclass(frozen=True)
class SeenTexts:
    """The sketches of the texts, each with the heads that learnt from it (``rows``, ``(n_texts,)``
    of ``ROW``).
    """

    rows: Sketches

    @classmethod
    def of(cls, texts: Sequence[str], heads: Iterable[Iterable[str]]) -> Self:
        """The sketches of texts; ``heads`` names for each those that learnt from it."""
        return cls.of_sketches(sketched(texts), heads)

    @classmethod
    def of_sketches(cls, given: Sequence[Any] | Sketches, heads: Iterable[Iterable[str]]) -> Self:
        """The same of texts that are ``sketched`` already: ``given``, ``(n_texts,)`` of ``ROW``."""
        rows = np.array(given, ROW)
        rows["heads"] = [sum(int(BITS[head]) for head in set(some)) for some in heads]
        return cls(rows)

    @classmethod
    def load(cls, folder: Path) -> Self | None:
        """Those of a bundle, None where it does not say. Raises ModelError for a broken file."""
        path = folder / FILE
        if not path.is_file():
            return None
        try:
            rows = np.load(path, allow_pickle=False)
            if rows.dtype != ROW or rows.ndim != 1:
                raise ValueError(f"holds {rows.dtype}")
        except (OSError, ValueError, EOFError) as error:
            raise ModelError(
                f"{path}: no readable sketches of texts ({error}); rebuild the bundle with "
                f"`make models`"
            ) from error
        return cls(rows)

    def packed(self) -> bytes:
        """The file's bytes, the same for the same texts in any order."""
        out = io.BytesIO()
        np.save(out, np.unique(self.rows), allow_pickle=False)
        return out.getvalue()

    def joined(self, other: SeenTexts) -> SeenTexts:
        """Both."""
        return SeenTexts(np.concatenate([self.rows, other.rows]))

    def only(self, heads: Iterable[str]) -> SeenTexts:
        """What these heads learnt from."""
        rows = self.rows.copy()
        rows["heads"] &= np.uint8(sum(int(BITS[head]) for head in set(heads)))
        return SeenTexts(rows[rows["heads"] > 0])

    def heads_of(self, texts: Sequence[str]) -> list[frozenset[str]]:
        """For each text the heads that learnt from it, or from one that is nearly the same."""
        return self.heads_of_sketches(sketched(texts))

    def heads_of_sketches(self, asked: Sketches) -> list[frozenset[str]]:
        """The same of texts that are ``sketched`` already, ``(n_texts,)`` of ``ROW``."""
        if not len(asked) or not len(self.rows):
            return [frozenset()] * len(asked)
        found = self._by_words(asked)
        for number, learnt in _near(asked["runs"], self.rows["runs"]):
            found[number] |= np.bitwise_or.reduce(self.rows["heads"][learnt])
        named = {int(mask): _named(int(mask)) for mask in np.unique(found)}
        return [named[int(mask)] for mask in found]

    def _by_words(self, asked: Sketches) -> NDArray[np.uint8]:
        """The heads of texts with the same words, or whose title is the other text, ``(n_texts,)``
        as bits.
        """
        whole, titles = (_bits_by(self.rows, key) for key in ("words", "title"))
        titles.pop(0, None)
        pairs = zip(asked["words"].tolist(), asked["title"].tolist(), strict=True)
        return np.array(
            [whole.get(w, 0) | titles.get(w, 0) | (whole.get(t, 0) if t else 0) for w, t in pairs],
            np.uint8,
        )


def sketched(texts: Sequence[str]) -> Sketches:
    """The sketches of texts, ``(n_texts,)`` of ``ROW``, without heads; in several processes where
    there are many.
    """
    return np.array([(*found, 0) for found in map_chunks(_sketches, texts)], ROW)


def _sketches(texts: Sequence[str]) -> list[tuple[int, int, NDArray[np.uint8]]]:
    return [_sketch(text) for text in texts]


def _bits_by(rows: Sketches, key: str) -> dict[int, int]:
    found: dict[int, int] = {}
    for value, heads in zip(rows[key].tolist(), rows["heads"].tolist(), strict=True):
        found[value] = found.get(value, 0) | heads
    return found


def _named(mask: int) -> frozenset[str]:
    return frozenset(head for head, bit in BITS.items() if mask & int(bit))


def _near(asked: NDArray[np.uint8], learnt: NDArray[np.uint8]) -> Iterator[tuple[int, Any]]:
    """Places of texts asked for with the places of their near-duplicates among those learnt from.

    Sketches are ``(n_texts, n_minima)``; a text may come up several times.
    """
    usable = np.flatnonzero(learnt.any(axis=1))
    learnt = learnt[usable]
    bands, bands_asked = (np.ascontiguousarray(a).view("<u4") for a in (learnt, asked))
    for band in range(MINIMA // BAND):
        order = np.argsort(bands[:, band], kind="stable")
        values = bands[order, band]
        low, high = (np.searchsorted(values, bands_asked[:, band], s) for s in ("left", "right"))
        for number in np.flatnonzero((high > low) & asked.any(axis=1)):
            candidates = order[low[number] : high[number]]
            share = (learnt[candidates] == asked[number]).mean(axis=1)
            if (close := candidates[share >= MIN_SHARE]).size:
                yield int(number), usable[close]


def _sketch(text: str) -> tuple[int, int, NDArray[np.uint8]]:
    """Hash of the words, hash of the title (0 for none of its own; both 64 bits), and the minima of
    the runs, ``(n_minima,)``.
    """
    plain = html.unescape(TAGS.sub(" ", text)) if "<" in text else text
    found = WORDS.findall(plain.lower())
    title = next(
        (words for line in plain.splitlines() if (words := WORDS.findall(line.lower()))), []
    )
    named = len(title) >= TITLE_WORDS and len(title) < len(found)
    return _hash(found), _hash(title) if named else 0, _minima(found)


def _hash(found: Sequence[str]) -> int:
    data = " ".join(found).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")


def _minima(found: Sequence[str]) -> NDArray[np.uint8]:
    """One byte a minimum, ``(n_minima,)``, ``MINIMA`` of them; all 0 for a text too short to have
    near-duplicates.
    """
    if len(found) < MIN_WORDS:
        return np.zeros(MINIMA, np.uint8)
    sums = np.array([zlib.crc32(w.encode("utf-8", "surrogatepass")) for w in found], np.uint64)
    runs = _runs(sums)
    minima = [int((runs * a + b).min()) for a, b in zip(FACTORS, SHIFTS, strict=True)]
    return np.array([minimum & 0xFF for minimum in minima], np.uint8)


def _runs(sums: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A number for each run of words, ``(n_runs,)``, mixed well; ``sums`` ``(n_words,)`` are those
    of the words.
    """
    count = len(sums) - RUN_WORDS + 1
    runs = np.zeros(count, np.uint64)
    for place, factor in enumerate(PLACES):
        runs = (runs ^ (sums[place : place + count] * factor)) * np.uint64(0xBF58476D1CE4E5B9)
        runs ^= runs >> np.uint64(29)
    return runs
