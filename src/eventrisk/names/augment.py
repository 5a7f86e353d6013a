"""Variants of a labelled text for training, with offsets kept exact. Pure; all chance comes from
the given generator.

A text travels as ``Labelled``: its words and its spans (start, end, label), sorted and free of
overlaps.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

SpanLabel = tuple[int, int, str]
BRACKETED = re.compile(r" ?[(\[][^()\[\]\n]{1,200}[)\]]")
CODE = re.compile(r"[A-Z]{2,5}[- ]?\d{2,6}[A-Za-z]?")
NUMBER = re.compile(r"(?<![\w.,])\d{2,3}(?![\w.,%-]|\.\d)")


class Labelled(NamedTuple):
    """A text with its spans."""

    text: str
    spans: tuple[SpanLabel, ...]


def rewrite(source: Labelled, edits: Sequence[tuple[int, int, str]]) -> Labelled:
    """The text with each (start, end, new words) put in; spans move along.

    An edit must cover a span wholly or not touch it; a span replaced by nothing is dropped. Raises
    ValueError else.
    """
    out, at = [], 0
    for start, end, words in sorted(edits):
        if start < at:
            raise ValueError(f"edits overlap at {start}: each stretch can be rewritten once")
        out += [source.text[at:start], words]
        at = end
    out.append(source.text[at:])
    return Labelled("".join(out), tuple(_moved_spans(source.spans, sorted(edits))))


def _moved_spans(
    spans: Sequence[SpanLabel], edits: Sequence[tuple[int, int, str]]
) -> list[SpanLabel]:
    moved, shift, index = [], 0, 0
    for start, end, label in spans:
        while index < len(edits) and edits[index][1] <= start:
            shift += len(edits[index][2]) - (edits[index][1] - edits[index][0])
            index += 1
        inside = edits[index] if index < len(edits) and edits[index][0] < end else None
        if inside is None:
            moved.append((start + shift, end + shift, label))
        elif inside[0] <= start and end <= inside[1]:
            if (inside[0], inside[1]) == (start, end) and inside[2]:
                moved.append((start + shift, start + shift + len(inside[2]), label))
        else:
            raise ValueError(f"an edit at {inside[0]} cuts the span {start}–{end} ({label})")
    return moved


def strip_brackets(source: Labelled, rng: random.Random) -> Labelled:
    """All that stands in brackets taken out, as one scraper does; brackets that cut a span stay."""
    edits = []
    for match in BRACKETED.finditer(source.text):
        start, end = match.span()
        if not any(s < start < e or s < end < e for s, e, _ in source.spans):
            edits.append((start, end, ""))
    return rewrite(source, edits)


def join_lines(source: Labelled, rng: random.Random) -> Labelled:
    """One single line."""
    return Labelled(source.text.replace("\n", " "), source.spans)


def hard_wrap(source: Labelled, rng: random.Random) -> Labelled:
    """Lines broken at 60 to 80 columns: a blank becomes a line break, so every offset stays."""
    width, column, blank = rng.randrange(60, 81), 0, -1
    letters = list(source.text)
    for at, letter in enumerate(letters):
        column = 0 if letter == "\n" else column + 1
        if letter == " ":
            blank = at
        if column > width and blank >= 0:
            letters[blank] = "\n"
            column, blank = at - blank, -1
    return Labelled("".join(letters), source.spans)


def shout_headline(source: Labelled, rng: random.Random) -> Labelled:
    """The first line in capitals, where that keeps its length."""
    head = source.text.split("\n", 1)[0]
    if len(head.upper()) != len(head) or len(head) > 300:
        return source
    return Labelled(source.text.replace(head, head.upper(), 1), source.spans)


def reroll_numbers(source: Labelled, rng: random.Random) -> Labelled:
    """Two- and three-digit numbers outside of spans drawn anew; years and dates stay."""
    edits = []
    for match in NUMBER.finditer(source.text):
        if any(s < match.end() and match.start() < e for s, e, _ in source.spans):
            continue
        low = 10 ** (len(match.group()) - 1)
        edits.append((match.start(), match.end(), str(rng.randrange(low, low * 10))))
    return rewrite(source, edits)


def new_code(rng: random.Random) -> str:
    """A code name of one of the shapes sponsors use."""
    letters = "".join(
        rng.choice("ABCDEFGHIKLMNOPRSTVXZ") for _ in range(rng.choice((2, 2, 3, 3, 3, 4)))
    )
    digits = str(rng.randrange(1, 10 ** rng.choice((2, 3, 3, 4)))).zfill(rng.choice((2, 3)))
    tail = rng.choice(("", "", "", "", rng.choice("ABLMX")))
    return f"{letters}{rng.choice(('-', '-', '-', '', ' '))}{digits}{tail}"


def new_names(names: Sequence[str], count: int, rng: random.Random) -> list[str]:
    """Names that nobody bears: the beginning of one and the end of another of ``names`` (single
    words), none of them.

    A network that meets a name in every epoch learns the name; one that meets new ones learns the
    words around.
    """
    known = {name.lower() for name in names}
    made = []
    for _ in range(count):
        head, tail = rng.choice(names), rng.choice(names)
        word = head[: rng.randrange(2, 5)] + tail[-rng.randrange(3, 6) :]
        if word.lower() not in known:
            made.append(word)
    return made


def swap_names(
    names: Mapping[str, Sequence[str]], share: float
) -> Callable[[Labelled, random.Random], Labelled]:
    """A step that gives ``share`` of the distinct names of each label another name, the same at
    every mention.

    ``names`` maps label to the names to draw from; drug code names are replaced by new code names.
    """

    def swap(source: Labelled, rng: random.Random) -> Labelled:
        chosen: dict[tuple[str, str], str] = {}
        edits = []
        for start, end, label in source.spans:
            words = source.text[start:end]
            if label not in names:
                continue
            key = (label, words.lower())
            if key not in chosen:
                chosen[key] = (
                    _other_name(words, names[label], rng, label) if rng.random() < share else ""
                )
            if chosen[key]:
                edits.append((start, end, _cased_like(words, chosen[key])))
        return rewrite(source, edits)

    return swap


def _other_name(words: str, names: Sequence[str], rng: random.Random, label: str) -> str:
    return new_code(rng) if label == "drug" and CODE.fullmatch(words) else rng.choice(names)


def _cased_like(model: str, words: str) -> str:
    """The new name in the case of the old: CAPITALS, Initial, or as it is."""
    if model.isupper() and len(model) > 3:
        return words.upper()
    if model[:1].isupper() and words[:1].islower():
        return words[:1].upper() + words[1:]
    return words
