"""What the features are read from: the words of a Doc with their gazetteer tags, in plain lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from eventrisk.nlp import attributes


@dataclass(frozen=True)
class View:
    """The tokens of a text.

    ``spans`` are their character offsets (half-open, into the text), ``gazetteer`` the tag of each
    token (``nlp.gazetteer``), ``lines`` the token ranges of its sentences. ``longs`` maps an
    abbreviation that the text defines to its long form.
    """

    words: list[str]
    spans: list[tuple[int, int]]
    gazetteer: list[str]
    lines: list[tuple[int, int]]
    longs: dict[str, str]


def view_of(doc: Doc) -> View:
    """The view of a Doc; the components up to the gazetteer tags must have run."""
    return View(
        words=[token.text for token in doc],
        spans=[(token.idx, token.idx + len(token)) for token in doc],
        gazetteer=[token.tag_ or "O" for token in doc],
        lines=_lines(doc),
        longs={str(row[0]): str(row[1]) for row in attributes.written(doc, "abbreviations") or []},
    )


def _lines(doc: Doc) -> list[tuple[int, int]]:
    """Sentences without blank tokens at their borders; a line break ends one wherever it stands."""
    lines, start = [], 0
    for token in doc:
        breaks = "\n" in token.text
        if (breaks or token.is_sent_start) and token.i > start:
            lines.append((start, token.i))
        if breaks or token.is_sent_start:
            start = token.i + breaks
    if start < len(doc):
        lines.append((start, len(doc)))
    return lines


def encode_bioes(spans: Sequence[tuple[int, int, str]], view: View) -> list[str]:
    """One tag a token: ``B-``, ``I-``, ``E-`` for the first, inner and last token of a span, ``S-``
    for a single one.

    A span off the tokens' borders is taken to the tokens that it touches; one that crosses a line
    is left out.
    """
    tags = ["O"] * len(view.words)
    at = 0
    for start, end, label in sorted(spans):
        while at < len(tags) and view.spans[at][1] <= start:
            at += 1
        last = at
        while last < len(tags) and view.spans[last][0] < end:
            last += 1
        if (
            last > at
            and tags[at] == "O"
            and any(low <= at and last <= high for low, high in view.lines)
        ):
            inner = [f"I-{label}"] * (last - at - 2)
            tags[at:last] = (
                [f"S-{label}"] if last == at + 1 else [f"B-{label}", *inner, f"E-{label}"]
            )
    return tags


def decode_bioes(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """The spans of a legal sequence of tags: (first token, token after the last, label)."""
    spans, start = [], 0
    for at, tag in enumerate(tags):
        if tag[0] in "BS":
            start = at
        if tag[0] in "ES":
            spans.append((start, at + 1, tag[2:]))
    return spans
