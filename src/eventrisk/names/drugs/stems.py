"""Generic names given away by the stems of INN and USAN: ``-mab``, ``-tinib``, ``cef-`` … Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

ENDING_LETTERS = 3  # no stem is shorter


class Stem(NamedTuple):
    """A stem; ``min_letters`` letters must stand beside it.

    ``position`` is suffix, prefix, first or second (of two words), or tail (all that follows a
    hyphen: ``axi-cel``).
    """

    stem: str
    position: str
    min_letters: int
    probability: float


class DrugStems:
    """Finds the stem of a word; ``rows`` as in ``drugs/stems.tsv``."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        tables: dict[str, dict[str, Stem]] = {
            "suffix": {},
            "prefix": {},
            "second": {},
            "first": {},
            "tail": {},
        }
        for row in rows:
            stem = Stem(
                row["stem"].strip("-"),
                row["position"],
                int(row["least"]),
                float(row["probability"]),
            )
            tables[stem.position][stem.stem] = stem
        self._tables = tables
        self._lengths = {name: _by_ending(table) for name, table in tables.items()}
        self._prefix_lengths = sorted({len(stem) for stem in tables["prefix"]}, reverse=True)

    def of(self, word: str) -> Stem | None:
        """The longest stem of a lower-case word, or None."""
        return self._at_end(word, "suffix") or self._at_start(word)

    def second(self, word: str) -> Stem | None:
        """The stem that makes a lower-case word the second word of a name (``ciloleucel``,
        ``deruxtecan``), or None.
        """
        return self._at_end(word, "second")

    def first(self, word: str) -> Stem | None:
        """The stem that makes a lower-case word the first of two (``axicabtagene``), or None."""
        return self._at_end(word, "first")

    def tail(self, word: str) -> Stem | None:
        """The stem that a lower-case word after a hyphen is (``cel``), or None."""
        return self._tables["tail"].get(word)

    def _at_end(self, word: str, table: str) -> Stem | None:
        for length in self._lengths[table].get(word[-ENDING_LETTERS:], ()):
            stem = self._tables[table].get(word[-length:])
            if stem is not None and len(word) - length >= stem.min_letters:
                return stem
        return None

    def _at_start(self, word: str) -> Stem | None:
        for length in self._prefix_lengths:
            stem = self._tables["prefix"].get(word[:length])
            if stem is not None and len(word) - length >= stem.min_letters:
                return stem
        return None


def _by_ending(stems: Iterable[str]) -> dict[str, list[int]]:
    """The lengths of the stems by their last letters, longest first, so that most words are let go
    at one look.
    """
    lengths: dict[str, set[int]] = {}
    for stem in stems:
        lengths.setdefault(stem[-ENDING_LETTERS:], set()).add(len(stem))
    return {ending: sorted(known, reverse=True) for ending, known in lengths.items()}
