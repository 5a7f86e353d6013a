"""Near-duplicates: texts that share most of their runs of three words.

Candidates come from a sample of the runs: those that begin with certain words (by checksum, so that
every text chooses alike), fewer of them in longer texts. Each run remembers only the last text it
was seen in, so the work grows with the texts and not with their pairs; candidates are then compared
on all their runs.
"""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from eventrisk.checking.duplicates import place, same_words
from eventrisk.checking.problem import At, Problem, Severity
from eventrisk.heads import CLASS_KEYS

RUN = 3  # words
SAMPLED = 48  # runs of a long text, about
ALIKE = 0.8  # shared runs among all runs of both (Jaccard) that make a near-duplicate
LIKELY = 0.6  # shared sampled runs among those of the smaller sample that make a candidate
# earlier texts that share most of the sample; shared boilerplate leads to others than the original
TRIED = 4
SHORTEST = 12  # words; shorter texts are told apart by single words


class Pair(NamedTuple):
    """Two texts by number, the earlier first, and how alike they are, 0…1."""

    first: int
    second: int
    alike: float


def near_problems(every: Sequence[At]) -> Iterator[Problem]:
    """A problem of the later of two texts that are nearly the same."""
    for pair in near_duplicates([at.placed.record.text for at in every]):
        first, second = every[pair.first], every[pair.second]
        one, other = first.placed.record, second.placed.record
        message = (
            f"the text is nearly that of {place(first, second)}: {pair.alike:.0%} of their runs "
            f"of words are shared"
        )
        differ = [
            key
            for key in CLASS_KEYS
            if None not in (a := (getattr(one, key), getattr(other, key))) and a[0] != a[1]
        ]
        if differ:
            message += f", but {', '.join(f'{key} differs' for key in differ)}"
        if one.split != other.split:
            message += f", across splits ({one.split or 'none'} and {other.split or 'none'})"
            fix = "keep both in one part, or take one out"
            yield second.problem("near-duplicate across splits", Severity.ERROR, message, fix)
        else:
            yield second.problem(
                "near-duplicate",
                Severity.WARNING,
                message,
                "keep one of them, unless both are meant",
            )


def near_duplicates(texts: Sequence[str]) -> list[Pair]:
    """The pairs in order; a text is paired with one earlier text, the one most alike. Exact copies
    are none of them.
    """
    runs = lru_cache(maxsize=256)(lambda number: _runs(texts[number]))
    found: list[Pair] = []
    for first, second in _candidates(texts):
        one, other = runs(first), runs(second)
        shared = len(one & other)
        alike = shared / (len(one) + len(other) - shared)
        if alike < ALIKE or same_words(texts[first]) == same_words(texts[second]):
            continue
        if found and found[-1].second == second:
            found[-1] = max(found[-1], Pair(first, second, alike), key=lambda pair: pair.alike)
        else:
            found.append(Pair(first, second, alike))
    return found


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return set(zip(*(words[n:] for n in range(RUN)), strict=False))


def _candidates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs (earlier, later) whose samples are alike, copies included."""
    last: dict[int, int] = {}
    samples: dict[int, array[int]] = {}
    lengths: dict[int, int] = {}
    checksums: dict[str, int] = {}
    for number, text in enumerate(texts):
        words = (
            text.lower().split()
        )  # punctuation stays on: parting it takes longer than all the rest
        if len(words) < SHORTEST:
            continue
        lengths[number] = len(words)
        sample = _sample(words, checksums)
        earlier = Counter(last[run] for run in sample if run in last)
        for other, _ in earlier.most_common(TRIED):
            close = min(len(words), lengths[other]) >= ALIKE * max(len(words), lengths[other])
            smaller = min(len(sample), len(samples[other]))
            if close and len(sample.intersection(samples[other])) >= LIKELY * smaller:
                yield other, number
        last.update(dict.fromkeys(sample, number))
        samples[number] = array("Q", sample)


def _sample(words: list[str], checksums: dict[str, int]) -> set[int]:
    """Checksums of the sampled runs. Masks are nested: what a long text samples, a short one
    samples too.
    """
    mask = (1 << max(0, (len(words) // SAMPLED).bit_length() - 1)) - 1
    chosen = set()
    for at, word in enumerate(words[: 1 - RUN]):
        value = checksums.get(word)
        if value is None:
            value = checksums[word] = zlib.crc32(word.encode("utf-8", "surrogatepass"))
        if not value & mask:
            chosen.add(zlib.crc32(" ".join(words[at : at + RUN]).encode("utf-8", "surrogatepass")))
    return chosen
