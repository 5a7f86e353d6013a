"""The worst errors, with the words of the text: where the model was sure and wrong, or missed
(false negatives) and invented (false positives) most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eventrisk.heads import CLASS_HEADS
from eventrisk.learn.evaluate.predictions import Item, Prediction, label_of, predicted_label

MAX_ERRORS = 20  # texts shown of a head
MAX_ITEMS = 8  # missed or invented, named in one error
SNIPPET_CHARS = 320
BEFORE_CHARS = 90  # of a snippet, before the first item that is wrong

Error = dict[str, Any]


def worst(predictions: Sequence[Prediction], head: str, labels: Sequence[str]) -> list[Error]:
    """The ``MAX_ERRORS`` worst errors of a head, the worst first; of errors alike the order of the
    texts.
    """
    errors = [
        _class_error(p, head) if head in CLASS_HEADS else _set_error(p, head, set(labels))
        for p in predictions
    ]
    wrong = [error for error in errors if error is not None]
    return sorted(wrong, key=lambda error: -float(error["weight"]))[:MAX_ERRORS]


def _class_error(p: Prediction, head: str) -> Error | None:
    """Weight: by how much the label given was thought likelier than the true one."""
    gold, predicted = p.gold[head], p.predicted[head]
    label = predicted_label(predicted)
    if label == gold:
        return None
    sure = None if isinstance(predicted, str) else float(predicted[label])
    weight = 0.0 if sure is None else sure - float(predicted.get(gold, 0.0))
    return {
        **_identity(p),
        "truth": gold,
        "given": label,
        "probability": sure,
        "weight": round(weight, 4),
        "text": snippet(p.text, 0),
    }


def _set_error(p: Prediction, head: str, labels: set[str]) -> Error | None:
    """Weight: what was missed, and what was invented by how sure it was."""
    gold = p.gold[head]
    predicted = {item: sure for item, sure in p.predicted[head].items() if label_of(item) in labels}
    missed = sorted(gold - set(predicted), key=_order)
    invented = sorted(set(predicted) - gold, key=_order)
    if not missed and not invented:
        return None
    starts = [item[0] for item in (*missed, *invented) if isinstance(item, tuple)]
    return {
        **_identity(p),
        "missed": [_shown(item, p.text) for item in missed[:MAX_ITEMS]],
        "invented": [_shown(item, p.text) for item in invented[:MAX_ITEMS]],
        "counts": [len(missed), len(invented)],
        "weight": round(len(missed) + sum(predicted[item] for item in invented), 4),
        "text": snippet(p.text, max(0, min(starts, default=0) - BEFORE_CHARS)),
    }


def snippet(text: str, start: int) -> str:
    """A stretch of the text on one line, from the beginning of a word."""
    if start > 0:
        blank = text.find(" ", start, start + BEFORE_CHARS)
        start = blank + 1 if blank >= 0 else start
    line = " ".join(text[start : start + 2 * SNIPPET_CHARS].split())
    cut = line[:SNIPPET_CHARS].rstrip()
    return (
        ("… " if start > 0 else "")
        + cut
        + (" …" if len(line) > SNIPPET_CHARS or start + 2 * SNIPPET_CHARS < len(text) else "")
    )


def _identity(p: Prediction) -> Mapping[str, Any]:
    return {"id": p.id, "date": p.date, "company": p.company}


def _shown(item: Item, text: str) -> str:
    """``drug: Velorin`` of an entity, else the label."""
    if not isinstance(item, tuple):
        return str(item)
    return f"{item[2]}: {' '.join(text[item[0] : item[1]].split())}"


def _order(item: Item) -> tuple[int, int, str]:
    return (
        (int(item[0]), int(item[1]), str(item[2])) if isinstance(item, tuple) else (0, 0, str(item))
    )
