"""Near-duplicates: texts that share most of their runs of three words.

Candidates come from a sample of the runs (shingles; Broder 1997): those that begin with certain
words (by checksum, so that every text is sampled alike), fewer of them in longer texts. Only the
last text of each run is kept, so the work grows with the texts and not with their pairs; candidates
are then compared on all their runs.
"""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from eventrisk.checking.duplicates import place, same_words
from eventrisk.checking.problem import Entry, Problem, Severity
from eventrisk.heads import CLASS_KEYS

RUN_WORDS = 3
MIN_WORDS = 12  # a change of one word makes shorter texts different
MIN_JACCARD = 0.8  # (0…1) shared runs among all runs of two near-duplicates


class Pair(NamedTuple):
    """Two texts by number from 0, the earlier first, and the Jaccard similarity of their runs,
    0…1.
    """

    first: int
    second: int
    similarity: float


def near_problems(entries: Sequence[Entry]) -> Iterator[Problem]:
    """A problem of the later of two texts that are nearly the same."""
    for pair in near_duplicates([entry.placed.record.text for entry in entries]):
        first, second = entries[pair.first], entries[pair.second]
        one, other = first.placed.record, second.placed.record
        message = (
            f"the text is nearly that of {place(first, second)}: {pair.similarity:.0%} of their "
            f"runs of words are shared"
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
    """The pairs in order of the later text, each with the most similar earlier text; exact copies
    are left out.
    """
    runs = lru_cache(maxsize=256)(lambda number: _runs(texts[number]))
    pairs: list[Pair] = []
    for first, second in _candidates(texts):
        one, other = runs(first), runs(second)
        shared = len(one & other)
        similarity = shared / (len(one) + len(other) - shared)
        if similarity < MIN_JACCARD or same_words(texts[first]) == same_words(texts[second]):
            continue
        if pairs and pairs[-1].second == second:
            pairs[-1] = max(
                pairs[-1], Pair(first, second, similarity), key=lambda pair: pair.similarity
            )
        else:
            pairs.append(Pair(first, second, similarity))
    return pairs


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return set(zip(*(words[n:] for n in range(RUN_WORDS)), strict=False))


def _candidates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs (earlier, later) with similar samples, copies included."""
    min_share = 0.6  # of the smaller sample that both share
    max_candidates = 4  # shared boilerplate leads to other texts than the original
    last: dict[int, int] = {}
    samples: dict[int, array[int]] = {}
    lengths: dict[int, int] = {}
    checksums: dict[str, int] = {}
    for number, text in enumerate(texts):
        words = text.lower().split()  # splitting off punctuation would take longer than the rest
        if len(words) < MIN_WORDS:
            continue
        lengths[number] = len(words)
        sample = _sample(words, checksums)
        earlier = Counter(last[run] for run in sample if run in last)
        for other, _ in earlier.most_common(max_candidates):
            close = min(len(words), lengths[other]) >= MIN_JACCARD * max(len(words), lengths[other])
            smaller = min(len(sample), len(samples[other]))
            if close and len(sample.intersection(samples[other])) >= min_share * smaller:
                yield other, number
        last.update(dict.fromkeys(sample, number))
        samples[number] = array("Q", sample)


def _sample(words: list[str], checksums: dict[str, int]) -> set[int]:
    """Checksums of the sampled runs, about 48 of a long text. Masks are nested: what a long text
    samples, a short one samples too.
    """
    sampled_runs = 48
    mask = (1 << max(0, (len(words) // sampled_runs).bit_length() - 1)) - 1
    chosen = set()
    for position, word in enumerate(words[: 1 - RUN_WORDS]):
        value = checksums.get(word)
        if value is None:
            value = checksums[word] = zlib.crc32(word.encode("utf-8", "surrogatepass"))
        if not value & mask:
            chosen.add(
                zlib.crc32(
                    " ".join(words[position : position + RUN_WORDS]).encode(
                        "utf-8", "surrogatepass"
                    )
                )
            )
    return chosen
