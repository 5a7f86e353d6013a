"""Near-duplicates: texts that share most of their runs of three words.

Candidates come from a sample of the runs: those that begin with certain words (by checksum, so that every text chooses
alike), fewer of them in longer texts. Each run remembers only the last text it was seen in, so the work grows with the
texts and not with their pairs; candidates are then compared on all their runs.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from eventrisk.checking.duplicates import WHOLE, WORDS, place, same_words
from eventrisk.checking.problem import At, Problem, Severity

RUN = 3  # words
SAMPLED = 48  # runs of a long text, about
ALIKE = 0.8  # shared runs among all runs of both (Jaccard) that make a near-duplicate
LIKELY = 0.4  # shared sampled runs among those of the smaller sample that make a candidate
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
            f"the text is nearly that of {place(first, second)}: {pair.alike:.0%} of their runs of words are shared"
        )
        differ = [key for key in WHOLE if None not in (a := (getattr(one, key), getattr(other, key))) and a[0] != a[1]]
        if differ:
            message += f", but {', '.join(f'{key} differs' for key in differ)}"
        if one.split != other.split:
            message += f", across splits ({one.split or 'none'} and {other.split or 'none'})"
            fix = "keep both in one part, or take one out"
            yield second.problem("near-duplicate across splits", Severity.ERROR, message, fix)
        else:
            yield second.problem("near-duplicate", Severity.WARNING, message, "keep one of them, unless both are meant")


def near_duplicates(texts: Sequence[str]) -> list[Pair]:
    """The pairs in order; a text is paired with one earlier text, the one most alike. Exact copies are none of them."""
    runs = lru_cache(maxsize=256)(lambda number: _runs(texts[number]))
    best: dict[int, Pair] = {}
    for first, second in _candidates(texts):
        one, other = runs(first), runs(second)
        if min(len(one), len(other)) < ALIKE * max(len(one), len(other)):
            continue
        shared = len(one & other)
        alike = shared / (len(one) + len(other) - shared)
        if alike >= ALIKE and (second not in best or alike > best[second].alike):
            best[second] = Pair(first, second, alike)
    return [best[number] for number in sorted(best)]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = WORDS.findall(text.lower())
    return set(zip(*(words[n:] for n in range(RUN)), strict=False))


def _candidates(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs (earlier, later) that share enough of their samples; exact copies of an earlier text are passed over."""
    last: dict[int, int] = {}
    sizes: dict[int, int] = {}
    seen: set[bytes] = set()
    checksums: dict[str, int] = {}
    pairs: Counter[tuple[int, int]] = Counter()
    for number, text in enumerate(texts):
        words = WORDS.findall(text.lower())
        print_ = same_words(text)
        if print_ in seen or len(words) < SHORTEST:
            continue
        seen.add(print_)
        sample = _sample(words, checksums)
        sizes[number] = len(sample)
        for run in sample:
            earlier = last.get(run)
            if earlier is not None:
                pairs[earlier, number] += 1
            last[run] = number
    return sorted(pair for pair, shared in pairs.items() if shared >= LIKELY * min(sizes[n] for n in pair))


def _sample(words: list[str], checksums: dict[str, int]) -> set[int]:
    """Checksums of the sampled runs. Masks are nested: what a long text samples, a short one samples too."""
    mask = (1 << max(0, (len(words) // SAMPLED).bit_length() - 1)) - 1
    chosen = set()
    for at, word in enumerate(words[: 1 - RUN]):
        value = checksums.get(word)
        if value is None:
            value = checksums[word] = zlib.crc32(word.encode("utf-8", "surrogatepass"))
        if not value & mask:
            chosen.add(zlib.crc32(" ".join(words[at : at + RUN]).encode("utf-8", "surrogatepass")))
    return chosen
