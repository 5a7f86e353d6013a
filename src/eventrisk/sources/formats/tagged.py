"""Records as CoNLL: words and signs as tokens, IOB2 tags, and a list of all that a file of tags
cannot hold.

A text whose signs stand apart already, as one that was read from such a file, keeps its tokens and
with them its words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TextIO

from eventrisk.labelled import KEYS, Labelled, Span
from eventrisk.sources.formats import SURROGATE, WHOLE, Loss, encodable

TOKEN = re.compile(r"\w+|[^\w\s]")
APART = re.compile(r"\S+")
JOINED = re.compile(r"\w[,;:!?)\]](?!\S)|\w\.$|(?<!\S)[(\[]\w", re.MULTILINE)  # as in running text
MARK = "-DOCSTART-"  # begins a document, and is no token
HELD = ("id", "text", "entities")
UNFIT = re.compile(r"[\t\r\n]")  # what a label cannot hold in a line of cells
BLANKS = "tokens are parted by one blank each, sentences by one line break"
ONLY = "a file of tags holds entities only"


def write(records: Iterable[Labelled], path: Path) -> list[Loss]:
    """Token and tag, parted by a tab; ``# doc_id = x`` before every record."""
    losses: list[Loss] = []
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        for record in records:
            if why := _unfit(record):
                losses.append(Loss(record.id, WHOLE, why))
                continue
            spans, lost = flat(record)
            rebuilt = _write(record, spans, handle)
            losses += lost
            if rebuilt != record.text:
                losses.append(Loss(record.id, "white space", BLANKS))
            labelled = [
                name for name in KEYS if name not in HELD and getattr(record, name) is not None
            ]
            losses += [Loss(record.id, name, ONLY) for name in (*labelled, *record.extra)]
    return losses


def _unfit(record: Labelled) -> str | None:
    if record.entities is None:
        return "its entities are not labelled, and a file of tags would say that there are none"
    if not all(map(encodable, (record.text, *(span.label for span in record.entities)))):
        return SURROGATE
    return None


def flat(record: Labelled) -> tuple[list[Span], list[Loss]]:
    """The entities that tags can hold, in their order, and what is lost of the others."""
    held: list[Span] = []
    losses: list[Loss] = []
    for span in sorted(record.entities or (), key=lambda s: (s.start, -s.end)):
        what = f"entity {[span.start, span.end, span.label]}"
        words = record.text[span.start : span.end]
        start = span.end - len(words.lstrip())
        end = span.start + len(words.rstrip())
        if not words.strip():
            losses.append(Loss(record.id, what, "it holds no word"))
        elif UNFIT.search(span.label):
            losses.append(Loss(record.id, what, "its label holds a tab or a line break"))
        elif "\n" in words.strip():
            losses.append(Loss(record.id, what, "it runs over a line break, where sentences end"))
        elif held and start < held[-1].end:
            losses.append(
                Loss(
                    record.id, what, f"it overlaps {[held[-1].start, held[-1].end, held[-1].label]}"
                )
            )
        else:
            if (start, end) != (span.start, span.end):
                why = f"white space at its border; held as {[start, end, span.label]}"
                losses.append(Loss(record.id, what, why))
            held.append(Span(start, end, span.label))
    return held, losses


def _write(record: Labelled, spans: Sequence[Span], handle: TextIO) -> str:
    """Writes the tokens and returns the text that they give when they are read."""
    borders = sorted(
        {0, len(record.text), *(at for span in spans for at in (span.start, span.end))}
    )
    tags = {span.start: span.label for span in spans}
    token_of = APART if _is_apart(record.text, borders) else TOKEN
    sentences: list[list[str]] = [[]]
    handle.write(f"# doc_id = {_id(record.id)}\n")
    for start, end in pairwise(borders):
        label = tags.get(start)
        prefix = "B"
        for number, line in enumerate(record.text[start:end].split("\n")):
            if number and sentences[-1]:
                handle.write("\n")
                sentences.append([])
            for token in token_of.findall(line):
                handle.write(f"{token}\t{f'{prefix}-{label}' if label else 'O'}\n")
                sentences[-1].append(token)
                prefix = "I"
    handle.write("\n" if sentences[-1] else "")
    return "\n".join(" ".join(sentence) for sentence in sentences if sentence)


def _is_apart(text: str, borders: Sequence[int]) -> bool:
    """Whether the text is tokens joined by blanks, sentences by line breaks, and no entity ends
    within a token.
    """
    at_blanks = all(
        text[max(0, at - 1) : at + 1].split() != [text[max(0, at - 1) : at + 1]]
        for at in borders[1:-1]
    )
    return (
        at_blanks
        and text == "\n".join(" ".join(line.split()) for line in text.split("\n"))
        and not JOINED.search(text)
        and MARK not in text
    )


def _id(name: str) -> str:
    """An id as it stands, or as a JSON string where a line could not hold it so."""
    plain = bool(name) and name.isprintable() and name.strip() == name and not name.startswith('"')
    return name if plain else json.dumps(name)
