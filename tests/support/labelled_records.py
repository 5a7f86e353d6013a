"""Arbitrary labelled releases for property tests: texts with what breaks formats, spans, own and
partial labels.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from eventrisk.labelled import Clause, Labelled, Span
from eventrisk.sources.formats import WHOLE, Loss

PIECES = (
    "Velorin",
    "NVL-101",
    "AML",
    "fails",
    "trial",
    " ",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\n\n",
    "\r",
    "\t",
    '"',
    '""',
    "'",
    ",",
    ";",
    "(",
    ")",
    ".",
    "🙂",
    "👩\u200d🔬",
    "\u200b",
    "\u2028",
    "\xa0",
    "\ufeff",
    "e\u0301",
    "é",
    "\x00",
    "\\n",
    "#",
    "# a = b",
    "-DOCSTART-",
    "=",
    "{",
    "[1]",
    "®",
    "\x1f",
    "日本",
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(str.strip)
LABELS = (
    st.sampled_from(
        ["drug", "Chemical", "own label", "a; b", "risk_factors:x", "B-x", "ä", "[1]", " y "]
    )
    | WORDS
)
TEXTS = (
    st.lists(st.sampled_from(PIECES) | WORDS, min_size=1, max_size=12)
    .map("".join)
    .filter(str.strip)
)
VALUES = st.none() | st.booleans() | st.integers() | WORDS | st.lists(WORDS, max_size=2)
OBJECTS = st.dictionaries(st.sampled_from(["type", "direction", "yes", "when"]), VALUES, max_size=3)
EXTRA = st.dictionaries(
    st.sampled_from(["url", "answer", "meta", "spans", "was_cancelled", "notes", "ä"]),
    VALUES,
    max_size=2,
)


@st.composite
def labelled(draw: Any) -> Labelled:
    """One release; its id is put in by ``several``."""
    text = draw(TEXTS)
    begin = st.integers(0, len(text) - 1)
    pairs = st.tuples(begin, begin).map(lambda pair: (min(pair), max(pair) + 1))
    spans = st.builds(lambda pair, label: Span(*pair, label), pairs, LABELS)
    clauses = st.builds(
        lambda pair, labels: Clause(*pair, tuple(labels)),
        pairs,
        st.lists(LABELS, min_size=1, max_size=2),
    )
    some = {
        **dict.fromkeys(("date", "form", "company", "split", "sentiment", "tone"), LABELS),
        "entities": st.lists(spans, max_size=4).map(tuple),
        "risk_clauses": st.lists(clauses, max_size=2).map(tuple),
        "risk_factors": st.lists(LABELS, max_size=3).map(tuple),
        **dict.fromkeys(("events", "votes", "catalysts"), st.lists(OBJECTS, max_size=2).map(tuple)),
    }
    return Labelled(
        id="",
        text=text,
        extra=draw(EXTRA),
        **{key: draw(st.none() | value) for key, value in some.items()},
    )


def several() -> st.SearchStrategy[list[Labelled]]:
    """A few releases with ids of their own."""
    ids = st.lists(WORDS, min_size=1, max_size=3, unique=True)
    return ids.flatmap(
        lambda names: st.tuples(
            *(labelled().map(lambda r, n=name: replace(r, id=n)) for name in names)
        )
    ).map(list)


def without(records: Sequence[Labelled], losses: Sequence[Loss]) -> list[Labelled]:
    """The records less exactly what is listed as lost, each loss taken once."""
    lost: dict[str, Counter[str]] = {}
    for loss in losses:
        lost.setdefault(loss.record, Counter())[loss.what] += 1
    return [
        _less(record, lost.get(record.id, Counter()))
        for record in records
        if WHOLE not in lost.get(record.id, ())
    ]


def _less(record: Labelled, lost: Counter[str]) -> Labelled:
    kept = []
    # Of two equal spans the first is held.
    for span in reversed(record.entities or ()):
        what = f"entity {[span.start, span.end, span.label]}"
        if lost[what]:
            lost[what] -= 1
        else:
            kept.append(span)
    emptied = {key: None for key in lost if key in Labelled.__slots__ and lost[key]}
    extra = {key: value for key, value in record.extra.items() if not lost[key]}
    entities = None if record.entities is None else tuple(reversed(kept))
    return replace(record, **{"entities": entities, "extra": extra, **emptied})


def in_order(record: Labelled) -> Labelled:
    """Spans by place: a format may hold them in its own order."""
    spans = (
        record.entities
        if record.entities is None
        else tuple(sorted(record.entities, key=lambda s: (s.start, -s.end)))
    )
    return replace(record, entities=spans)


def solid(text: str) -> str:
    """A text without its white space."""
    return re.sub(r"\s", "", text)
