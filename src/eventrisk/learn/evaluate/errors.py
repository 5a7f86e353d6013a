"""The worst errors, with the words of the text: where the model was sure and wrong, or missed and
invented most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eventrisk.learn.evaluate.predictions import CLASSES, Row, Thing, given, label_of

MOST = 20  # errors shown
NAMED = 8  # things missed or invented that are named in one error
SNIPPET = 320  # characters of text
BEFORE = 90  # of them before the first thing that is wrong

Error = dict[str, Any]


def worst(rows: Sequence[Row], head: str, labels: Sequence[str]) -> list[Error]:
    """The ``MOST`` worst errors of a head, the worst first; of errors alike the order of the
    rows.
    """
    errors = [
        _class_error(row, head) if head in CLASSES else _set_error(row, head, set(labels))
        for row in rows
    ]
    wrong = [error for error in errors if error is not None]
    return sorted(wrong, key=lambda error: -float(error["weight"]))[:MOST]


def _class_error(row: Row, head: str) -> Error | None:
    """Weight: by how much the label given was thought likelier than the true one."""
    said, truth, found = given(row.found[head]), row.gold[head], row.found[head]
    if said == truth:
        return None
    sure = None if isinstance(found, str) else float(found[said])
    weight = 0.0 if sure is None else sure - float(found.get(truth, 0.0))
    return {
        **_identity(row),
        "truth": truth,
        "given": said,
        "probability": sure,
        "weight": round(weight, 4),
        "text": snippet(row.text, 0),
    }


def _set_error(row: Row, head: str, labels: set[str]) -> Error | None:
    """Weight: what was missed, and what was invented by how sure it was."""
    gold, found = (
        row.gold[head],
        {t: p for t, p in row.found[head].items() if label_of(t) in labels},
    )
    missed, invented = sorted(gold - set(found), key=_order), sorted(set(found) - gold, key=_order)
    if not missed and not invented:
        return None
    places = [thing[0] for thing in (*missed, *invented) if isinstance(thing, tuple)]
    return {
        **_identity(row),
        "missed": [_shown(thing, row.text) for thing in missed[:NAMED]],
        "invented": [_shown(thing, row.text) for thing in invented[:NAMED]],
        "counts": [len(missed), len(invented)],
        "weight": round(len(missed) + sum(found[thing] for thing in invented), 4),
        "text": snippet(row.text, max(0, min(places, default=0) - BEFORE)),
    }


def snippet(text: str, start: int) -> str:
    """A stretch of the text on one line, from the beginning of a word."""
    if start > 0:
        blank = text.find(" ", start, start + BEFORE)
        start = blank + 1 if blank >= 0 else start
    line = " ".join(text[start : start + 2 * SNIPPET].split())
    cut = line[:SNIPPET].rstrip()
    return (
        ("… " if start > 0 else "")
        + cut
        + (" …" if len(line) > SNIPPET or start + 2 * SNIPPET < len(text) else "")
    )


def _identity(row: Row) -> Mapping[str, Any]:
    return {"id": row.id, "date": row.date, "company": row.company}


def _shown(thing: Thing, text: str) -> str:
    """``drug: Velorin`` of an entity, else the label."""
    if not isinstance(thing, tuple):
        return str(thing)
    return f"{thing[2]}: {' '.join(text[thing[0] : thing[1]].split())}"


def _order(thing: Thing) -> tuple[int, int, str]:
    return (
        (int(thing[0]), int(thing[1]), str(thing[2]))
        if isinstance(thing, tuple)
        else (0, 0, str(thing))
    )
