"""The inline markup of the labelled releases: text with spans in place, read and written.

``⟦label|words⟧`` is an entity, ``⟪category,category|words⟫`` a risk clause; entities may lie inside
clauses and inside entities of another label. Taken out, the brackets leave the release as it is.
Offsets are half-open, into that text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

TOKEN = re.compile(r"(⟦\w+\||⟪[\w, ]+\||⟧|⟫)")
CLOSING = {"⟦": "⟧", "⟪": "⟫"}
BRACKETS = re.compile("[⟦⟧⟪⟫]")

Entity = tuple[int, int, str]
Clause = tuple[int, int, list[str]]


@dataclass
class Parsed:
    """A text without markup, its spans in order of the text, and what was wrong as (offset,
    message).
    """

    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


def parse(body: str) -> Parsed:
    """Takes the markup out. Never raises: broken brackets are reported in ``problems`` with their
    place.
    """
    parsed, length = Parsed(), 0
    open_spans: list[tuple[str, str, int]] = []
    pieces: list[str] = []
    for part in TOKEN.split(body):
        if part in CLOSING.values():
            if not open_spans or CLOSING[open_spans[-1][0]] != part:
                parsed.problems.append((length, f"{part} closes nothing that is open"))
                continue
            kind, labels, start = open_spans.pop()
            _close(parsed, kind, labels, start, length)
        elif TOKEN.fullmatch(part):
            open_spans.append((part[0], part[1:-1], length))
        else:
            pieces.append(part)
            length += len(part)
    parsed.text = "".join(pieces)
    parsed.problems += [
        (start, f"{kind}{labels}| is never closed") for kind, labels, start in open_spans
    ]
    parsed.problems += [
        (m.start(), f"stray {m[0]}: an opening without a label?")
        for m in BRACKETS.finditer(parsed.text)
    ]
    parsed.entities.sort()
    parsed.clauses.sort()
    return parsed


def _close(parsed: Parsed, kind: str, labels: str, start: int, end: int) -> None:
    if kind == "⟦":
        parsed.entities.append((start, end, labels))
    else:
        parsed.clauses.append((start, end, [label.strip() for label in labels.split(",")]))


def write(text: str, entities: list[Entity], clauses: list[Clause]) -> str:
    """The inverse of ``parse`` for spans that nest. Raises ValueError where two spans cross."""
    spans = [(s, e, f"⟪{','.join(labels)}|", "⟫") for s, e, labels in clauses]
    spans += [(s, e, f"⟦{label}|", "⟧") for s, e, label in entities]
    spans.sort(key=lambda span: (span[0], -span[1], span[3] != "⟫"))
    out: list[str] = []
    ends: list[tuple[int, str]] = []
    at = 0
    for start, end, opening, closing in spans:
        at = _close_until(start, text, at, ends, out)
        if ends and end > ends[-1][0]:
            raise ValueError(
                f"the spans {start}-{end} and …-{ends[-1][0]} cross; inline markup can only "
                f"nest them"
            )
        out += [text[at:start], opening]
        ends.append((end, closing))
        at = start
    at = _close_until(len(text), text, at, ends, out)
    return "".join([*out, text[at:]])


def _close_until(
    limit: int, text: str, at: int, ends: list[tuple[int, str]], out: list[str]
) -> int:
    """Writes the closings due at or before ``limit``; returns how far the text is written."""
    while ends and ends[-1][0] <= limit:
        end, closing = ends.pop()
        out += [text[at:end], closing]
        at = end
    return at
