"""Drugs known by name: look-ups of the words of a text in the packaged list, longest name first.
Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from eventrisk.names.candidates import Candidate
from eventrisk.names.drugs.words import JOINS, WORD, Words

# 0…1, how often a name of each case rule is the drug (measured; SOURCES.md). "mark": an English
# word that is a brand too.
PROBABILITIES = {"any": 0.96, "cap": 0.95, "exact": 0.90, "target": 0.72, "mark": 0.45}


class DrugNames:
    """Finds the names of the list; ``rows`` have term, canonical, kind and case."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._rows: dict[str, Mapping[str, str]] = {}
        self._squeezed: dict[str, str] = {}
        lengths: dict[str, set[int]] = {}
        for row in rows:
            words = WORD.findall(row["term"].lower())
            self._rows[" ".join(words)] = row
            self._squeezed["".join(words)] = row["canonical"]
            lengths.setdefault(words[0], set()).add(len(words))
        self._lengths = {first: sorted(known, reverse=True) for first, known in lengths.items()}

    def canonical(self, name: str) -> str | None:
        """The generic name of a listed name, however it is spelt (``AZD 1222``, ``AZD1222``), or
        None.
        """
        return self._squeezed.get("".join(WORD.findall(name.lower())))

    def find(self, words: Words) -> Iterator[tuple[int, int, Candidate]]:
        """(first word, last word, candidate) of each listed name."""
        at = 0
        for first, low in enumerate(words.lows):
            if first < at or low not in self._lengths:
                continue
            hit = self._longest(words, first)
            if hit is not None:
                last, row = hit
                at = last + 1
                start, end = words.starts[first], words.ends[last]
                source = f"drug-list:{row['kind']}"
                yield (
                    first,
                    last,
                    Candidate(
                        start, end, "drug", row["canonical"], source, PROBABILITIES[row["case"]]
                    ),
                )

    def _longest(self, words: Words, first: int) -> tuple[int, Mapping[str, str]] | None:
        for length in self._lengths[words.lows[first]]:
            last = first + length - 1
            if last >= len(words):
                continue
            row = self._rows.get(" ".join(words.lows[first : last + 1]))
            if (
                row
                and all(words.gap(i) in JOINS for i in range(first, last))
                and _fits(row, words, first, last)
            ):
                return last, row
        return None


def _fits(row: Mapping[str, str], words: Words, first: int, last: int) -> bool:
    """Whether the capitals of the text allow this reading of the words."""
    written = words.text[words.starts[first] : words.ends[last]]
    case = row["case"]
    if case in ("any", "target"):
        return True
    if words.is_all_caps(first):
        return case != "mark"
    if case == "cap":
        return written[0].isupper() or written == row["term"]
    if case == "exact":
        return written in (row["term"], row["term"].upper())
    return written.isupper()
